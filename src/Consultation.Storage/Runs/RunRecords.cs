using Consultation.Cases;
using Consultation.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>A run that took place elsewhere, with what it wrote down.</summary>
/// <param name="State">Its state, made by <see cref="RunState.Record"/>.</param>
/// <param name="Lines">Its journal, numbered from 1 without gaps.</param>
/// <param name="Executions">Its activity executions, in the order in which they started.</param>
public sealed record RunRecord(
    RunState State, IReadOnlyList<JournalLine> Lines, IReadOnlyList<ActivityExecutionRecord> Executions)
{
    /// <summary>Pages that the journal takes.</summary>
    public static int PagesOf(int lines) => Math.Max(1, (lines + LinesOfPage - 1) / LinesOfPage);

    internal const int LinesOfPage = 500;
}

/// <summary>
/// Takes in runs that took place elsewhere, to be read in the designer. Only the run and its journal are written: no
/// bookmark, no timer, no open incident, no message, so that nothing of a record ever acts.
/// </summary>
public sealed class RunRecords(Database database)
{
    /// <summary>
    /// Writes all of them for one organisation in one transaction, or none: then the answer names the ids that exist
    /// already, in whichever organisation.
    /// </summary>
    public async Task<IReadOnlyList<string>> AddAsync(
        Guid organisation, IReadOnlyList<RunRecord> records, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await KnownAsync(db, records, cancellationToken) is { Count: > 0 } known) return known;
        foreach (var record in records) Add(db, new OrganisationId(organisation), record);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return [];
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // Somebody brought the same file a moment earlier.
            if (await KnownAsync(db, records, cancellationToken) is { Count: > 0 } meanwhile) return meanwhile;
            throw;
        }
    }

    private static Task<List<string>> KnownAsync(
        ConsultationDb db, IReadOnlyList<RunRecord> records, CancellationToken cancellationToken)
    {
        List<string> ids = [.. records.Select(record => record.State.InstanceId)];
        return db.Runs.IgnoreQueryFilters().AsNoTracking().Where(run => ids.Contains(run.Id))
            .Select(run => run.Id).Order().ToListAsync(cancellationToken);
    }

    private static void Add(ConsultationDb db, OrganisationId organisation, RunRecord record)
    {
        var state = record.State;
        var row = new RunRow
        {
            Id = state.InstanceId,
            OrganisationId = organisation,
            DefinitionId = state.DefinitionId,
            DefinitionVersionId = state.DefinitionVersionId,
            CreatedAt = state.CreatedAt,
        };
        StepSession.ApplyRun(row, state, null);
        db.Runs.Add(row);
        for (var page = 0; page < RunRecord.PagesOf(record.Lines.Count); page++)
        {
            var lines = record.Lines.Skip(page * RunRecord.LinesOfPage).Take(RunRecord.LinesOfPage).ToList();
            db.Journal.Add(new JournalRow
            {
                InstanceId = state.InstanceId,
                Step = page + 1,
                LastSequence = lines is [.., var last] ? last.Sequence : 0,
                Page = JournalPage.Write(lines, page == 0 ? record.Executions : []),
            });
        }
    }
}
