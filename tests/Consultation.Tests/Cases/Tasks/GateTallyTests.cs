using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

public sealed class GateTallyTests
{
    private static readonly string[] Outcomes = ["Confirm", "Return", "Reject"];
    private readonly District _district = new();

    [Fact]
    public void All_must_agree_and_one_refusal_refuses_at_once()
    {
        var task = _district.Task(GateMode.All, Seat(_district.Ma), Seat(_district.Na), Seat(_district.Chair));

        _district.Give(task, _district.Ma, "Confirm");
        Gate.Tally(task, _district.Directory).Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should()
            .Be("等待那委员、陈主任答复（已答复 1/3，须全体同意）。");
        _district.Give(task, _district.Na, "Return");

        task.Outcome.Should().Be("Return");
    }

    [Theory]
    [InlineData("ballot", TaskKind.Work, "Cast", "各自投票，截止后计票", "按议事规则计票")]
    [InlineData("count-sheet", TaskKind.Work, "Submit", "两份计票单须一致", "两份一致才成立")]
    [InlineData(null, TaskKind.Approval, "NoObjection", "各自确认，未答复不算确认", "不算确认")]
    [InlineData("visit-record", TaskKind.Work, "Done", "每一位都要提交", "每一位都要提交")]
    [InlineData(null, TaskKind.Approval, "Confirm", "须全体同意", "有一人不同意即不通过")]
    public void What_everybody_is_asked_is_said_by_its_own_rule(
        string? form, TaskKind kind, string outcome, string waits, string rule)
    {
        var usual = _district.Task(GateMode.All, form, Seat(_district.Ma), Seat(_district.Na));
        var task = new WorkTask
        {
            OrganisationId = usual.OrganisationId,
            Id = usual.Id,
            CaseId = usual.CaseId,
            Number = usual.Number,
            InstanceId = "i",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = kind,
            Title = usual.Title,
            Question = usual.Question,
            Mode = GateMode.All,
            FormKey = form,
            OpenedAt = usual.OpenedAt,
            Outcomes = [new TaskOutcome(outcome, new(outcome))],
            Assignees = usual.Assignees,
        };

        Gate.Tally(task, _district.Directory).Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should()
            .Be($"等待马委员、那委员答复（已答复 0/2，{waits}）。");
        GateRule.Of(task).Zh.Should().Contain(rule);
        if (outcome != "Confirm") GateRule.Of(task).For("en").Should().NotContain("agree; one refusal");
    }

    [Fact]
    public void A_tie_is_not_passed()
    {
        var task = _district.Task(GateMode.MajorityWithQuorum, Seat(_district.Ma), Seat(_district.Na));

        _district.Give(task, _district.Ma, "Confirm");
        _district.Give(task, _district.Na, "Return");

        task.Outcome.Should().Be("Return");
    }

    [Fact]
    public void A_majority_waits_for_its_quorum()
    {
        var all = _district.Task(
            GateMode.MajorityWithQuorum, null, new Fraction(1, 1), Seat(_district.Ma), Seat(_district.Na),
            Seat(_district.Chair));

        _district.Give(all, _district.Ma, "Confirm");
        _district.Give(all, _district.Na, "Confirm");
        all.Outcome.Should().BeNull("two of three agree, but all three must answer");
        _district.Give(all, _district.Chair, "Reject");

        all.Outcome.Should().Be("Confirm");
    }

    [Fact]
    public void The_chair_decides_last_with_the_members_opinions_attached()
    {
        var task = _district.Task(GateMode.ChairLast, _district.ChairSeat(), Seat(_district.Ma), Seat(_district.Na));

        var early = _district.Give(task, _district.Chair, "Confirm");
        early.Should().BeOfType<GateResult.Refused>().Which.Answer.Should().BeOfType<AnswerResult.Invalid>()
            .Which.Errors.Single().Message.Zh.Should()
            .Be("还没有轮到您：等待马委员、那委员发表意见。他们答复完，或者时间到了，再请您决定，届时会发邮件通知。");
        _district.Give(task, _district.Ma, "Return");
        _district.Give(task, _district.Na, "Confirm");
        task.ChairSince = Now;
        Gate.Tally(task, _district.Directory).Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should()
            .Be("成员意见已齐，等待陈主任决定。");
        var decided = (GateResult.Counted)_district.Give(task, _district.Chair, "Confirm");

        var tally = decided.Tally.Should().BeOfType<GateTally.Decided>().Which;
        (tally.Outcome, tally.Opinions.Count, tally.Opinions[1].Outcome, tally.Opinions[1].Reason).Should()
            .Be(("Confirm", 3, "Return", "需要补充调研情况"));
    }

