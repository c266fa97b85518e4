using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;

namespace Consultation.Api.Definitions;

/// <summary>What one version of a definition uses.</summary>
/// <param name="VersionId">The version that uses.</param>
/// <param name="DefinitionId">Its definition.</param>
/// <param name="Definitions">Ids of the definitions used, by whatever step.</param>
/// <param name="Versions">Ids of the versions used that it names, as an activity does, or is bound to.</param>
public sealed record DefinitionUser(
    string VersionId, string DefinitionId, IReadOnlySet<string> Definitions, IReadOnlySet<string> Versions);

/// <summary>
/// Which definitions use which: as an activity, or by a step with an input that picks a workflow (executing,
/// dispatching, opening tracked items).
/// </summary>
public sealed class DefinitionReferences(IDefinitionStore store, DefinitionEditing editing, WorkflowCache cache)
{
    /// <summary>
    /// Points every definition that uses the given one as an activity to its published version, each in a draft that
    /// somebody still has to publish. Returns the names of those that changed.
    /// </summary>
    public async Task<IReadOnlyList<string>> UpdateAsync(
        string definitionId, string by, CancellationToken cancellationToken)
    {
        var changed = new List<string>();
        if (await store.FindAsync(definitionId, VersionOptions.Published, cancellationToken) is not { } published)
        {
            return changed;
        }
        var (summaries, _) =
            await store.ListAsync(new DefinitionFilter { Versions = VersionOptions.Latest }, cancellationToken);
        foreach (var consumer in await store.FindVersionsAsync(
            [.. summaries.Select(summary => summary.Id)], cancellationToken))
        {
            var nodes = 0;
            var renewed = consumer.Definition.With(json => nodes = Renew(json, published.Definition));
            if (nodes > 0
                && await editing.SaveAsync(renewed, publish: false, new DefinitionAuthor(by, consumer.Tag),
                    cancellationToken) is DefinitionChange.Stored)
            {
                changed.Add(renewed.Name ?? renewed.DefinitionId);
            }
        }

        return changed;
    }

    private static int Renew(JsonObject definition, WorkflowDefinition published)
    {
        var renewed = 0;
        foreach (var activity in WorkflowUses.Activities(WorkflowDefinition.FromJson(definition)))
        {
            var pinned = activity["workflowDefinitionVersionId"] is JsonValue
                && activity["workflowDefinitionId"] is JsonValue used
                && used.ToString() == published.DefinitionId;
            if (!pinned || activity["workflowDefinitionVersionId"]!.ToString() == published.Id) continue;
            activity["workflowDefinitionVersionId"] = published.Id;
            activity["latestAvailablePublishedVersionId"] = published.Id;
            activity["latestAvailablePublishedVersion"] = published.Version;
            activity["version"] = published.Version;
            renewed++;
        }

        return renewed;
    }

    /// <summary>
    /// The given definitions in the order in which they are published: a whole is bound to the parts published before.
    /// </summary>
    public async Task<IReadOnlyList<string>> PartsFirstAsync(
        IReadOnlyCollection<string> definitionIds, CancellationToken cancellationToken)
    {
        var (summaries, _) = await store.ListAsync(
            new DefinitionFilter { DefinitionIds = definitionIds, Versions = VersionOptions.Latest },
            cancellationToken);
        var known = definitionIds.Count == 0
            ? []
            : await store.FindVersionsAsync([.. summaries.Select(summary => summary.Id)], cancellationToken);
        return [.. WorkflowUses.PartsFirst(known, stored => stored.Definition, cache.Catalog)
            .Select(stored => stored.Definition.DefinitionId).Union(definitionIds)];
    }

    /// <summary>Ids of the definitions whose newest version uses the given one, at any depth.</summary>
    public async Task<IReadOnlyList<string>> ConsumersOfAsync(string definitionId, CancellationToken cancellationToken)
    {
        var (summaries, _) =
            await store.ListAsync(new DefinitionFilter { Versions = VersionOptions.Latest }, cancellationToken);
        var all = await store.FindVersionsAsync([.. summaries.Select(summary => summary.Id)], cancellationToken);
        var uses = all.ToDictionary(stored => stored.Definition.DefinitionId, stored => Uses(stored.Definition));
        var found = new HashSet<string>();
        var pending = new Queue<string>([definitionId]);
        while (pending.TryDequeue(out var used))
        {
            foreach (var consumer in uses.Where(pair => pair.Value.Contains(used) && pair.Key != definitionId)
                .Select(pair => pair.Key))
            {
                if (found.Add(consumer))
                {
                    pending.Enqueue(consumer);
                }
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// What uses others and counts: newest and published versions, further ones, on which instances run, and whatever
    /// version one of these names or is bound to: it will be started yet.
    /// </summary>
    public async Task<IReadOnlyList<DefinitionUser>> UsersAsync(
        IEnumerable<string> further, CancellationToken cancellationToken)
    {
        var (present, _) = await store.ListAsync(
            new DefinitionFilter { Versions = new VersionOptions(VersionChoice.LatestOrPublished) }, cancellationToken);
        var users = new Dictionary<string, DefinitionUser>(StringComparer.Ordinal);
        var wanted = present.Select(summary => summary.Id).Union(further).ToHashSet();
        while (wanted.Count > 0)
        {
            foreach (var stored in await store.FindVersionsAsync(wanted, cancellationToken))
            {
                var uses = WorkflowUses.Of(stored.Definition, cache.Catalog);
                users[stored.Definition.Id] = new(
                    stored.Definition.Id, stored.Definition.DefinitionId,
                    uses.Select(use => use.DefinitionId).ToHashSet(),
                    uses.Select(use => use.VersionId).OfType<string>()
                        .Union(stored.Definition.Bound.Values.Select(one => one.VersionId)).ToHashSet());
            }

            wanted = users.Values.SelectMany(user => user.Versions)
                .Where(id => !users.ContainsKey(id) && !wanted.Contains(id)).ToHashSet();
        }

        return [.. users.Values];
    }

    private HashSet<string> Uses(WorkflowDefinition definition) =>
        [.. WorkflowUses.Of(definition, cache.Catalog).Select(use => use.DefinitionId)];
}
