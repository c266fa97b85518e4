using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Runs;

/// <summary>A row that a worker claimed. A closed list of cases.</summary>
/// <param name="DueAt">When it became due.</param>
/// <param name="Attempts">How often it was claimed, this time included.</param>
public abstract record DueWork(DateTimeOffset DueAt, int Attempts)
{
    /// <summary>The work outside (HTTP) that the row asks for; null for everything that is a step by itself.</summary>
    public StimulusMessage.Outside? Outside => (this as Inbox)?.Message.Message as StimulusMessage.Outside;

    /// <summary>The timer of a bookmark.</summary>
    public sealed record BookmarkTimer(InstanceId InstanceId, string BookmarkId, DateTimeOffset DueAt, int Attempts)
        : DueWork(DueAt, Attempts);

    /// <summary>The timer of a published definition's trigger (cron, timer, start at).</summary>
    public sealed record TriggerTimer(
        string TriggerId, string DefinitionId, string VersionId, string ActivityId, DateTimeOffset DueAt,
        int Attempts) : DueWork(DueAt, Attempts);

    /// <summary>An inbox row.</summary>
    public sealed record Inbox(InboxMessage Message, DateTimeOffset DueAt, int Attempts) : DueWork(DueAt, Attempts);
}

/// <summary>A message in the inbox.</summary>
/// <param name="Id">Id of the row; ids sort by the time they were made.</param>
/// <param name="Message">What to do.</param>
/// <param name="AvailableAt">Not taken before this instant.</param>
public sealed record InboxMessage(Guid Id, StimulusMessage Message, DateTimeOffset AvailableAt)
{
    /// <summary>Dropped at this instant when nobody waited for it; null: kept until it is dealt with.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A new row for a message.</summary>
    public static InboxMessage For(
        StimulusMessage message, DateTimeOffset availableAt, DateTimeOffset? expiresAt = null) =>
        new(Guid.CreateVersion7(), message, availableAt) { ExpiresAt = expiresAt };
}
