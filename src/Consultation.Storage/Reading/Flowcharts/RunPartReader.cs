using Consultation.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Flowcharts;

/// <summary>A run that another run of the same case started: a part of the procedure, a tracked item.</summary>
/// <param name="InstanceId">The run.</param>
/// <param name="DefinitionId">What it runs.</param>
/// <param name="Name">Its own name, or that of its definition.</param>
/// <param name="Running">False once it has ended.</param>
/// <param name="Incidents">Failed steps that wait for a retry.</param>
public sealed record RunPart(string InstanceId, string DefinitionId, string Name, bool Running, int Incidents);

/// <summary>Reads which runs work for a case beside its own.</summary>
public sealed class RunPartReader(Database database)
{
    /// <summary>The parts of a case's run, in the order in which they were started.</summary>
    public async Task<IReadOnlyList<RunPart>> ListAsync(OrganisationId organisation, CaseId caseId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var correlation = caseId.ToString();
        return await db.Runs.AsNoTracking()
            .Where(run => run.CorrelationId == correlation && run.OrganisationId == organisation && run.ParentInstanceId != null)
            .OrderBy(run => run.CreatedAt)
            .Join(db.Definitions, run => run.DefinitionVersionId, definition => definition.Id, (run, definition) => new RunPart(
                run.Id, run.DefinitionId, run.Name ?? definition.Name ?? run.DefinitionId, run.FinishedAt == null, run.IncidentCount))
            .ToListAsync(cancellationToken);
    }
}
