using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Templates;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// A matter that a unit answers, as 提案 and 12345 staff know it: signed for, another unit asked for, helped with,
/// answered, looked at again, and the proposer's opinion asked before it is closed (Q37, Q60, P05).
/// </summary>
public sealed class MatterRoutingTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void From_routing_to_mostly_satisfied()
    {
        var scenario = Routed(helping: true);

        scenario.Case.Number.Should().Be("协转〔2026〕1号");
        Do(scenario, "Sign", scenario.District.WaterContact, "SignFor");
        Do(scenario, "Help", scenario.District.RoadsContact, "Done");
        Reply(scenario, scenario.District.WaterContact);
        Do(scenario, "Quality", scenario.District.Secretary, "Confirm");

        var mail = scenario.Mails.Single(one => one.Purpose == MailTemplateCatalogue.MatterReply);
        mail.TextBody.Should().Contain("已增设路灯").And.Contain("/reply?n=SX2026-000001&k=").And.Contain("区水务局");
        scenario.Case.State.Should().Be(CaseState.Open, "it is not closed before the proposer was asked");
        scenario.Rate(Satisfaction.MostlySatisfied, key: mail.Secret).Should().BeEmpty();

        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.Matters[0].Should().Match<Matter>(one =>
            one.State == MatterState.Closed && one.Satisfaction == Satisfaction.MostlySatisfied);
        scenario.Matters[0].Answer.Should().Contain("已增设路灯");
        scenario.Turns.Should().ContainSingle(turn => turn.Kind == MatterTurnKind.Rated && turn.ActorId == null);
        scenario.OpenRuns.Should().Be(0);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void A_unit_that_is_not_responsible_asks_for_another_and_the_new_one_signs()
    {
        var scenario = Routed();
        scenario.Answer("Sign", scenario.District.WaterContact, "AskChange", [])
            .Should().BeOfType<AnswerResult.Invalid>("the reason is asked for");

        Do(scenario, "Sign", scenario.District.WaterContact, "AskChange", ("reason", "道路照明由交通部门管理。"));
        Do(scenario, "Change", scenario.District.Secretary, "GrantChange");
        Do(scenario, "Assign", scenario.District.Secretary, "Done", ("lead-unit", Id(scenario.District.Roads)));

        scenario.TaskAt("Sign").Assignees.Where(seat => seat.Active).Should()
            .ContainSingle(seat => seat.PersonId == scenario.District.RoadsContact.Id);
        Do(scenario, "Sign", scenario.District.RoadsContact, "SignFor");
        scenario.TaskAt("Reply").Assignees.Should().Contain(
            seat => seat.PersonId == scenario.District.RoadsContact.Id);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Refused_another_unit_the_first_one_goes_on()
    {
        var scenario = Routed();
        Do(scenario, "Sign", scenario.District.WaterContact, "AskChange", ("reason", "建议由交通部门办理。"));
        Do(scenario, "Change", scenario.District.Secretary, "Refuse", ("opinion", "沿河设施由水务部门管理。"));

        scenario.TaskAt("Reply").Assignees.Should().Contain(
            seat => seat.PersonId == scenario.District.WaterContact.Id);
    }

    [Fact]
    public void Who_does_not_sign_in_time_is_reminded_and_the_ladder_goes_on()
    {
        var scenario = Routed();
        var due = scenario.TaskAt("Sign").DueAt!.Value;

        scenario.PassUntil(due + TimeSpan.FromDays(12));

        scenario.TaskAt("Sign").State.Should().Be(TaskState.Open, "it goes on waiting");
        scenario.Mails.Should().Contain(mail => mail.Purpose == MailTemplateCatalogue.FormalReminder
            && mail.PersonId == scenario.District.WaterContact.Id.Value);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void A_reply_in_which_something_is_missing_goes_back_before_anybody_reads_it()
    {
        var scenario = Routed();
        Do(scenario, "Sign", scenario.District.WaterContact, "SignFor");
        Reply(scenario, scenario.District.WaterContact);

        scenario.Answer("Quality", scenario.District.Secretary, "Confirm",
            scenario.Fill("routing-quality", ("days-given", "no"))).Should().BeOfType<AnswerResult.Invalid>();
        Do(scenario, "Quality", scenario.District.Secretary, "Return",
            ("days-given", "no"), ("remark", "请写明完成时间。"));

        scenario.TaskAt("Reply").Should().NotBeNull();
        scenario.Mails.Should().NotContain(mail => mail.Purpose == MailTemplateCatalogue.MatterReply);
        Reply(scenario, scenario.District.WaterContact);
        Do(scenario, "Quality", scenario.District.Secretary, "Confirm");
        scenario.Mails.Should().ContainSingle(mail => mail.Purpose == MailTemplateCatalogue.MatterReply);
    }

    [Fact]
    public void Not_satisfied_reopens_it_once_with_the_reason_and_no_second_time()
    {
        var scenario = Routed();
        ToRating(scenario);
        scenario.Rate(Satisfaction.Dissatisfied, enteredBy: scenario.District.Secretary)
            .Should().ContainSingle(error => error.Field == "reason");

        scenario.Rate(Satisfaction.Dissatisfied, "灯装了但是没有通电。", enteredBy: scenario.District.Secretary)
            .Should().BeEmpty();

        scenario.TaskAt("Reply").Question.Zh.Should().Contain("灯装了但是没有通电");
        scenario.Mails.Last(mail => mail.PersonId is null).Subject.Should().Contain("重新办理");
        Reply(scenario, scenario.District.WaterContact);
        Do(scenario, "Quality", scenario.District.Secretary, "Confirm");
        scenario.Mails.Count(mail => mail.Purpose == MailTemplateCatalogue.MatterReply).Should().Be(2);
        scenario.Rate(Satisfaction.Dissatisfied, "还是没有通电，晚上一片黑。", enteredBy: scenario.District.Secretary)
            .Should().BeEmpty();

        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.Case.Outcome!.Zh.Should().Contain("仍不满意");
        scenario.OpenRuns.Should().Be(0);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Without_an_opinion_it_is_closed_when_the_time_is_over_and_then_none_is_taken()
    {
        var scenario = Routed();
        ToRating(scenario);

        scenario.Pass(TimeSpan.FromDays(9));

        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.Matters[0].Satisfaction.Should().BeNull();
        scenario.Rate(Satisfaction.Satisfied, enteredBy: scenario.District.Secretary).Should().NotBeEmpty();
        scenario.OpenRuns.Should().Be(0);
    }

    [Fact]
    public void A_wrong_key_rates_nothing()
    {
        var scenario = Routed();
        ToRating(scenario);

        scenario.Rate(Satisfaction.Satisfied, key: "guessed").Should().NotBeEmpty();

        scenario.Case.State.Should().Be(CaseState.Open);
    }

    private static Scenario Routed(bool helping = false)
    {
        var scenario = new Scenario(WorkflowFolder.All, Monday)
            .Prepare("matter-routing", CaseKind.Routing, "河边步道夜间照明");
        scenario.Records.Add(new CaseRecord
        {
            OrganisationId = scenario.Case.OrganisationId,
            Id = Guid.CreateVersion7(),
            CaseId = scenario.Case.Id,
            Kind = FormKeys.RoutingAssignment,
            Title = FormCatalogue.Find(FormKeys.RoutingAssignment)!.Title,
            Fields = new()
            {
                ["lead-unit"] = Id(scenario.District.Water),
                ["helping-units"] = helping ? Id(scenario.District.Roads) : "",
            },
            ById = scenario.District.Secretary.Id,
            At = Monday,
        });
        return scenario.Run(input: new Dictionary<string, object?>
        {
            ["Helping"] = helping ? Id(scenario.District.Roads) : "",
        });
    }

    private static void ToRating(Scenario scenario)
    {
        Do(scenario, "Sign", scenario.District.WaterContact, "SignFor");
        Reply(scenario, scenario.District.WaterContact);
        Do(scenario, "Quality", scenario.District.Secretary, "Confirm");
    }

    private static void Reply(Scenario scenario, Person who) => Do(
        scenario, "Reply", who, "Done",
        ("points", "反映的步道夜间无照明问题，已增设路灯十二盏，三月底前全部通电。"), ("signed", "区水务局"),
        ("contact", "郑凯 010-0000 0000"));

    private static void Do(
        Scenario scenario, string step, Person who, string outcome,
        params (string Field, string Value)[] differently) =>
        scenario.Answer(step, who, outcome, scenario.Fill(scenario.TaskAt(step), differently))
            .Should().BeOfType<AnswerResult.Accepted>(step);

    private static string Id(Unit unit) => unit.Id.Value.ToString("N");
}
