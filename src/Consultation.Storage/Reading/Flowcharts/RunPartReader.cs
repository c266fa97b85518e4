using Consultation.Cases;
using Consultation.Cases.Plans;
using Consultation.Engine.Definitions;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Flowcharts;

/// <summary>A run that another run of the same case started: a part of the procedure, a tracked item.</summary>
/// <param name="InstanceId">The run.</param>
/// <param name="DefinitionId">What it runs.</param>
/// <param name="Name">Its own name, or that of its definition.</param>
/// <param name="Running">False once it has ended.</param>
/// <param name="Incidents">Failed steps that wait for a retry.</param>
public sealed record RunPart(string InstanceId, string DefinitionId, string Name, bool Running, int Incidents);

/// <summary>
/// A place at which the workflow itself waits, for a time or for something outside, and no person is asked.
/// </summary>
/// <param name="Activity">What the flowchart calls it.</param>
/// <param name="GoesOnAt">When it goes on by itself; null when it waits for something outside.</param>
public sealed record RunPause(LocalText Activity, DateTimeOffset? GoesOnAt);

/// <summary>
/// Reads about the runs of a case without reading the runs: which work beside its own, what they lead through, where
/// they wait by themselves.
/// </summary>
public sealed class RunPartReader(Database database, RunViewReader views, ActivityCatalog catalog)
{
    /// <summary>
    /// Activities that wait without asking anybody; all others say by their task or their items what they wait for.
    /// </summary>
    private readonly HashSet<string> _pausing =
        [.. catalog.Types.Where(type => type.Descriptor.Pauses).Select(type => type.TypeName)];

    /// <summary>The parts of a case's run, in the order in which they were started.</summary>
    public async Task<IReadOnlyList<RunPart>> ListAsync(
        OrganisationId organisation, CaseId caseId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var correlation = caseId.ToString();
        return await db.Runs.AsNoTracking()
            .Where(run => run.CorrelationId == correlation && run.OrganisationId == organisation
                && run.ParentInstanceId != null)
            .OrderBy(run => run.CreatedAt)
            .Join(db.Definitions, run => run.DefinitionVersionId, definition => definition.Id,
                (run, definition) => new RunPart(
                run.Id, run.DefinitionId, run.Name ?? definition.Name ?? run.DefinitionId, run.FinishedAt == null,
                run.IncidentCount))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// What the definition of a run plans; nothing when there is no such run (any more). The run itself is not read.
    /// </summary>
    public async Task<PlanOutline> OutlineAsync(string? instanceId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var version = await db.Runs.Where(run => run.Id == instanceId).Select(run => run.DefinitionVersionId)
            .FirstOrDefaultAsync(cancellationToken);
        return version is null ? PlanOutline.Empty : await views.OutlineAsync(version, cancellationToken);
    }

    /// <summary>Where the case's runs wait by themselves, what goes on first at the top.</summary>
    public async Task<IReadOnlyList<RunPause>> PausesAsync(
        OrganisationId organisation, CaseId caseId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var correlation = caseId.ToString();
        var runs = await db.Runs.AsNoTracking()
            .Where(run => run.CorrelationId == correlation && run.OrganisationId == organisation
                && run.FinishedAt == null)
            .Select(run => new { run.Id, run.DefinitionVersionId })
            .ToDictionaryAsync(run => run.Id, run => run.DefinitionVersionId, cancellationToken);
        if (runs.Count == 0) return [];

        // All bookmarks of these few runs: asked by name as well, a database may go through those of every case
        // instead.
        var ids = runs.Keys.ToList();
        var places = await db.Bookmarks.AsNoTracking().Where(row => ids.Contains(row.InstanceId))
            .Select(row => new { row.InstanceId, row.ActivityId, row.Name, row.DueAt }).ToListAsync(cancellationToken);
        var pauses = new List<RunPause>();
        foreach (var place in places.Where(place => _pausing.Contains(place.Name))
            .OrderBy(place => place.DueAt ?? DateTimeOffset.MaxValue))
        {
            var picture = await views.PictureAsync(runs[place.InstanceId], cancellationToken);
            var label = picture.Nodes.FirstOrDefault(node => node.Id == place.ActivityId)?.Label
                ?? new LocalText(place.ActivityId);
            pauses.Add(new(label, place.DueAt));
        }

        return pauses;
    }
}
