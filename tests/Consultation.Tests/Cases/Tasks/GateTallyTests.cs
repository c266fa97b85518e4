using Consultation.Cases.People;
using Consultation.Cases.Tasks;
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

    [Fact]
    public void A_tie_is_not_passed()
    {
        var task = _district.Task(GateMode.MajorityWithQuorum, Seat(_district.Ma), Seat(_district.Na));

        _district.Give(task, _district.Ma, "Confirm");
        _district.Give(task, _district.Na, "Return");

        task.Outcome.Should().Be("Return");
    }

    [Theory]
    [InlineData(2.0 / 3, 3, 2)]
    [InlineData(0.67, 3, 2)]
    [InlineData(0.67, 6, 4)]
    [InlineData(0.33, 3, 1)]
    [InlineData(2.0 / 3, 4, 3)]
    [InlineData(2.0 / 3, 6, 4)]
    [InlineData(0.5, 4, 2)]
    [InlineData(0, 4, 1)]
    [InlineData(1, 4, 4)]
    public void A_quorum_is_the_share_of_the_seats_rounded_up(double share, int seats, int quorum) =>
        GateTally.QuorumOf(share, seats).Should().Be(quorum);

    [Fact]
    public void A_majority_waits_for_its_quorum()
    {
        var task = _district.Task(
            GateMode.MajorityWithQuorum, Seat(_district.Ma), Seat(_district.Na), Seat(_district.Chair));
        task.Assignees.ForEach(seat => seat.Outcome = null);
        var strict = 1.0;
        var all = new WorkTask
        {
            OrganisationId = task.OrganisationId,
            Id = task.Id,
            CaseId = task.CaseId,
            Number = "1",
            InstanceId = "i",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = TaskKind.Approval,
            Title = task.Title,
            Mode = GateMode.MajorityWithQuorum,
            Quorum = strict,
            Outcomes = task.Outcomes,
            Assignees = task.Assignees,
            OpenedAt = Now,
        };

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
            .Which.Errors.Single().Message.Zh.Should().Be("主任最后决定：还有马委员、那委员未发表意见，到期后可直接决定。");
        _district.Give(task, _district.Ma, "Return");
        _district.Give(task, _district.Na, "Confirm");
        Gate.Tally(task, _district.Directory).Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should()
            .Be("成员意见已齐，等待陈主任决定。");
        var decided = (GateResult.Counted)_district.Give(task, _district.Chair, "Confirm");

        var tally = decided.Tally.Should().BeOfType<GateTally.Decided>().Which;
        (tally.Outcome, tally.Opinions.Count, tally.Opinions[1].Outcome, tally.Opinions[1].Reason).Should()
            .Be(("Confirm", 3, "Return", "需要补充调研情况"));
    }

    [Fact]
    public void Once_the_time_is_over_the_chair_decides_without_the_silent_members()
    {
        var task = _district.Task(GateMode.ChairLast, _district.ChairSeat(), Seat(_district.Ma));

        _district.Give(task, _district.Chair, "Confirm", Now.AddDays(5)).Should().BeOfType<GateResult.Counted>();

        task.Outcome.Should().Be("Confirm");
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
