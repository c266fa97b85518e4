using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Cases.Workflows;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Work;

/// <summary>When something is due, and what that was computed from (O4).</summary>
/// <param name="At">The instant.</param>
/// <param name="Basis">What it was computed from.</param>
internal sealed record DueTime(DateTimeOffset At, DueBasis Basis)
{
    /// <summary>
    /// Due so long after now, or after the plan's start; null when no duration is given. A planned day that has passed
    /// already becomes the next working day, and the basis says so.
    /// </summary>
    /// <param name="text">The duration, e.g. "5wd".</param>
    /// <param name="from">What it counts from: one of <see cref="CountedFrom"/>.</param>
    /// <param name="file">The case.</param>
    /// <param name="planShift">Working days by which changes of the plan moved what counts from its start
    /// (P70).</param>
    /// <param name="now">The instant.</param>
    public static DueTime? Compute(string? text, string from, CaseFile file, int planShift, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (from == CountedFrom.Meeting)
        {
            var (due, counted) = DueTimes.OfMeeting(ReadSpan(text, file), MeetingOf(file), file.Calendar, now);
            return new DueTime(due, counted);
        }

        var duration = Read(text, file);
        var today = file.Calendar.DayOf(now);
        if (from != CountedFrom.PlanStart || file.Case.StartDate is not { } start)
        {
            return new DueTime(file.Calendar.DueAfter(now, duration), new DueBasis(duration, today));
        }

        var day = file.Calendar.Add(start, duration);
        if (planShift != 0)
        {
            day = file.Calendar.Move(day, planShift);
            duration = new WorkingDuration(
                Math.Max(0, file.Calendar.WorkingDaysBetween(start, day)), DayCount.WorkingDays);
        }

        var basis = new DueBasis(duration, start);
        if (file.Case.RestedDays is > 0 and var rested)
        {
            day = file.Calendar.Add(day, new WorkingDuration(rested, DayCount.WorkingDays));
            basis = basis.PutOff(rested);
        }

        var at = file.Calendar.At(day, EndOfDay);
        return at > now ? new DueTime(at, basis) : NextWorkday(basis, file, now);
    }

    /// <summary>
    /// Due so long after an earlier moment; a moment that has passed already becomes the next working day, and the
    /// basis says so.
    /// </summary>
    public static DueTime After(DateTimeOffset from, string text, CaseFile file, DateTimeOffset now)
    {
        var duration = Read(text, file);
        var basis = new DueBasis(duration, file.Calendar.DayOf(from));
        var at = file.Calendar.DueAfter(from, duration);
        return at > now ? new DueTime(at, basis) : NextWorkday(basis, file, now);
    }

    /// <summary>The duration, or that of the rule which is named, or a fault that says how to write one.</summary>
    public static WorkingDuration Read(string text, CaseFile file) =>
        WorkingDuration.TryParse(file.Policies.Rules.Read(text), out var duration)
        ? duration
        : throw new ActivityFaultException(
            $"“{text}”不是有效的期限，请写 5wd（工作日）、30d（自然日）或 rule:verify（单位规则） / \"{text}\" is not a duration; write "
                + "5wd (working days), 30d (calendar days) or rule:verify (a rule of the organisation).",
            code: "bad-duration");

    /// <summary>
    /// A duration that may lead back from the day of a meeting, or a fault that says how to write one.
    /// </summary>
    public static WorkingDuration ReadSpan(string text, CaseFile file) =>
        WorkingDuration.TryParseSpan(file.Policies.Rules.Read(text), out var span)
        ? span
        : throw new ActivityFaultException(
            $"“{text}”不是有效的期限，请写 -3wd（会前 3 个工作日）或 5wd（会后） / \"{text}\" is not a span; write -3wd (working days "
                + "before the meeting) or 5wd (after it).",
            code: "bad-duration");

    /// <summary>The meeting that the case waits for, or a fault that says what is missing.</summary>
    public static Meeting MeetingOf(CaseFile file) => file.Meeting ?? throw new ActivityFaultException(
        "协商事项还没有安排会议，请在前面加上“安排会议” / The case has no meeting yet; put a PlanMeeting before this node.",
        code: "no-meeting");

    /// <summary>The end of an office day.</summary>
    public static TimeOnly EndOfDay => new(18, 0);

    /// <summary>When reminders and notices go out.</summary>
    public static TimeOnly Morning => new(9, 0);

    /// <summary>An instant for people, in the organisation's zone.</summary>
    public static LocalText Show(DateTimeOffset at, WorkingCalendar calendar)
    {
        var words = MailWords.Of(TimeZoneInfo.ConvertTime(at, calendar.Zone).DateTime);
        return new(words.Zh, words.En);
    }

    private static DueTime NextWorkday(DueBasis basis, CaseFile file, DateTimeOffset now) => new(
        file.Calendar.DueAfter(now, new WorkingDuration(1, DayCount.WorkingDays)), basis with
        {
            PassedOn = file.Calendar.DayOf(now),
        });
}
