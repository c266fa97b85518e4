using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Engine.Running;

namespace Consultation.Activities.Work;

/// <summary>
/// The days that somebody outside has for an answer, counted from the day on which it was asked for: an edited calendar
/// moves the end.
/// </summary>
internal static class AnswerSpan
{
    /// <summary>Tag of the timer of the morning after the last day.</summary>
    public const string EndTag = "until";

    private const string Within = "within", Since = "since";

    /// <summary>Begins today; answers the last day.</summary>
    public static DateOnly Begin(ActivityContext context, CaseFile file, WorkingDuration within)
    {
        var today = file.Calendar.DayOf(context.Now);
        context.SetProperty(Within, within.ToString());
        context.SetProperty(Since, today.ToString("O", CultureInfo.InvariantCulture));
        return file.Calendar.Add(today, within);
    }

    /// <summary>Sets the timer of its end, the morning after the last day.</summary>
    public static void SetEnd(ActivityContext context, CaseFile file, DateOnly last)
    {
        var (within, since) = (
            DueTime.Read((string)context.GetProperty(Within)!, file),
            FormValues.Day((string)context.GetProperty(Since)!)!.Value);
        TaskClock.Set(context, EndTag, file.Calendar.At(last.AddDays(1), TimeOnly.MinValue),
            new TimerBasis.WorkingDay(within, since));
    }
}
