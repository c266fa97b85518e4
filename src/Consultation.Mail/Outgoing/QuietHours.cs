namespace Consultation.Mail.Outgoing;

/// <summary>Hours of the day in which reminders may be sent (mail rule 8), in the organisation's own time.</summary>
/// <param name="FromHour">First hour, 0–23.</param>
/// <param name="ToHour">First hour no longer, 1–24, later than <paramref name="FromHour"/>.</param>
/// <param name="WorkingDaysOnly">Only on working days.</param>
/// <param name="Zone">The organisation's time zone.</param>
public sealed record QuietHours(int FromHour, int ToHour, bool WorkingDaysOnly, TimeZoneInfo Zone)
{
    /// <summary>
    /// The first instant at or after <paramref name="wanted"/> at which a mail may leave. Looks a year ahead at most; a
    /// calendar without any working day does not hold mail back for ever.
    /// </summary>
    /// <param name="wanted">When the mail was to be sent.</param>
    /// <param name="isWorkingDay">The organisation's calendar.</param>
    public DateTimeOffset Next(DateTimeOffset wanted, Func<DateOnly, bool> isWorkingDay)
    {
        var local = TimeZoneInfo.ConvertTime(wanted, Zone);
        var first = DateOnly.FromDateTime(local.DateTime);
        for (var ahead = 0; ahead < 366; ahead++)
        {
            var day = first.AddDays(ahead);
            var late = ahead == 0 && local.Hour >= ToHour;
            if (late || (WorkingDaysOnly && !isWorkingDay(day)))
            {
                continue;
            }

            return ahead == 0 && local.Hour >= FromHour ? wanted : Start(day);
        }

        return wanted;
    }

    private DateTimeOffset Start(DateOnly day)
    {
        var time = day.ToDateTime(new TimeOnly(FromHour, 0));
        return new DateTimeOffset(time, Zone.GetUtcOffset(time));
    }
}
