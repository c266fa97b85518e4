using Consultation.Cases.Forms;

namespace Consultation.Cases.Rehearsals;

/// <summary>A rehearsal that runs, or has run, in this process.</summary>
public sealed record RehearsalJob
{
    public required Guid Id { get; init; }
    public required OrganisationId OrganisationId { get; init; }
    public required RehearsalSettings Settings { get; init; }

    /// <summary>Who asked for it; null for a check before a publication.</summary>
    public required PersonId? ById { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Plays that are done.</summary>
    public int Done { get; init; }
    public bool IsOver { get; init; }
    public bool IsCancelled { get; init; }

    /// <summary>Why it could not be played, or null.</summary>
    public LocalText? Error { get; init; }

    /// <summary>The first play, whole; null while it is played.</summary>
    public RehearsalPlay? Play { get; init; }

    /// <summary>All plays that are done.</summary>
    public RehearsalSpread Spread { get; init; } = new([]);
}

/// <summary>What became of the wish to rehearse.</summary>
public abstract record RehearsalStart
{
    private RehearsalStart() { }

    /// <summary>It plays.</summary>
    public sealed record Begun(Guid Job) : RehearsalStart;

    /// <summary>It does not, with what to mend.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : RehearsalStart;
}

/// <summary>
/// Plays workflows with invented behaviour on a copy of the organisation; nothing outside is touched. An interface
/// because a play needs every part of the product, which only Server sees.
/// </summary>
public interface IRehearsals
{
    /// <summary>
    /// Begins a rehearsal beside the request. Refused when the settings are wrong or two are being played already.
    /// </summary>
    RehearsalStart Begin(OrganisationId organisation, RehearsalSettings settings, PersonId by);

    /// <summary>A rehearsal of this process, as it stands now; null when it is not known any more.</summary>
    RehearsalJob? Find(OrganisationId organisation, Guid job);

    /// <summary>The latest rehearsals of the organisation, the newest first.</summary>
    IReadOnlyList<RehearsalJob> Recent(OrganisationId organisation);

    /// <summary>Stops a rehearsal; what was played stays. False when it is over.</summary>
    bool Cancel(OrganisationId organisation, Guid job);

    /// <summary>
    /// Plays once and waits for it: for a script, or a check. A refusal says what to mend.
    /// </summary>
    Task<RehearsalJob> PlayAsync(
        OrganisationId organisation, RehearsalSettings settings, CancellationToken cancellationToken);
}
