using Consultation.Cases.Tasks;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>
/// Where a form has a place for the opinion, it is the reason of the answer, and needed only where the rules say so
/// (P59, Q85).
/// </summary>
public sealed class GateReasonTests
{
    private readonly District _district = new();

    [Fact]
    public void The_opinion_of_a_form_is_the_reason()
    {
        var task = Review();

        Give(task, "Return", "时间节点不合理").Should().BeOfType<GateResult.Counted>();

        task.Assignees[0].Reason.Should().Be("时间节点不合理");
    }

    [Fact]
    public void Sending_back_without_an_opinion_is_refused_beside_the_opinion()
    {
        var errors = Refusal<AnswerResult.Invalid>(Give(Review(), "Return", "")).Errors;

        errors.Should().ContainSingle().Which.Field.Should().Be("opinion");
    }

    [Fact]
    public void Agreeing_needs_no_opinion() => Give(Review(), "Confirm", "").Should().BeOfType<GateResult.Counted>();

    [Fact]
    public void A_reason_that_came_by_itself_stands()
    {
        var task = Review();

        _district.Give(task, _district.Ma, "Return").Should().BeOfType<GateResult.Counted>();

        task.Assignees[0].Reason.Should().Be("需要补充调研情况");
    }

    [Fact]
    public void A_form_that_always_asks_its_opinion_names_it_once()
    {
        var task = _district.Task(GateMode.AnyOne, "report-review", Seat(_district.Ma));

        var errors = Refusal<AnswerResult.Invalid>(Give(task, "Return", "")).Errors;

        errors.Where(error => error.Field == "guidance").Should().ContainSingle();
    }

    [Theory]
    [InlineData(GateMode.AnyOne)]
    [InlineData(GateMode.All)]
    [InlineData(GateMode.MajorityWithQuorum)]
    [InlineData(GateMode.ChairLast)]
    public void Of_one_person_nothing_is_said_that_is_true_of_several(GateMode mode) =>
        Gate.Tally(_district.Task(mode, Seat(_district.Ma)), _district.Directory).Should().BeOfType<GateTally.Waiting>()
            .Which.For.Zh.Should().Be("等待马委员答复。");

    private WorkTask Review() => _district.Task(GateMode.AnyOne, "plan-review", Seat(_district.Ma));

    private GateResult Give(WorkTask task, string outcome, string opinion) => Gate.Answer(
        task,
        _district.Directory,
        Answer(task, _district.Ma, outcome) with
        {
            Reason = null,
            Fields = new Dictionary<string,
            string>
            { ["feasible"] = "4", ["effective"] = "4", ["opinion"] = opinion },
        },
        Now);
}
