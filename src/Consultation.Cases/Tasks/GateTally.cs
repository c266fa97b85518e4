using System.Globalization;
using Consultation.Cases.People;
using Consultation.Cases.Votes;

namespace Consultation.Cases.Tasks;

/// <summary>One person's opinion, attached to the decision (O2).</summary>
/// <param name="PersonId">Whose seat.</param>
/// <param name="AnsweredById">Who answered in fact, when it was somebody else; otherwise null.</param>
/// <param name="Outcome">What was answered; null when the person kept silent.</param>
/// <param name="Reason">The reason given, if any.</param>
/// <param name="At">When.</param>
/// <param name="IsChair">The chair's.</param>
public sealed record GateOpinion(
    PersonId PersonId, PersonId? AnsweredById, string? Outcome, string? Reason, DateTimeOffset? At, bool IsChair);

/// <summary>What the answers of a task come to.</summary>
public abstract record GateTally
{
    private GateTally() { }

    /// <summary>Not decided; what the task waits for, in a sentence.</summary>
    public sealed record Waiting(LocalText For) : GateTally;

    /// <summary>Decided, with everybody's opinion in the order of the seats.</summary>
    public sealed record Decided(string Outcome, IReadOnlyList<GateOpinion> Opinions) : GateTally;

    internal static GateTally Of(WorkTask task, OrganisationDirectory directory)
    {
        directory = directory.With(task);
        var seats = task.Assignees.FindAll(seat => seat.Active);
        if (seats.Count == 0)
        {
            return new Waiting(new("没有承办人，请改派。", "There is no assignee; please assign somebody."));
        }

        var outcome = task.Mode switch
        {
            _ when task.Changeable => null,
            GateMode.NamedPerson => seats[0].Outcome,
            GateMode.AnyOne => Answered(seats).OrderBy(seat => seat.AnsweredAt).FirstOrDefault()?.Outcome,
            GateMode.All => OfAll(seats, task.Outcomes[0].Key),
            GateMode.MajorityWithQuorum => OfMajority(seats, task),
            GateMode.ChairLast => ChairOf(seats).Outcome,
            GateMode.EachUnit => OfEachUnit(seats),
            _ => throw new ArgumentOutOfRangeException(nameof(task), task.Mode, "unknown gate mode"),
        };
        return outcome is null
            ? new Waiting(WaitsFor(task, seats, directory))
            : new Decided(outcome, OpinionsOf(seats));
    }

    /// <summary>
    /// Why the chair cannot decide yet: members' opinions are outstanding and the time for them is not over. Null when
    /// the chair may.
    /// </summary>
    internal static LocalText? MembersBeforeChair(
        WorkTask task, TaskAssignee seat, OrganisationDirectory directory, DateTimeOffset now)
    {
        var seats = task.Assignees.FindAll(one => one.Active);
        if (task.Mode != GateMode.ChairLast || seat != ChairOf(seats) || now >= task.DueAt)
        {
            return null;
        }

        var silent = seats.FindAll(one => one != seat && one.Outcome is null);
        var names = Names(silent, directory);
        return silent.Count == 0 ? null : new(
            $"主任最后决定：还有{names.Zh}未发表意见{(task.DueAt is null ? "" : "，到期后可直接决定")}。",
            $"The chair decides last: {names.En} still to give an "
                + $"opinion{(task.DueAt is null ? "" : "; once the time is over you may decide")}.");
    }

    /// <summary>
    /// Answers that make a quorum: the share of seats, rounded up, at least one. A share that was written as 0.67 is
    /// the two thirds that were meant.
    /// </summary>
    internal static int QuorumOf(double share, int seats) => Math.Clamp(
        Fraction.TryParse(Math.Round(share, 3).ToString(CultureInfo.InvariantCulture), out var exact)
            ? exact.FewestOf(seats)
            : seats, 1, Math.Max(1, seats));

    /// <summary>The unit that a seat answers for; a seat without one answers for its person alone.</summary>
    internal static Guid UnitOf(TaskAssignee seat) => seat.UnitId?.Value ?? seat.PersonId.Value;

    /// <summary>The answer that came last, once every unit has given one.</summary>
    private static string? OfEachUnit(List<TaskAssignee> seats) =>
        seats.GroupBy(UnitOf).All(unit => unit.Any(seat => seat.Outcome is not null))
            ? Answered(seats).OrderBy(seat => seat.AnsweredAt).Last().Outcome
            : null;

    private static string? OfAll(List<TaskAssignee> seats, string passing)
    {
        var refusal = Answered(seats).Where(seat => seat.Outcome != passing).OrderBy(seat => seat.AnsweredAt)
            .FirstOrDefault();
        return refusal?.Outcome ?? (seats.TrueForAll(seat => seat.Outcome is not null) ? passing : null);
    }