    [Fact]
    public void On_the_chairs_turn_the_chair_alone_is_awaited_and_silent_members_may_still_be_heard()
    {
        var task = _district.Task(GateMode.ChairLast, _district.ChairSeat(), Seat(_district.Ma));
        var before = (Owing: Gate.Owing(task).Single().PersonId, Free: Gate.Free(task).Single().PersonId);
        task.ChairSince = Now;

        Gate.Owing(task).Single().PersonId.Should().Be(_district.Chair.Id);
        Gate.Free(task).Should().HaveCount(2);
        Gate.Tally(task, _district.Directory).Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should()
            .Be("发表意见的时间已到，马委员未发表意见，等待陈主任决定。");
        _district.Give(task, _district.Chair, "Confirm").Should().BeOfType<GateResult.Counted>();

        before.Should().Be((_district.Ma.Id, _district.Ma.Id));
        task.Outcome.Should().Be("Confirm");
    }

    [Fact]
    public void Whoever_decides_in_the_end_may_stand_aside_but_not_abstain()
    {
        var task = _district.Task(GateMode.ChairLast, _district.ChairSeat(), Seat(_district.Ma));
        task.Outcomes.AddRange([new(OutcomeKeys.Abstain, new("弃权")), new(OutcomeKeys.Recuse, new("回避"), true)]);

        _district.Give(task, _district.Ma, OutcomeKeys.Abstain).Should().BeOfType<GateResult.Counted>();
        task.ChairSince = Now;

        Refusal<AnswerResult.Invalid>(_district.Give(task, _district.Chair, OutcomeKeys.Abstain));
        _district.Give(task, _district.Chair, OutcomeKeys.Recuse).Should().BeOfType<GateResult.Counted>().Which.Tally
            .Should().BeOfType<GateTally.Stuck>().Which.Why.Zh.Should().Contain("陈主任回避");
    }

    [Fact]
    public void A_task_without_assignees_waits_to_be_assigned() =>
        Gate.Tally(_district.Task(GateMode.AnyOne), _district.Directory)
            .Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should().Contain("请改派");

    /// <summary>
    /// Every distribution of answers over four seats, in every order: passed or not never depends on who was quicker.
    /// </summary>
    [Theory]
    [InlineData(GateMode.MajorityWithQuorum)]
    [InlineData(GateMode.All)]
    public void Whether_it_passes_never_depends_on_the_order_of_answers(GateMode mode)
    {
        var people = Enumerable.Range(0, 4).Select(number => _district.Person($"委员{number}")).ToArray();
        var orders = Permutations([0, 1, 2, 3]).ToList();
        for (var code = 0; code < 81; code++)
        {
            string[] answers = [.. Enumerable.Range(0, 4).Select(seat => Outcomes[code / (int)Math.Pow(3, seat) % 3])];

            var results = orders.Select(order => Run(mode, people, order, answers)).Distinct().ToList();

            var passed = mode == GateMode.All
                ? answers.All(one => one == "Confirm")
                : answers.Count(one => one == "Confirm") > 2;
            results.Should()
                .OnlyContain(outcome => (outcome == "Confirm") == passed, $"answers {string.Join(',', answers)}");
            if (mode == GateMode.MajorityWithQuorum)
            {
                results.Should().ContainSingle($"answers {string.Join(',', answers)}");
            }
        }
    }

    private string? Run(GateMode mode, Person[] people, int[] order, string[] answers)
    {
        var task = _district.Task(mode, [.. people.Select(person => Seat(person))]);
        var minute = 0;
        foreach (var seat in order)
        {
            _district.Give(task, people[seat], answers[seat], Now.AddMinutes(minute++));
        }

        task.State.Should().Be(TaskState.Done);
        return task.Outcome;
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(
            head => Permutations([.. items.Where(item => item != head)]).Select(tail => (int[])[head, .. tail]));
}
