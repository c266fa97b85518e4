using Consultation.Cases.Votes;

namespace Consultation.Cases.Tasks;

/// <summary>How the answers of a gate are counted; exact, as votes are (O10).</summary>
/// <param name="Asked">Who is asked, without those who stand aside.</param>
/// <param name="Recused">回避: not among those who are counted.</param>
/// <param name="Share">The share that makes a quorum.</param>
/// <param name="Answered">Who has answered; abstaining is an answer.</param>
/// <param name="Answers">How many gave each answer that was given, in the order of the task's outcomes.</param>
public sealed record GateCount(
    int Asked, int Recused, Fraction Share, int Answered, IReadOnlyList<(TaskOutcome Outcome, int Count)> Answers)
{
    /// <summary>So many answers make a quorum.</summary>
    public int Quorum => QuorumOf(Share, Asked);

    /// <summary>The count of a task, now.</summary>
    public static GateCount Of(WorkTask task)
    {
        var seats = task.Assignees.FindAll(seat => seat.Active);
        var voices = seats.FindAll(seat => seat.Outcome != OutcomeKeys.Recuse);
        return new(
            voices.Count, seats.Count - voices.Count, task.Quorum, voices.Count(seat => seat.Outcome is not null),
            [.. task.Outcomes.Select(outcome => (outcome, voices.Count(seat => seat.Outcome == outcome.Key)))
                .Where(one => one.Item2 > 0)]);
    }

    /// <summary>Answers that make a quorum: the share of those who are asked, rounded up, at least one.</summary>
    public static int QuorumOf(Fraction share, int seats) => Math.Clamp(share.FewestOf(seats), 1, Math.Max(1, seats));

    /// <summary>For people: "应答复 6 人（另有 1 人回避），已答复 4 人：同意 2、退回修改 1、弃权 1".</summary>
    public LocalText Describe()
    {
        var aside = Recused == 0 ? new LocalText("", "")
            : new LocalText($"（另有 {Recused} 人回避，不计入）", $" ({Recused} stood aside and do not count)");
        var answers = Answers.Count == 0 ? new LocalText("", "") : new LocalText(
            "：" + string.Join('、', Answers.Select(one => $"{one.Outcome.Label.Zh} {one.Count}")),
            ": " + string.Join(", ", Answers.Select(one => $"{one.Outcome.Label.For("en")} {one.Count}")));
        return new(
            $"应答复 {Asked} 人{aside.Zh}，已答复 {Answered} 人{answers.Zh}",
            $"{Asked} are asked{aside.En}, {Answered} have answered{answers.En}");
    }

    /// <summary>Why a majority does not decide.</summary>
    public LocalText Explain()
    {
        var count = Describe();
        return Answered < Quorum
            ? new($"{count.Zh}；法定人数为 {Share}，即 {Quorum} 人，未达到。",
                $"{count.For("en")}; a quorum of {Share} is {Quorum}, which was not reached.")
            : new($"{count.Zh}；没有一种意见成为决定。", $"{count.For("en")}; no answer decides.");
    }
}
