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

    /// <summary>Rows of the source documents, where the step names them.</summary>
    public string Rows { get; init; } = "";
}
