using System.Runtime.CompilerServices;
using System.Text.Json;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions.JavaScript;

/// <summary>Each row of corpus.json holds a source and what Node.js makes of it (see corpus.mjs).</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Every_source_of_the_corpus_gives_what_the_reference_engine_gives()
    {
        var differences = new List<string>();
        var rows = Rows().ToList();

        foreach (var (source, expected) in rows)
        {
            var actual = Outcome(source, expected);
            if (!PlainData.DeepEquals(actual, expected))
            {
                differences.Add(
                    $"{source}\n  expected {PlainData.ToJson(expected)}\n  but was  {PlainData.ToJson(actual)}");
            }
        }

        rows.Should().HaveCountGreaterThan(600);
        differences.Should().BeEmpty();
    }

    [Fact]
    public void A_compiled_expression_gives_the_same_value_every_time()
    {
        var drifting = new List<string>();
        foreach (var (source, expected) in Rows())
        {
            if (expected is Dictionary<string, object?> map && map.ContainsKey("error")) continue;
            var compiled = JavaScriptExpression.Compile(source);
            var first = PlainData.ToJson(compiled.Evaluate(new TrialScope()));
            if (PlainData.ToJson(compiled.Evaluate(new TrialScope())) != first) drifting.Add(source);
        }

        drifting.Should().BeEmpty();
    }

    internal static IEnumerable<(string Source, object? Expected)> Rows()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "corpus.json")));
        foreach (var row in document.RootElement.EnumerateArray())
        {
            yield return (row[0].GetString()!, PlainData.FromElement(row[1]));
        }
    }

    private static object? Outcome(string source, object? expected)
    {
        try
        {
            // Instants leave as instants; their JSON form is compared.
            return PlainData.FromJson(
                PlainData.ToJson(JavaScriptExpression.Compile(source).Evaluate(new TrialScope())));
        }
        catch (ExpressionException failed)
            when (expected is Dictionary<string, object?> map && map.ContainsKey("error"))
        {
            var name = failed.Kind == ExpressionErrorKind.Syntax ? "SyntaxError" : failed.Problem.Split(':')[0];
            failed.Line.Should().BePositive(source);
            failed.Column.Should().BePositive(source);
            return new Dictionary<string, object?> { ["error"] = name };
        }
        catch (ExpressionException failed)
        {
            return failed.Message;
        }
    }

    internal static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
