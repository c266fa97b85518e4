using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;

namespace Consultation.Runtime.Definitions;

/// <summary>What became of a change to a definition.</summary>
public abstract record DefinitionChange
{
    private DefinitionChange()
    {
    }

    /// <summary>Stored.</summary>
    /// <param name="Definition">As it stands now.</param>
    /// <param name="AlreadyPublished">The version was published before.</param>
    /// <param name="Findings">What the compiler found; warnings, or errors of a draft.</param>
    public sealed record Stored(StoredDefinition Definition, bool AlreadyPublished, IReadOnlyList<DefinitionFinding> Findings) : DefinitionChange;

    /// <summary>Not published, because it has errors; a save is kept as a draft.</summary>
    public sealed record Invalid(StoredDefinition? Draft, IReadOnlyList<DefinitionFinding> Findings) : DefinitionChange;

    /// <summary>No such definition or version.</summary>
    public sealed record Unknown : DefinitionChange;

    /// <summary>Retracting what is not published, or changing what is read-only.</summary>
    public sealed record NotAllowed(BilingualText Message) : DefinitionChange;

    /// <summary>Somebody else saved since the author looked: who, when, and what they changed. Nothing was stored.</summary>
    public sealed record Conflict(BilingualText Message) : DefinitionChange;
}

/// <summary>Who saves a definition, and what he saw when he began.</summary>
/// <param name="By">Log-in name.</param>
/// <param name="Seen">The <see cref="StoredDefinition.Tag"/> that the author's page was built from; null when the client does not say.</param>
public sealed record DefinitionAuthor(string By, string? Seen = null)
{
    /// <summary>The product itself: files loaded at start.</summary>
    public static readonly DefinitionAuthor Host = new("");
}

