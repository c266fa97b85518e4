using System.Collections.Concurrent;
using System.Text;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;

namespace Consultation.Api.Descriptors;

/// <summary>
/// Activity descriptors as bytes. Studio asks for them after every save, so the activities of the product are written
/// once per language; only the definitions that may be used as activities are looked up each time.
/// </summary>
internal sealed class DescriptorCache(WorkflowCache workflows, IDefinitionStore store)
{
    private readonly ConcurrentDictionary<string, string> _own = new();

    public async Task<byte[]> WriteAsync(string culture, CancellationToken cancellationToken)
    {
        var own = _own.GetOrAdd(culture, Write);
        var used = await UsedAsActivitiesAsync(culture, cancellationToken);
        var count = workflows.Catalog.Types.Count + used.Count;
        var all = used.Count == 0 ? own : $"{own},{string.Join(',', used)}";
        return Encoding.UTF8.GetBytes($$"""{"items":[{{all}}],"count":{{count}}}""");
    }

    /// <summary>One descriptor as JSON: of that version, or the newest; null when there is none.</summary>
    public async Task<string?> FindAsync(
        string typeName, int? version, string culture, CancellationToken cancellationToken)
    {
        if (workflows.Catalog.Find(typeName, version ?? int.MaxValue) is { } own
            && (version is null || own.Descriptor.Version == version))
        {
            return own.Descriptor.ToJson(culture).ToJsonString(Answers.Json);
        }

        var used = await UsedTypesAsync(cancellationToken);
        return used.Where(type => type.TypeName == typeName && (version ?? type.Descriptor.Version)
                == type.Descriptor.Version)
            .MaxBy(type => type.Descriptor.Version)?.Descriptor.ToJson(culture).ToJsonString(Answers.Json);
    }

    private string Write(string culture) =>
        string.Join(
            ',', workflows.Catalog.Types.Select(type => type.Descriptor.ToJson(culture).ToJsonString(Answers.Json)));

    private async Task<List<string>> UsedAsActivitiesAsync(string culture, CancellationToken cancellationToken) =>
        [.. (await UsedTypesAsync(cancellationToken))
            .Select(type => type.Descriptor.ToJson(culture).ToJsonString(Answers.Json))];

    private async Task<List<ActivityType>> UsedTypesAsync(CancellationToken cancellationToken)
    {
        var (all, _) = await store.ListAsync(new DefinitionFilter(), cancellationToken);
        string[] ids =
            [.. all.Where(one => one.UsableAsActivity && (one.IsPublished || one.IsLatest))
                .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Select(one => one.Id)];
        if (ids.Length == 0)
        {
            return [];
        }

        var definitions = await store.FindVersionsAsync(ids, cancellationToken);
        // To the designer a list with one type twice is broken: of two that were stored under one name the first stays.
        return [.. definitions.OrderBy(stored => Array.IndexOf(ids, stored.Definition.Id))
            .Select(stored => UsedDefinition.TypeFor(stored.Definition))
            .DistinctBy(type => (type.TypeName, type.Descriptor.Version))
            .Where(type => workflows.Catalog.Find(type.TypeName, type.Descriptor.Version) is null)];
    }
}
