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

/// <summary>Reads what a person has in hand, for whoever merges two. Numbers only, whatever the case.</summary>
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
}
