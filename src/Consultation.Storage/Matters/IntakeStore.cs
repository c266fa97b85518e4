using System.Linq.Expressions;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Attachments;
using Consultation.Storage.Cases;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Matters;

/// <summary>Intakes in the database. A lost race starts again with fresh data.</summary>
internal sealed class IntakeStore(Database database, DirectoryCache directories, WakeUp wakeUp, TimeProvider clock)
    : IIntakeStore
{
    private const int Attempts = 8;

    public async Task<Intake<T>?> RunAsync<T>(
        OrganisationId organisation, string? operation, Func<IIntakeSession, Task<Intake<T>>> intake,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(organisation);
            if (await AnswerAsync<T>(db, operation, cancellationToken) is { } known) return known;
            if (await directories.FindAsync(db, organisation, cancellationToken) is not { } snapshot) return null;
            var now = clock.GetUtcNow();
            var session = new Session(db, snapshot, now);
            var result = await intake(session);
            if (result is not Intake<T>.Done done)
            {
                // The same operation may have been carried out since: then what it did is what was refused here.
                return await AnswerAsync<T>(db, operation, cancellationToken) ?? result;
            }

            if (operation is not null)
            {
                db.Operations.Add(new OperationRow
                {
                    Id = operation,
                    InstanceId = "",
                    SubStatus = "",
                    At = now,
                    Answer = JsonSerializer.Serialize(done.Answer),
                });
            }

            try
            {
                await session.SaveAsync(cancellationToken);
            }
            catch (Exception failure) when (attempt < Attempts && db.Judge(failure).Kind == FailureKind.Conflict)
            {
                continue;
            }

            wakeUp.Signal();
            return result;
        }
    }

    /// <summary>The answer that an operation got, or null.</summary>
    private static async Task<Intake<T>?> AnswerAsync<T>(
        ConsultationDb db, string? operation, CancellationToken cancellationToken) =>
        operation is not null
        && await db.Operations.AsNoTracking()
        .FirstOrDefaultAsync(row => row.Id == operation, cancellationToken) is { Answer: { } answer }
            ? new Intake<T>.Done(JsonSerializer.Deserialize<T>(answer)!)
            : null;

    /// <summary>
    /// The series of a year; made with its first number. One that this step has made is not in the database yet.
    /// </summary>
    internal static async Task<NumberSeries> SeriesOf(
        ConsultationDb db, OrganisationId organisation, string key, int year, CancellationToken cancellationToken) =>
        await db.NumberSeries.FindAsync([organisation, key, year], cancellationToken)
        ?? db.Add(new NumberSeries { OrganisationId = organisation, Key = key, Year = year }).Entity;

    private sealed class Session(ConsultationDb db, OrganisationSnapshot organisation, DateTimeOffset now)
        : IIntakeSession
    {
        public OrganisationSnapshot Organisation => organisation;

        private readonly List<(IReadOnlyList<MatterId> Leading, CaseId Case)> _moved = [];

        private OrganisationId Owner => organisation.Directory.Organisation.Id;

        public Task<NumberSeries> SeriesAsync(string key, int year, CancellationToken cancellationToken) =>
            SeriesOf(db, Owner, key, year, cancellationToken);

        public async Task<IReadOnlyList<Matter>> MattersAsync(
            IReadOnlyList<MatterId> ids, CancellationToken cancellationToken)
        {
            if (ids.Count == 0) return [];
            var found = await db.Matters.Where(row => row.OrganisationId == Owner && ids.Contains(row.Id))
                .ToListAsync(cancellationToken);
            return [.. ids.Select(id => found.Find(matter => matter.Id == id)).OfType<Matter>()];
        }

        public async Task<IReadOnlyList<T>> RowsAsync<T>(
            Expression<Func<T, bool>> which, CancellationToken cancellationToken)
            where T : class => await db.Set<T>().Where(which).ToListAsync(cancellationToken);

        public Task<int> CountAsync<T>(Expression<Func<T, bool>> which, CancellationToken cancellationToken)
            where T : class => db.Set<T>().CountAsync(which, cancellationToken);

        public void TakeMergedAlong(IReadOnlyList<MatterId> leading, CaseId caseId)
        {
            if (leading.Count > 0) _moved.Add((leading, caseId));
        }

        /// <summary>
        /// The leading matters first: their rows are locked by then, so that nobody merges into them in between.
        /// </summary>
        public async Task SaveAsync(CancellationToken cancellationToken)
        {
            await using var transaction = _moved.Count > 0
                ? await db.Database.BeginTransactionAsync(cancellationToken)
                : null;
            await db.SaveChangesAsync(cancellationToken);
            foreach (var (leading, @case) in _moved)
            {
                await db.Matters
                    .Where(row => row.OrganisationId == Owner && row.State == MatterState.Merged
                        && leading.Contains(row.MergedIntoId!.Value))
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.CaseId, (CaseId?)@case), cancellationToken);
            }

            if (transaction is null) return;
            await transaction.CommitAsync(cancellationToken);
            db.TellOfMail();
        }

        public void Guard(Matter matter) => db.Entry(matter).Property(row => row.State).IsModified = true;

        public Task<IReadOnlyList<Attachment>> FilesAsync(
            IReadOnlyList<UploadTicket> tickets, CancellationToken cancellationToken) =>
            UploadStore.LooseAsync(db, Owner, tickets, cancellationToken);

        public T Add<T>(T entity)
            where T : class => db.Add(entity).Entity;

        public void Remove<T>(T entity)
            where T : class => db.Remove(entity);

        public void Start(Case @case, IReadOnlyDictionary<string, object?> inputs)
        {
            // The run's id follows from the case: it starts once, however often the message is delivered.
            @case.InstanceId ??= InstanceId.For($"case:{@case.Id}").Value;
            db.Inbox.Add(InboxRow.For(
                new StimulusMessage.StartRun(@case.DefinitionId!)
                {
                    InstanceId = new InstanceId(@case.InstanceId),
                    Input = inputs,
                    CorrelationId = @case.Id.ToString(),
                    Name = @case.Title,
                },
                now));
        }
    }
}
