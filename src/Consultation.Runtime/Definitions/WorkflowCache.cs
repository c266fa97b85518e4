using System.Collections.Concurrent;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Runs;

namespace Consultation.Runtime.Definitions;

/// <summary>
/// Compiled definitions, one per stored version and stamp. Thread-safe; a version is compiled once, however many ask at
/// the same time.
/// </summary>
public sealed class WorkflowCache(IDefinitionStore store, ActivityCatalog catalog)
{
    /// <summary>
    /// Most compiled versions kept; when there are more, all are dropped and compiled again as needed.
    /// </summary>
    private const int Capacity = 2_000;

    private readonly ConcurrentDictionary<DefinitionVersionKey, Task<CompileResult>> _compiled = new();

    /// <summary>The activity types that definitions may use.</summary>
    public ActivityCatalog Catalog { get; } = catalog;

    /// <summary>The compiled form of a stored version; null when the version is not stored any more.</summary>
    public async ValueTask<CompileResult?> FindAsync(DefinitionVersionKey key, CancellationToken cancellationToken)
    {
        if (_compiled.TryGetValue(key, out var known) && known.IsCompletedSuccessfully) return known.Result;
        if (await store.FindVersionAsync(key.VersionId, cancellationToken) is not { } stored) return null;
        return await CompileAsync(stored, cancellationToken);
    }

    /// <summary>The compiled form of a version at hand.</summary>
    public ValueTask<CompileResult> CompileAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        if (_compiled.TryGetValue(stored.Key, out var known) && known.IsCompletedSuccessfully) return new(known.Result);
        if (_compiled.Count >= Capacity) _compiled.Clear();
        return new(Keep(stored, cancellationToken));
    }

    /// <summary>Drops every compiled form; each is compiled again when it is needed.</summary>
    public void Forget() => _compiled.Clear();

    /// <summary>Compiles without keeping the result; for checks before something is stored.</summary>
    public async Task<CompileResult> CheckAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        // Definitions used as activities are read from the store, which is asynchronous; compiling is not. So: compile,
        // read what was missed, again.
        var parts = new Dictionary<(string, int?), WorkflowDefinition?>();
        IReadOnlyDictionary<string, string>? names = null;
        while (true)
        {
            var missing = new HashSet<(string DefinitionId, int? Version)>();
            var asksNames = false;
            var result = WorkflowCompiler.Compile(definition, Catalog, (id, version) =>
            {
                if (parts.TryGetValue((id, version), out var part)) return part;
                missing.Add((id, version));
                return null;
            }, name =>
            {
                asksNames |= names is null;
                return names?.GetValueOrDefault(name);
            });
            if (missing.Count == 0 && !asksNames) return result;
            if (asksNames) names = await NamesAsync(cancellationToken);
            foreach (var (id, version) in missing)
            {
                var wanted = version is { } number
                    ? new VersionOptions(VersionChoice.Number, number)
                    : VersionOptions.Published;
                parts[(id, version)] = (await store.FindAsync(id, wanted, cancellationToken))?.Definition;
            }
        }
    }

    /// <summary>The published definitions that are used as activities, by the name of their type.</summary>
    private async Task<Dictionary<string, string>> NamesAsync(CancellationToken cancellationToken)
    {
        var (published, _) = await store.ListAsync(
            new DefinitionFilter { Versions = VersionOptions.Published }, cancellationToken);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        // Of two that were stored under one name the first stays, as in the toolbox.
        foreach (var one in published.Where(one => one.UsableAsActivity).OrderBy(one => one.CreatedAt)
            .ThenBy(one => one.Id, StringComparer.Ordinal))
        {
            names.TryAdd(UsedDefinition.NameFor(one.Name, one.DefinitionId), one.DefinitionId);
        }

        return names;
    }

    private async Task<CompileResult> Keep(StoredDefinition stored, CancellationToken cancellationToken)
    {
        var task = _compiled.GetOrAdd(stored.Key, _ => CheckAsync(stored.Definition, cancellationToken));
        try
        {
            return await task;
        }
        catch
        {
            _compiled.TryRemove(stored.Key, out _);
            throw;
        }
    }
}
