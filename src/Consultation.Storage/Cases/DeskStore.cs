using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>What the desks look up and store besides moving workflows.</summary>
internal sealed class DeskStore(
    Database database, DirectoryCache directories, CaseFileLoader files, TimeProvider clock, WakeUp wakeUp) : IDeskStore
{
    /// <summary>How often an edit is made anew because somebody was quicker.</summary>
    private const int Attempts = 5;

    public async Task<WorkTask?> FindTaskAsync(
        OrganisationId organisation, TaskId task, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Tasks.AsNoTracking()
            .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Id == task, cancellationToken);
    }

    public async Task<OrganisationDirectory?> FindDirectoryAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return (await directories.FindAsync(db, organisation, cancellationToken))?.Directory;
    }

    public async Task<Case?> FindCaseAsync(
        OrganisationId organisation, CaseId caseId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Cases.AsNoTracking()
            .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Id == caseId, cancellationToken);
    }

    public async Task<CaseId?> FindCaseOfAsync(
        OrganisationId organisation, TrackedItemId item, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return (await db.TrackedItems.AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Id == item, cancellationToken))?.CaseId;
    }

    public async Task<FileEdit> EditAsync(
        OrganisationId organisation, CaseId caseId, string operationId, Func<CaseFile, FileEdit> edit,
        CancellationToken cancellationToken)
    {
        var operation = $"edit:{organisation.Value:N}:{operationId}";
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(organisation);
            if (await db.Operations.AnyAsync(row => row.Id == operation, cancellationToken))
            {
                return new FileEdit([], []);
            }

            var now = clock.GetUtcNow();
            var file = await files.LoadAsync(db, caseId, "", now, cancellationToken)
                ?? throw new ArgumentException($"There is no case {caseId}.", nameof(caseId));
            var done = edit(file);
            if (done.Errors.Count > 0) return done;

            foreach (var added in file.Added) db.Add(added);
            foreach (var message in done.Messages) db.Inbox.Add(InboxRow.For(MessageOf(message), now));
            db.Operations.Add(new OperationRow { Id = operation, InstanceId = "", SubStatus = "", At = now });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                wakeUp.Signal();
                return done;
            }
            catch (DbUpdateException failure)
                when (attempt < Attempts && db.Judge(failure).Kind == FailureKind.Conflict)
            {
            }
        }
    }

    public async Task<CaseId?> FindByInstanceAsync(
        OrganisationId organisation, string instanceId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return (await db.Cases.AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.InstanceId == instanceId, cancellationToken))?.Id;
    }

    public async Task<IReadOnlyList<string>> RunningAsync(CaseId caseId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await RunningAsync(db, caseId, cancellationToken);
    }

    public async Task<string?> FindIncidentAsync(CaseId caseId, string incidentId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var correlation = caseId.ToString();
        return await db.Incidents
            .Where(row => row.Id == incidentId
                && db.Runs.Any(run => run.Id == row.InstanceId && run.CorrelationId == correlation))
            .Select(row => row.InstanceId).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Matter>> FindMattersAsync(
        OrganisationId organisation, IReadOnlyList<MatterId> matters, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var found = await db.Matters.AsNoTracking()
            .Where(row => row.OrganisationId == organisation && matters.Contains(row.Id))
            .ToListAsync(cancellationToken);
        return [.. matters.Select(id => found.Find(matter => matter.Id == id)).OfType<Matter>()];
    }

    public async Task<bool> OpenAsync(
        Case @case, IReadOnlyList<MatterId> matters, IReadOnlyDictionary<string, object?> inputs,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(@case.OrganisationId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // One conditional update decides between two people who take the same matter at once.
        var owner = @case.OrganisationId;
        var caseId = (CaseId?)@case.Id;
        var taken = matters.Count == 0 ? 0 : await db.Matters
            .Where(row => row.OrganisationId == owner && matters.Contains(row.Id) && row.CaseId == null
                && row.State == MatterState.Pooled)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CaseId, caseId)
                .SetProperty(row => row.State, MatterState.InCase), cancellationToken);
        if (taken != matters.Distinct().Count()) return false;
        if (taken > 0)
        {
            // What was merged into them goes along: its proposers are told too.
            await db.Matters
                .Where(row => row.OrganisationId == owner && row.State == MatterState.Merged
                    && matters.Contains(row.MergedIntoId!.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.CaseId, caseId), cancellationToken);
        }

        var now = clock.GetUtcNow();
        db.Cases.Add(@case);
        db.Inbox.Add(InboxRow.For(new StimulusMessage.StartRun(@case.DefinitionId!)
        {
            InstanceId = new InstanceId(@case.InstanceId!),
            Input = inputs,
            CorrelationId = @case.Id.ToString(),
            Name = @case.Title,
        }, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        wakeUp.Signal();
        return true;
    }

    public async Task<bool> CancelAsync(
        OrganisationId organisation, CaseId caseId, PersonId actor, string reason, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var @case = await db.Cases.FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Id == caseId, cancellationToken);
        if (@case is null || @case.ClosedAt is not null) return false;

        var now = clock.GetUtcNow();
        (@case.State, @case.ClosedAt, @case.Outcome) =
            (CaseState.Cancelled, now, new LocalText($"撤销：{reason}", $"Cancelled: {reason}"));
        db.History.Add(new HistoryEntry
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(now),
            CaseId = caseId,
            At = now,
            ActorId = actor,
            Verb = HistoryVerbs.CaseCancelled,
            Text = new($"案件已撤销：{reason}", $"Case cancelled: {reason}"),
        });
        foreach (var instance in await RunningAsync(db, caseId, cancellationToken))
        {
            db.Inbox.Add(InboxRow.For(new StimulusMessage.Cancel(new InstanceId(instance), reason), now));
        }

        await db.SaveChangesAsync(cancellationToken);
        wakeUp.Signal();
        return true;
    }

    private static StimulusMessage.Resume MessageOf(StepMessage message) =>
        new(new InstanceId(message.InstanceId), message.BookmarkId, message.Payload) { OperationId =
            message.OperationId };

    private static async Task<IReadOnlyList<string>> RunningAsync(
        ConsultationDb db, CaseId caseId, CancellationToken cancellationToken)
    {
        var correlation = caseId.ToString();
        return await db.Runs.Where(run => run.CorrelationId == correlation && run.Status == "Running")
            .OrderBy(run => run.CreatedAt).Select(run => run.Id).ToListAsync(cancellationToken);
    }
}
