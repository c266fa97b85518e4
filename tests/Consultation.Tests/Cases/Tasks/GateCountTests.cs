using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>
/// What a gate with a quorum comes to, early and at its due day: letters are answers, a dot is silence.
/// </summary>
public sealed class GateCountTests
{
    private static readonly Dictionary<char, string?> Letters = new()
    {
        ['C'] = "Confirm",
        ['R'] = "Return",
        ['J'] = "Reject",
        ['A'] = OutcomeKeys.Abstain,
        ['X'] = OutcomeKeys.Recuse,
        ['.'] = null,
    };

    [Theory]
    [InlineData("2/3", 3, 2)]
    [InlineData("0.67", 3, 2)]
    [InlineData("67%", 6, 4)]
    [InlineData("0.33", 3, 1)]
    [InlineData("2/3", 4, 3)]
    [InlineData("2/3", 6, 4)]
    [InlineData("1/2", 4, 2)]
    [InlineData("0", 4, 1)]
    [InlineData("1", 4, 4)]
    [InlineData("2/3", 0, 1)]
    public void A_quorum_is_the_share_of_those_asked_rounded_up(string share, int asked, int quorum)
    {
        Fraction.TryParse(share, out var exact).Should().BeTrue();

        GateCount.QuorumOf(exact, asked).Should().Be(quorum);
    }

    [Theory]
    [InlineData("CC.", "Confirm", "Confirm")]
    [InlineData("C..", null, "stuck")]
    [InlineData("CR.", null, "Return")]
    [InlineData("CCCR..", null, "Confirm")]
    [InlineData("CCRR..", null, "Return")]
    [InlineData("CCC...", null, "stuck")]
    [InlineData("CCCA..", null, "Confirm")]
    [InlineData("CCAA..", null, "stuck")]
    [InlineData("CRJ...", null, "stuck")]
    [InlineData("CXX", "Confirm", "Confirm")]
    [InlineData("C.X", null, "stuck")]
    [InlineData("CAX", "stuck", "stuck")]
    [InlineData("XXX", "stuck", "stuck")]
    [InlineData("AAA", "stuck", "stuck")]
    [InlineData("CR", "Return", "Return")]
    [InlineData("CCXRRX", "Return", "Return")]
    public void Answers_decide_as_soon_as_nothing_can_change_it_and_at_the_due_day_by_what_is_there(
        string answers, string? early, string atDue)
    {
        var (district, task) = Of(answers);

        Say(Gate.Tally(task, district.Directory)).Should().Be(early);
        Say(Gate.AtDue(task, district.Directory)).Should().Be(atDue);
    }

    [Fact]
    public void The_count_says_who_counts_and_what_was_answered()
    {
        var (district, task) = Of("CCRA.X");

        GateCount.Of(task).Describe().Zh.Should().Be("应答复 5 人（另有 1 人回避，不计入），已答复 4 人：确定 2、退回修改 1、弃权 1");
        Gate.AtDue(Of("C....").Task, district.Directory).Should().BeOfType<GateTally.Stuck>().Which.Why.Zh.Should()
            .Be("应答复 5 人，已答复 1 人：确定 1；法定人数为 2/3，即 4 人，未达到。");
    }

    [Theory]
    [InlineData(GateMode.All, "CCX", "Confirm")]
    [InlineData(GateMode.All, "CCA", "stuck")]
    [InlineData(GateMode.All, "CA.", null)]
    [InlineData(GateMode.All, "ARX", "Return")]
    [InlineData(GateMode.AnyOne, "X..", null)]
    [InlineData(GateMode.AnyOne, "XC.", "Confirm")]
    [InlineData(GateMode.AnyOne, "XXX", "stuck")]
    [InlineData(GateMode.NamedPerson, "X", "stuck")]
    [InlineData(GateMode.ChairLast, "XCA", "stuck")]
    [InlineData(GateMode.ChairLast, ".XX", null)]
    [InlineData(GateMode.ChairLast, "CXA", "Confirm")]
    public void Standing_aside_never_decides_and_never_leaves_a_gate_waiting_for_nobody(
        GateMode mode, string answers, string? result)
    {
        var (district, task) = Of(answers, mode);

        Say(Gate.Tally(task, district.Directory)).Should().Be(result);
        if (result is null) Gate.Free(task).Should().NotBeEmpty();
    }

    private static (District District, WorkTask Task) Of(string answers, GateMode mode = GateMode.MajorityWithQuorum)
    {
        var district = new District();
        var seats = answers.Select((letter, at) =>
        {
            var seat = Seat(district.Person($"委员{at}"), chair: at == 0);
            if (Letters[letter] is { } given) (seat.Outcome, seat.AnsweredAt) = (given, Now.AddMinutes(at));
            return seat;
        });
        var task = district.Task(mode, [.. seats]);
        task.Outcomes.AddRange([new(OutcomeKeys.Abstain, new("弃权")), new(OutcomeKeys.Recuse, new("回避"), true)]);
        if (mode == GateMode.ChairLast && answers.Skip(1).All(letter => letter != '.')) task.ChairSince = Now;
        return (district, task);
    }

    private static string? Say(GateTally tally) => tally switch
    {
        GateTally.Decided decided => decided.Outcome,
        GateTally.Stuck => "stuck",
        _ => null,
    };
}
