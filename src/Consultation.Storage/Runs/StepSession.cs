using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Attachments;
using Consultation.Storage.Cases;
using Consultation.Storage.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>
/// One unit of work: loads runs with their case files into one context, and writes all of it in one transaction.
/// </summary>
internal sealed partial class StepSession(
    ConsultationDb db, RunQueries queries, CaseFileLoader files, StepTurns turns, IUseCaseMail? mail,
    TimeProvider clock) : IStepSession
{
    private readonly Dictionary<string, Entry> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<CaseId> _cases = [];

    // Kept here, because the context's own view of a set is dear to make, and most sessions touch two rows.
    private readonly List<BookmarkRow> _bookmarks = [];
    private readonly Dictionary<OrganisationId, SemaphoreSlim> _turns = [];
    private readonly List<(RunMoved Moved, RunState State, CaseFile? File)> _moves = [];

    public async Task<LoadedRun?> LoadAsync(InstanceId instance, CancellationToken cancellationToken)
    {
        if (_runs.TryGetValue(instance.Value, out var entry)) return entry.Loaded with { IsNew = false };

        return await Reach(async () =>
        {
            if (await queries.FindRun(db, instance.Value) is not { } stored) return null;
            if (stored.Run.OrganisationId is { } organisation && await TakeTurnAsync(organisation, cancellationToken))
            {
                // Whoever had the turn may have stepped this very run.
                db.Entry(stored.Run).State = EntityState.Detached;
                if (await queries.FindRun(db, instance.Value) is not { } present) return null;
                stored = present;
            }

            var state = RunState.Deserialize(stored.Run.State);
            var loaded = await WithHostAsync(
                state, new DefinitionVersionKey(state.DefinitionVersionId, stored.Stamp), false, cancellationToken);
            _runs.Add(instance.Value, new Entry(stored.Run, loaded));
            return loaded;
        });
    }

    public Task<LoadedRun> AddAsync(
        RunState state, IReadOnlyList<object> newEntities, CancellationToken cancellationToken) => Reach(async () =>
    {
        foreach (var entity in newEntities) db.Add(entity);
        var row = new RunRow
        {
            Id = state.InstanceId,
            DefinitionId = state.DefinitionId,
            DefinitionVersionId = state.DefinitionVersionId,
            CreatedAt = state.CreatedAt,
        };
        if (CaseOf(state) is { } @case
            && await CaseFileLoader.FindOwnerAsync(db, @case, cancellationToken) is { } organisation)
            await TakeTurnAsync(organisation, cancellationToken);
        var loaded =
            await WithHostAsync(state, new DefinitionVersionKey(state.DefinitionVersionId, 0), true, cancellationToken);
        db.Runs.Add(row);
        _runs.Add(row.Id, new Entry(row, loaded));
        return loaded;
    });

    public async Task<StimulusResult.Applied?> FindOperationAsync(
        string operationId, CancellationToken cancellationToken)
    {
        var row = db.Operations.Local.FirstOrDefault(operation => operation.Id == operationId)
            ?? await Reach(() => queries.FindOperation(db, operationId));
        if (row is null) return null;
        return new StimulusResult.Applied(
            new InstanceId(row.InstanceId),
            row.Answer is null ? null : PlainData.FromJson(row.Answer),
            Enum.Parse<RunSubStatus>(row.SubStatus),
            row.Incidents,
            IsRepeated: true);
    }

    public Task<bool> AnyRunningAsync(
        string? definitionId, string? correlationId, CancellationToken cancellationToken) => Reach(() =>
        db.Runs.AsNoTracking()
            .Where(run => run.Status == nameof(RunStatus.Running))
            .Where(run => definitionId == null || run.DefinitionId == definitionId)
            .Where(run => correlationId == null || (run.CorrelationId ?? "") == correlationId)
            .AnyAsync(cancellationToken));

    public Task<IReadOnlyList<WaitingBookmark>> FindWaitingAsync(
        StimulusMessage.Publish message, CancellationToken cancellationToken) =>
        Reach<IReadOnlyList<WaitingBookmark>>(async () =>
        {
            var hash = BookmarkHash.Of(message.Name, message.Stimulus);
            var waiting = db.Bookmarks.AsNoTracking()
                .Where(bookmark => bookmark.Hash == hash && bookmark.Name == message.Name);
            if (message.InstanceId is { Value: var instance })
            {
                waiting = waiting.Where(bookmark => bookmark.InstanceId == instance);
            }
            if (message.CorrelationId is { } correlation)
            {
                waiting = from bookmark in waiting
                          join run in db.Runs on bookmark.InstanceId equals run.Id
                          where run.CorrelationId == correlation
                          select bookmark;
            }

            var found = await waiting.OrderBy(bookmark => bookmark.CreatedAt)
                .Select(bookmark => new { bookmark.InstanceId, bookmark.Id }).ToListAsync(cancellationToken);
            return found.ConvertAll(bookmark => new WaitingBookmark(new InstanceId(bookmark.InstanceId), bookmark.Id));
        });

    public Task<IReadOnlyList<StartingTrigger>> FindTriggersAsync(
        string name, string hash, CancellationToken cancellationToken) =>
        Reach<IReadOnlyList<StartingTrigger>>(async () =>
            await db.Triggers.AsNoTracking().Where(trigger => trigger.Hash == hash && trigger.Name == name)
                .OrderBy(trigger => trigger.Id)
                .Select(trigger => new StartingTrigger(trigger.DefinitionId, trigger.VersionId, trigger.ActivityId))
                .ToListAsync(cancellationToken));

    public async Task<SaveResult> SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var cases = _runs.Values.Select(entry => entry.Loaded.Host).OfType<CaseFile>();
            await TaskMail.SettleAsync(db, cases, clock.GetUtcNow(), cancellationToken);
            foreach (var file in cases)
            {
                await HandedInFiles.AttachAsync(db, file, clock.GetUtcNow(), cancellationToken);
                await DirectoryAdditions.NoteAsync(db, file, clock.GetUtcNow(), cancellationToken);
                await MovedTimers.FollowAsync(db, file, clock.GetUtcNow(), cancellationToken);
            }

            foreach (var (moved, state, file) in _moves) await KeepMoveAsync(moved, state, file, cancellationToken);
            db.ChangeTracker.DetectChanges();
            // What was saved is not looked at again: the context need not remember it as unchanged.
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            return SaveResult.Saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            return SaveResult.Conflict;
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException && db.Judge(failure).Kind != FailureKind.Other)
        {
            var meaning = db.Judge(failure);
            if (meaning.Kind == FailureKind.Conflict) return SaveResult.Conflict;
            throw meaning.Exception(failure);
        }
        finally
        {
            GiveTurnsBack();
        }
    }

    public ValueTask DisposeAsync()
    {
        GiveTurnsBack();
        return db.DisposeAsync();
    }

    private static CaseId? CaseOf(RunState state) =>
        Guid.TryParseExact(state.CorrelationId, "N", out var id) ? new CaseId(id) : null;

    /// <summary>
    /// Takes the turn of an organisation until the end of the session. True when somebody else had it, so that what was
    /// read before may be old.
    /// </summary>
    private async Task<bool> TakeTurnAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        if (_turns.ContainsKey(organisation)) return false;
        var turn = turns.Of(organisation);
        var hadToWait = !turn.Wait(0, CancellationToken.None);
        if (hadToWait)
        {
            // Two sessions that wait for each other's organisation would wait for ever.
            if (_turns.Count > 0)
            {
                throw new SeparateStepsException($"The turn of organisation {organisation} is taken.");
            }
            await turn.WaitAsync(cancellationToken);
        }

        _turns.Add(organisation, turn);
        return hadToWait;
    }

    private void GiveTurnsBack()
    {
        foreach (var turn in _turns.Values) turn.Release();
        _turns.Clear();
    }

    private async Task<LoadedRun> WithHostAsync(
        RunState state, DefinitionVersionKey key, bool isNew, CancellationToken cancellationToken)
    {
        if (CaseOf(state) is not { } id) return new LoadedRun(state, key, null, IsNew: isNew);

        // Two runs of one case would see each other's half-done changes.
        if (!_cases.Add(id)) throw new SeparateStepsException($"Two runs of case {id} cannot share a transaction.");
        // Open until the session ends: a file is a dozen reads.
        await db.Database.OpenConnectionAsync(cancellationToken);
        var file = await files.LoadAsync(db, id, state.InstanceId, clock.GetUtcNow(), cancellationToken);
        return new LoadedRun(state, key, file, file?.Calendar.Zone, IsNew: isNew);
    }

    private async Task<T> Reach<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (
            failure is not OperationCanceledException && db.Judge(failure) is { Kind: FailureKind.Unavailable } meaning)
        {
            throw meaning.Exception(failure);
        }
    }

    private static string? Json(object? value) => value is null ? null : PlainData.ToJson(PlainData.Normalise(value));

    private static string BasisOf(Bookmark bookmark) =>
        bookmark.Payload is Dictionary<string, object?> payload
            && payload.GetValueOrDefault(TimerBasis.PayloadKey) is string basis
            ? basis
            : new TimerBasis.Created(bookmark.Name, bookmark.CreatedAt).Write();

    private sealed record Entry(RunRow Row, LoadedRun Loaded);
}
