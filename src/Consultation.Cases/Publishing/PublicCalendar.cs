using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Consultation.Cases.Publishing;

/// <summary>A published meeting as calendar programs subscribe to it.</summary>
/// <param name="Id">The publication.</param>
/// <param name="Title">Its public title.</param>
/// <param name="Place">The place, where it is public.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="Sequence">How often it was changed.</param>
/// <param name="IsCalledOff">It does not take place.</param>
/// <param name="Address">Where it is read.</param>
/// <param name="ChangedAt">When it changed last.</param>
public sealed record PublicMeetingEvent(
    Guid Id, string Title, string? Place, DateTimeOffset From, DateTimeOffset To, int Sequence, bool IsCalledOff,
    string Address, DateTimeOffset ChangedAt);

/// <summary>Published meetings as one calendar file (RFC 5545).</summary>
public static class PublicCalendar
{
    /// <summary>The file; times are UTC.</summary>
    public static string Write(string name, IEnumerable<PublicMeetingEvent> meetings)
    {
        var calendar = new Ical.Net.Calendar { Method = "PUBLISH", ProductId = "-//Consultation//Public//ZH" };
        calendar.AddProperty("X-WR-CALNAME", OneLine(name));
        foreach (var meeting in meetings)
        {
            calendar.Events.Add(new CalendarEvent
            {
                Uid = meeting.Id.ToString("D"),
                Sequence = meeting.Sequence,
                DtStamp = Utc(meeting.ChangedAt),
                DtStart = Utc(meeting.From),
                DtEnd = Utc(meeting.To),
                Summary = OneLine(meeting.Title),
                Location = OneLine(meeting.Place ?? ""),
                Url = new Uri(meeting.Address),
                Status = meeting.IsCalledOff ? "CANCELLED" : "CONFIRMED",
            });
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, hasTime: true);

    private static string OneLine(string text) =>
        new([.. text.ReplaceLineEndings(" ").Where(sign => !char.IsControl(sign))]);
}
