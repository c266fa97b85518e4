using Consultation.Cases;
using Consultation.Cases.Deletions;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Consultation.Storage.Cases;
using Consultation.Storage.Deletions;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>Runs in the database.</summary>
internal sealed class RunStore(
    Database database, CaseFileLoader files, TimeProvider clock, IUseCaseMail? mail = null) : IRunStore
{
    private readonly RunQueries _queries = new();
    private readonly StepTurns _turns = new();

    public IStepSession Begin()
    {
        var db = database.Open();
        // A session compares what it loaded once, when it saves: not at every look at its own rows, which grow with the
        // runs of a group.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        return new StepSession(db, _queries, files, _turns, mail, clock);
    }

    public Task<IReadOnlyList<DueWork>> TakeDueAsync(
        int atMost, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        ReachAsync<IReadOnlyList<DueWork>>(async db =>
        {
            var claim = new Claim(db, Guid.CreateVersion7(), now, now + lease);
            var work = new List<DueWork>();
            await claim.TakeInboxAsync(atMost, work, cancellationToken);
            await claim.TakeTimersAsync(atMost, work, cancellationToken);
            await claim.TakeTriggersAsync(atMost, work, cancellationToken);
            work.Sort((left, right) => left.DueAt.CompareTo(right.DueAt));
            return work;
        });

    public Task<DateTimeOffset?> NextDueAtAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ReachAsync(async db =>
    {
        var inbox = await db.Inbox.Where(row => row.LeasedUntil == null || row.LeasedUntil < now)
            .OrderBy(row => row.AvailableAt).Select(row => (DateTimeOffset?)row.AvailableAt)
            .FirstOrDefaultAsync(cancellationToken);
        var timer =
            await db.Bookmarks.Where(row => row.DueAt != null && (row.LeasedUntil == null || row.LeasedUntil < now))
            .OrderBy(row => row.DueAt).Select(row => row.DueAt).FirstOrDefaultAsync(cancellationToken);
        var trigger =
            await db.Triggers.Where(row => row.DueAt != null && (row.LeasedUntil == null || row.LeasedUntil < now))
            .OrderBy(row => row.DueAt).Select(row => row.DueAt).FirstOrDefaultAsync(cancellationToken);
        return new[] { inbox, timer, trigger }.Where(at => at is not null).Min();
    });

    public Task<bool> HoldAsync(DueWork.Inbox work, DateTimeOffset until, CancellationToken cancellationToken) =>
        ReachAsync(async db =>
    {
        var (id, attempts) = (work.Message.Id, work.Attempts);
        return await db.Inbox.Where(row => row.Id == id && row.Attempts == attempts)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until), cancellationToken) == 1;
    });

    public Task ReleaseAsync(DueWork work, DateTimeOffset availableAt, string? error,
        CancellationToken cancellationToken) => ReachAsync(db => work switch
    {
        DueWork.Inbox { Message.Id: var id } => db.Inbox.Where(row => row.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.AvailableAt, availableAt)
                .SetProperty(row => row.Error, error),
            cancellationToken),
        DueWork.BookmarkTimer { InstanceId.Value: var instance, BookmarkId: var id } => db.Bookmarks
            .Where(row => row.InstanceId == instance && row.Id == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)availableAt), cancellationToken),
        DueWork.TriggerTimer { TriggerId: var id } => db.Triggers.Where(row => row.Id == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)availableAt), cancellationToken),
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    public Task<int> HastenAsync(
        InstanceId instance, IReadOnlyList<string> hashes, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReachAsync(db =>
        {
            var run = instance.Value;
            return db.Inbox
                .Where(row => row.ExpiresAt != null && row.AvailableAt > now)
                .Where(row => row.InstanceId == run || (row.Hash != null && hashes.Contains(row.Hash)))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.AvailableAt, now), cancellationToken);
        });

    public Task<int> TidyAsync(DateTimeOffset now, DateTimeOffset operationsBefore,
        CancellationToken cancellationToken) => ReachAsync(async db =>
        await db.Inbox.Where(row => row.ExpiresAt != null && row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken)
        + await db.Operations.Where(row => row.At < operationsBefore).ExecuteDeleteAsync(cancellationToken));

    public Task<RunState?> FindStateAsync(InstanceId instance, CancellationToken cancellationToken) =>
        ReachAsync(async db =>
    {
        var id = instance.Value;
        var state = await db.Runs.AsNoTracking().Where(row => row.Id == id).Select(row => row.State)
            .FirstOrDefaultAsync(cancellationToken);
        return state is null ? null : RunState.Deserialize(state);
    });

    public Task<bool> DeleteAsync(InstanceId instance, string by, CancellationToken cancellationToken) =>
        ReachAsync(async db =>
    {
        var id = instance.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Runs.AsNoTracking().FirstOrDefaultAsync(
            row => row.Id == id && row.Status == nameof(RunStatus.Finished), cancellationToken) is not { } run)
        {
            return false;
        }
        var kept = new KeptRun(
            run, await db.Journal.AsNoTracking().Where(row => row.InstanceId == id).ToListAsync(cancellationToken),
            await db.Incidents.AsNoTracking().Where(row => row.InstanceId == id).ToListAsync(cancellationToken));
        db.Add(BinRow.Of(
            BinKind.Run, run.OrganisationId, (id, run.Name ?? run.DefinitionId), kept, by, clock.GetUtcNow(), runs: 1));
        await db.SaveChangesAsync(cancellationToken);
        var deleted = await db.Runs.Where(row => row.Id == id && row.Status == nameof(RunStatus.Finished))
            .ExecuteDeleteAsync(cancellationToken);
        if (deleted == 0) return false;
        await db.Bookmarks.Where(row => row.InstanceId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Journal.Where(row => row.InstanceId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Incidents.Where(row => row.InstanceId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Inbox.Where(row => row.InstanceId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    private async Task<T> ReachAsync<T>(Func<ConsultationDb, Task<T>> work)
    {
        await using var db = database.Open();
        try
        {
            return await work(db);
        }
        catch (Exception failure) when (
            failure is not OperationCanceledException && db.Judge(failure) is { Kind: not FailureKind.Other } meaning)
        {
            throw meaning.Exception(failure);
        }
    }
}
