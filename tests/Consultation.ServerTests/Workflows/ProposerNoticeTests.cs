using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// Whoever raised a matter hears how it ended, in the own language, and nothing that must not be written (P05, O13,
/// O15).
/// </summary>
public sealed class ProposerNoticeTests
{
    private const string Leading = "liu.yang@mail.example.com", Merged = "anna@mail.example.com";
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_exclusion_is_told_to_every_proposer_with_reason_and_own_number()
    {
        var scenario = Begin();

        scenario.Answer("Screen", scenario.District.Officer, "Submit",
            scenario.Fill("screening", ("excl-3", "yes"), ("excl-3-reason", "已向法院起诉")));

        var mails = To(scenario, MailTemplateCatalogue.MatterExcluded);
        mails.Keys.Should().BeEquivalentTo(Leading, Merged);
        mails[Leading].TextBody.Should().Contain("已向法院起诉").And.Contain("SX2026-000001")
            .And.Contain("follow?n=SX2026-000001").And.NotContain("SX2026-000002");
        mails[Merged].TextBody.Should().Contain("SX2026-000002").And.Contain("A dark path")
            .And.Contain("Your matter is not taken up").And.NotContain("SX2026-000001");
        mails[Merged].Language.Should().Be("en");
        scenario.Matters.Select(matter => matter.State).Should().Equal(MatterState.Excluded, MatterState.Merged);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_sensitive_exclusion_says_only_that_there_is_news(int code)
    {
        var scenario = Begin();
        scenario.Answer(
            "Screen", scenario.District.Officer, "Submit",
            scenario.Fill("screening", ($"excl-{code}", "yes"), ($"excl-{code}-reason", "不能写出来"),
                ("facts", "不能写出来的事实经过和有关背景情况"))).Should().BeOfType<AnswerResult.Accepted>();

        scenario.Answer("Screen", scenario.District.Director, "Submit", scenario.Fill("second-check"))
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Case.Restricted.Should().BeTrue();
        var mails = To(scenario, MailTemplateCatalogue.MatterExcluded);
        mails.Keys.Should().BeEquivalentTo(Leading, Merged);
        foreach (var text in mails.Values.SelectMany(mail => new[] { mail.Subject, mail.TextBody, mail.HtmlBody }))
        {
            text.Should().NotContain("不能写出来").And.NotContain("照明").And.NotContain("dark path").And.NotContain("不纳入");
        }

        mails[Leading].TextBody.Should().Contain("您的事项有新的进展").And.Contain("follow?n=SX2026-000001");
    }

    private static Dictionary<string, OutgoingMail> To(Scenario scenario, string purpose) =>
        scenario.Mails.Where(mail => mail.Purpose == purpose).ToDictionary(mail => mail.RecipientAddress);

    /// <summary>A case with a leading matter and one merged into it, whose proposer reads English.</summary>
    private static Scenario Begin()
    {
        var scenario = new Scenario(WorkflowFolder.All, Monday)
            .Begin("six-step-procedure", CaseKind.SixStep, "河边步道夜间照明");
        var leading = scenario.Matters[0];
        scenario.Matters.Add(new Matter
        {
            OrganisationId = leading.OrganisationId,
            Id = MatterId.New(),
            Number = "SX2026-000002",
            Source = MatterSource.PublicForm,
            Title = "A dark path",
            Text = "The path by the river is dark.",
            ProposerEmail = Merged,
            Language = "en",
            CaseId = leading.CaseId,
            State = MatterState.Merged,
            MergedIntoId = leading.Id,
            RaisedAt = Monday,
            ReceivedAt = Monday,
        });
        return scenario;
    }
}
