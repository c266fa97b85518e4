using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Meetings;
using Consultation.Cases.People.Import;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.People;

/// <summary>
/// Carries out edits of an organisation, each in one transaction. An interface because Cases may not see SQL: Storage
/// implements it.
/// </summary>
public interface IOrganisationStore
{
    /// <summary>
    /// Hands the organisation as it is now to an edit. When the edit added or removed something, all that it changed is
    /// written, and its answer is kept under the operation's id: the same id again gets the first answer. When somebody
    /// else was quicker, it is made again with fresh data.
    /// </summary>
    /// <returns>What the edit answered; null when there is no such organisation.</returns>
    Task<EditResult?> RunAsync(
        OrganisationId organisation, string operationId, Func<IOrganisationSession, Task<EditResult>> edit,
        CancellationToken cancellationToken);
}

/// <summary>
/// What an edit may look up besides the organisation itself, in its own transaction. An interface for the same reason
/// as <see cref="IOrganisationStore"/>. Tasks, items, phases and timers that it gives may be changed: that is written
/// with the edit.
/// </summary>
public interface IOrganisationSession
{
    /// <summary>The organisation.</summary>
    OrganisationFile File { get; }

    /// <summary>The newest change of a subject that led to a later version than this one, or null.</summary>
    Task<DirectoryChange?> ChangeSinceAsync(string subject, long version, CancellationToken cancellationToken);

    /// <summary>Whether somebody else, in whatever organisation, logs in by that name.</summary>
    Task<bool> IsLogInNameTakenAsync(string userName, PersonId but, CancellationToken cancellationToken);

    /// <summary>Open tasks in which an active seat of the person still owes an answer, due first.</summary>
    Task<IReadOnlyList<WorkTask>> TasksWaitingForAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>What is open and may name a person, of the whole organisation: tasks, items, meetings.</summary>
    Task<OpenWork> OpenWorkAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Links and mails on their way of one person are another's from now on; links follow these tasks' revisions.
    /// Sign-in sessions of the first end.
    /// </summary>
    Task HandOverAsync(
        PersonId from, PersonId to, IReadOnlyCollection<WorkTask> tasks, CancellationToken cancellationToken);

    /// <summary>
    /// Whatever names one unit in a column of its own, but for units, people and roles, names the other from now on,
    /// and so do topics of open cases.
    /// </summary>
    Task MoveUnitAsync(UnitId from, UnitId into, CancellationToken cancellationToken);

    /// <summary>Those of the cases that only cleared people may read.</summary>
    Task<IReadOnlyCollection<CaseId>> RestrictedAmongAsync(
        IReadOnlyCollection<CaseId> cases, CancellationToken cancellationToken);

    /// <summary>All that the working calendar dates.</summary>
    Task<DatedWork> DatedWorkAsync(CancellationToken cancellationToken);

    /// <summary>An import of units and people with its file, or null; it may be changed.</summary>
    Task<DirectoryImport?> FindImportAsync(Guid import, CancellationToken cancellationToken);

    /// <summary>A key of Elsa's API, or null; it may be changed.</summary>
    Task<ApiKey?> FindApiKeyAsync(ApiKeyId id, CancellationToken cancellationToken);

    /// <summary>What stands at the foot of an annex sheet, or null.</summary>
    Task<AnnexFoot?> FindFootAsync(string key, CancellationToken cancellationToken);
}

/// <summary>What is open in an organisation.</summary>
/// <param name="Tasks">Open tasks.</param>
/// <param name="Items">Items that are not closed.</param>
/// <param name="Meetings">Meetings that are neither closed nor called off.</param>
public sealed record OpenWork(
    IReadOnlyList<WorkTask> Tasks, IReadOnlyList<TrackedItem> Items, IReadOnlyList<Meeting> Meetings);
