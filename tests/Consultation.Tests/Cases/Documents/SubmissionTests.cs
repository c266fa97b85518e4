using Consultation.Cases.Documents;

namespace Consultation.Tests.Cases.Documents;

public sealed class SubmissionTests
{
    [Theory]
    [InlineData("老旧小区停车难", "关于老旧小区停车难的提案")]
    [InlineData("关于推动错时停车的建议", "关于推动错时停车的建议")]
    [InlineData("关于推动错时停车的提案", "关于推动错时停车的提案")]
    [InlineData("关于推动错时停车", "关于推动错时停车的提案")]
    [InlineData(" 关于完善养老服务的意见建议。", "关于完善养老服务的意见建议")]
    public void A_title_is_wrapped_once(string typed, string printed) =>
        CaseDocuments.ProposalTitle(typed).Should().Be(printed);

    [Theory]
    [InlineData("老旧小区停车", "关于“老旧小区停车”的决议")]
    [InlineData("关于推动错时停车的建议", "“关于推动错时停车的建议”决议")]
    public void A_title_about_a_topic_is_wrapped_once(string topic, string printed) =>
        CaseDocuments.About(topic, "决议").Should().Be(printed);

    [Fact]
    public void A_proposal_goes_to_the_proposals_committee_in_the_name_of_its_proposer()
    {
        var text = Made(DocumentKeys.Proposal);

        text.Should().Contain("提案委员会").And.Contain("案由").And.Contain("案别").And.Contain("经济建设")
            .And.Contain("协提〔2026〕1号");
    }

    [Fact]
    public void An_opinion_report_names_its_author_and_level()
    {
        var text = Made(DocumentKeys.OpinionReport);

        text.Should().Contain("作者").And.Contain("区级").And.Contain("2026年第1期").And.NotContain("的提案");
    }

    [Fact]
    public void The_problem_list_prints_its_rows_before_any_item_is_opened()
    {
        var text = Made(Consultation.Cases.Forms.FormKeys.ProblemList, items: 0);

        text.Should().Contain("2026年3月20日");
    }

    private static string Made(string kind, int items = 3)
    {
        var document = CaseDocuments.Create(
            kind, Paper.File(new District(), items), new DocumentSubject(), District.Now);
        using var word = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(
            new MemoryStream(document.Content), false);
        return word.MainDocumentPart!.Document!.InnerText;
    }
}
