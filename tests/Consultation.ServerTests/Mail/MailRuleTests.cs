using Consultation.ServerTests.Workflows;

namespace Consultation.ServerTests.Mail;

/// <summary>The table of mail rules in docs/design/mail.md names tests that exist, for every rule.</summary>
public sealed class MailRuleTests
{
    private static readonly string Repository = Directory.GetParent(WorkflowFolder.Path)!.FullName;

    private static readonly (string Rule, string[] Tests)[] Table =
    [
        .. File.ReadLines(Path.Combine(Repository, "docs/design/mail.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1], cells[3].Split(' '))),
    ];

    [Fact]
    public void Every_rule_names_its_tests() =>
        Table.Select(row => row.Rule).Distinct()
            .Should().Equal([.. Enumerable.Range(1, 13).Select(number => $"{number}"), "TLS"]);

    [Fact]
    public void Every_test_named_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file));

        Table.SelectMany(row => row.Tests)
            .Where(test => test.Split('.') is not [var type, var method]
                || !sources[type].Any(file => File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal)))
            .Should().BeEmpty();
    }
}
