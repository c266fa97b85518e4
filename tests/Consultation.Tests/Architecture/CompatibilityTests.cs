using System.Text.RegularExpressions;

namespace Consultation.Tests.Architecture;

/// <summary>
/// docs/design/elsa-compatibility.md promises a test for everything that works or differs; the promise is kept.
/// </summary>
public sealed partial class CompatibilityTests
{
    private static readonly string[] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "design", "elsa-compatibility.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| ---", StringComparison.Ordinal)
                && !line.StartsWith("| Feature", StringComparison.Ordinal)
                && !line.StartsWith("| Journey", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        var sources =
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)));
        var named = Rows.SelectMany(row => Named().Matches(row))
            .Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToList();

        named.Should().HaveCountGreaterThan(60);
        named.Where(
            test => !(sources.TryGetValue(test.Class, out var source)
                && (test.Method.Length == 0 || source.Contains($" {test.Method}(", StringComparison.Ordinal))))
            .Should().BeEmpty("a row whose test is gone proves nothing");
    }

    [Fact]
    public void Every_row_says_works_differs_or_not_here_and_what_works_or_differs_names_its_test()
    {
        var unclear = Rows.Where(row =>
        {
            var cells = row.Split(" | ");
            var state = cells.Length < 2 ? "" : cells[1];
            var isThere = state.StartsWith("works", StringComparison.Ordinal)
                || state.StartsWith("differs", StringComparison.Ordinal);
            return isThere ? !Named().IsMatch(row) : !state.StartsWith("not here", StringComparison.Ordinal);
        });

        unclear.Should().BeEmpty();
    }

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex Named();
}