    /// <summary>
    /// Passed with more than half of all seats once the quorum has answered. Not passed once that cannot happen any
    /// more, a tie included; then the most frequent other answer stands, the milder one (declared earlier) at equal
    /// numbers. Never depends on the order of answers.
    /// </summary>
    private static string? OfMajority(List<TaskAssignee> seats, WorkTask task)
    {
        var answered = Answered(seats).ToList();
        if (answered.Count < QuorumOf(task.Quorum, seats.Count))
        {
            return null;
        }

        var passing = task.Outcomes[0].Key;
        var silent = seats.Count - answered.Count;
        var inFavour = answered.Count(seat => seat.Outcome == passing);
        if (inFavour * 2 > seats.Count)
        {
            return passing;
        }

        var others = task.Outcomes.Skip(1)
            .Select(outcome => (outcome.Key, Count: answered.Count(seat => seat.Outcome == outcome.Key)))
            .OrderByDescending(one => one.Count).ToList();
        if (others.Count == 0 || (inFavour + silent) * 2 > seats.Count)
        {
            return null;
        }

        var lead = others[0].Count - (others.Count > 1 ? others[1].Count : 0);
        return silent == 0 || lead > silent || others.Count == 1 ? others[0].Key : null;
    }

    private static LocalText WaitsFor(WorkTask task, List<TaskAssignee> seats, OrganisationDirectory directory)
    {
        var silent = seats.FindAll(seat => seat.Outcome is null);
        var names = Names(silent, directory);
        var done = seats.Count - silent.Count;
        var quorum = QuorumOf(task.Quorum, seats.Count);
        var needed = (seats.Count / 2) + 1;
        return task.Mode switch
        {
            _ when silent.Count == 0 => new(
                "均已答复，任务结束前可以修改。", "All have answered; answers can be changed until the task ends."),
            // What is said of several does not fit one.
            _ when seats.Count == 1 => new($"等待{names.Zh}答复。", $"Waiting for {names.En}."),
            GateMode.AnyOne when silent.Count > 1 => new($"等待{names.Zh}中任一人答复。", $"Waiting for any one of {names.En}."),
            GateMode.All when task.Kind == TaskKind.Acknowledgement => new(
                $"等待{names.Zh}答复（已答复 {done}/{seats.Count}）。",
                $"Waiting for {names.En} ({done} of {seats.Count} answered)."),
            GateMode.All =>
                new($"等待{names.Zh}答复（已答复 {done}/{seats.Count}，须全体同意）。",
                    $"Waiting for {names.En} ({done} of {seats.Count} answered; all must agree)."),
            GateMode.MajorityWithQuorum => new(
                $"等待{names.Zh}答复（已答复 {done}/{seats.Count}；至少 {quorum} 人答复、{needed} 人同意方可通过）。",
                $"Waiting for {names.En} ({done} of {seats.Count} answered; {quorum} must answer and {needed} agree)."),
            GateMode.ChairLast => WaitsForChair(seats, silent, directory),
            GateMode.EachUnit => WaitsForUnits(task, directory),
            _ => new($"等待{NameOf(seats[0], directory)}答复。", $"Waiting for {NameOf(seats[0], directory)}."),
        };
    }

    private static LocalText WaitsForUnits(WorkTask task, OrganisationDirectory directory)
    {
        var missing = Gate.Owing(task).GroupBy(UnitOf)
            .Select(unit => directory.Find(unit.First().UnitId)?.Name ?? new(NameOf(unit.First(), directory))).ToList();
        return new(
            $"等待{string.Join('、', missing.Select(unit => unit.Zh))}各自答复，一个单位不能代替另一个单位。",
            $"Waiting for {string.Join(", ", missing.Select(unit => unit.For("en")))}; each answers for itself.");
    }

    private static LocalText WaitsForChair(
        List<TaskAssignee> seats, List<TaskAssignee> silent, OrganisationDirectory directory)
    {
        var chair = ChairOf(seats);
        var members = Names(silent.FindAll(seat => seat != chair), directory);
        return members.Zh.Length == 0
            ? new($"成员意见已齐，等待{NameOf(chair, directory)}决定。",
                $"All opinions are in; waiting for {NameOf(chair, directory)} to decide.")
            : new($"等待{members.Zh}发表意见，然后由{NameOf(chair, directory)}决定。",
                $"Waiting for the opinions of {members.En}, then for {NameOf(chair, directory)} to decide.");
    }

    private static TaskAssignee ChairOf(List<TaskAssignee> seats) => seats.Find(seat => seat.IsChair) ?? seats[0];

    private static IEnumerable<TaskAssignee> Answered(List<TaskAssignee> seats) =>
        seats.Where(seat => seat.Outcome is not null);

    private static List<GateOpinion> OpinionsOf(List<TaskAssignee> seats) =>
        [.. seats.Select(
            seat => new GateOpinion(
                seat.PersonId, seat.AnsweredById, seat.Outcome, seat.Reason, seat.AnsweredAt, seat.IsChair))];

    private static LocalText Names(List<TaskAssignee> seats, OrganisationDirectory directory)
    {
        var names = seats.ConvertAll(seat => NameOf(seat, directory));
        return new(string.Join('、', names), string.Join(", ", names));
    }

    private static string NameOf(TaskAssignee seat, OrganisationDirectory directory) =>
        directory.Find(seat.PersonId)?.Name ?? "?";
}
