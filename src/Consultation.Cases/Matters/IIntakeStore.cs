using System.Linq.Expressions;
using Consultation.Cases.Forms;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;

namespace Consultation.Cases.Matters;

/// <summary>What an intake came to.</summary>
/// <typeparam name="T">What it answers when it was carried out.</typeparam>
public abstract record Intake<T>
{
    private Intake() { }

    /// <summary>Carried out: what it added and changed is written.</summary>
    public sealed record Done(T Answer) : Intake<T>;

    /// <summary>Not carried out, with what to mend; nothing is written.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : Intake<T>;
}

/// <summary>
/// Carries out what takes matters in and opens cases, each in one transaction. An interface because Cases may not see
/// SQL: Storage implements it.
/// </summary>
public interface IIntakeStore
{
    /// <summary>
    /// Hands a session to an intake and writes what it did, the start of workflows included. When somebody wrote the
    /// same at the same time, it is made again with fresh data. With an operation id, the answer is kept, and the same
    /// id again gets the first answer.
    /// </summary>
    /// <returns>What the intake came to; null when there is no such organisation.</returns>
    Task<Intake<T>?> RunAsync<T>(
        OrganisationId organisation, string? operation, Func<IIntakeSession, Task<Intake<T>>> intake,
        CancellationToken cancellationToken);
}

/// <summary>
/// What an intake may look up, change and add in its transaction. An interface for the same reason as
/// <see cref="IIntakeStore"/>. What is changed of the matters that it gives is written.
/// </summary>
public interface IIntakeSession
{
    /// <summary>The organisation.</summary>
    OrganisationSnapshot Organisation { get; }

    /// <summary>The series of a year, made with its first number.</summary>
    Task<NumberSeries> SeriesAsync(string key, int year, CancellationToken cancellationToken);

    /// <summary>The matters of these ids that the organisation has, in that order.</summary>
    Task<IReadOnlyList<Matter>> MattersAsync(IReadOnlyList<MatterId> ids, CancellationToken cancellationToken);

    /// <summary>Rows of the organisation that match; what is changed of them is written.</summary>
    Task<IReadOnlyList<T>> RowsAsync<T>(Expression<Func<T, bool>> which, CancellationToken cancellationToken)
        where T : class;

    /// <summary>How many rows of the organisation match.</summary>
    Task<int> CountAsync<T>(Expression<Func<T, bool>> which, CancellationToken cancellationToken)
        where T : class;

    /// <summary>
    /// Puts whatever is merged into these matters when the intake is written into their case; they must have been
    /// changed by the intake, so that a merge at the same time comes before or after it as a whole.
    /// </summary>
    void TakeMergedAlong(IReadOnlyList<MatterId> leading, CaseId caseId);

    /// <summary>
    /// Makes the intake begin again when somebody changes this matter meanwhile, although the intake itself does not.
    /// </summary>
    void Guard(Matter matter);

    /// <summary>
    /// Files of these tickets that are complete and belong to nobody yet; what the intake does to them is written.
    /// </summary>
    Task<IReadOnlyList<Attachments.Attachment>> FilesAsync(
        IReadOnlyList<Attachments.UploadTicket> tickets, CancellationToken cancellationToken);

    /// <summary>Adds a new object; any mapped entity, a mail included.</summary>
    T Add<T>(T entity)
        where T : class;

    /// <summary>Takes away a row that <see cref="RowsAsync"/> gave.</summary>
    void Remove<T>(T entity)
        where T : class;

    /// <summary>Starts the workflow that the case names, as the case's main instance, once for the case.</summary>
    void Start(Case @case, IReadOnlyDictionary<string, object?> inputs);
}
