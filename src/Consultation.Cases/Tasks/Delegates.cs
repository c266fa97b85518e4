using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>
/// To whom a person may pass on a task without a log-in (mail rule 7): those near the person, so that the link shows
/// no list of everybody, and nobody strange is let in by it. Pure.
/// </summary>
public static class Delegates
{
    /// <summary>Most characters of the reason.</summary>
    public const int LongestReason = 200;

    /// <summary>
    /// The person's own seat that may be passed on: it owes an answer, and the answer may be somebody else's. Nobody
    /// votes for another, and who comes to a meeting instead is said in the reply to its notice. A delegate has no
    /// seat: a delegation does not cascade.
    /// </summary>
    public static TaskAssignee? SeatOf(WorkTask task, PersonId person) =>
        task.TakesAnswers && task is { Changeable: false, FormKey: not (FormKeys.Ballot or FormKeys.AttendanceReply) }
            ? task.Assignees.Find(seat => seat is { Active: true, Outcome: null, GuestName: null }
                && seat.PersonId == person)
            : null;

    /// <summary>
    /// Who may act on the seat: those of the same unit, those who hold or stand in for the same role there, and to
    /// whom the person delegated before. Whoever sits in the task or wrote what is judged may not; nor who is away.
    /// </summary>
    public static IReadOnlyList<Person> For(
        WorkTask task, TaskAssignee seat, OrganisationDirectory directory, DateTimeOffset now)
    {
        if (directory.Find(seat.PersonId) is not { } principal) return [];
        var near = directory.People.Where(one => principal.UnitId is not null && one.UnitId == principal.UnitId)
            .Select(one => one.Id)
            .Concat(directory.Grants.Where(grant => seat.Role is not null && grant.Role == seat.Role
                && grant.UnitId == directory.Kept(seat.UnitId)).Select(grant => grant.PersonId))
            .Concat(directory.Delegations.Where(one => one.FromId == principal.Id).Select(one => one.ToId))
            .ToHashSet();
        return [.. directory.People
            .Where(one => near.Contains(one.Id) && one.Id != principal.Id && one.IsPresent(now)
                && (one.Email is not null || one.UserName is not null)
                && !task.Barred.Contains(one.Id.Value)
                && !task.Assignees.Exists(other => other.Active && other.PersonId == one.Id))
            .OrderBy(one => one.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>The delegations by which others act on the person's seat, now or later.</summary>
    public static IReadOnlyList<Delegation> Of(
        TaskAssignee seat, OrganisationDirectory directory, DateTimeOffset now) =>
        [.. directory.Delegations.Where(one => one.Covers(seat) && one.EndsAt > now).OrderBy(one => one.StartsAt)];
}
