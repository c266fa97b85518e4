using System.Security.Cryptography;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Tests.Cases.Documents;

public sealed class CaseDocumentTests
{
    private readonly District _district = new();

    public static TheoryData<string> Kinds => [.. CaseDocuments.All.Select(kind => kind.Key), "annex"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_document_is_valid_and_carries_its_hash(string kind)
    {
        var file = Paper.File(_district);

        var document =
            CaseDocuments.Create(kind, file, new DocumentSubject { Item = file.Items[0], Archive = [] }, District.Now);

        Errors(document.Content).Should().BeEmpty();
        document.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(document.Content)));
        document.FileName.Should().EndWith(".docx").And.NotContainAny("?", ":", "/");
    }

    [Fact]
    public void Every_form_has_a_document()
    {
        var file = Paper.File(_district);
        foreach (var form in FormCatalogue.All)
        {
            var document = CaseDocuments.Create(form.Key, file, new DocumentSubject(), District.Now);

            Errors(document.Content).Should().BeEmpty(form.Key);
        }
    }

    [Fact]
    public void Numbers_count_within_the_year_without_gaps()
    {
        var file = Paper.File(_district);

        var numbers = Enumerable.Range(0, 3)
            .Select(_ => CaseDocuments.Create(
                "formal-reminder", file, new DocumentSubject { Item = file.Items[0] }, District.Now).Number);

        numbers.Should().Equal("协催〔2026〕1号", "协催〔2026〕2号", "协催〔2026〕3号");
    }

    [Fact]
    public void The_formal_reminder_says_what_is_late_and_by_how_many_working_days()
    {
        var file = Paper.File(_district);
        file.Items[0].DueOn = new(2026, 2, 27);

        var text = TextOf(
            CaseDocuments.Create(
                "formal-reminder", file, new DocumentSubject { Item = file.Items[0] }, District.Now).Content);

        text.Should().Contain("催办通知书").And.Contain("住建委").And.Contain("应于2026年2月27日前办理，截至2026年3月2日已逾期1个工作日")
            .And.Contain("交办日期").And.Contain("2026年3月9日前书面说明");
    }

    [Fact]
    public void The_notice_of_exclusion_names_ground_referral_and_review()
    {
        var file = Paper.File(_district);
        file.Case.Review = new() { Until = new(2026, 3, 16), InstanceId = "run", BookmarkId = "bookmark" };

        var text = TextOf(
            CaseDocuments.Create("exclusion-notice", file, new DocumentSubject(), District.Now).Content);

        text.Should().Contain("王先生").And.Contain("SX2026-000012").And.Contain("相关部门已作出明确答复").And.Contain(
            "通建复〔2026〕3号").And.Contain("2026年3月16日前申请复核一次");
    }

    [Fact]
    public void The_meeting_notice_has_its_four_fields()
    {
        var text = TextOf(
            CaseDocuments.Create("notice", Paper.File(_district), new DocumentSubject(), District.Now).Content);

        text.Should().ContainAll("会议时间", "会议地点", "会议议题", "会议议程", "2026年3月20日");
    }

    [Fact]
    public void Chinese_faces_are_named_and_have_replacements()
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(
            CaseDocuments.Create("topic-sheet", Paper.File(_district), new DocumentSubject(), District.Now).Content),
            false);

        var faces = document.MainDocumentPart!.Document.Descendants<RunFonts>().Select(font => font.EastAsia?.Value)
            .Distinct();
        var known = document.MainDocumentPart.FontTablePart!.Fonts.Elements<Font>()
            .ToDictionary(font => font.Name!.Value!, font => font.GetFirstChild<AltName>()?.Val?.Value);

        faces.Should().Contain("方正小标宋简体").And.Contain("仿宋_GB2312");
        known["方正小标宋简体"].Should().Be("宋体");
        faces.Should().BeSubsetOf(known.Keys);
    }

    [Fact]
    public void An_unknown_kind_is_a_callers_mistake()
    {
        var create = () => CaseDocuments.Create("poster", Paper.File(_district), new DocumentSubject(), District.Now);

        create.Should().Throw<ArgumentException>().WithMessage("*poster*");
    }

    internal static IEnumerable<string> Errors(byte[] content)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(content), false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2016).Validate(document)
            .Select(error => $"{error.Path?.XPath}: {error.Description}")];
    }

    internal static string TextOf(byte[] content)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(content), false);
        return string.Join('\n', document.MainDocumentPart!.Document.Descendants<Paragraph>()
            .Select(paragraph => paragraph.InnerText));
    }
}
