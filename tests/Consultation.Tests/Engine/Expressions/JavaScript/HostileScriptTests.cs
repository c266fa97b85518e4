using System.Globalization;
using System.Text.RegularExpressions;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions.JavaScript;

/// <summary>Alone, because it reads what the whole process allocates.</summary>
[CollectionDefinition(nameof(HostileScriptTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>hostile-scripts.txt: whatever a script tries, it ends, and the process goes on.</summary>
[Collection(nameof(HostileScriptTests))]
public sealed partial class HostileScriptTests
{
    /// <summary>As a thread of the pool has.</summary>
    private const int Stack = 1536 * 1024;

    /// <summary>Allocated by one script, its own 16 MiB and what one step may take beyond them.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    [Fact]
    public void Every_hostile_script_ends_in_a_sentence_or_a_value_within_its_memory()
    {
        var wrong = new List<string>();
        var scripts = File.ReadLines(Path.Combine(CorpusTests.Folder(), "hostile-scripts.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').ToList();

        foreach (var script in scripts)
        {
            if (Run(Written(script)) is { } complaint) wrong.Add($"{script}\n  {complaint}");
        }

        scripts.Should().HaveCountGreaterThan(300);
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void The_next_script_finds_nothing_of_the_last_one()
    {
        var before = JavaScriptExpression.Compile("[typeof {}.x, [3, 1].map(x => x + 1).sort(), String([1]), `${{}}`]");
        var expected = PlainData.ToJson(before.Evaluate(new TrialScope()));
        foreach (var line in File.ReadLines(Path.Combine(CorpusTests.Folder(), "hostile-scripts.txt"))
            .Where(line => line.Contains("prototype")))
        {
            Run(line);
        }

        PlainData.ToJson(before.Evaluate(new TrialScope())).Should().Be(expected);
    }

    /// <summary>What went wrong, or null.</summary>
    private static string? Run(string source)
    {
        string? complaint = null;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var thread = new Thread(() => complaint = Outcome(source), Stack);
        thread.Start();
        thread.Join();
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        return complaint ?? (bytes > MostBytes ? $"allocated {bytes / 1024 / 1024} MiB" : null);
    }

    private static string? Outcome(string source)
    {
        try
        {
            JavaScriptExpression.Compile(source).Evaluate(new TrialScope { Variables = { ["x"] = null } });
            return null;
        }
        catch (ExpressionException stopped)
        {
            return stopped.Problem.Length == 0 || Problems.Of(stopped).Zh.Length == 0 ? "says nothing" : null;
        }
        catch (Exception other)
        {
            return other.ToString();
        }
    }

    private static string Written(string line) => Times().Replace(line, match => string.Concat(
        Enumerable.Range(0, int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
            .Select(number => match.Groups[1].Value.Replace("$", $"{number}", StringComparison.Ordinal))));

    [GeneratedRegex(@"<<(.*?)\*(\d+)>>")]
    private static partial Regex Times();
}
