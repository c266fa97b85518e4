using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>A seat of an open task whose person has left, or has lost the role for which the task came (O6).</summary>
/// <param name="Seat">The seat.</param>
/// <param name="Why">What happened, e.g. "王某已离任".</param>
/// <param name="Instead">Who holds the same role now and may answer in the seat's place.</param>
public sealed record Vacancy(TaskAssignee Seat, LocalText Why, IReadOnlyList<Person> Instead);

/// <summary>
/// Finds the seats of a task that nobody fills any more, and says what follows for its decision (O2, O6). Pure.
/// </summary>
public static class Vacancies
{
    /// <summary>What <see cref="WorkTask.Flag"/> says of such a task.</summary>
    public const string Flag = "assignee-gone";

    /// <summary>The vacant seats that still owe an answer; none for a task that is over.</summary>
    public static IReadOnlyList<Vacancy> Of(WorkTask task, OrganisationDirectory directory, DateTimeOffset now) =>
        task.State != TaskState.Open ? [] :
    [
        .. task.Assignees.Where(
            seat => seat is { Active: true, Outcome: null, GuestName: null } && !IsFilled(seat, directory))
            .Select(seat => new Vacancy(seat, Why(seat, directory), Instead(task, seat, directory, now))),
    ];

    /// <summary>
    /// True when the person may answer for a seat that is not theirs: a delegate in force, or another holder of the
    /// seat's role while its person has left the role or is away. The same rule decides when an answer commits.
    /// </summary>
    public static bool StandsIn(
        TaskAssignee seat, PersonId person, OrganisationDirectory directory, DateTimeOffset now) =>
        GateEntitlement.StandsIn(seat, person, directory, now);

    /// <summary>
    /// What is wrong with the task, who can act, and what it means for the decision; null when no seat is vacant.
    /// </summary>
    public static LocalText? Explain(WorkTask task, OrganisationDirectory directory, DateTimeOffset now)
    {
        var vacant = Of(task, directory, now);
        if (vacant.Count == 0) return null;
        var others = vacant.SelectMany(one => one.Instead).DistinctBy(person => person.Id)
            .Select(person => person.Name).ToList();
        var (zh, en) = others.Count > 0
            ? ($"可由{string.Join('、', others)}以同一职务办理，也可改派。",
                $"{string.Join(", ", others)} may act in the same role, or reassign it.")
            : ("请改派。", "Reassign it.");
        var follows = vacant.All(one => one.Instead.Count > 0) ? LocalText.Empty : Consequence(task, vacant);
        return new(
            $"{string.Join('、', vacant.Select(one => one.Why.Zh))}。{follows.Zh}{zh}",
            $"{string.Join("; ", vacant.Select(one => one.Why.For("en")))}. "
                + $"{follows.En}{(follows.En?.Length > 0 ? " " : "")}{en}");
    }

    private static bool IsFilled(TaskAssignee seat, OrganisationDirectory directory) =>
        directory.Find(seat.PersonId) is { Active: true } && GateEntitlement.StillIn(seat, directory);

    private static LocalText Why(TaskAssignee seat, OrganisationDirectory directory)
    {
        var person = directory.Find(seat.PersonId);
        if (person is not { Active: true })
        {
            return new($"{person?.Name ?? "承办人"}已离任", $"{person?.Name ?? "The assignee"} has left");
        }
        var role = seat.Basis.Describe(directory);
        return new($"{person.Name}已不再担任{role.Zh}", $"{person.Name} is no longer {role.For("en")}");
    }

    private static List<Person> Instead(
        WorkTask task, TaskAssignee seat, OrganisationDirectory directory, DateTimeOffset now) =>
        seat.Basis is { Role: { } role } basis
            ? [.. directory.Holders(role, basis.UnitId, now)
                .Where(person => person.Id != seat.PersonId && !task.Barred.Contains(person.Id.Value))]
            : [];

    /// <summary>Whether the task can still be decided while the seats stay vacant.</summary>
    private static LocalText Consequence(WorkTask task, IReadOnlyList<Vacancy> vacant)
    {
        var seats = task.Assignees.Count(seat => seat.Active && seat.Outcome != OutcomeKeys.Recuse);
        var able = seats - vacant.Count(one => one.Instead.Count == 0);
        var (quorum, majority) = (GateCount.QuorumOf(task.Quorum, Math.Max(1, seats)), (seats / 2) + 1);
        return task.Mode switch
        {
            GateMode.All when task.Kind == TaskKind.Approval && !task.Changeable => new(
                "全体同意缺一不可，改派前不能通过。", "All must agree, so it cannot pass until the seat is filled."),
            GateMode.All => new("空缺席位按未答复计。", "The vacant seat counts as silent."),
            GateMode.ChairLast when vacant.Any(one => one.Seat.IsChair && one.Instead.Count == 0) =>
                new("由主任最后决定而主任一席空缺，改派前不能决定。",
                    "The chair decides last and that seat is vacant, so it cannot be decided until it is filled."),
            GateMode.ChairLast =>
                new("主任可在到期后不待其意见作出决定。", "The chair may decide without that opinion once the time is over."),
            GateMode.MajorityWithQuorum when able < Math.Max(quorum, majority) => new(
                $"共{seats}席，法定人数{quorum}，同意须{majority}，现只有{able}席能答复，改派前不能通过。",
                $"Of {seats} seats {quorum} make a quorum and {majority} must agree; only {able} can answer, so it "
                    + "cannot pass until one is filled."),
            GateMode.MajorityWithQuorum => new(
                $"共{seats}席，法定人数{quorum}，同意须{majority}，其余{able}席仍可作出决定；空缺席位按未答复计。",
                $"Of {seats} seats {quorum} make a quorum and {majority} must agree; the other {able} can still "
                    + "decide, and the vacant seat counts as silent."),
            GateMode.EachUnit => new("缺人的单位改派前不能完成。", "It cannot be completed until each unit has somebody."),
            GateMode.AnyOne when able > 0 => new("其余承办人仍可办理。", "The other assignees can still act."),
            _ => new("现在没有人能够办理。", "Nobody can act on it now."),
        };
    }
}
