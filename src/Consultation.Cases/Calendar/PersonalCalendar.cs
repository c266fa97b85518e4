using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Consultation.Cases.Calendar;

/// <summary>A meeting in somebody's calendar.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="IsOver">It is called off, or the person has no seat at it any more.</param>
/// <param name="IsRestricted">A restricted case is consulted on: only the hours are shown (O15).</param>
public sealed record PersonalMeeting(Meeting Meeting, bool IsOver, bool IsRestricted);

/// <summary>The due day of a task that somebody owes an answer to.</summary>
/// <param name="Task">The task.</param>
/// <param name="For">For whom the person acts in it; null in the own place.</param>
/// <param name="IsRestricted">Its case is restricted: only the number is shown.</param>
public sealed record PersonalTask(WorkTask Task, LocalText? For, bool IsRestricted);

/// <summary>
/// What somebody subscribes to: the own meetings, under the same UID and SEQUENCE as in the mailed notices, and the due
/// days of the own open tasks. Links lead to pages that ask for sign-in; nothing in it decides anything.
/// </summary>
public sealed record PersonalCalendar
{
    /// <summary>The organisation, by which calendar programs call it.</summary>
    public required LocalText Organisation { get; init; }

    /// <summary>Whose.</summary>
    public required string Person { get; init; }

    /// <summary>"zh" or "en".</summary>
    public required string Language { get; init; }

    /// <summary>The organisation's days.</summary>
    public required WorkingCalendar Days { get; init; }

    /// <summary>Where pages are reached, without a slash at its end.</summary>
    public required string Desk { get; init; }

    public IReadOnlyList<PersonalMeeting> Meetings { get; init; } = [];
    public IReadOnlyList<PersonalTask> Tasks { get; init; } = [];

    /// <summary>
    /// The newest instant that it knows of; what has gone since leaves no trace here, so the text itself says whether
    /// it changed.
    /// </summary>
    public DateTimeOffset LastChanged => Meetings.Select(one => WrittenAt(one.Meeting))
        .Concat(Tasks.Select(one => one.Task.OpenedAt)).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();

    /// <summary>The file; the same for the same content, whenever it is written.</summary>
    public string Write()
    {
        var calendar = new Ical.Net.Calendar { Method = "PUBLISH", ProductId = "-//Consultation//Calendar//ZH" };
        calendar.AddProperty(new CalendarProperty("X-WR-CALNAME", Line(Name)));
        calendar.AddProperty(new CalendarProperty("X-PUBLISHED-TTL", "PT1H"));
        foreach (var meeting in Meetings) calendar.Events.Add(EventOf(meeting));
        foreach (var task in Tasks.Where(one => one.Task.DueAt is not null)) calendar.Events.Add(EventOf(task));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private CalendarEvent EventOf(PersonalMeeting one)
    {
        var meeting = one.Meeting;
        var shown = new CalendarEvent
        {
            Uid = meeting.Id.Value.ToString("D"),
            Sequence = meeting.Sequence,
            DtStamp = Utc(WrittenAt(meeting)),
            DtStart = Utc(meeting.Begins(Days)),
            DtEnd = Utc(meeting.Ends(Days)),
            Summary = one.IsRestricted ? In("协商会议（限制查阅）", "Consultation meeting (restricted)") : Line(meeting.Title),
            Status = one.IsOver ? "CANCELLED" : "CONFIRMED",
            Description = About($"{Desk}/meetings/{meeting.Id.Value:D}"),
            Url = new Uri($"{Desk}/meetings/{meeting.Id.Value:D}"),
        };
        if (!one.IsRestricted) shown.Location = Line(meeting.Place);
        return shown;
    }

    private CalendarEvent EventOf(PersonalTask one)
    {
        var task = one.Task;
        var (due, page) = (task.DueAt!.Value, $"{Desk}/tasks/{task.Id.Value:D}");
        var title = one.IsRestricted
            ? In("协商任务（限制查阅）", "Task (restricted)")
            : task.Title.For(Language);
        var time = TimeZoneInfo.ConvertTime(due, Days.Zone);
        var acting = one.For is { } why ? $"\n{why.For(Language)}" : "";
        return new CalendarEvent
        {
            Uid = $"task-{task.Id.Value:D}",
            Sequence = task.Revision,
            DtStamp = Utc(task.OpenedAt),
            DtStart = new CalDateTime(Days.DayOf(due)),
            DtEnd = new CalDateTime(Days.DayOf(due).AddDays(1)),
            Summary = Line(In($"到期：{title}（{task.Number}）", $"Due: {title} ({task.Number})")),
            Description = About(page, In($"办理时限 {time:HH:mm}", $"Due at {time:HH:mm}") + acting),
            Url = new Uri(page),
            // A due day takes no time of the person's.
            Transparency = TransparencyType.Transparent,
        };
    }

    private string About(string page, string before = "")
    {
        var words = In(
            "打开需要登录；没有账户的，请用邮件或短信里的链接。",
            "Opening it asks for sign-in; without an account use the link in the mail or message.");
        return $"{before}\n{page}\n{words}".Trim();
    }

    private static DateTimeOffset WrittenAt(Meeting meeting) => meeting.NoticedAt ?? meeting.PlannedAt;

    private string Name => In($"{Organisation.Zh}协商日程（{Person}）", $"{Organisation.For("en")}: {Person}");

    private string In(string zh, string en) => Language == "en" ? en : zh;

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, hasTime: true);

    /// <summary>The library escapes texts, but a line break in a name would begin a new line of the file.</summary>
    private static string Line(string text) => new(
        [.. text.ReplaceLineEndings(" ").Where(sign => !(char.IsControl(sign) || sign is '\u2028' or '\u2029'))]);
}
