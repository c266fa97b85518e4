using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Topics;
using Consultation.Tests.Cases;
using Consultation.Tests.Cases.Documents;

namespace Consultation.Tests.Architecture;

/// <summary>
/// Words as officials, members and residents use them, over every text of the product: pages, mails, forms, documents,
/// workflows.
/// </summary>
public sealed class WordTests
{
    /// <summary>Where texts stand that people read.</summary>
    private static readonly string[] Texts =
        ["src/Consultation.Web", "src/Consultation.Mail/Templates", "src/Consultation.Cases",
            "src/Consultation.Activities", "workflows"];

    /// <summary>The same, with what the host, the designer's door and the reader of mail say.</summary>
    private static readonly string[] Everywhere =
        [.. Texts, "src/Consultation.Api", "src/Consultation.Server", "src/Consultation.Mail/Incoming"];

    /// <summary>Texts that residents read: they know none of the house's own words.</summary>
    private static readonly string[] OfResidents =
        ["src/Consultation.Web/Public/", "src/Consultation.Mail/Templates/Defaults/matter-",
            "src/Consultation.Mail/Templates/Defaults/topic-result",
            "src/Consultation.Mail/Templates/Defaults/case-result",
            "src/Consultation.Mail/Templates/Defaults/sensitive-notice"];

    private static readonly string[] HouseWords =
        ["案件", "工作流", "流程实例", "节点", "租户", "令牌", "受限", "事项池", "阶梯", "督办", "催办", "台账", "筛查", "专班", "闭环", "研判",
            "流转", "报送件"];

    [Fact]
    public void A_case_is_accepted_or_consultation_begins_for_docketing_belongs_to_proposals() =>
        Lines(Texts).Where(line => line.Text.Contains("立案", StringComparison.Ordinal)
            && !line.Text.Contains("提案", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void A_case_is_called_what_it_is_wherever_somebody_reads() =>
        Lines(Everywhere).Where(line => Regex.IsMatch(line.Text, "案件|本案(?!卷)")).Should().BeEmpty();

    [Fact]
    public void Residents_read_no_word_that_only_the_house_knows() =>
        Lines(OfResidents).Where(line => HouseWords.Any(word => line.Text.Contains(word, StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Fact]
    public void The_four_standards_stand_word_for_word_wherever_they_stand()
    {
        string[] standards = ["党政所需", "群众所盼", "政协所能", "委员所为"];
        var form = FormCatalogue.Find(FormKeys.TopicDraft)!;
        TopicRules.ScoreKeys.Select(key => form.Find(key)!.Label.Zh).Should().Contain(standards);

        var pages = JsonNode.Parse(Repository.Read("src/Consultation.Web/Cases/Texts.zh.json"))!.AsObject()
            .Where(pair => pair.Key.StartsWith("score.", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key["score.".Length..], pair => pair.Value!.ToString());
        foreach (var (key, label) in pages.Where(pair => form.Find(pair.Key) is not null))
        {
            label.Should().Be(form.Find(key)!.Label.Zh, "a page names a score as its form does");
        }

        Lines(Texts).Where(line => Regex.IsMatch(line.Text, "党政所(?!需)|群众所(?!盼)|政协所(?!能)|委员所(?!为|在)"))
            .Should().BeEmpty();
    }

    [Fact]
    public void A_formal_reminder_greets_nobody() => Lines(
            "src/Consultation.Mail/Templates/Defaults/formal-reminder.", "src/Consultation.Cases/Documents")
        .Where(line => line.Text.Contains("您好", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void No_text_claims_rungs_that_may_not_have_been_climbed() => Lines(Texts)
        .Where(line => Regex.IsMatch(line.Text, "经(逐级)?催办|多次催办|open after every|open after a formal"))
        .Should().BeEmpty("what was done before is told by what was done");

    [Fact]
    public void Numbers_of_two_kinds_share_neither_series_nor_look()
    {
        var given = Repository.Files("workflows", ".json").SelectMany(path =>
            JsonNode.Parse(Repository.Read(path))!["root"]!["activities"]!.AsArray().Select(one => one!.AsObject())
                .Where(one => one["type"]!.ToString() == "Consultation.GiveNumber")
                .Select(one => (Series: Literal(one, "series"), Pattern: Literal(one, "pattern")))).Distinct().ToList();
        var prefixes = Prefixes.ToList();

        given.Select(one => one.Series).Should().OnlyHaveUniqueItems();
        given.Select(one => one.Pattern).Should().OnlyHaveUniqueItems();
        given.Select(one => one.Series).Should().NotContain(
            series => series.StartsWith("document:", StringComparison.Ordinal), "documents count for themselves");
        prefixes.Select(one => one.Prefix)
            .Concat(given.Select(one => one.Pattern.Split('〔')[0])).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Every_number_that_a_document_draws_is_printed_on_it()
    {
        foreach (var (kind, prefix) in Prefixes)
        {
            var district = new District();
            var file = Paper.File(district);
            var document = CaseDocuments.Create(kind, file, new DocumentSubject(), District.Now);
            using var word = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(
                new MemoryStream(document.Content), false);

            document.Number.Should().StartWith($"{prefix}〔", kind);
            word.MainDocumentPart!.Document!.InnerText.Should().Contain(document.Number, $"{kind} was given it");
        }
    }

    /// <summary>Kinds that draw numbers of their own, and with what these begin.</summary>
    private static IEnumerable<(string Kind, string Prefix)> Prefixes =>
        OrganisationPapers.Usual.Where(form => form.Value.Word is { Length: > 0 })
            .Select(form => (form.Key, form.Value.Word!));

    private static string Literal(JsonObject activity, string input) =>
        activity[input]!["expression"]!["value"]!.ToString();

    /// <summary>Lines that people may read, of the files below the places; comments are no texts.</summary>
    private static IEnumerable<(string Path, string Text)> Lines(params IEnumerable<string> places) =>
        All.Value.Where(line => places.Any(place => line.Path.StartsWith(place, StringComparison.Ordinal)));

    private static readonly Lazy<IReadOnlyList<(string Path, string Text)>> All = new(() =>
    [
        .. from path in Everywhere.SelectMany(place => Repository.Files(place, ".cs", ".razor", ".json", ".txt"))
           from line in File.ReadLines(Path.Combine(Repository.Root, path))
           where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
           select (path, line.Trim()),
    ]);
}
