namespace Consultation.Cases.People;

/// <summary>
/// One edit of an organisation: what was changed, by whom, when. Append-only; also tells an editor who was quicker.
/// </summary>
public sealed class DirectoryChange
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary><see cref="Organisation.DirectoryVersion"/> that the edit led to.</summary>
    public required long Version { get; init; }

    /// <summary>What was changed: a kind and an id or key, e.g. "person:…", "calendar", "ladder:standard".</summary>
    public required string Subject { get; init; }

    /// <summary>Who; null when the host itself set it up.</summary>
    public PersonId? ActorId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The sentence, complete as it stands.</summary>
    public required LocalText Text { get; init; }
}