/// <summary>Saves, publishes and retracts definitions by Elsa's rules: one draft at most, one published version at most, running cases stay on theirs.</summary>
public sealed class DefinitionDesk(IDefinitionStore store, WorkflowCache cache, TimeProvider clock, WakeUp wakeUp, RuntimeOptions options)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <summary>
    /// Saves: overwrites the draft, or begins a new one when the newest version is published. Identity, version and flags come from the store, not from
    /// the given definition. With <paramref name="publish"/> it is published as well, if it has no errors.
    /// </summary>
    public async Task<DefinitionChange> SaveAsync(
        WorkflowDefinition given, bool publish, DefinitionAuthor author, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var definitionId = given.DefinitionId is { Length: > 0 } known ? known : InstanceId.NewHex();
            var latest = await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken);
            if (latest is { Definition.IsReadonly: true }) return ReadOnly();
            if (latest is not null && author.Seen is { } seen && seen != latest.Tag) return Overtaken(given, latest);
            var draft = Draft(given, definitionId, latest, now).AssignNodeIds(cache.Catalog);
            var isNew = latest is null || latest.Definition.IsPublished;
            List<WorkflowDefinition> rows = [draft];
            if (latest is { Definition.IsPublished: true }) rows.Add(latest.Definition.With(isLatest: false));
            if (!await store.WriteAsync(rows, isNew ? 0 : latest!.Stamp, author.By, now, cancellationToken))
            {
                if (attempt < options.ConflictRetries) continue;
                return new DefinitionChange.NotAllowed(new(
                    "流程正被他人保存，请稍后再保存一次。", "Somebody else is saving this definition; save once more in a moment."));
            }

            var stored = await store.FindVersionAsync(draft.Id, cancellationToken);
            if (publish) return await PublishAsync(stored!, cancellationToken);
            return new DefinitionChange.Stored(stored!, false, (await cache.CompileAsync(stored!, cancellationToken)).Findings);
        }
    }

    /// <summary>Publishes the newest version.</summary>
    public async Task<DefinitionChange> PublishAsync(string definitionId, CancellationToken cancellationToken) =>
        await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is { } latest
            ? await PublishAsync(latest, cancellationToken)
            : new DefinitionChange.Unknown();

    /// <summary>Takes the published version back: nothing starts on it any more, running cases go on.</summary>
    public async Task<DefinitionChange> RetractAsync(string definitionId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(definitionId, VersionOptions.Published, cancellationToken) is not { } published)
        {
            return await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is null
                ? new DefinitionChange.Unknown()
                : new DefinitionChange.NotAllowed(new("该流程未发布。", "This definition is not published."));
        }

        if (published.Definition.IsReadonly) return ReadOnly();
        await store.SetPublishedAsync(definitionId, null, [], clock.GetUtcNow(), cancellationToken);
        var stored = await store.FindVersionAsync(published.Definition.Id, cancellationToken);
        return new DefinitionChange.Stored(stored!, false, []);
    }

    /// <summary>Makes an older version the newest draft.</summary>
    public async Task<DefinitionChange> RevertAsync(string definitionId, int version, string by, CancellationToken cancellationToken)
    {
        var old = await store.FindAsync(definitionId, new VersionOptions(VersionChoice.Number, version), cancellationToken);
        return old is null ? new DefinitionChange.Unknown() : await SaveAsync(old.Definition, publish: false, new DefinitionAuthor(by), cancellationToken);
    }

    /// <summary>
    /// Brings a file of the product into the store: unknown definitions are stored and published; known ones get a new published version when the
    /// file's content differs from every stored version of it. Returns null when there was nothing to do.
    /// </summary>
    public async Task<DefinitionChange?> ImportAsync(WorkflowDefinition file, bool publish, CancellationToken cancellationToken)
    {
        var (versions, _) = await store.ListAsync(new DefinitionFilter { DefinitionIds = [file.DefinitionId] }, cancellationToken);
        var content = Content(file.AssignNodeIds(cache.Catalog));
        foreach (var stored in await store.FindVersionsAsync([.. versions.Select(version => version.Id)], cancellationToken))
        {
            if (Content(stored.Definition) == content) return null;
        }

        return await SaveAsync(file, publish, DefinitionAuthor.Host, cancellationToken);
    }

    private async Task<DefinitionChange> PublishAsync(StoredDefinition version, CancellationToken cancellationToken)
    {
        var compiled = await cache.CompileAsync(version, cancellationToken);
        if (compiled.HasErrors || compiled.Workflow is not { } workflow) return new DefinitionChange.Invalid(version, compiled.Findings);
        var now = clock.GetUtcNow();
        var already = version.Definition.IsPublished;
        await store.SetPublishedAsync(version.Definition.DefinitionId, version.Definition.Id, Triggers(workflow, now), now, cancellationToken);
        wakeUp.Signal();
        var stored = await store.FindVersionAsync(version.Definition.Id, cancellationToken);
        return new DefinitionChange.Stored(stored!, already, compiled.Findings);
    }

    private List<TriggerEntry> Triggers(CompiledWorkflow workflow, DateTimeOffset now) =>
    [
        .. workflow.Triggers.Select(trigger => new TriggerEntry(
            trigger.Node.ActivityId,
            trigger.Node.NodeId,
            trigger.Name,
            trigger.Hash,
            trigger.Description.NextDue?.Invoke(now, _zone),
            trigger.Description.NextDue is null ? null : $"{trigger.Name} in {_zone.Id}")),
    ];

    private static WorkflowDefinition Draft(WorkflowDefinition given, string definitionId, StoredDefinition? latest, DateTimeOffset now) =>
        latest switch
        {
            null => given.With(InstanceId.NewHex(), definitionId, null, 1, true, false, now),
            { Definition.IsPublished: true } => given.With(
                InstanceId.NewHex(), definitionId, null, latest.Definition.Version + 1, true, false, now),
            _ => given.With(
                latest.Definition.Id, definitionId, null, latest.Definition.Version, true, false, latest.Definition.CreatedAt ?? now),
        };

    /// <summary>A definition without what the store gives it.</summary>
    private static string Content(WorkflowDefinition definition) => definition.With(json =>
    {
        foreach (var name in (string[])["id", "version", "isLatest", "isPublished", "createdAt", "$schema", "tenantId", "toolVersion", "links"])
            json.Remove(name);
    }).ToJson();

    private static DefinitionChange.NotAllowed ReadOnly() =>
        new(new("该流程为只读，不能修改。", "This definition is read-only and cannot be changed."));

    private static DefinitionChange.Conflict Overtaken(WorkflowDefinition given, StoredDefinition latest)
    {
        var changes = DefinitionComparison.Compare(given, latest.Definition);
        var by = latest.UpdatedBy is { Length: > 0 } name ? name : "—";
        return new(new(
            $"{by} 已于 {latest.UpdatedAt:yyyy-MM-dd HH:mm} (UTC) 保存了第 {latest.Definition.Version} 版，与您打开的不同：{changes.In("zh")}。您的更改没有覆盖它；请复制自己的更改，重新载入后再改。",
            $"{by} saved version {latest.Definition.Version} at {latest.UpdatedAt:yyyy-MM-dd HH:mm} (UTC), which differs from what you opened: {changes.In("en")}. Nothing was overwritten; copy your changes, reload and make them again."));
    }
}
