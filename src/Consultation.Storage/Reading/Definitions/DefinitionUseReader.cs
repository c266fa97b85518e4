using Consultation.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Definitions;

/// <summary>
/// What stands on definitions beside other definitions, over all organisations: definitions belong to the host.
/// </summary>
public sealed class DefinitionUseReader(Database database)
{
    /// <summary>Version ids with unfinished runs, and how many of them.</summary>
    public async Task<IReadOnlyDictionary<string, int>> RunningAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Runs.IgnoreQueryFilters().Where(run => run.FinishedAt == null)
            .GroupBy(run => run.DefinitionVersionId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    /// <summary>
    /// Definition ids that are the procedure of a platform: what is handed in there starts them.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, LocalText>> ProceduresAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var units = await db.Units.IgnoreQueryFilters().AsNoTracking()
            .Where(unit => unit.Active && unit.Procedure != null && unit.Procedure != "")
            .ToListAsync(cancellationToken);
        return units.GroupBy(unit => unit.Procedure!).ToDictionary(group => group.Key, group => group.First().Name);
    }
}
