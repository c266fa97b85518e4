namespace Consultation.ServerTests.Elsa;

/// <summary>
/// Every row of Elsa's contract leads to routes of ours and to a test, or says why it is not here. The rows are those
/// of the designer's requests by kind: definitions (D), descriptors (T), instances (I), executions (A) and the hub (H).
/// </summary>
public sealed class ContractTableTests
{
    private static readonly string[][] Rows =
        [.. File.ReadLines(Near("Recorded/contract.csv")).Skip(1).Select(line => line.Split(';'))];

    private static readonly Dictionary<string, string> Tests = Directory
        .EnumerateFiles(Near("../.."), "*Tests.cs", SearchOption.AllDirectories)
        .GroupBy(path => Path.GetFileNameWithoutExtension(path))
        .ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)));

    [Fact]
    public void No_row_of_the_contract_is_missing()
    {
        var all = Numbered("D", 27).Concat(Numbered("T", 14)).Concat(Numbered("I", 15)).Concat(Numbered("A", 7))
            .Append("H1");

        Rows.Select(row => row[0]).Should().Equal(all);
        Rows.Where(row => row.Length != 5).Select(row => row[0]).Should().BeEmpty("row;what;routes;tests;not here");

        static IEnumerable<string> Numbered(string kind, int count) =>
            Enumerable.Range(1, count).Select(number => $"{kind}{number}");
    }

    [Fact]
    public void Each_row_has_routes_and_a_test_or_says_why_not()
    {
        Rows.Where(row => row[4].Length == 0 && (row[2].Length == 0 || row[3].Length == 0)).Select(row => row[0])
            .Should().BeEmpty();
        Rows.Where(row => row[4].Length > 0 && row[4].Length < 20).Select(row => row[0]).Should()
            .BeEmpty("a reason is a sentence");
    }

    [Fact]
    public void Routes_and_tests_that_a_row_names_exist_and_no_route_stands_without_a_row()
    {
        var real = File.ReadAllLines(Near("Recorded/routes.txt"))
            .Select(line => string.Join(' ', line.Split(' ').Take(2)))
            .Where(route => route.Contains(" /elsa/", StringComparison.Ordinal)).ToHashSet();
        var named = Rows.SelectMany(row => row[2].Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(route => route.Replace(" ", " /elsa/", StringComparison.Ordinal))).ToList();

        named.Except(real).Should().BeEmpty("the table names routes that are not there");
        real.Except(named).Except(Own).Should().BeEmpty("a route of ours belongs to a row of the contract");
        Rows.SelectMany(row => row[3].Split('|', StringSplitOptions.RemoveEmptyEntries)).Where(test => !Exists(test))
            .Should().BeEmpty("a row whose test is gone proves nothing");

        static bool Exists(string test) =>
            test.Split('.') is [var type, var method] && Tests.TryGetValue(type, out var source)
                && source.Contains($" {method}(", StringComparison.Ordinal);
    }

    /// <summary>What the designer does not ask for stands in the table of all addresses of Elsa.</summary>
    private static readonly HashSet<string> Own = [.. File.ReadLines(Near("../../../docs/design/elsa-routes.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(line => line.Split('`').Where((_, at) => at % 2 == 1))
        .Select(address => address.Replace(" ", " /elsa/api", StringComparison.Ordinal))];

    private static string Near(string path, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, path);
}
