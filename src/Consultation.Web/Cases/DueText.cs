using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Web.Layout;
using Consultation.Web.Texts;

namespace Consultation.Web.Cases;

/// <summary>Says how late something is, in words and as a level. Pure.</summary>
internal static class DueText
{
    /// <summary>The level at an instant: due soon within two calendar days; nothing that rests is late.</summary>
    public static Lateness Level(
        DateTimeOffset? dueAt, DateTimeOffset? closedAt, DateTimeOffset now, bool rests = false) =>
        (dueAt, closedAt) switch
        {
            (_, not null) => Lateness.Done,
            _ when rests => Lateness.Suspended,
            (null, _) => Lateness.NoDate,
            _ when TaskLateness.IsLate(dueAt, now) => Lateness.Late,
            _ when TaskLateness.IsSoon(dueAt, now) => Lateness.DueSoon,
            _ => Lateness.OnTime,
        };

    /// <summary>"逾期 3 天", "今天到期", "还有 5 天"; null when there is nothing to say.</summary>
    public static string? Words(DeskTexts texts, DateTimeOffset? dueAt, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (dueAt is not { } due)
        {
            return null;
        }

        var calendar = new WorkingCalendar([], zone);
        var days = calendar.DayOf(due).DayNumber - calendar.DayOf(now).DayNumber;
        return days switch
        {
            < 0 => texts["due.late", -days],
            0 when due < now => texts["due.late-today"],
            0 => texts["due.today"],
            1 => texts["due.tomorrow"],
            _ => texts["due.days", days],
        };
    }
}
