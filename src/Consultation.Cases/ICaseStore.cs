using Consultation.Cases.Tasks;

namespace Consultation.Cases;

/// <summary>
/// What the task desk and the case desk look up and store besides moving workflows. An interface because Activities,
/// which implements the desks, may not see SQL: Storage implements it.
/// </summary>
public interface ICaseStore
{
    /// <summary>The task with its seats, open or closed; null when the organisation has none of that id.</summary>
    Task<WorkTask?> FindTaskAsync(OrganisationId organisation, TaskId task, CancellationToken cancellationToken);

    /// <summary>Who is who in the organisation now; null when there is none.</summary>
    Task<People.OrganisationDirectory?> FindDirectoryAsync(
        OrganisationId organisation, CancellationToken cancellationToken);

    /// <summary>The case; null when the organisation has none of that id.</summary>
    Task<Case?> FindCaseAsync(OrganisationId organisation, CaseId caseId, CancellationToken cancellationToken);

    /// <summary>The case of a tracked item; null when the organisation has no item of that id.</summary>
    Task<CaseId?> FindCaseOfAsync(OrganisationId organisation, TrackedItemId item, CancellationToken cancellationToken);

    /// <summary>
    /// A meeting and the open tasks by which its notice is answered, of whatever organisation; null without one.
    /// </summary>
    Task<MeetingCall?> FindCallAsync(MeetingId meeting, CancellationToken cancellationToken);

    /// <summary>
    /// Hands the file of a case to an edit that no workflow step makes, and writes what the edit changed and added in
    /// one transaction, its messages to waiting steps included; nothing when it answers with errors. An operation that
    /// was carried out before edits nothing and has no messages.
    /// </summary>
    Task<FileEdit> EditAsync(
        OrganisationId organisation, CaseId caseId, string operationId, Func<CaseFile, FileEdit> edit,
        CancellationToken cancellationToken);

    /// <summary>
    /// The case whose main workflow instance has that id, or null: the case that an operation opened before.
    /// </summary>
    Task<CaseId?> FindByInstanceAsync(
        OrganisationId organisation, string instanceId, CancellationToken cancellationToken);

    /// <summary>Workflow instances of the case that are still going, parents before their parts.</summary>
    Task<IReadOnlyList<string>> RunningAsync(CaseId caseId, CancellationToken cancellationToken);

    /// <summary>The workflow instance of the case that met an incident, or null.</summary>
    Task<string?> FindIncidentAsync(CaseId caseId, string incidentId, CancellationToken cancellationToken);

    /// <summary>
    /// Hands a case to what ends it, and writes that together with the cancellation of its workflow instances, in one
    /// transaction; they close their tasks and cancel pending mail. False when there is no such case, or when
    /// <paramref name="end"/> answers null: the case was over already.
    /// </summary>
    Task<bool> EndAsync(
        OrganisationId organisation, CaseId caseId, Func<Case, DateTimeOffset, History.HistoryEntry?> end,
        string reason,
        CancellationToken cancellationToken);
}

/// <summary>A meeting whose notice waits for answers.</summary>
/// <param name="Meeting">It.</param>
/// <param name="Tasks">Open tasks whose seats answer for it.</param>
public sealed record MeetingCall(Meetings.Meeting Meeting, IReadOnlyList<WorkTask> Tasks);

/// <summary>What an edit of a case file comes to.</summary>
/// <param name="Errors">What to mend; when there is any, nothing is written.</param>
/// <param name="Messages">What waiting steps are told.</param>
public sealed record FileEdit(IReadOnlyList<Forms.FieldError> Errors, IReadOnlyList<StepMessage> Messages);

/// <summary>
/// A message to a step that waits: written with the edit that causes it, so that the step hears of it even if the
/// process stops in between.
/// </summary>
/// <param name="InstanceId">Workflow instance.</param>
/// <param name="BookmarkId">Its bookmark.</param>
/// <param name="Payload">Plain data.</param>
/// <param name="OperationId">Same id, taken once.</param>
public sealed record StepMessage(
    string InstanceId, string BookmarkId, IReadOnlyDictionary<string, object?> Payload, string OperationId);
