using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Rehearsals;

/// <summary>All that a play left behind.</summary>
public sealed record PlayedRows(
    Case Case, bool IsRunning, IReadOnlyList<WorkTask> Tasks, IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<OutgoingMail> Mails, IReadOnlyList<CaseDocument> Documents, IReadOnlyList<Meeting> Meetings,
    IReadOnlyList<IncidentRow> Incidents, IReadOnlyList<CalendarDay> Days);

/// <summary>Reads in the database of a rehearsal what a play is steered by and what became of it.</summary>
public sealed class PlayRows(Database database)
{
    /// <summary>The case as it stands.</summary>
    public async Task<Case> CaseAsync(OrganisationId organisation, CaseId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Cases.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>Sends the people on leave for the play.</summary>
    public async Task SendOnLeaveAsync(
        OrganisationId organisation, IReadOnlyDictionary<PersonId, (DateTimeOffset From, DateTimeOffset Until)> leave,
        CancellationToken cancellationToken)
    {
        if (leave.Count == 0) return;
        await using var db = database.ForOrganisation(organisation);
        var ids = leave.Keys.ToList();
        foreach (var person in await db.People.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken))
        {
            (person.AbsentFrom, person.AbsentUntil) = leave[person.Id];
        }

        (await db.Organisations.SingleAsync(cancellationToken)).DirectoryVersion++;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Incidents that nobody took up, newest last.</summary>
    public async Task<int> OpenIncidentsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Incidents.CountAsync(row => row.ResolvedAt == null, cancellationToken);
    }

    /// <summary>Everything of the play.</summary>
    public async Task<PlayedRows> AllAsync(
        OrganisationId organisation, CaseId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var file = await db.Cases.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        return new(
            file,
            await db.Runs.AnyAsync(
                row => row.Id == file.InstanceId && row.Status == "Running", cancellationToken),
            await db.Tasks.AsNoTracking().Where(row => row.CaseId == id).ToListAsync(cancellationToken),
            await db.History.AsNoTracking().Where(row => row.CaseId == id).ToListAsync(cancellationToken),
            await db.Mails.AsNoTracking().ToListAsync(cancellationToken),
            await db.Documents.AsNoTracking().Where(row => row.CaseId == id).ToListAsync(cancellationToken),
            await db.Meetings.AsNoTracking().ToListAsync(cancellationToken),
            await db.Incidents.AsNoTracking().Where(row => row.ResolvedAt == null).ToListAsync(cancellationToken),
            await db.CalendarDays.AsNoTracking().ToListAsync(cancellationToken));
    }
}
