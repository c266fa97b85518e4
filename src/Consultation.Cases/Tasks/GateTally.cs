using Consultation.Cases.People;

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

    /// <summary>
    /// The answers do not decide, and no more are to come: somebody has to be asked. Why, in a sentence.
    /// </summary>
    public sealed record Stuck(LocalText Why) : GateTally;

    internal static GateTally Of(WorkTask task, OrganisationDirectory directory, bool timeIsOver = false)
    {
        directory = directory.With(task);
        var seats = task.Assignees.FindAll(seat => seat.Active);
        if (seats.Count == 0)
        {
            return new Waiting(new("没有承办人，请改派。", "There is no assignee; please assign somebody."));
        }

        // Who stands aside is not counted among those who are asked.
        var voices = seats.FindAll(seat => seat.Outcome != OutcomeKeys.Recuse);
        var outcome = task.Mode switch
        {
            _ when task.Changeable || voices.Count == 0 => null,
            GateMode.NamedPerson => Opinion(seats[0]),
            GateMode.AnyOne => Deciding(voices).OrderBy(seat => seat.AnsweredAt).FirstOrDefault()?.Outcome,
            GateMode.All => OfAll(voices, task.Outcomes[0].Key),
            GateMode.MajorityWithQuorum => OfMajority(voices, task, timeIsOver),
            GateMode.ChairLast => Opinion(GateTurns.ChairOf(task)!),
            GateMode.EachUnit => OfEachUnit(seats),
            _ => throw new ArgumentOutOfRangeException(nameof(task), task.Mode, "unknown gate mode"),
        };
        return outcome is not null ? new Decided(outcome, OpinionsOf(seats))
            : WhyStuck(task, seats, timeIsOver, directory) is { } why ? new Stuck(why)
            : new Waiting(WaitsFor(task, seats, directory));
    }

    /// <summary>The unit that a seat answers for; a seat without one answers for its person alone.</summary>
    internal static Guid UnitOf(TaskAssignee seat) => seat.UnitId?.Value ?? seat.PersonId.Value;

    /// <summary>The answer that came last, once every unit has given one.</summary>
    private static string? OfEachUnit(List<TaskAssignee> seats) =>
        seats.GroupBy(UnitOf).All(unit => unit.Any(seat => seat.Outcome is not null))
            ? Answered(seats).OrderBy(seat => seat.AnsweredAt).Last().Outcome
            : null;

    /// <summary>What somebody wants; null while he keeps silent, abstains or stands aside.</summary>
    private static string? Opinion(TaskAssignee seat) => OutcomeKeys.IsStance(seat.Outcome) ? null : seat.Outcome;

    private static IEnumerable<TaskAssignee> Deciding(List<TaskAssignee> seats) =>
        seats.Where(seat => Opinion(seat) is not null);

    private static string? OfAll(List<TaskAssignee> seats, string passing)
    {
        var refusal = Deciding(seats).Where(seat => seat.Outcome != passing).OrderBy(seat => seat.AnsweredAt)
            .FirstOrDefault();
        return refusal?.Outcome ?? (seats.TrueForAll(seat => seat.Outcome == passing) ? passing : null);
    }

    /// <summary>
    /// Passed with more than half in favour once the quorum has answered: of all who are asked while answers may still
    /// come, of those who have answered when the time is over. Not passed once that cannot happen any more, a tie
    /// included; then the most frequent other answer stands, the milder one (declared earlier) at equal numbers. Who
    /// abstains has answered. Never depends on the order of answers.
    /// </summary>
    private static string? OfMajority(List<TaskAssignee> seats, WorkTask task, bool timeIsOver)
    {
        var answered = Answered(seats).ToList();
        if (answered.Count < GateCount.QuorumOf(task.Quorum, seats.Count)) return null;
        var passing = task.Outcomes[0].Key;
        var silent = timeIsOver ? 0 : seats.Count - answered.Count;
        var counted = answered.Count + silent;
        var inFavour = answered.Count(seat => seat.Outcome == passing);
        if (inFavour * 2 > counted) return passing;
        var others = task.Outcomes.Skip(1).Where(outcome => !OutcomeKeys.IsStance(outcome.Key))
            .Select(outcome => (outcome.Key, Count: answered.Count(seat => seat.Outcome == outcome.Key)))
            .OrderByDescending(one => one.Count).ToList();
        if (others.Count == 0 || others[0].Count == 0 || (inFavour + silent) * 2 > counted) return null;
        var lead = others[0].Count - (others.Count > 1 ? others[1].Count : 0);
        return silent == 0 || lead > silent || others.Count == 1 ? others[0].Key : null;
    }

    /// <summary>Why nothing follows from the answers and none is awaited that could change it; or null.</summary>
    private static LocalText? WhyStuck(
        WorkTask task, List<TaskAssignee> seats, bool timeIsOver, OrganisationDirectory directory)
    {
        if (task.Changeable || task.Mode == GateMode.EachUnit) return null;
        if (seats.TrueForAll(seat => seat.Outcome == OutcomeKeys.Recuse))
        {
            return new("所有被征求意见的人都已回避。", "Everybody who was asked has stood aside.");
        }

        if (task.Mode == GateMode.ChairLast)
        {
            return GateTurns.ChairOf(task) is { Outcome: OutcomeKeys.Recuse } chair
                ? new($"{NameOf(chair, directory)}回避，没有人作最后决定。",
                    $"{NameOf(chair, directory)} has stood aside, so nobody decides in the end.")
                : null;
        }

        // Where all must agree and somebody abstained, the silent cannot make it pass any more: who keeps silent until
        // the end is not urged on and on.
        var isOver = seats.TrueForAll(seat => seat.Outcome is not null)
            || (timeIsOver && (task.Mode == GateMode.MajorityWithQuorum || IsHopeless(task)));
        return !isOver ? null : task.Mode switch
        {
            GateMode.MajorityWithQuorum => GateCount.Of(task).Explain(),
            GateMode.All when seats.Exists(seat => seat.Outcome is null) => new(
                "有人弃权，到时限仍有人未答复，未能全体同意。",
                "Somebody abstained and others were silent until the end, so not all agree."),
            GateMode.All => new("有人弃权，未能全体同意。", "Somebody abstained, so not all agree."),
            _ => new("没有人作出决定。", "Nobody has decided."),
        };
    }

    private static bool IsHopeless(WorkTask task) => task.Kind == TaskKind.Approval && GateRule.HasAbstention(task);

    private static LocalText WaitsFor(WorkTask task, List<TaskAssignee> seats, OrganisationDirectory directory)
    {
        var silent = seats.FindAll(seat => seat.Outcome is null);
        var names = Names(silent, directory);
        var done = seats.Count - silent.Count;
        var voices = seats.Count(seat => seat.Outcome != OutcomeKeys.Recuse);
        var (quorum, needed) = (GateCount.QuorumOf(task.Quorum, voices), (voices / 2) + 1);
        return task.Mode switch
        {
            _ when silent.Count == 0 => new(
                "均已答复，任务结束前可以修改。", "All have answered; answers can be changed until the task ends."),
            // What is said of several does not fit one.
            _ when seats.Count == 1 => new($"等待{names.Zh}答复。", $"Waiting for {names.En}."),
            GateMode.AnyOne when silent.Count > 1 => new($"等待{names.Zh}中任一人答复。", $"Waiting for any one of {names.En}."),
            GateMode.All => WaitsForAll(GateRule.Waits(task), names, done, seats.Count),
            GateMode.MajorityWithQuorum => new(
                $"等待{names.Zh}答复（已答复 {done}/{seats.Count}；至少 {quorum} 人答复、{needed} 人同意方可通过）。",
                $"Waiting for {names.En} ({done} of {seats.Count} answered; {quorum} must answer and {needed} agree)."),
            GateMode.ChairLast => WaitsForChair(task, silent, directory),
            GateMode.EachUnit => WaitsForUnits(task, directory),
            _ => new($"等待{NameOf(seats[0], directory)}答复。", $"Waiting for {NameOf(seats[0], directory)}."),
        };
    }

    private static LocalText WaitsForAll(LocalText? rule, LocalText names, int done, int seats) => new(
        $"等待{names.Zh}答复（已答复 {done}/{seats}{(rule is null ? "" : $"，{rule.Zh}")}）。",
        $"Waiting for {names.En} ({done} of {seats} answered{(rule is null ? "" : $"; {rule.En}")}).");

    private static LocalText WaitsForUnits(WorkTask task, OrganisationDirectory directory)
    {
        var missing = Gate.Owing(task).GroupBy(UnitOf)
            .Select(unit => directory.Find(unit.First().UnitId)?.Name ?? new(NameOf(unit.First(), directory))).ToList();
        return new(
            $"等待{string.Join('、', missing.Select(unit => unit.Zh))}各自答复，一个单位不能代替另一个单位。",
            $"Waiting for {string.Join(", ", missing.Select(unit => unit.For("en")))}; each answers for itself.");
    }

    private static LocalText WaitsForChair(
        WorkTask task, List<TaskAssignee> silent, OrganisationDirectory directory)
    {
        var chair = GateTurns.ChairOf(task)!;
        var (name, members) = (NameOf(chair, directory), Names(silent.FindAll(seat => seat != chair), directory));
        return (members.Zh.Length == 0, task.ChairSince is not null) switch
        {
            (true, _) => new($"成员意见已齐，等待{name}决定。", $"All opinions are in; waiting for {name} to decide."),
            (_, true) => new($"发表意见的时间已到，{members.Zh}未发表意见，等待{name}决定。",
                $"The time for opinions is over, {members.En} gave none; waiting for {name} to decide."),
            _ => new($"等待{members.Zh}发表意见，然后由{name}决定。",
                $"Waiting for the opinions of {members.En}, then for {name} to decide."),
        };
    }

    private static IEnumerable<TaskAssignee> Answered(List<TaskAssignee> seats) =>
        seats.Where(seat => seat.Outcome is not null);

    private static List<GateOpinion> OpinionsOf(List<TaskAssignee> seats) =>
        [.. seats.Select(
            seat => new GateOpinion(
                seat.PersonId, seat.AnsweredById, seat.Outcome, seat.Reason, seat.AnsweredAt, seat.IsChair))];

    internal static LocalText Names(List<TaskAssignee> seats, OrganisationDirectory directory)
    {
        var names = seats.ConvertAll(seat => NameOf(seat, directory));
        return new(string.Join('、', names), string.Join(", ", names));
    }

    internal static string NameOf(TaskAssignee seat, OrganisationDirectory directory) =>
        directory.Find(seat.PersonId)?.Name ?? "?";
}
