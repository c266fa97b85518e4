using Consultation.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>
/// What a run did, read back: journal lines in order, and its activity executions as they stand after the last step.
/// </summary>
public sealed class RunJournal(Database database)
{
    /// <summary>A page of a run's journal lines in order, and how many match. The filter may be null.</summary>
    public async Task<(IReadOnlyList<JournalLine> Lines, int Total)> LinesAsync(
        string instanceId, Func<JournalLine, bool>? filter, int skip, int? take, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var pages = Pages(db, instanceId);
        if (filter is null)
        {
            // Sequences have no gaps, so that a page of lines is found by its numbers and the rest is not read.
            var total = (int)(await pages.MaxAsync(row => (long?)row.LastSequence, cancellationToken) ?? 0);
            var first = skip + 1L;
            var last = Math.Min(total, skip + (long)(take ?? int.MaxValue));
            var lines = new List<JournalLine>();
            await foreach (var row in pages.Where(row => row.LastSequence >= first).AsAsyncEnumerable()
                .WithCancellation(cancellationToken))
            {
                lines.AddRange(
                    JournalPage.Read(row.Page, instanceId).Lines.Where(
                        line => line.Sequence >= first && line.Sequence <= last));
                if (row.LastSequence >= last) break;
            }

            return (lines, total);
        }

        var matching = new List<JournalLine>();
        await foreach (var row in pages.AsAsyncEnumerable().WithCancellation(cancellationToken))
            matching.AddRange(JournalPage.Read(row.Page, instanceId).Lines.Where(filter));
        return (matching.Skip(skip).Take(take ?? int.MaxValue).ToList(), matching.Count);
    }

    /// <summary>All activity executions of a run, in the order in which they started.</summary>
    public async Task<IReadOnlyList<ActivityExecutionRecord>> ExecutionsAsync(
        string instanceId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var order = new List<string>();
        var newest = new Dictionary<string, ActivityExecutionRecord>(StringComparer.Ordinal);
        await foreach (var row in Pages(db, instanceId).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var execution in JournalPage.Read(row.Page, instanceId).Executions)
            {
                if (!newest.ContainsKey(execution.Id)) order.Add(execution.Id);
                newest[execution.Id] = execution;
            }
        }

        return order.ConvertAll(id => newest[id]);
    }

    /// <summary>One execution by its id ("instance id-number"), or null.</summary>
    public async Task<ActivityExecutionRecord?> FindExecutionAsync(
        string executionId, CancellationToken cancellationToken)
    {
        if (ExecutionId.InstanceOf(executionId) is not { } instance) return null;
        var executions = await ExecutionsAsync(instance, cancellationToken);
        return executions.FirstOrDefault(execution => execution.Id == executionId);
    }

    private static IQueryable<JournalRow> Pages(ConsultationDb db, string instanceId) =>
        db.Journal.AsNoTracking().Where(row => row.InstanceId == instanceId).OrderBy(row => row.Step);
}
