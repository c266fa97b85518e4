namespace Consultation.Cases.History;

/// <summary>Somebody opened, or was kept from, a restricted case (O15). Append-only.</summary>
public sealed class AccessEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }
    public required PersonId PersonId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What was opened, e.g. "case", "task", "document 议题表", "tracked item".</summary>
    public required LocalText What { get; init; }

    /// <summary>False when the contents were not shown.</summary>
    public required bool Granted { get; init; }
}
