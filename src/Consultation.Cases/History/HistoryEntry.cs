namespace Consultation.Cases.History;

/// <summary>One line of a case's history: who did what, when, for whom. Append-only.</summary>
public sealed class HistoryEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public CaseId? CaseId { get; init; }
    public TrackedItemId? TrackedItemId { get; init; }
    public TaskId? TaskId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who; null when the workflow itself acted.</summary>
    public PersonId? ActorId { get; init; }
    public PersonId? OnBehalfOfId { get; init; }

    /// <summary>Kind of event, a stable key such as "task.decided", "step.entered", "reminder.sent".</summary>
    public required string Verb { get; init; }

    /// <summary>The sentence, in both languages, complete as it stands.</summary>
    public required LocalText Text { get; init; }

    /// <summary>
    /// Rows of the source documents, where the step names them; people read them by <see cref="SourceRows"/>.
    /// </summary>
    public List<string> Rows { get; init; } = [];

    /// <summary>
    /// The days that the event moved, of the task or tracked item that it is about or of a phase; null when it moved
    /// none (P70).
    /// </summary>
    public DateMove? Moved { get; init; }

    /// <summary>The line that says that somebody sent a failed mail again.</summary>
    public static HistoryEntry MailSentAgain(
        OrganisationId organisation, CaseId? caseId, TaskId? task, PersonId actor, string recipient, string subject,
        DateTimeOffset now) => new()
        {
            OrganisationId = organisation,
            Id = OrderedGuid.New(now),
            CaseId = caseId,
            TaskId = task,
            At = now,
            ActorId = actor,
            Verb = HistoryVerbs.MailResent,
            Text = new($"重新发送给{recipient}的邮件“{subject}”", $"sent the mail “{subject}” to {recipient} again"),
        };

    /// <summary>The line that says that the case's workflow goes on by another version.</summary>
    public static HistoryEntry RunMoved(
        OrganisationId organisation, CaseId caseId, PersonId? actor, string workflow, (int From, int To) versions,
        DateTimeOffset now) => new()
        {
            OrganisationId = organisation,
            Id = OrderedGuid.New(now),
            CaseId = caseId,
            At = now,
            ActorId = actor,
            Verb = HistoryVerbs.RunMoved,
            Text = new(
                $"流程“{workflow}”由第 {versions.From} 版改按第 {versions.To} 版办理；已完成的步骤不变。",
                $"“{workflow}” goes on by version {versions.To} instead of {versions.From}; what is done stays done."),
        };
}

/// <summary>Days that were moved.</summary>
/// <param name="Before">The last day, before.</param>
/// <param name="After">The last day, after.</param>
/// <param name="FromBefore">The first day of a phase, before; null for tasks and items.</param>
/// <param name="FromAfter">The first day of a phase, after.</param>
/// <param name="Phase">Key of the phase; null for tasks and items.</param>
/// <param name="Work">Activity of a task that the plan's workflow has still to give; null for the rest.</param>
public sealed record DateMove(
    DateOnly Before, DateOnly After, DateOnly? FromBefore = null, DateOnly? FromAfter = null, string? Phase = null,
    string? Work = null);
