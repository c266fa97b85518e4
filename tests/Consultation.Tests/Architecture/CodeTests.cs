using System.Globalization;
using System.Text.RegularExpressions;

namespace Consultation.Tests.Architecture;

/// <summary>
/// Numbers that comments, workflows, forms and documents cite lead to a row that a reader of the repository can open.
/// </summary>
public sealed partial class CodeTests
{
    private const string Requirements = "docs/design/requirements.md";
    private const string MailRules = "docs/design/mail.md";
    private const string Contract = "tests/Consultation.ServerTests/Elsa/Recorded/contract.csv";

    private static readonly string[] Endings = [".cs", ".csv", ".css", ".js", ".json", ".md", ".razor", ".sh", ".sql"];

    /// <summary>Path and text of everything that people wrote.</summary>
    private static readonly (string Path, string Text)[] Written =
    [
        .. new[] { "src", "tests", "docs", "workflows", "eng" }.SelectMany(folder => Repository.Files(folder, Endings))
            .Concat(Repository.Documents().Where(path => !path.Contains('/', StringComparison.Ordinal)))
            .Where(path => !path.EndsWith("lock.json", StringComparison.Ordinal))
            .Where(path => !path.StartsWith("tests/Consultation.Tests/Architecture/", StringComparison.Ordinal))
            .Select(path => (path, Repository.Read(path))),
    ];

    private static readonly string[] RequirementRows = FirstCells(Requirements, '|', RowOfRequirements());

    [Fact]
    public void Every_row_of_the_documents_and_every_default_stands_in_the_requirements_once_and_in_order() =>
        RequirementRows.Should().Equal(
            [.. Numbered("P", 90), .. Numbered("Q", 115), .. Enumerable.Range(1, 32).Select(number => $"O{number}")]);

    [Fact]
    public void Every_cited_row_of_the_documents_stands_in_the_requirements() =>
        Unknown(RowOfRequirements(), RequirementRows).Should()
            .BeEmpty($"a code without a row in {Requirements} means nothing to a reader");

    [Fact]
    public void Every_cited_mail_rule_stands_in_the_table_of_mail_rules() =>
        Unknown(MailRule(), FirstCells(MailRules, '|', Number())).Should().BeEmpty($"mail rules stand in {MailRules}");

    [Fact]
    public void Every_cited_row_of_the_contract_stands_in_its_table() =>
        Unknown(ContractRow(), FirstCells(Contract, ';', RowOfContract())).Should()
            .BeEmpty($"rows of the contract stand in {Contract}");

    [Fact]
    public void Every_cited_decision_is_there()
    {
        var decisions = Repository.Files("docs/decisions", ".md").Select(Path.GetFileName)
            .Select(name => name!.Split('-')[0].TrimStart('0')).ToArray();

        Unknown(Decision(), decisions).Should().BeEmpty("decisions are the numbered files of docs/decisions");
    }

    [Fact]
    public void Nothing_refers_to_a_document_that_is_not_here()
    {
        var offenders =
            from file in Written
            from Match match in Elsewhere().Matches(file.Text)
            select $"{file.Path}: {match.Value}";

        offenders.Should().BeEmpty("what a reader cannot open explains nothing: say it, or cite a row that is here");
    }

    private static IEnumerable<string> Numbered(string letter, int count) =>
        Enumerable.Range(1, count).Select(number => $"{letter}{number.ToString("00", CultureInfo.InvariantCulture)}");

    /// <summary>
    /// Path and code of whatever is cited and not known. A citation may name several ("rules 3, 4 and 7", "D4–D9").
    /// </summary>
    private static string[] Unknown(Regex citation, string[] known) =>
    [
        .. from file in Written
           from Match match in citation.Matches(file.Text)
           from Capture code in match.Groups["code"].Captures
           where !known.Contains(code.Value)
           select $"{file.Path}: {code.Value}",
    ];

    private static string[] FirstCells(string path, char separator, Regex row) =>
    [
        .. Repository.Read(path).Split('\n').Select(line => line.TrimStart('|').Split(separator)[0].Trim())
            .Where(cell => row.Match(cell) is { Success: true } match && match.Value == cell),
    ];

    [GeneratedRegex(@"\b(?<code>[PQ]\d{2,3}|O\d{1,2})\b")]
    private static partial Regex RowOfRequirements();

    [GeneratedRegex(@"\bmail rules? (?<code>\d+)(?:(?:, | and |–)(?<code>\d+))*")]
    private static partial Regex MailRule();

    [GeneratedRegex(@"\bcontract rows? (?<code>[A-Z]\d+)(?:(?:, | and |–)(?<code>[A-Z]\d+))*")]
    private static partial Regex ContractRow();

    [GeneratedRegex(@"\b[Dd]ecision (?<code>\d+)\b")]
    private static partial Regex Decision();

    [GeneratedRegex(
        @"\b(?:architecture|style|contract) (?:section|rule)s? \d|\bcontract \d|\buser demand \d|\bshared/")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"[A-Z]\d+")]
    private static partial Regex RowOfContract();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
