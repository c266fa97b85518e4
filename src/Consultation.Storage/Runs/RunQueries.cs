using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>
/// The reads of every step, compiled once. Compiled queries belong to one model, so each store has its own.
/// </summary>
internal sealed class RunQueries
{
    /// <summary>The run, tracked, with the stamp of its definition's version.</summary>
    public Func<ConsultationDb, string, Task<StoredRun?>> FindRun { get; } = EF.CompileAsyncQuery(
        (ConsultationDb context, string id) => context.Runs.IgnoreQueryFilters()
            .Where(run => run.Id == id)
            .Select(run => new StoredRun(
                run,
                context.Definitions.Where(one => one.Id == run.DefinitionVersionId).Select(one => (long?)one.Stamp)
                    .FirstOrDefault() ?? 0))
            .FirstOrDefault());

    /// <summary>An operation seen before.</summary>
    public Func<ConsultationDb, string, Task<OperationRow?>> FindOperation { get; } = EF.CompileAsyncQuery(
        (ConsultationDb context, string id) =>
            context.Operations.AsNoTracking().FirstOrDefault(operation => operation.Id == id));
}

/// <summary>A stored run and the stamp of its definition's version.</summary>
internal sealed record StoredRun(RunRow Run, long Stamp);
