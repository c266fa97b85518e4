using System.Globalization;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.People.Import;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Runtime.Loops;
using Consultation.Storage.Cases;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>Edits of organisations in the database. A lost race starts again with fresh data.</summary>
internal sealed class OrganisationStore(Database database, TimeProvider clock, WakeUp wakeUp) : IOrganisationStore
{
    private const int Attempts = 5;

    public async Task<EditResult?> RunAsync(
        OrganisationId organisation, string operationId, Func<IOrganisationSession, Task<EditResult>> edit,
        CancellationToken cancellationToken)
    {
        var operation = string.Create(CultureInfo.InvariantCulture, $"desk:{organisation.Value:N}:{operationId}");
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(organisation);
            if (await db.Operations.FirstOrDefaultAsync(
                row => row.Id == operation, cancellationToken) is { Answer: { } answer })
            {
                return JsonSerializer.Deserialize<EditResult.Saved>(answer);
            }

            if (await ReadAsync(db, organisation, cancellationToken) is not { } file) return null;
            var session = new Session(db, file);
            var result = await edit(session);
            if (result is not EditResult.Saved saved || file.Added.Count + file.Removed.Count == 0) return result;

            db.AddRange(file.Added);
            db.RemoveRange(file.Removed);
            db.Inbox.AddRange(file.Messages.Select(
                message => InboxRow.For(CaseStore.MessageOf(message), clock.GetUtcNow())));
            db.Operations.Add(new OperationRow
            {
                Id = operation,
                InstanceId = "",
                SubStatus = "",
                Answer = JsonSerializer.Serialize(saved),
                At = clock.GetUtcNow(),
            });
            try
            {
                await session.SaveAsync(cancellationToken);
                if (file.Messages.Count > 0) wakeUp.Signal();
                return result;
            }
            catch (Exception failure) when (attempt < Attempts && db.Judge(failure).Kind == FailureKind.Conflict)
            {
            }
        }
    }

    /// <summary>
    /// The organisation with all that an edit may change, tracked: the organisation's row first, so that whatever
    /// somebody writes while the rest is read makes this edit start again.
    /// </summary>
    private static async Task<OrganisationFile?> ReadAsync(
        ConsultationDb db, OrganisationId id, CancellationToken cancellationToken)
    {
        if (!await db.Organisations.AnyAsync(row => row.Id == id, cancellationToken)) return null;
        var before = await DirectoryCache.ReadAsync(db, id, track: true, cancellationToken);
        return new(before, [.. db.CalendarDays.Local], [.. db.Set<MatterTag>().Local],
            [.. db.Set<HouseRule>().Local]);
    }

    private sealed class Session(ConsultationDb db, OrganisationFile file) : IOrganisationSession
    {
        private readonly List<(UnitId From, UnitId Into)> _moved = [];

        public OrganisationFile File => file;

        private OrganisationId Owner => file.Directory.Organisation.Id;

        public Task<DirectoryChange?> ChangeSinceAsync(
            string subject, long version, CancellationToken cancellationToken) =>
            db.Set<DirectoryChange>().AsNoTracking()
                .Where(row => row.OrganisationId == Owner && row.Subject == subject && row.Version > version)
                .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);

        public Task<bool> IsLogInNameTakenAsync(string userName, PersonId but, CancellationToken cancellationToken) =>
            db.People.IgnoreQueryFilters()
                .AnyAsync(one => one.UserName == userName && one.Id != but, cancellationToken);

        public async Task<IReadOnlyList<WorkTask>> TasksWaitingForAsync(
            PersonId person, CancellationToken cancellationToken) =>
            await db.Tasks
                .Where(task => task.OrganisationId == Owner && task.State == TaskState.Open
                    && task.Assignees.Any(seat => seat.PersonId == person && seat.Active && seat.Outcome == null))
                .OrderBy(task => task.DueAt == null).ThenBy(task => task.DueAt).ToListAsync(cancellationToken);

        public async Task<OpenWork> OpenWorkAsync(CancellationToken cancellationToken) => new(
            await db.Tasks.Where(task => task.OrganisationId == Owner && task.State == TaskState.Open)
                .ToListAsync(cancellationToken),
            await db.TrackedItems.Where(item => item.OrganisationId == Owner && item.ClosedAt == null)
                .ToListAsync(cancellationToken),
            await db.Meetings.Where(meeting => meeting.OrganisationId == Owner
                && meeting.State != MeetingState.Closed && meeting.State != MeetingState.CalledOff)
                .ToListAsync(cancellationToken));

        public async Task HandOverAsync(
            PersonId from, PersonId to, IReadOnlyCollection<WorkTask> tasks, CancellationToken cancellationToken)
        {
            var owner = Owner.Value;
            var (ids, leaving) = (tasks.ToDictionary(task => task.Id.Value), from.Value);
            var known = ids.Keys.ToList();
            foreach (var link in await db.ActionLinks
                .Where(link => link.OrganisationId == owner && known.Contains(link.TaskId))
                .ToListAsync(cancellationToken))
            {
                if (link.RevokedAt is null) link.TaskRevision = ids[link.TaskId].Revision;
                if (link.PersonId == leaving) db.Entry(link).Property(row => row.PersonId).CurrentValue = to.Value;
            }

            foreach (var mail in await db.Mails.Where(mail => mail.OrganisationId == owner
                && mail.PersonId == leaving && mail.State == MailState.Pending).ToListAsync(cancellationToken))
            {
                db.Entry(mail).Property(row => row.PersonId).CurrentValue = to.Value;
            }

            db.RemoveRange(await db.Sessions.Where(one => one.OrganisationId == Owner && one.PersonId == from)
                .ToListAsync(cancellationToken));
        }

        public async Task MoveUnitAsync(UnitId from, UnitId into, CancellationToken cancellationToken)
        {
            _moved.Add((from, into));
            foreach (var topic in await db.Topics.Where(topic => topic.OrganisationId == Owner && db.Cases.Any(
                one => one.OrganisationId == Owner && one.Id == topic.CaseId && one.ClosedAt == null))
                .ToListAsync(cancellationToken))
            {
                topic.MoveUnit(from, into);
            }
        }

        /// <summary>
        /// The organisation's row first: by then nobody else edits, and what is moved past the context is moved once.
        /// </summary>
        public async Task SaveAsync(CancellationToken cancellationToken)
        {
            await using var transaction = _moved.Count > 0
                ? await db.Database.BeginTransactionAsync(cancellationToken)
                : null;
            await db.SaveChangesAsync(cancellationToken);
            foreach (var (from, into) in _moved) await UnitColumns.MoveAsync(db, Owner, from, into, cancellationToken);
            if (transaction is not null) await transaction.CommitAsync(cancellationToken);
        }

        public async Task<IReadOnlyCollection<CaseId>> RestrictedAmongAsync(
            IReadOnlyCollection<CaseId> cases, CancellationToken cancellationToken) =>
            await db.Cases.Where(one => one.OrganisationId == Owner && cases.Contains(one.Id) && one.Restricted)
                .Select(one => one.Id).ToListAsync(cancellationToken);

        public async Task<DatedWork> DatedWorkAsync(CancellationToken cancellationToken)
        {
            var tasks = await db.Tasks.Where(
                task => task.OrganisationId == Owner && task.State == TaskState.Open && task.DueAt != null)
                .ToListAsync(cancellationToken);
            var items = await db.TrackedItems.Where(item => item.OrganisationId == Owner && item.ClosedAt == null)
                .ToListAsync(cancellationToken);
            var phases = await (
                from phase in db.PlanPhases
                join @case in db.Cases on new { phase.OrganisationId, Id = phase.CaseId } equals new
                {
                    @case.OrganisationId,
                    @case.Id,
                }
                where phase.OrganisationId == Owner && phase.LeftAt == null && @case.StartDate != null
                && @case.ClosedAt == null
                select new { Phase = phase, Start = @case.StartDate!.Value, @case.InstanceId })
                .ToListAsync(cancellationToken);
            var instances = tasks.Select(task => task.InstanceId)
                .Concat(phases.Select(one => one.InstanceId).OfType<string>()).Distinct().ToList();
            var timers = await db.Bookmarks.Where(row => instances.Contains(row.InstanceId) && row.DueAt != null)
                .ToListAsync(cancellationToken);
            var others = await db.Bookmarks
                .Where(row => row.DueAt != null
                    && db.Runs.Any(run => run.Id == row.InstanceId && run.OrganisationId == Owner))
                .ToListAsync(cancellationToken);
            return new(tasks, items, phases.ConvertAll(one => new DatedPhase(one.Phase, one.Start, one.InstanceId)),
                [.. timers.Union(others)]);
        }

        public Task<DirectoryImport?> FindImportAsync(Guid import, CancellationToken cancellationToken) =>
            db.Set<DirectoryImport>()
                .FirstOrDefaultAsync(row => row.OrganisationId == Owner && row.Id == import, cancellationToken);

        public Task<ApiKey?> FindApiKeyAsync(ApiKeyId id, CancellationToken cancellationToken) =>
            db.Set<ApiKey>()
                .FirstOrDefaultAsync(row => row.OrganisationId == Owner && row.Id == id, cancellationToken);

        public Task<AnnexFoot?> FindFootAsync(string key, CancellationToken cancellationToken) =>
            db.Set<AnnexFoot>()
                .FirstOrDefaultAsync(row => row.OrganisationId == Owner && row.Key == key, cancellationToken);
    }
}
