using System.Text.Json.Serialization;
using static Consultation.Cases.Calendar.IsoDay;

namespace Consultation.Cases.Calendar;

/// <summary>
/// What a due time was computed from: a duration and the day it counts from. Kept with the task and its timer, so that
/// a calendar edit, a suspension or a moved meeting can show and move what it affects.
/// </summary>
/// <param name="Within">The duration; negative before a meeting.</param>
/// <param name="From">The day it counts from.</param>
/// <param name="RestedDays">Working days by which it was put off because the case rested (O14).</param>
/// <param name="PassedOn">
/// The day on which the planned day had passed already, so that it became the next working day; null when it had not.
/// </param>
/// <param name="Meeting">
/// The meeting whose day <paramref name="From"/> is; null for what counts from another day.
/// </param>
public sealed record DueBasis(
    WorkingDuration Within, DateOnly From, int RestedDays = 0, DateOnly? PassedOn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MeetingId? Meeting = null)
{
    /// <summary>
    /// The due time under a calendar: end of the working day. What comes before a meeting is not put off beyond its
    /// day.
    /// </summary>
    public DateTimeOffset Due(WorkingCalendar calendar)
    {
        var due = calendar.DueAfter(From, Within);
        if (RestedDays == 0) return due;
        var putOff = calendar.Shift(due, new WorkingDuration(RestedDays, DayCount.WorkingDays));
        var day = calendar.At(From, new TimeOnly(18, 0));
        return Meeting is not null && Within.Days < 0 && putOff > day ? day : putOff;
    }

    /// <summary>The same span from the day to which the meeting was moved.</summary>
    public DueBasis MovedTo(DateOnly day) => this with { From = day, RestedDays = 0, PassedOn = null };

    /// <summary>Of something put off by so many more working days.</summary>
    public DueBasis PutOff(int workingDays) => this with { RestedDays = RestedDays + workingDays };

    /// <summary>True when both count the same time from the same day, whatever happened to them since.</summary>
    public bool CountsLike(DueBasis? other) => other is not null && other.Within == Within
        && other.From == From && other.Meeting == Meeting;

    /// <summary>For people: "自2026-03-01起 5 个工作日".</summary>
    public LocalText Describe()
    {
        var (zh, en) = Within.Count == DayCount.WorkingDays
            ? ("个工作日", Math.Abs(Within.Days) == 1 ? "working day" : "working days")
            : ("天", Math.Abs(Within.Days) == 1 ? "day" : "days");
        var (rested, restedEn) = RestedDays == 0
            ? ("", "")
            : ($"，因协商暂停顺延 {RestedDays} 个工作日", $", put off for a suspension by {RestedDays} working days");
        var (passed, passedEn) = PassedOn is not { } day
            ? ("", "")
            : ($"；{Iso(day)} 时已过这一天，改为下一个工作日", $"; that day had passed on {Iso(day)}, so the next working day");
        return Meeting is null
            ? new(
                $"自 {Iso(From)} 起 {Within.Days} {zh}{rested}{passed}",
                $"{Within.Days} {en} from {Iso(From)}{restedEn}{passedEn}")
            : Within.Days == 0 ? new($"会议当天（{Iso(From)}）{rested}{passed}",
                $"the day of the meeting, {Iso(From)}{restedEn}{passedEn}")
            : new(
                $"会议 {Iso(From)} {(Within.Days < 0 ? "前" : "后")} {Math.Abs(Within.Days)} {zh}{rested}{passed}",
                $"{Math.Abs(Within.Days)} {en} {(Within.Days < 0 ? "before" : "after")} the meeting on "
                    + $"{Iso(From)}{restedEn}{passedEn}");
    }
}
