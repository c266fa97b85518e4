using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;

namespace Consultation.Web.Cases;

/// <summary>What people are called on pages.</summary>
internal static class PeopleNames
{
    /// <summary>"李建国 主任"; "" for nobody.</summary>
    public static string Of(OrganisationDirectory directory, PersonId? person) =>
        directory.Find(person) is { } found ? found.Title is { Length: > 0 } title
            ? $"{found.Name} {title}"
            : found.Name : "";

    /// <summary>
    /// Whose seat it is; a guest, who is not among the organisation's people, is marked as one (Q90, P24). "" for
    /// nobody.
    /// </summary>
    public static string Of(OrganisationDirectory directory, TaskAssignee seat, bool english) =>
        seat.GuestName is { } guest
        ? english ? $"{guest} (guest)" : $"{guest}（来宾）"
        : Of(directory, seat.PersonId);

    /// <summary>Whose seats these are, in the way of the language.</summary>
    public static string Of(OrganisationDirectory directory, IEnumerable<TaskAssignee> seats, bool english) =>
        string.Join(
            english ? ", " : "、", seats.Select(seat => Of(directory, seat, english)).Where(name => name.Length > 0));

    /// <summary>
    /// Who still owes an answer, in the way of the language; nobody while a decision can be taken back.
    /// </summary>
    public static string Awaited(OrganisationDirectory directory, WorkTask task, bool english) =>
        task.HeldUntil is not null ? Held(english) : Of(directory, Gate.Owing(task), english);

    /// <summary>What stands for those awaited while a decision can be taken back.</summary>
    public static string Held(bool english) => english ? "decided, can be taken back" : "已有决定，可撤回";
}
