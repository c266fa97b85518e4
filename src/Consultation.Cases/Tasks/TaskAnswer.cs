using Consultation.Cases.Forms;

namespace Consultation.Cases.Tasks;

/// <summary>An answer to a task: from the page, a link, a slip or on behalf, all the same from here on.</summary>
public sealed record TaskAnswer
{
    public required OrganisationId OrganisationId { get; init; }
    public required TaskId TaskId { get; init; }

    /// <summary>Who acts.</summary>
    public required PersonId ActorId { get; init; }

    /// <summary>
    /// For whom, when the secretary enters it on behalf (O17) or a delegate acts; null when for oneself.
    /// </summary>
    public PersonId? OnBehalfOfId { get; init; }

    /// <summary>Key of a <see cref="TaskOutcome"/>.</summary>
    public required string Outcome { get; init; }
    public string? Reason { get; init; }

    /// <summary>Form fields by key.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Files that come with it: those of the form's fields, and the scan of an answer on paper (O17).
    /// </summary>
    public IReadOnlyList<AttachmentId> Files { get; init; } = [];

    /// <summary>Revision of the task that the person saw.</summary>
    public required int Revision { get; init; }

    /// <summary>Same id, same answer: a repeated post changes nothing and returns the first result.</summary>
    public required string OperationId { get; init; }

    /// <summary>
    /// What tells this entry from another one under the same id; null where the entries tell it themselves. Files do
    /// not: the same bytes sent twice are two files on their way.
    /// </summary>
    public string? Entry { get; init; }

    /// <summary>"desk", "link", "mail" or "on-behalf".</summary>
    public required string Channel { get; init; }

    /// <summary>
    /// The action link of a mail through which it came; null for other doors. It is used up when the answer counts.
    /// </summary>
    public Guid? LinkId { get; init; }

    /// <summary>
    /// The mail that came in and says so; null for other doors. It is marked in the transaction that counts the answer.
    /// </summary>
    public Guid? MailId { get; init; }
}

/// <summary>What became of an answer. Every case is listed here.</summary>
public abstract record AnswerResult
{
    private AnswerResult() { }

    /// <summary>Counted; the task may still wait for others.</summary>
    public sealed record Accepted(bool TaskClosed, string? Outcome) : AnswerResult;

    /// <summary>Somebody decided before: who, what and when.</summary>
    public sealed record AlreadyDecided(string? ByName, LocalText? OutcomeLabel, DateTimeOffset? At) : AnswerResult;

    /// <summary>
    /// The person may not answer (any more): who decides now, and why not this person where there is more to say.
    /// </summary>
    public sealed record NotEntitled(IReadOnlyList<string> DecidedByNow, LocalText? Why = null) : AnswerResult;

    /// <summary>The task changed since the page was shown; the person should look again.</summary>
    public sealed record Overtaken(int Revision) : AnswerResult;

    /// <summary>The entries are not right; nothing was stored, the form is shown again.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : AnswerResult;

    /// <summary>
    /// The step failed and was recorded as an incident; the case stays where it was and an administrator was told.
    /// </summary>
    public sealed record Failed(string IncidentId) : AnswerResult;

    /// <summary>No such task.</summary>
    public sealed record Unknown : AnswerResult;
}

/// <summary>The answer to a question that was asked back.</summary>
/// <param name="ActorId">Who answers.</param>
/// <param name="QuestionId">Which question.</param>
/// <param name="Text">The answer.</param>
/// <param name="Until">The task's new last day, or null to leave its time as it is.</param>
public sealed record QuestionReply(PersonId ActorId, Guid QuestionId, string Text, DateOnly? Until = null);

/// <summary>
/// The one use case behind web page, signed link and on-behalf entry. An interface because answering resumes a
/// workflow, which Cases may not see: Activities implements it.
/// </summary>
public interface ITaskAnswers
{
    /// <summary>Answers a task; authority and revision are checked in the transaction that moves the case.</summary>
    Task<AnswerResult> AnswerAsync(TaskAnswer answer, CancellationToken cancellationToken);

    /// <summary>Takes an answer back while that is still allowed (mail rule 1).</summary>
    Task<AnswerResult> TakeBackAsync(OrganisationId organisation, TaskId task, PersonId actor, string operationId,
        CancellationToken cancellationToken);

    /// <summary>
    /// Gives the reason that a formal reminder asks for (说明原因): the fields of its form. The task stays open; the
    /// supervisor or organiser is told.
    /// </summary>
    Task<AnswerResult> ExplainAsync(OrganisationId organisation, TaskId task, PersonId actor,
        IReadOnlyDictionary<string, string> fields, string operationId, CancellationToken cancellationToken);

    /// <summary>
    /// Asks something back of the organiser. The task stays open and its time goes on; the organiser is mailed.
    /// </summary>
    Task<AnswerResult> AskAsync(OrganisationId organisation, TaskId task, PersonId actor, string question,
        string operationId, CancellationToken cancellationToken);

    /// <summary>
    /// Answers what was asked back, and gives the task more time where a day is named. Who asked is mailed.
    /// </summary>
    Task<AnswerResult> ReplyAsync(
        OrganisationId organisation, TaskId task, QuestionReply reply, string operationId,
        CancellationToken cancellationToken);

    /// <summary>Gives an open task to other people; old links and pages become stale.</summary>
    Task<AnswerResult> ReassignAsync(OrganisationId organisation, TaskId task, PersonId actor, PersonId from,
        PersonId to, string operationId, CancellationToken cancellationToken);
}
