using System.Text.Json.Nodes;
using Consultation.ServerTests.Workflows;
using Xunit.Abstractions;

namespace Consultation.ServerTests.Coverage;

/// <summary>
/// Every line of the two source documents leads to a workflow node, code, a test, or a named later work.
/// </summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    private static readonly string Repository = Directory.GetParent(WorkflowFolder.Path)!.FullName;

    private static readonly List<Line> Lines =
        [.. File.ReadLines(Path.Combine(Repository, "tests/Consultation.ServerTests/Coverage/coverage.csv")).Skip(1)
            .Select(Read)];

    /// <summary>Rows that each node cites.</summary>
    private static readonly Dictionary<string, HashSet<string>> Cited = WorkflowFolder.All
        .SelectMany(definition => definition.Root!["activities"]!.AsArray().Select(node => (
            Key: $"{definition.DefinitionId}/{node!["id"]}",
            Rows: (node["customProperties"]!["rows"] as JsonArray ?? []).Select(row => row!.ToString()).ToHashSet())))
        .ToDictionary(node => node.Key, node => node.Rows);

    [Fact]
    public void No_row_of_the_documents_is_missing()
    {
        var all = Enumerable.Range(1, 90).Select(number => $"P{number:00}")
            .Concat(Enumerable.Range(1, 115).Select(number => $"Q{number:00}"));

        Lines.Select(line => line.Row).Should().Equal(all);
        Lines.Where(line => line.Nodes.Length == 0 && line.Code.Length == 0 && line.Later.Length == 0)
            .Select(line => line.Row).Should().BeEmpty();
        Print();
    }

    [Fact]
    public void Nodes_named_in_the_table_cite_the_row_and_cited_rows_name_the_node()
    {
        Lines.SelectMany(
            line => line.Nodes.Where(node => !Cited.TryGetValue(node, out var rows) || !rows.Contains(line.Row))
                .Select(node => $"{line.Row} {node}"))
            .Should().BeEmpty("the table names nodes that do not cite the row");
        var table = Lines.ToDictionary(line => line.Row, line => line.Nodes.ToHashSet());
        Cited.SelectMany(
            node => node.Value.Where(row => !table.TryGetValue(row, out var nodes) || !nodes.Contains(node.Key))
                .Select(row => $"{row} {node.Key}"))
            .Should().BeEmpty("nodes cite rows that the table does not give them");
    }

    [Fact]
    public void Code_and_tests_named_in_the_table_exist()
    {
        Lines.SelectMany(line => line.Code).Where(file => !File.Exists(Path.Combine(Repository, file)))
            .Should().BeEmpty();
        var tests = typeof(CoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}")).ToHashSet();
        Lines.Where(line => line.Test.Length > 0 && !tests.Contains(line.Test))
            .Select(line => $"{line.Row} {line.Test}").Should().BeEmpty();
        Lines.Where(line => line.Nodes.Length > 0 && line.Test.Length == 0).Select(line => line.Row)
            .Should().BeEmpty("a node without a test is a promise only");
    }

    private void Print()
    {
        output.WriteLine(
            $"{Lines.Count} rows: {Lines.Count(line => line.Nodes.Length > 0)} with workflow nodes, "
                + $"{Lines.Count(line => line.Code.Length > 0)} with code, "
            + $"{Lines.Count(line => line.Test.Length > 0)} with tests, {Lines.Count(line => line.Later.Length > 0)} "
            + "with depth to come");
        foreach (var line in Lines)
        {
            output.WriteLine(
                $"{line.Row} | {line.Point} | {string.Join(", ", line.Nodes)} | {string.Join(", ", line.Code)} | "
                    + $"{line.Test} | {(line.Later.Length > 0 ? $"later: {line.Later}" : "")}");
        }
    }

    private static Line Read(string text)
    {
        var cells = new List<string>();
        for (var at = 0; at <= text.Length;)
        {
            var quoted = at < text.Length && text[at] == '"';
            var end = quoted ? text.IndexOf("\",", at + 1, StringComparison.Ordinal) : text.IndexOf(',', at);
            if (end < 0) end = text.Length - (quoted ? 1 : 0);
            cells.Add((quoted ? text[(at + 1)..end] : text[at..end]).Replace("\"\"", "\""));
            at = end + (quoted ? 2 : 1);
        }

        while (cells.Count < 6) cells.Add("");
        return new Line(cells[0], cells[1], cells[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            cells[3].Split(' ', StringSplitOptions.RemoveEmptyEntries), cells[4], cells[5]);
    }

    private sealed record Line(string Row, string Point, string[] Nodes, string[] Code, string Test, string Later);
}
