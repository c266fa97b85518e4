using System.Globalization;
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
    public sealed record Stored(StoredDefinition Definition, bool AlreadyPublished,
        IReadOnlyList<DefinitionFinding> Findings) : DefinitionChange;

    /// <summary>Not published, because it has errors; a save is kept as a draft.</summary>
    public sealed record Invalid(StoredDefinition? Draft, IReadOnlyList<DefinitionFinding> Findings) : DefinitionChange;

    /// <summary>No such definition or version.</summary>
    public sealed record Unknown : DefinitionChange;

    /// <summary>Retracting what is not published, or changing what is read-only.</summary>
    public sealed record NotAllowed(BilingualText Message) : DefinitionChange;

    /// <summary>
    /// A file of the product has new content, but people have made the definition their own: theirs stays as it is.
    /// </summary>
    public sealed record KeptOwn(StoredDefinition Definition) : DefinitionChange;

    /// <summary>
    /// Somebody else saved since the author looked: who, when, and what they changed. Nothing was stored.
    /// </summary>
    public sealed record Conflict(BilingualText Message) : DefinitionChange;
}

/// <summary>What became of one of several definitions that were to be saved together.</summary>
/// <param name="DefinitionId">Which one; null when it is about all of them.</param>
/// <param name="Change">What became of it.</param>
public sealed record DefinitionSave(string? DefinitionId, DefinitionChange Change);

/// <summary>Who saves a definition, and what he saw when he began.</summary>
/// <param name="By">Log-in name.</param>
/// <param name="Seen">
/// The <see cref="StoredDefinition.Tag"/> that the author's page was built from, "" when there was none yet; null when
/// the client does not say.
/// </param>
public sealed record DefinitionAuthor(string By, string? Seen = null)
{
    /// <summary>The product itself: files loaded at start.</summary>
    public static readonly DefinitionAuthor Host = new("");
}

