using Consultation.Cases.Calendar;

namespace Consultation.Cases.Tasks;

/// <summary>Where something overdue stands on its ladder (mail rule 9, O7).</summary>
/// <param name="Reached">Number of the rung reached, 0 for none.</param>
/// <param name="Rung">That rung, or null.</param>
/// <param name="Next">The next rung, or null at the top.</param>
/// <param name="NextAt">When the next rung is reached, or null at the top.</param>
public sealed record LadderPosition(int Reached, EscalationRung? Rung, EscalationRung? Next, DateTimeOffset? NextAt)
{
    /// <summary>The position at an instant. A rung whose delay cannot be read is skipped.</summary>
    public static LadderPosition Of(
        EscalationLadder ladder, DateTimeOffset dueAt, WorkingCalendar calendar, DateTimeOffset now)
    {
        var reached = 0;
        for (var i = 0; i < ladder.Rungs.Count; i++)
        {
            if (RungAt(ladder.Rungs[i], dueAt, calendar) is not { } at)
            {
                continue;
            }

            if (now < at)
            {
                return new(reached, reached == 0 ? null : ladder.Rungs[reached - 1], ladder.Rungs[i], at);
            }

            reached = i + 1;
        }

        return new(reached, reached == 0 ? null : ladder.Rungs[reached - 1], null, null);
    }

    /// <summary>
    /// True when the assignees get a formal notice on that day: a reminder on top of it would be one mail too many.
    /// </summary>
    public static bool WarnsOn(
        EscalationLadder? ladder, DateTimeOffset dueAt, DateOnly day, WorkingCalendar calendar) =>
        ladder?.Rungs.Exists(rung => rung.TellsAssignees && RungAt(rung, dueAt, calendar) is { } at
            && calendar.DayOf(at) == day) == true;

    /// <summary>When a rung is reached; null when its delay cannot be read.</summary>
    public static DateTimeOffset? RungAt(EscalationRung rung, DateTimeOffset dueAt, WorkingCalendar calendar) =>
        WorkingDuration.TryParse(rung.After, out var after) ? calendar.Shift(dueAt, after) : null;
}
