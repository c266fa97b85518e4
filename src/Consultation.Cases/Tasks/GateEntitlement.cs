using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>On whose seat somebody may answer.</summary>
internal abstract record SeatSearch
{
    private SeatSearch() { }

    internal sealed record Free(TaskAssignee Seat) : SeatSearch;

    internal sealed record Answered(TaskAssignee Seat) : SeatSearch;

    internal sealed record Ambiguous(LocalText Names) : SeatSearch;

    internal sealed record Nobody(LocalText? Why) : SeatSearch;
}

/// <summary>
/// Authority at the instant of the commit (mail rules 3, 7; O16, O17): the assignee; who holds the assignee's role now;
/// a delegate in force, without cascade and within the delegation's scope; the secretary on behalf of the assignee. Who
/// wrote what is judged may not judge it, not even through somebody else.
/// </summary>
internal static class GateEntitlement
{
    internal static SeatSearch Find(
        WorkTask task, OrganisationDirectory directory, TaskAnswer answer, DateTimeOffset now)
    {
        if (task.Barred.Contains(answer.ActorId.Value)
            || (answer.OnBehalfOfId is { } principal && task.Barred.Contains(principal.Value)))
        {
            return new SeatSearch.Nobody(new(
                "起草人不能审核自己起草的材料，请由他人审核。", "Whoever wrote this may not judge it; somebody else must."));
        }

        if (directory.Find(answer.ActorId) is not { Active: true })
        {
            return new SeatSearch.Nobody(null);
        }

        return answer.OnBehalfOfId is { } other && other != answer.ActorId
            ? OnBehalf(task, directory, answer, other, now)
            : Own(task, directory, answer.ActorId, now);
    }

    private static SeatSearch Own(WorkTask task, OrganisationDirectory directory, PersonId actor, DateTimeOffset now)
    {
        var seats = task.Assignees.Where(seat => seat.Active && !task.Barred.Contains(seat.PersonId.Value)).ToList();
        if (seats.Find(seat => seat.PersonId == actor) is { } own)
        {
            return StillIn(own, directory) ? Open(task, own) : new SeatSearch.Nobody(new(
                "您已不再担任这项任务要求的职务。", "You no longer hold the role that this task asks for."));
        }

        // A person answers once: who has spoken for one seat as delegate may still speak for another, so free seats go
        // first.
        var possible = seats.Where(seat => StandsIn(seat, actor, directory, now)).ToList();
        if (task.IsPersonal && possible.Count > 0) return new SeatSearch.Nobody(NoProxy);
        var free = possible.Where(task.IsFree).ToList();
        return (free.Count, possible.Count) switch
        {
            (1, _) => new SeatSearch.Free(free[0]),
            ( > 1, _) => Several(free, directory),
            (0, > 0) => new SeatSearch.Answered(possible[0]),
            _ => new SeatSearch.Nobody(null),
        };
    }

    private static SeatSearch OnBehalf(
        WorkTask task, OrganisationDirectory directory, TaskAnswer answer, PersonId principal, DateTimeOffset now)
    {
        if (task.Assignees.Find(seat => seat.Active && seat.PersonId == principal) is not { } seat)
        {
            return new SeatSearch.Nobody(null);
        }

        var actsFor = Delegated(seat, answer.ActorId, directory, now)
            || HoldsRoleOf(seat, answer.ActorId, directory, now);
        if (task.IsPersonal && actsFor && answer.Channel != AnswerChannel.OnBehalf)
        {
            return new SeatSearch.Nobody(NoProxy);
        }

        var mayEnter = (actsFor && !task.IsPersonal)
            || (answer.Channel == AnswerChannel.OnBehalf
                && (directory.Holds(answer.ActorId, Role.Secretary)
                    || directory.Holds(answer.ActorId, Role.Administrator)));
        return mayEnter ? Open(task, seat) : new SeatSearch.Nobody(new(
            "只有秘书可以代录他人的答复，或由本人办理委托。", "Only a secretary enters answers for others, unless the person delegated it."));
    }

    private static LocalText NoProxy => new(
        "表决由本人进行，不能委托他人代投。", "Everybody votes in person; nobody votes for somebody else.");

    private static SeatSearch Open(WorkTask task, TaskAssignee seat) =>
        task.IsFree(seat) ? new SeatSearch.Free(seat) : new SeatSearch.Answered(seat);

    /// <summary>
    /// Who may answer for a seat of somebody else: a holder of its role while it is vacant, a delegate in force.
    /// </summary>
    internal static bool StandsIn(
        TaskAssignee seat, PersonId actor, OrganisationDirectory directory, DateTimeOffset now) =>
        HoldsRoleOf(seat, actor, directory, now) || Delegated(seat, actor, directory, now);

    /// <summary>
    /// The person of a seat keeps it while the role lasts; a seat by name lasts as long as the person.
    /// </summary>
    internal static bool StillIn(TaskAssignee seat, OrganisationDirectory directory) =>
        seat.Basis is not { Role: { } role } basis
        || directory.IsGranted(seat.PersonId, role, basis.UnitId);

    private static bool HoldsRoleOf(
        TaskAssignee seat, PersonId actor, OrganisationDirectory directory, DateTimeOffset now) =>
        seat.Basis is { Role: { } role } basis
        && directory.Holders(role, basis.UnitId, now).Any(person => person.Id == actor)
        && Vacant(seat, role, basis.UnitId, directory, now);

    /// <summary>
    /// Another holder takes a seat only when its person left the role, left for good or is away: two directors do not
    /// answer for each other.
    /// </summary>
    private static bool Vacant(
        TaskAssignee seat, Role role, UnitId? unit, OrganisationDirectory directory, DateTimeOffset now) =>
        directory.Find(seat.PersonId) is not { } person || !person.IsPresent(now)
        || !directory.IsGranted(seat.PersonId, role, unit);

    /// <summary>True when a delegation in force covers the seat.</summary>
    internal static bool Delegated(
        TaskAssignee seat, PersonId actor, OrganisationDirectory directory, DateTimeOffset now) =>
        directory.Find(seat.PersonId) is { Active: true }
        && StillIn(seat, directory)
        && directory.DelegationsTo(actor, now).Any(delegation => delegation.Covers(seat));

    private static SeatSearch.Ambiguous Several(List<TaskAssignee> seats, OrganisationDirectory directory)
    {
        var names = seats.Select(seat => directory.Find(seat.PersonId)?.Name ?? "?").ToList();
        return new SeatSearch.Ambiguous(new(string.Join('、', names), string.Join(", ", names)));
    }
}

/// <summary>Doors through which an answer comes.</summary>
public static class AnswerChannel
{
    /// <summary>The desk's pages.</summary>
    public const string Desk = "desk";

    /// <summary>A signed link in a mail.</summary>
    public const string Link = "link";

    /// <summary>A reply to a mail, or a calendar program's answer.</summary>
    public const string Mail = "mail";

    /// <summary>Entered by the secretary for somebody else (O17).</summary>
    public const string OnBehalf = "on-behalf";
}
