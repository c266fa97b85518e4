using System.Collections.Concurrent;
using Consultation.Cases;
using Consultation.Cases.Plans;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Storage.Reading.Plans;
using Consultation.Storage.Runs;

namespace Consultation.Storage.Reading.Flowcharts;

/// <summary>A failed step of a run, in words for the desk.</summary>
/// <param name="Id">Id to retry it by.</param>
/// <param name="InstanceId">The run.</param>
/// <param name="ActivityId">Id of the activity in the definition.</param>
/// <param name="Activity">What the flowchart calls it; for an activity inside another one, what it calls that.</param>
/// <param name="Message">What went wrong; for an expression with line and column.</param>
/// <param name="Input">The input whose expression failed, or null.</param>
/// <param name="Cause">The cause's own words, or null.</param>
/// <param name="At">When.</param>
public sealed record RunIncident(
    string Id, string InstanceId, string ActivityId, LocalText Activity, string Message, string? Input, string? Cause,
    DateTimeOffset At);

/// <summary>One run of a definition as the desk shows it.</summary>
/// <param name="InstanceId">The run.</param>
/// <param name="DefinitionId">What it runs.</param>
/// <param name="DefinitionName">Name of that definition.</param>
/// <param name="Version">Version it runs on.</param>
/// <param name="Picture">The definition's flowchart.</param>
/// <param name="Marks">How far the run has come, by activity id.</param>
/// <param name="Incidents">Failed steps that wait for a retry.</param>
/// <param name="Outline">What the definition plans.</param>
public sealed record RunView(
    string InstanceId,
    string DefinitionId,
    string DefinitionName,
    int Version,
    FlowchartPicture Picture,
    IReadOnlyDictionary<string, NodeMark> Marks,
    IReadOnlyList<RunIncident> Incidents,
    PlanOutline Outline);

/// <summary>
/// Reads runs and their definitions as pictures. What a definition version gives is read once and kept.
/// </summary>
public sealed class RunViewReader(
    IRunStore runs, IDefinitionStore definitions, RunJournal journal, ActivityCatalog catalog)
{
    private static readonly ConcurrentDictionary<DefinitionVersionKey, Version> Known = new();

    /// <summary>The run, or null when there is none (any more).</summary>
    public async Task<RunView?> FindAsync(string? instanceId, CancellationToken cancellationToken)
    {
        if (instanceId is null
            || await runs.FindStateAsync(new InstanceId(instanceId), cancellationToken) is not { } state
            || await VersionAsync(state.DefinitionVersionId, cancellationToken) is not var (name, picture, outline))
        {
            return null;
        }

        var marks = new Dictionary<string, NodeMark>(StringComparer.Ordinal);
        foreach (var execution in await journal.ExecutionsAsync(instanceId, cancellationToken))
        {
            if (execution.Status == ActivityStatus.Completed
                && Place(execution.ActivityNodeId, picture) == execution.ActivityId)
            {
                marks[execution.ActivityId] = NodeMark.Done;
            }
        }

        foreach (var place in state.Bookmarks.Select(bookmark => Place(bookmark.NodeId, picture)).OfType<string>())
        {
            marks[place] = NodeMark.Present;
        }

        foreach (var place in state.Incidents.Select(incident => Place(incident.NodeId, picture)).OfType<string>())
        {
            marks[place] = NodeMark.Failed;
        }

        return new(
            instanceId, state.DefinitionId, name ?? state.DefinitionId, state.Version, picture, marks,
            [.. state.Incidents.Select(incident => new RunIncident(
                incident.Id, instanceId, incident.ActivityId, LabelOf(incident, picture), incident.Message,
                incident.InputName, incident.CauseMessage, incident.Timestamp))],
            outline);
    }

    /// <summary>What a definition version plans; nothing when there is none (any more).</summary>
    public async Task<PlanOutline> OutlineAsync(string versionId, CancellationToken cancellationToken) =>
        await VersionAsync(versionId, cancellationToken) is { } version ? version.Outline : PlanOutline.Empty;

    /// <summary>What the published version of a definition plans; nothing when none is published.</summary>
    public async Task<PlanOutline> PublishedOutlineAsync(string definitionId, CancellationToken cancellationToken) =>
        await definitions.FindKeyAsync(definitionId, VersionOptions.Published, cancellationToken) is { } key
            ? await OutlineAsync(key.VersionId, cancellationToken)
            : PlanOutline.Empty;

    /// <summary>The flowchart of a definition version; empty when there is none (any more).</summary>
    public async Task<FlowchartPicture> PictureAsync(string versionId, CancellationToken cancellationToken) =>
        await VersionAsync(versionId, cancellationToken) is { } version ? version.Picture : FlowchartPicture.Empty;

    /// <summary>Definitions that a case can be started with: published, newest version, with their names.</summary>
    public async Task<IReadOnlyList<DefinitionSummary>> StartableAsync(CancellationToken cancellationToken) =>
        (await definitions.ListAsync(
            new DefinitionFilter
            {
                Versions = VersionOptions.Published,
                OrderBy = "Name",
                Descending = false,
            }, cancellationToken))
            .Items;

    /// <summary>A node inside a composite is shown at the outermost node of the picture that holds it.</summary>
    private static string? Place(string nodeId, FlowchartPicture picture)
    {
        var parts = nodeId.Split(':');
        return parts.FirstOrDefault(part => picture.Nodes.Any(node => node.Id == part));
    }

    private static LocalText LabelOf(Incident incident, FlowchartPicture picture) =>
        picture.Nodes.FirstOrDefault(node => node.Id == Place(incident.NodeId, picture))?.Label
        ?? new LocalText(incident.ActivityName ?? incident.ActivityId);

    /// <summary>A definition has some hundred kilobytes: only its key is asked for once it is known.</summary>
    private async Task<Version?> VersionAsync(string versionId, CancellationToken cancellationToken)
    {
        if (await definitions.FindVersionKeyAsync(versionId, cancellationToken) is { } key
            && Known.TryGetValue(key, out var known))
        {
            return known;
        }
        if (await definitions.FindVersionAsync(versionId, cancellationToken) is not { } stored) return null;
        return Known.GetOrAdd(stored.Key, new Version(
            stored.Definition.Name, FlowchartReader.Read(stored.Definition, catalog),
            PlanOutlineReader.Read(stored.Definition, catalog)));
    }

    /// <summary>What is read out of a definition version.</summary>
    private sealed record Version(string? Name, FlowchartPicture Picture, PlanOutline Outline);
}
