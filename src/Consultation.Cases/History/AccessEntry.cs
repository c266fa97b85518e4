namespace Consultation.Cases.History;

/// <summary>Somebody opened, or was kept from, a restricted case (O15). Append-only.</summary>
public sealed class AccessEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }
    public required PersonId PersonId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What was opened, e.g. "协商事项", "任务 R2026-00012", "文件 议题表".</summary>
    public required LocalText What { get; init; }

    /// <summary>False when the contents were not shown.</summary>
    public required bool Granted { get; init; }
}

/// <summary>
/// Writes down who opens a restricted case (O15). An interface because Web may not see SQL: Storage implements it. The
/// only thing that looking at a page stores.
/// </summary>
public interface IAccessLog
{
    /// <summary>The contents were shown. Does nothing for a case that is not restricted.</summary>
    Task NoteAsync(Case file, PersonId person, LocalText what, CancellationToken cancellationToken);

    /// <summary>
    /// The contents were not shown. Does nothing when the organisation has no restricted case of that id.
    /// </summary>
    Task NoteRefusalAsync(OrganisationId organisation, CaseId caseId, PersonId person, LocalText what,
        CancellationToken cancellationToken);
}
