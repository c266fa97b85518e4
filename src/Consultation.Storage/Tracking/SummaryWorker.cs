using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Consultation.Storage.Matters;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Tracking;

/// <summary>
/// Files the weekly summary (O7) of each organisation under its number and sends it to the leading group: on the first
/// working day of a week, once, however many processes run this on one database. A week without anything to report
/// takes no number and sends nothing.
/// </summary>
public sealed class SummaryWorker(
    Database database, DirectoryCache directories, IUseCaseMail mail, TimeProvider clock, ILogger<SummaryWorker> log)
    : TurnWorker(TimeSpan.FromMinutes(10), clock)
{
    /// <summary>Looks through all organisations; answers how many got their summary now.</summary>
    public override async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var organisations = await db.Organisations.AsNoTracking().Select(row => row.Id).ToListAsync(cancellationToken);
        var sent = 0;
        foreach (var organisation in organisations)
        {
            if (await SendAsync(organisation, cancellationToken)) sent++;
        }

        return sent;
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => log.SummaryFailed(failure);

    private async Task<bool> SendAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var now = Clock.GetUtcNow();
        if (await directories.FindAsync(db, organisation, cancellationToken) is not { } snapshot
            || WeeklySummary.DueOn(snapshot.Calendar, now) is not { } monday)
        {
            return false;
        }

        var operation = string.Create(
            CultureInfo.InvariantCulture, $"summary:{organisation.Value:N}:{monday:yyyy-MM-dd}");
        if (await db.Operations.AnyAsync(row => row.Id == operation, cancellationToken)) return false;

        var tasks = await TasksAsync(db, organisation, cancellationToken);
        if (tasks.Count > 0)
        {
            var series = await IntakeStore.SeriesOf(
                db, organisation, WeeklySummary.Series, snapshot.Calendar.DayOf(now).Year, cancellationToken);
            var document = WeeklySummary.File(tasks, snapshot.Directory, snapshot.Calendar, series.Take(), now);
            db.Add(document);
            foreach (var one in mail.Summary(snapshot, tasks, document, now)) db.Add(one);
        }

        db.Operations.Add(new OperationRow { Id = operation, InstanceId = "", SubStatus = "", At = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return tasks.Count > 0;
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // Another process was quicker.
            return false;
        }
    }

    private static async Task<IReadOnlyList<SummarisedTask>> TasksAsync(
        ConsultationDb db, OrganisationId organisation, CancellationToken cancellationToken)
    {
        var tasks = await db.Tasks.AsNoTracking()
            .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open
                && task.SummarisedFrom != null)
            .ToListAsync(cancellationToken);
        var ids = tasks.Select(task => task.CaseId).Distinct().ToList();
        var cases = await db.Cases.AsNoTracking()
            .Where(row => row.OrganisationId == organisation && ids.Contains(row.Id) && row.State == CaseState.Open)
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        var items = await db.TrackedItems.AsNoTracking()
            .Where(row => row.OrganisationId == organisation && ids.Contains(row.CaseId))
            .ToListAsync(cancellationToken);
        return WeeklySummary.Order(tasks.Where(task => cases.ContainsKey(task.CaseId)).Select(task =>
            new SummarisedTask(task, cases[task.CaseId], items.Find(item => item.Id == task.TrackedItemId))));
    }
}
