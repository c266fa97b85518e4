using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Consultation.Cases.Calendar;

/// <summary>Somebody in an invitation.</summary>
/// <param name="Name">As others read it.</param>
/// <param name="Address">A valid mail address.</param>
public sealed record Invited(string Name, string Address);

/// <summary>
/// A meeting as calendar programs exchange it (RFC 5545, RFC 5546). A later invitation with the same <see cref="Uid"/>
/// and a higher <see cref="Sequence"/> moves the meeting in the calendar of whoever took the first.
/// </summary>
public sealed record MeetingInvitation
{
    /// <summary>Names the meeting for ever.</summary>
    public required Guid Uid { get; init; }

    /// <summary>How often the meeting was changed.</summary>
    public required int Sequence { get; init; }

    /// <summary>When this was written.</summary>
    public required DateTimeOffset Written { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>
    /// Begin and end; null for a meeting that stands in calendars as the whole day, because its hour is said in words.
    /// </summary>
    public (DateTimeOffset From, DateTimeOffset To)? Hours { get; init; }

    public required string Title { get; init; }
    public string Place { get; init; } = "";
    public string Description { get; init; } = "";

    /// <summary>
    /// Who hears of it when a calendar program answers; null: there is nobody, so that programs do not offer to answer.
    /// </summary>
    public Invited? Organiser { get; init; }

    /// <summary>The one to whom this copy goes: nobody learns the addresses of the others.</summary>
    public required Invited Attendee { get; init; }

    /// <summary>The meeting is called off, or the attendee is not needed any more.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>
    /// REQUEST asks to take part; CANCEL takes the meeting out of the calendar; PUBLISH only tells, where there is
    /// nobody to answer to.
    /// </summary>
    public string Method => IsCancelled ? "CANCEL" : Organiser is null ? "PUBLISH" : "REQUEST";

    /// <summary>
    /// The file. Times are UTC, so that no time zone's rules need to travel along; lines are folded at 75 bytes and end
    /// with CR LF.
    /// </summary>
    public string Write()
    {
        var calendar = new Ical.Net.Calendar { Method = Method, ProductId = "-//Consultation//Meetings//ZH" };
        calendar.Events.Add(Event());
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private CalendarEvent Event()
    {
        var meeting = new CalendarEvent
        {
            Uid = Uid.ToString("D"),
            Sequence = Sequence,
            DtStamp = Utc(Written),
            DtStart = Hours is { From: var from } ? Utc(from) : new CalDateTime(On),
            DtEnd = Hours is { To: var to } ? Utc(to) : new CalDateTime(On.AddDays(1)),
            Summary = OneLine(Title),
            Location = OneLine(Place),
            Description = Clean(Description.ReplaceLineEndings("\n"), keep: '\n'),
            Status = IsCancelled ? "CANCELLED" : "CONFIRMED",
        };
        if (Organiser is { } organiser)
        {
            meeting.Organizer = new Organizer($"mailto:{organiser.Address}") { CommonName = OneLine(organiser.Name) };
            meeting.Attendees.Add(new Attendee($"mailto:{Attendee.Address}")
            {
                CommonName = OneLine(Attendee.Name),
                Role = "REQ-PARTICIPANT",
                ParticipationStatus = "NEEDS-ACTION",
            });
        }

        if (IsCancelled) return meeting;
        meeting.Alarms.Add(new Alarm
        {
            Action = "DISPLAY",
            Description = OneLine(Title),
            Trigger = new Trigger(Duration.FromDays(-1)),
        });
        return meeting;
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, hasTime: true);

    /// <summary>The library escapes texts, but a line break in a name would begin a new line of the file.</summary>
    private static string OneLine(string text) => Clean(text.ReplaceLineEndings(" "), keep: ' ');

    private static string Clean(string text, char keep) =>
        new([.. text.Where(sign => sign == keep || !(char.IsControl(sign) || sign is '\u2028' or '\u2029'))]);
}
