namespace Consultation.Cases.Workflows;

/// <summary>Which running instances are to be moved, and how.</summary>
/// <param name="DefinitionId">The workflow.</param>
/// <param name="ToVersion">The version that is moved to.</param>
public sealed record MoveWish(string DefinitionId, int ToVersion)
{
    /// <summary>Only instances on this version; null means on any other.</summary>
    public int? FromVersion { get; init; }

    /// <summary>Only these instances; empty means all.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>Node ids of the old version with those of the new, said by hand.</summary>
    public IReadOnlyDictionary<string, string> NodeMap { get; init; } = new Dictionary<string, string>();

    /// <summary>What they have started goes along.</summary>
    public bool WithChildren { get; init; }
}

/// <summary>A node where instances stand.</summary>
/// <param name="NodeId">Its node id.</param>
/// <param name="Name">What the designer shows.</param>
/// <param name="Waiting">How many instances wait there.</param>
public sealed record StandingPlace(string NodeId, LocalText Name, int Waiting);

/// <summary>One version with the instances that run on it.</summary>
/// <param name="Version">Its number.</param>
/// <param name="VersionId">Its id.</param>
/// <param name="IsPublished">True for the one in force.</param>
/// <param name="Running">Instances that the viewer sees.</param>
/// <param name="Faulted">Those of them with an open incident.</param>
/// <param name="Places">Where they wait.</param>
public sealed record VersionStanding(
    int Version, string VersionId, bool IsPublished, int Running, int Faulted, IReadOnlyList<StandingPlace> Places);

/// <summary>How a node maps.</summary>
public enum NodeMatching
{
    /// <summary>没有对应.</summary>
    None,
    /// <summary>同一标识.</summary>
    SameId,
    /// <summary>同类同名.</summary>
    SameTypeAndName,
    /// <summary>手工指定.</summary>
    ByHand,
}

/// <summary>Where an instance stands and would stand.</summary>
/// <param name="From">The node.</param>
/// <param name="To">Its counterpart, or null.</param>
/// <param name="Match">By what.</param>
public sealed record PlacePreview(LocalText From, LocalText? To, NodeMatching Match);

/// <summary>What moving one instance would do.</summary>
public sealed record RunPreview
{
    public required string InstanceId { get; init; }
    public string? Name { get; init; }
    public CaseId? CaseId { get; init; }

    /// <summary>Which of the wish's instances started it, where it goes along.</summary>
    public string? ParentInstanceId { get; init; }
    public required int FromVersion { get; init; }
    public required int ToVersion { get; init; }

    /// <summary>Where it waits.</summary>
    public IReadOnlyList<PlacePreview> Places { get; init; } = [];

    /// <summary>Why it cannot move; empty when it can.</summary>
    public IReadOnlyList<LocalText> Blocks { get; init; } = [];

    /// <summary>What was done, or is being asked, and would be asked once more or in another way.</summary>
    public IReadOnlyList<LocalText> AskedAgain { get; init; } = [];

    /// <summary>New steps that it would not come to, because they lie before where it stands.</summary>
    public IReadOnlyList<LocalText> PassedOver { get; init; } = [];

    /// <summary>What the new version has no place for.</summary>
    public IReadOnlyList<LocalText> Lost { get; init; } = [];

    /// <summary>What it gets by default.</summary>
    public IReadOnlyList<LocalText> Gained { get; init; } = [];
}

/// <summary>A node without counterpart at which instances stand, and what it could be by hand.</summary>
/// <param name="NodeId">The node of the old version.</param>
/// <param name="Name">What the designer shows.</param>
/// <param name="FromVersion">Of which version.</param>
/// <param name="Candidates">Node ids of the new version with their names.</param>
/// <param name="Chosen">The one that was chosen, or null.</param>
public sealed record OpenNode(
    string NodeId, LocalText Name, int FromVersion, IReadOnlyList<(string NodeId, LocalText Name)> Candidates,
    string? Chosen);

/// <summary>What a move would do.</summary>
/// <param name="Total">How many instances it means, without what goes along.</param>
/// <param name="Restricted">How many more there are that the viewer may not see, and so not move.</param>
/// <param name="Runs">The first of them.</param>
/// <param name="Open">Nodes that can be given a counterpart by hand.</param>
public sealed record MovePreview(
    int Total, int Restricted, IReadOnlyList<RunPreview> Runs, IReadOnlyList<OpenNode> Open);

/// <summary>How far a move is.</summary>
/// <param name="Move">The move.</param>
/// <param name="Counts">How many instances are in which state.</param>
public sealed record MoveProgress(VersionMove Move, IReadOnlyDictionary<MovedRunState, int> Counts)
{
    /// <summary>All of its instances.</summary>
    public int Total => Counts.Values.Sum();

    /// <summary>How many are in a state.</summary>
    public int Of(MovedRunState state) => Counts.GetValueOrDefault(state);
}

/// <summary>
/// Moves running instances to another version of their workflow. An interface because Web may not see the engine:
/// Storage, where runs and cases meet, implements it. Whoever calls has checked that the viewer may.
/// </summary>
public interface IVersionMoves
{
    /// <summary>The versions of a workflow that are published or have running instances, newest first.</summary>
    Task<IReadOnlyList<VersionStanding>> StandingAsync(
        OrganisationId organisation, PersonId viewer, string definitionId, CancellationToken cancellationToken);

    /// <summary>What a move would do, for at most so many instances; changes nothing. Null without such a version.
    /// </summary>
    Task<MovePreview?> PreviewAsync(
        OrganisationId organisation, PersonId viewer, MoveWish wish, int atMost, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a move; a worker does it. The same operation begins it once. Null when there is nothing to move.
    /// </summary>
    Task<Guid?> BeginAsync(
        OrganisationId organisation, PersonId actor, MoveWish wish, string operation,
        CancellationToken cancellationToken);

    /// <summary>How far a move is, or null.</summary>
    Task<MoveProgress?> FindAsync(OrganisationId organisation, Guid move, CancellationToken cancellationToken);

    /// <summary>The instances of a move, first those that were not moved; without what a viewer may not see.</summary>
    Task<IReadOnlyList<MovedRun>> RunsAsync(
        OrganisationId organisation, PersonId viewer, Guid move, int atMost, CancellationToken cancellationToken);

    /// <summary>The last moves of a workflow, newest first.</summary>
    Task<IReadOnlyList<VersionMove>> RecentAsync(
        OrganisationId organisation, string definitionId, int atMost, CancellationToken cancellationToken);

    /// <summary>Stops a move after the instance that is being moved. False when it is over.</summary>
    Task<bool> StopAsync(OrganisationId organisation, Guid move, CancellationToken cancellationToken);

    /// <summary>Takes a move back; what has gone on since stays moved. Why not, or null.</summary>
    Task<LocalText?> UndoAsync(
        OrganisationId organisation, Guid move, PersonId actor, CancellationToken cancellationToken);
}