/// <summary>
/// Saves, publishes and retracts definitions by Elsa's rules: one draft at most, one published version at most, running
/// cases stay on theirs.
/// </summary>
public sealed class DefinitionEditing(
    IDefinitionStore store, WorkflowCache cache, TimeProvider clock, WakeUp wakeUp, RuntimeOptions options,
    IPublishCheck? check = null, IDefinitionLint? lint = null)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <summary>
    /// Saves: overwrites the draft, or begins a new one when the newest version is published. Identity, version and
    /// flags come from the store, not from the given definition. With <paramref name="publish"/> it is published as
    /// well, if it has no errors.
    /// </summary>
    public async Task<DefinitionChange> SaveAsync(
        WorkflowDefinition given, bool publish, DefinitionAuthor author, CancellationToken cancellationToken)
    {
        var change = (await SaveAllAsync([given], author, cancellationToken))[0].Change;
        if (!publish || change is not DefinitionChange.Stored stored) return change;
        // Files of the product are rehearsed by its makers; they are read before anybody can be asked.
        return author == DefinitionAuthor.Host with { Seen = author.Seen }
            ? await PublishAsync(stored.Definition, cancellationToken)
            : await PublishCheckedAsync(stored.Definition, cancellationToken);
    }

    /// <summary>
    /// Saves several definitions as drafts in one transaction: the answers are all
    /// <see cref="DefinitionChange.Stored"/>, one for each in its order, or they are only what was refused, and nothing
    /// is stored. Of two with the same id the later one is stored.
    /// </summary>
    public async Task<IReadOnlyList<DefinitionSave>> SaveAllAsync(
        IReadOnlyList<WorkflowDefinition> given, DefinitionAuthor author, CancellationToken cancellationToken)
    {
        var last = given.Where((one, index) => one.DefinitionId.Length == 0
            || !given.Skip(index + 1).Any(later => later.DefinitionId == one.DefinitionId)).ToList();
        for (var attempt = 0; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var names = await NamesInUseAsync(last, cancellationToken);
            var drafts = new List<DefinitionWrite>();
            var refused = new List<DefinitionSave>();
            foreach (var one in last)
            {
                var definitionId = one.DefinitionId is { Length: > 0 } known ? known : InstanceId.NewHex();
                var latest = await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken);
                var refusal = WhyNot(one, latest, author) ?? names.Take(one, definitionId);
                if (refusal is not null) refused.Add(new(definitionId, refusal));
                else drafts.Add(Write(one, definitionId, latest, now));
            }

            if (refused.Count > 0) return refused;
            if (await store.WriteAsync(drafts, author.By, now, cancellationToken))
            {
                return await StoredAsync(drafts, cancellationToken);
            }
            if (attempt >= options.ConflictRetries)
            {
                return [new(null, Contended())];
            }
        }
    }

    /// <summary>Asked only where one of the definitions is to be usable as an activity.</summary>
    private async Task<ActivityNames> NamesInUseAsync(
        List<WorkflowDefinition> given, CancellationToken cancellationToken)
    {
        if (!given.Exists(one => one.Options.UsableAsActivity)) return ActivityNames.NotNeeded;
        var (all, _) = await store.ListAsync(new DefinitionFilter(), cancellationToken);
        return new ActivityNames(cache.Catalog, all);
    }

    private DefinitionChange? WhyNot(WorkflowDefinition given, StoredDefinition? latest, DefinitionAuthor author)
    {
        if (latest is { Definition.IsReadonly: true }) return ReadOnly();
        return latest is not null && author.Seen is { } seen && seen != latest.Tag ? Overtaken(given, latest) : null;
    }

    private DefinitionWrite Write(
        WorkflowDefinition given, string definitionId, StoredDefinition? latest, DateTimeOffset now)
    {
        // A draft is bound to nothing: what it starts is decided when it is published.
        var draft = Draft(given, definitionId, latest, now).WithBound([]).AssignNodeIds(cache.Catalog);
        return latest switch
        {
            null => new([draft], 0),
            { Definition.IsPublished: true } => new([draft, latest.Definition.With(isLatest: false)], 0),
            _ => new([draft], latest.Stamp),
        };
    }

    private async Task<IReadOnlyList<DefinitionSave>> StoredAsync(
        IReadOnlyList<DefinitionWrite> drafts, CancellationToken cancellationToken)
    {
        var stored = new List<DefinitionSave>();
        foreach (var draft in drafts)
        {
            var version = await store.FindVersionAsync(draft.Versions[0].Id, cancellationToken);
            var findings = await FindingsAsync(version!, cancellationToken);
            stored.Add(new(version!.Definition.DefinitionId, new DefinitionChange.Stored(version, false, findings)));
        }

        return stored;
    }

    /// <summary>Publishes the newest version, unless a check speaks against it.</summary>
    public async Task<DefinitionChange> PublishAsync(string definitionId, CancellationToken cancellationToken) =>
        await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is { } latest
            ? await PublishCheckedAsync(latest, cancellationToken)
            : new DefinitionChange.Unknown();

    private async Task<DefinitionChange> PublishCheckedAsync(
        StoredDefinition version, CancellationToken cancellationToken)
    {
        var compiled = await cache.CompileAsync(version, cancellationToken);
        if (check is null || compiled.HasErrors) return await PublishAsync(version, cancellationToken);
        var against = await check.CheckAsync(version, cancellationToken);
        return against.Count == 0 ? await PublishAsync(version, cancellationToken)
            : new DefinitionChange.Invalid(version, [.. against, .. compiled.Findings]);
    }

    /// <summary>
    /// Publishes workflows of the product anew whose parts have newer versions than they are bound to, parts before
    /// wholes. What people made their own waits for them.
    /// </summary>
    public async Task BindOwnAsync(CancellationToken cancellationToken)
    {
        var (rows, _) = await store.ListAsync(
            new DefinitionFilter { Versions = VersionOptions.Published }, cancellationToken);
        var own = (await store.FindVersionsAsync([.. rows.Select(row => row.Id)], cancellationToken))
            .Where(version => version is { UpdatedBy: "", Definition.IsLatest: true });
        foreach (var version in WorkflowUses.PartsFirst(own, stored => stored.Definition, cache.Catalog))
        {
            if (await IsOutdatedAsync(version.Definition, cancellationToken))
            {
                await PublishAsync(version, cancellationToken);
            }
        }
    }

    /// <summary>Whether publishing a published version again would bind it to other versions than now.</summary>
    public async Task<bool> IsOutdatedAsync(WorkflowDefinition definition, CancellationToken cancellationToken) =>
        definition is { IsPublished: true, IsReadonly: false }
        && !(await BindAsync(definition, cancellationToken)).ToHashSet().SetEquals(definition.Bound.Values);

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
        await store.SetPublishedAsync(definitionId, null, [], [], clock.GetUtcNow(), cancellationToken);
        var stored = await store.FindVersionAsync(published.Definition.Id, cancellationToken);
        return new DefinitionChange.Stored(stored!, false, []);
    }

    /// <summary>Makes an older version the newest draft.</summary>
    public async Task<DefinitionChange> RevertAsync(
        string definitionId, int version, string by, CancellationToken cancellationToken)
    {
        var old = await store.FindAsync(
            definitionId, new VersionOptions(VersionChoice.Number, version), cancellationToken);
        return old is null
            ? new DefinitionChange.Unknown()
            : await SaveAsync(old.Definition, publish: false, new DefinitionAuthor(by), cancellationToken);
    }

    /// <summary>
    /// Whether a definition from outside says the same as a stored one; what the store gives it does not count.
    /// </summary>
    public bool IsSame(WorkflowDefinition given, WorkflowDefinition stored) =>
        Content(given.AssignNodeIds(cache.Catalog)) == Content(stored);

    /// <summary>
    /// Brings a file of the product into the store. An unknown definition is stored and published; a known one gets a
    /// new published version when the content is new, unless people have changed the definition: then theirs stays
    /// (<see cref="DefinitionChange.KeptOwn"/>). Content that any stored version has already changes nothing, and null
    /// is returned. Two nodes that start together store one version.
    /// </summary>
    public async Task<DefinitionChange?> ImportAsync(
        WorkflowDefinition file, bool publish, CancellationToken cancellationToken)
    {
        var content = Content(file.AssignNodeIds(cache.Catalog));
        for (var attempt = 0; ; attempt++)
        {
            var (rows, _) =
                await store.ListAsync(new DefinitionFilter { DefinitionIds = [file.DefinitionId] }, cancellationToken);
            var versions = await store.FindVersionsAsync([.. rows.Select(version => version.Id)], cancellationToken);
            if (versions.FirstOrDefault(version => Content(version.Definition) == content) is { } same)
            {
                // A draft of the host's own was stored by a start that ended, or waited for a part, before it could be
                // published.
                var isHalfDone = publish
                    && same is { UpdatedBy: "", Definition: { IsLatest: true, IsPublished: false } };
                return isHalfDone ? await PublishAsync(same, cancellationToken) : null;
            }

            if (versions.FirstOrDefault(
                version => version is
                {
                    UpdatedBy.Length: > 0,
                    Definition: { IsLatest: true } or { IsPublished: true }
                }) is { } own)
            {
                return new DefinitionChange.KeptOwn(own);
            }

            var seen = versions.FirstOrDefault(version => version.Definition.IsLatest)?.Tag ?? "";
            var change = await SaveAsync(file, publish, DefinitionAuthor.Host with { Seen = seen }, cancellationToken);
            if (change is not DefinitionChange.Conflict || attempt >= options.ConflictRetries) return change;
        }
    }

    private async Task<DefinitionChange> PublishAsync(StoredDefinition version, CancellationToken cancellationToken)
    {
        var compiled = await cache.CompileAsync(version, cancellationToken);
        if (compiled.HasErrors || compiled.Workflow is not { } workflow)
        {
            return new DefinitionChange.Invalid(version, compiled.Findings);
        }
        var now = clock.GetUtcNow();
        var already = version.Definition.IsPublished;
        if (await IsOutdatedAsync(version.Definition, cancellationToken))
        {
            return await PublishAnewAsync(version, now, cancellationToken);
        }

        // Beside the version in force, which this one is about to replace.
        var findings = await FindingsAsync(version, cancellationToken);
        await store.SetPublishedAsync(
            version.Definition.DefinitionId, version.Definition.Id, Triggers(workflow, now),
            await BindAsync(version.Definition, cancellationToken), now, cancellationToken);
        wakeUp.Signal();
        var stored = await store.FindVersionAsync(version.Definition.Id, cancellationToken);
        return new DefinitionChange.Stored(stored!, already, findings);
    }

    /// <summary>Publishes one stored version again, as it was before it was deleted.</summary>
    public async Task<DefinitionChange> PublishVersionAsync(string versionId, CancellationToken cancellationToken) =>
        await store.FindVersionAsync(versionId, cancellationToken) is { } version
            ? await PublishAsync(version, cancellationToken)
            : new DefinitionChange.Unknown();

    /// <summary>What the compiler and the lint find in a version, beside the version in force.</summary>
    public async Task<IReadOnlyList<DefinitionFinding>> FindingsAsync(
        StoredDefinition version, CancellationToken cancellationToken)
    {
        var compiled = await cache.CompileAsync(version, cancellationToken);
        return lint is null || compiled.Workflow is not { } workflow
            ? compiled.Findings
            : [.. compiled.Findings,
                .. lint.Look(workflow, await BeforeAsync(version.Definition, cancellationToken))];
    }

    /// <summary>
    /// Mends one finding in the draft, where the lint knows how: the draft is saved by the author. Null where it does
    /// not know, or the finding is there no more.
    /// </summary>
    public async Task<DefinitionChange?> MendAsync(
        string definitionId, string code, string nodeId, DefinitionAuthor author, CancellationToken cancellationToken)
    {
        if (lint is null
            || await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is not { } latest
            || (await cache.CompileAsync(latest, cancellationToken)).Workflow is not { } workflow
            || lint.Look(workflow, null).FirstOrDefault(one => one.Code == code && one.NodeId == nodeId) is not
            { } finding
            || lint.Mend(workflow, finding) is not { } mended)
        {
            return null;
        }

        return await SaveAsync(mended, publish: false, author with { Seen = latest.Tag }, cancellationToken);
    }

    /// <summary>True where <see cref="MendAsync"/> would mend it.</summary>
    public async Task<bool> MayMendAsync(
        StoredDefinition version, DefinitionFinding finding, CancellationToken cancellationToken) =>
        lint is not null && (await cache.CompileAsync(version, cancellationToken)).Workflow is { } workflow
        && lint.Mend(workflow, finding) is not null;

    /// <summary>The version in force, unless it is this one.</summary>
    private async Task<WorkflowDefinition?> BeforeAsync(
        WorkflowDefinition version, CancellationToken cancellationToken) =>
        await store.FindAsync(version.DefinitionId, VersionOptions.Published, cancellationToken) is
        { Definition: var published } && published.Id != version.Id ? published : null;

    /// <summary>
    /// The versions that a workflow starts from now on: those published at this moment, except where a step takes the
    /// latest or names its version. What was withdrawn meanwhile stays bound.
    /// </summary>
    private async Task<IReadOnlyCollection<BoundVersion>> BindAsync(
        WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var parts = WorkflowUses.Of(definition, cache.Catalog)
            .Where(use => use is { TakesLatest: false, VersionId: null } && use.DefinitionId != definition.DefinitionId)
            .Select(use => use.DefinitionId).Distinct().ToList();
        if (parts.Count == 0) return [];
        var (published, _) = await store.ListAsync(
            new DefinitionFilter { DefinitionIds = parts, Versions = VersionOptions.Published }, cancellationToken);
        var bound = published.ToDictionary(
            one => one.DefinitionId, one => new BoundVersion(one.DefinitionId, one.Id, one.Version));
        foreach (var part in parts)
        {
            if (definition.Bound.TryGetValue(part, out var before)) bound.TryAdd(part, before);
        }

        return bound.Values;
    }

    /// <summary>
    /// Runs stay on what they are bound to: the same content is published as a new version, bound to the parts of now.
    /// </summary>
    private async Task<DefinitionChange> PublishAnewAsync(
        StoredDefinition version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var write = Write(version.Definition, version.Definition.DefinitionId, version, now);
        return await store.WriteAsync([write], version.UpdatedBy, now, cancellationToken)
            ? await PublishAsync(
                (await store.FindVersionAsync(write.Versions[0].Id, cancellationToken))!, cancellationToken)
            : Contended();
    }

    private List<TriggerEntry> Triggers(CompiledWorkflow workflow, DateTimeOffset now) =>
    [
        .. workflow.Triggers.Select(trigger => new TriggerEntry(
            trigger.Node.ActivityId,
            trigger.Node.NodeId,
            trigger.Name,
            trigger.Hash,
            trigger.Description.NextDue?.Invoke(now, _zone),
            trigger.Description.NextDue is null ? null : _zone.Id)),
    ];

    private static WorkflowDefinition Draft(
        WorkflowDefinition given, string definitionId, StoredDefinition? latest, DateTimeOffset now) =>
        latest switch
        {
            null => given.With(InstanceId.NewHex(), definitionId, null, 1, true, false, now),
            { Definition.IsPublished: true } => given.With(
                InstanceId.NewHex(), definitionId, null, latest.Definition.Version + 1, true, false, now),
            _ => given.With(
                latest.Definition.Id, definitionId, null, latest.Definition.Version, true, false,
                latest.Definition.CreatedAt ?? now),
        };

    /// <summary>A definition without what the store gives it.</summary>
    private static string Content(WorkflowDefinition definition) => definition.With(json =>
    {
        foreach (var name in (string[])[
            "id", "version", "isLatest", "isPublished", "createdAt", "$schema", "tenantId", "toolVersion", "links"])
            json.Remove(name);
    }).WithBound([]).ToJson();

    private static DefinitionChange.NotAllowed Contended() => new(new(
        "流程正被他人保存，请稍后再保存一次。", "Somebody else is saving this definition; save once more in a moment."));

    private static DefinitionChange.NotAllowed ReadOnly() =>
        new(new("该流程为只读，不能修改。", "This definition is read-only and cannot be changed."));

    private DefinitionChange.Conflict Overtaken(WorkflowDefinition given, StoredDefinition latest)
    {
        var changes = ChangeSummary.Of(DefinitionComparison.Compare(given, latest.Definition));
        var by = latest.UpdatedBy is { Length: > 0 } name ? name : "—";
        var at = TimeZoneInfo.ConvertTime(latest.UpdatedAt, _zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(new(
            $"{by} 已于 {at} 保存了第 {latest.Definition.Version} 版，与您打开的不同：{changes.Zh}。您的更改没有覆盖它；请复制自己的更改，重新载入后再改。",
            $"{by} saved version {latest.Definition.Version} at {at}, which differs from what you opened: "
                + $"{changes.En}. Nothing was overwritten; copy your changes, reload and make them again."));
    }
}
