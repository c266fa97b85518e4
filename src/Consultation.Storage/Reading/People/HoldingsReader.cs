using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.People;

/// <summary>What a person has in hand.</summary>
/// <param name="Tasks">Numbers of open tasks that wait for the person.</param>
/// <param name="Meetings">Meetings to come at which the person has a seat or a part.</param>
/// <param name="Items">Numbers of open items that the person works on or supervises.</param>
/// <param name="Past">Tasks that the person answered or was asked in; they keep the name.</param>
public sealed record Holdings(
    IReadOnlyList<string> Tasks, IReadOnlyList<string> Meetings, IReadOnlyList<string> Items, int Past)
{
    /// <summary>All that is open.</summary>
    public int Total => Tasks.Count + Meetings.Count + Items.Count;
}

/// <summary>What names a unit, counted.</summary>
/// <param name="Tasks">Open tasks with a seat held for the unit.</param>
/// <param name="Items">Open items that it carries out, assigned, follows or helps with.</param>
/// <param name="Cases">Cases of which it is platform, committee or work group, or whose topic names it first.</param>
/// <param name="Matters">Matters that are with it or were passed to it.</param>
/// <param name="Meetings">Meetings to come in its hall.</param>
public sealed record UnitHoldings(int Tasks, int Items, int Cases, int Matters, int Meetings);

/// <summary>
/// Reads what a person or a unit has in hand, for whoever merges two. Numbers only, whatever the case.
/// </summary>
public sealed class HoldingsReader(Database database)
{
    private const int Most = 200;

    /// <summary>What the person has in hand now.</summary>
    public async Task<Holdings> OfAsync(
        OrganisationId organisation, PersonId person, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var tasks = db.Tasks.AsNoTracking().Where(task => task.OrganisationId == organisation);
        var open = await tasks.Where(task => task.State == TaskState.Open
                && task.Assignees.Any(seat => seat.PersonId == person && seat.Active && seat.Outcome == null))
            .OrderBy(task => task.Number).Take(Most).Select(task => task.Number).ToListAsync(cancellationToken);
        var past = await tasks.CountAsync(
            task => task.Assignees.Any(seat => seat.PersonId == person && (seat.Outcome != null || !seat.Active)),
            cancellationToken);
        var meetings = await db.Meetings.AsNoTracking().Where(meeting => meeting.OrganisationId == organisation
                && meeting.State != MeetingState.Closed && meeting.State != MeetingState.CalledOff
                && (meeting.OrganiserId == person || meeting.HostId == person || meeting.RecorderId == person
                    || meeting.PhotographerId == person
                    || meeting.Seats.Any(seat => seat.PersonId == person && seat.RemovedIn == null)))
            .OrderBy(meeting => meeting.On).Take(Most).Select(meeting => meeting.On).ToListAsync(cancellationToken);
        var items = await db.TrackedItems.AsNoTracking().Where(item => item.OrganisationId == organisation
                && item.ClosedAt == null && (item.UndertakerId == person || item.SupervisorId == person))
            .OrderBy(item => item.Number).Take(Most).Select(item => item.Number).ToListAsync(cancellationToken);
        return new(
            open, meetings.ConvertAll(day => $"{day:yyyy-MM-dd}"), items.ConvertAll(number => $"#{number}"), past);
    }

    /// <summary>What names the unit now.</summary>
    public async Task<UnitHoldings> OfAsync(
        OrganisationId organisation, UnitId unit, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return new(
            await db.Tasks.CountAsync(task => task.OrganisationId == organisation && task.State == TaskState.Open
                && task.Assignees.Any(seat => seat.Active && seat.UnitId == unit), cancellationToken),
            await db.TrackedItems.CountAsync(item => item.OrganisationId == organisation && item.ClosedAt == null
                && (item.UndertakingUnitId == unit || item.AssigningUnitId == unit || item.ResponsibleOfficeId == unit
                    || item.CoUnits.Any(one => one.UnitId == unit)), cancellationToken),
            await db.Cases.CountAsync(one => one.OrganisationId == organisation
                && (one.PlatformId == unit || one.CommitteeId == unit || one.WorkGroupId == unit
                    || db.Topics.Any(topic => topic.OrganisationId == organisation && topic.CaseId == one.Id
                        && topic.LeadUnitId == unit)), cancellationToken),
            await db.Matters.CountAsync(matter => matter.OrganisationId == organisation
                && (matter.PlatformId == unit || matter.PassedToId == unit), cancellationToken),
            await db.Meetings.CountAsync(meeting => meeting.OrganisationId == organisation && meeting.HallId == unit
                && meeting.State != MeetingState.Closed && meeting.State != MeetingState.CalledOff,
                cancellationToken));
    }
}
