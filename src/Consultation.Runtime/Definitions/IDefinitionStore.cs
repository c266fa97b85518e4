using Consultation.Engine.Definitions;
using Consultation.Runtime.Runs;

namespace Consultation.Runtime.Definitions;

/// <summary>One stored version of a definition.</summary>
/// <param name="Definition">The definition as Elsa's JSON, with the flags of the row.</param>
/// <param name="Stamp">How often the row was written; a draft is overwritten under the same id.</param>
/// <param name="UpdatedAt">When it was written last.</param>
/// <param name="UpdatedBy">Log-in name of who wrote it last; empty for the product itself.</param>
public sealed record StoredDefinition(
    WorkflowDefinition Definition, long Stamp, DateTimeOffset UpdatedAt, string UpdatedBy = "")
{
    /// <summary>Names this state of the row: an author who saw another one has been overtaken.</summary>
    public string Tag => $"{Definition.Id}.{Stamp}";

    /// <summary>What compiled forms are kept under.</summary>
    public DefinitionVersionKey Key => new(Definition.Id, Stamp);
}

/// <summary>What a list of definitions shows; the JSON is left out.</summary>
public sealed record DefinitionSummary(
    string Id,
    string DefinitionId,
    int Version,
    string? Name,
    string? Description,
    bool IsLatest,
    bool IsPublished,
    bool IsReadonly,
    bool IsSystem,
    bool UsableAsActivity,
    DateTimeOffset CreatedAt);

/// <summary>What to list.</summary>
public sealed record DefinitionFilter
{
    /// <summary>Which versions. Default all.</summary>
    public VersionOptions Versions { get; init; } = VersionOptions.All;

    /// <summary>Only these definitions; empty means all.</summary>
    public IReadOnlyCollection<string> DefinitionIds { get; init; } = [];

    /// <summary>Only these version ids; empty means all.</summary>
    public IReadOnlyCollection<string> Ids { get; init; } = [];

    /// <summary>Part of the name, description or id; null means all.</summary>
    public string? Search { get; init; }

    /// <summary>Only system definitions, or only others; null means both.</summary>
    public bool? IsSystem { get; init; }

    /// <summary>"Name", "Version", otherwise by time of creation.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Newest, highest or last name first. Default true.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>Rows to leave out at the start.</summary>
    public int Skip { get; init; }

    /// <summary>Most rows; null means all.</summary>
    public int? Take { get; init; }
}

/// <summary>A trigger of a version that is being published.</summary>
/// <param name="ActivityId">The activity that starts the run.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="Name">Stimulus name.</param>
/// <param name="Hash">Hash of name and stimulus.</param>
/// <param name="DueAt">For triggers of time: when it starts the next run.</param>
/// <param name="Zone">For triggers of time: the time zone by which that was computed.</param>
public sealed record TriggerEntry(
    string ActivityId, string NodeId, string Name, string Hash, DateTimeOffset? DueAt, string? Zone);

/// <summary>Versions of one definition that are written together.</summary>
/// <param name="Versions">The rows; the first is the one that <paramref name="ExpectedStamp"/> speaks of.</param>
/// <param name="ExpectedStamp">The stamp that the first row has: 0 for new, null for "whatever it is".</param>
public sealed record DefinitionWrite(IReadOnlyList<WorkflowDefinition> Versions, long? ExpectedStamp);

/// <summary>
/// Where definitions are kept. An interface because Runtime may not see SQL; Storage implements it. Rules (who is
/// latest, what may be published) are in <see cref="DefinitionEditing"/>: this port stores what it is told, each call
/// in one transaction.
/// </summary>
public interface IDefinitionStore
{
    /// <summary>The newest version that is meant, or null.</summary>
    Task<StoredDefinition?> FindAsync(
        string definitionId, VersionOptions versions, CancellationToken cancellationToken);

    /// <summary>Id and stamp of the newest version that is meant, or null; cheap.</summary>
    Task<DefinitionVersionKey?> FindKeyAsync(
        string definitionId, VersionOptions versions, CancellationToken cancellationToken);

    /// <summary>Id and stamp of one version by its own id, or null; cheap.</summary>
    Task<DefinitionVersionKey?> FindVersionKeyAsync(string versionId, CancellationToken cancellationToken);

    /// <summary>One version by its own id, or null.</summary>
    Task<StoredDefinition?> FindVersionAsync(string versionId, CancellationToken cancellationToken);

    /// <summary>Several versions by their own ids.</summary>
    Task<IReadOnlyList<StoredDefinition>> FindVersionsAsync(
        IReadOnlyCollection<string> versionIds, CancellationToken cancellationToken);

    /// <summary>A page of the list, and how many there are in all.</summary>
    Task<(IReadOnlyList<DefinitionSummary> Items, int Total)> ListAsync(
        DefinitionFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Writes all of it in one transaction: rows with a known id are overwritten, others are new. False, and nothing is
    /// written, when somebody else wrote one of the definitions in between.
    /// </summary>
    Task<bool> WriteAsync(
        IReadOnlyList<DefinitionWrite> writes, string by, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Makes one version the only published one, or none when <paramref name="versionId"/> is null, and replaces the
    /// triggers of the definition. The published version is bound to the given versions of other workflows.
    /// </summary>
    Task SetPublishedAsync(
        string definitionId, string? versionId, IReadOnlyList<TriggerEntry> triggers,
        IReadOnlyCollection<BoundVersion> bound, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes versions that no run stands on; the others stay stored, neither latest nor published. All of them lie in
    /// the bin, as they were. Returns how many were deleted or withdrawn.
    /// </summary>
    Task<int> DeleteAsync(
        IReadOnlyCollection<string> versionIds, string by, DateTimeOffset now, CancellationToken cancellationToken);
}
