using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using CsCheck;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>
/// What holds of a majority whoever answers what: seats, shares and answers are made at random and compared with a
/// count that is as simple as the rule: at the due day more than half of those who answered, if they make a quorum of
/// those who do not stand aside; before it only what no later answer could change.
/// </summary>
public sealed class GateTallyPropertyTests
{
    private const int Abstains = 3, StandsAside = 4, Silent = 5;
    private static readonly string[] Outcomes =
        ["Confirm", "Return", "Reject", OutcomeKeys.Abstain, OutcomeKeys.Recuse];

    /// <summary>An answer for each seat, or silence.</summary>
    private static readonly Gen<int[]> Answers = Gen.Int[0, Silent].Array[1, 9];

    private static readonly Gen<int[]> Short = Gen.Int[0, Silent].Array[1, 4];

    private static readonly Gen<Fraction> Share =
        Gen.Select(Gen.Int[0, 12], Gen.Int[1, 12]).Select((part, whole) => new Fraction(Math.Min(part, whole), whole));

    [Fact]
    public void At_the_due_day_it_is_what_a_naive_count_says() =>
        Gen.Select(Answers, Share).Sample((answers, share) =>
            Say(Tally(answers, share, timeIsOver: true)).Should().Be(Naive(answers, share)));

    [Fact]
    public void When_all_have_answered_the_due_day_changes_nothing() =>
        Gen.Select(Gen.Int[0, Silent - 1].Array[1, 9], Share).Sample((answers, share) =>
            Say(Tally(answers, share)).Should().Be(Naive(answers, share)));

    [Fact]
    public void What_is_decided_early_stands_whatever_the_others_do() =>
        Gen.Select(Short, Share).Sample((early, share) =>
        {
            var said = Say(Tally(early, share));
            if (said is null) return;
            foreach (var end in Ends(early)) Naive(end, share).Should().Be(said);
        });

    [Fact]
    public void The_order_of_the_seats_never_matters() =>
        Gen.Select(Answers, Share).SelectMany((answers, share) =>
            Gen.Shuffle(answers).Select(shuffled => (answers, shuffled, share))).Sample(one =>
            {
                Say(Tally(one.shuffled, one.share)).Should().Be(Say(Tally(one.answers, one.share)));
                Say(Tally(one.shuffled, one.share, timeIsOver: true)).Should()
                    .Be(Say(Tally(one.answers, one.share, timeIsOver: true)));
            });

    [Fact]
    public void A_gate_waits_only_while_somebody_may_still_answer_and_never_after_its_due_day() =>
        Gen.Select(Answers, Share).Sample((answers, share) =>
        {
            if (Tally(answers, share) is GateTally.Waiting) answers.Should().Contain(Silent);
            Tally(answers, share, timeIsOver: true).Should().NotBeOfType<GateTally.Waiting>();
        });

    [Fact]
    public void A_quorum_is_never_less_than_its_share_nor_a_whole_seat_more() =>
        Gen.Select(Share, Gen.Int[1, 200]).Sample((share, seats) =>
        {
            var quorum = GateCount.QuorumOf(share, seats);

            quorum.Should().BeInRange(1, seats);
            (quorum * share.Denominator).Should().BeGreaterThanOrEqualTo(share.Numerator * seats);
            if (quorum > 1) ((quorum - 1) * share.Denominator).Should().BeLessThan(share.Numerator * seats);
        });

    /// <summary>Counts on the fingers: the outcome, or "stuck".</summary>
    private static string Naive(int[] answers, Fraction share)
    {
        var asked = answers.Count(one => one != StandsAside);
        var answered = answers.Count(one => one is not (StandsAside or Silent));
        // The quorum in sixths, sevenths …: so many answers are at least the share of those asked.
        var isQuorum = answered >= 1 && (decimal)answered * share.Denominator >= (decimal)asked * share.Numerator;
        if (!isQuorum) return "stuck";
        var given = Enumerable.Range(0, 3).Select(outcome => answers.Count(one => one == outcome)).ToArray();
        if (given[0] > answered - given[0]) return Outcomes[0];
        if (given[1] == 0 && given[2] == 0) return "stuck";
        return Outcomes[given[1] >= given[2] ? 1 : 2];
    }

    /// <summary>Every way in which those who are silent may act, silence included.</summary>
    private static IEnumerable<int[]> Ends(int[] early)
    {
        var at = Array.IndexOf(early, Silent);
        if (at < 0) return [early];
        return Enumerable.Range(0, Silent + 1).SelectMany(answer =>
        {
            var rest = Ends([.. early[(at + 1)..]]);
            return rest.Select(end => (int[])[.. early[..at], answer, .. end]);
        });
    }

    private static string? Say(GateTally tally) => tally switch
    {
        GateTally.Decided decided => decided.Outcome,
        GateTally.Stuck => "stuck",
        _ => null,
    };

    private static GateTally Tally(int[] answers, Fraction share, bool timeIsOver = false)
    {
        var district = new District();
        var seats = answers.Select((answer, at) =>
        {
            var seat = Seat(district.Person($"委员{at}"));
            if (answer != Silent) (seat.Outcome, seat.AnsweredAt) = (Outcomes[answer], Now.AddMinutes(at));
            return seat;
        });
        var task = district.Task(GateMode.MajorityWithQuorum, null, share, [.. seats]);
        task.Outcomes.AddRange([new(OutcomeKeys.Abstain, new("弃权")), new(OutcomeKeys.Recuse, new("回避"), true)]);
        return timeIsOver ? Gate.AtDue(task, district.Directory) : Gate.Tally(task, district.Directory);
    }
}
