using Consultation.Cases.Tasks;
using CsCheck;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>What holds of a majority whoever answers what: seats and answers are made at random.</summary>
public sealed class GateTallyPropertyTests
{
    private const int Silent = 3;
    private static readonly string[] Outcomes = ["Confirm", "Return", "Reject"];

    /// <summary>An answer for each seat, or silence.</summary>
    private static readonly Gen<int[]> Answers = Gen.Int[0, Silent].Array[1, 9];

    [Fact]
    public void All_answers_always_decide_and_more_than_half_of_the_seats_pass() =>
        Gen.Int[0, Silent - 1].Array[1, 9].Sample(answers =>
        {
            var decided = Tally(answers).Should().BeOfType<GateTally.Decided>().Subject;

            (decided.Outcome == Outcomes[0]).Should().Be(answers.Count(answer => answer == 0) * 2 > answers.Length);
            decided.Opinions.Should().HaveCount(answers.Length);
        });

    [Fact]
    public void What_is_decided_early_stands_whatever_the_others_answer_later() =>
        Gen.Select(Answers, Gen.Int[0, Silent - 1].Array[9]).Sample((early, later) =>
        {
            if (Tally(early) is not GateTally.Decided decided) return;
            var all = early.Select((answer, seat) => answer == Silent ? later[seat] : answer).ToArray();

            Tally(all).Should().BeOfType<GateTally.Decided>().Which.Outcome.Should().Be(decided.Outcome);
        });

    [Fact]
    public void The_order_of_the_seats_never_matters() =>
        Answers.SelectMany(answers => Gen.Shuffle(answers).Select(shuffled => (answers, shuffled))).Sample(pair =>
            OutcomeOf(pair.shuffled).Should().Be(OutcomeOf(pair.answers)));

    [Fact]
    public void A_quorum_is_never_less_than_its_share_nor_a_whole_seat_more() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[1, 200]).Sample((percent, seats) =>
        {
            // These two are written for shares that have no end: a third and two thirds.
            if (percent is 33 or 67) return;
            var quorum = GateTally.QuorumOf(percent / 100.0, seats);

            quorum.Should().BeInRange(1, seats);
            (quorum * 100).Should().BeGreaterThanOrEqualTo(percent * seats);
            if (quorum > 1) ((quorum - 1) * 100).Should().BeLessThan(percent * seats);
        });

    private static string? OutcomeOf(int[] answers) => (Tally(answers) as GateTally.Decided)?.Outcome;

    private static GateTally Tally(int[] answers)
    {
        var district = new District();
        var seats = answers.Select((answer, at) =>
        {
            var seat = Seat(district.Person($"委员{at}"));
            if (answer != Silent) (seat.Outcome, seat.AnsweredAt) = (Outcomes[answer], Now.AddMinutes(at));
            return seat;
        });
        return Gate.Tally(district.Task(GateMode.MajorityWithQuorum, [.. seats]), district.Directory);
    }
}
