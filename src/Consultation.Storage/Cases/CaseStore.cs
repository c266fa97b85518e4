using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>What the desks look up and store besides moving workflows.</summary>
internal sealed class CaseStore(
    Database database, DirectoryCache directories, CaseFileLoader files, TimeProvider clock, WakeUp wakeUp) : ICaseStore
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

    public async Task<MeetingCall?> FindCallAsync(MeetingId meeting, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var found = await db.Meetings.AsNoTracking().FirstOrDefaultAsync(row => row.Id == meeting, cancellationToken);
        if (found is null) return null;
        var (organisation, cases) = (found.OrganisationId, found.Topics.Select(topic => topic.CaseId).ToList());
        var tasks = await db.Tasks.AsNoTracking()
            .Where(row => row.OrganisationId == organisation && cases.Contains(row.CaseId)
                && row.State == TaskState.Open && row.FormKey == FormKeys.AttendanceReply)
            .ToListAsync(cancellationToken);
        return new(found, [.. tasks.Where(found.IsOf).OrderByDescending(task => task.OpenedAt)]);
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

            await MovedTimers.FollowAsync(db, file, now, cancellationToken);
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

    public async Task<bool> EndAsync(
        OrganisationId organisation, CaseId caseId, Func<Case, DateTimeOffset, HistoryEntry?> end, string reason,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var @case = await db.Cases.FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Id == caseId, cancellationToken);
        var now = clock.GetUtcNow();
        if (@case is null || end(@case, now) is not { } line) return false;

        db.History.Add(line);
        foreach (var instance in await RunningAsync(db, caseId, cancellationToken))
        {
            db.Inbox.Add(InboxRow.For(new StimulusMessage.Cancel(new InstanceId(instance), reason), now));
        }

        await db.SaveChangesAsync(cancellationToken);
        wakeUp.Signal();
        return true;
    }

    internal static StimulusMessage.Resume MessageOf(StepMessage message) =>
        new(new InstanceId(message.InstanceId), message.BookmarkId, message.Payload)
        {
            OperationId = message.OperationId,
        };

    private static async Task<IReadOnlyList<string>> RunningAsync(
        ConsultationDb db, CaseId caseId, CancellationToken cancellationToken)
    {
        var correlation = caseId.ToString();
        return await db.Runs.Where(run => run.CorrelationId == correlation && run.Status == "Running")
            .OrderBy(run => run.CreatedAt).Select(run => run.Id).ToListAsync(cancellationToken);
    }
}
