using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;

namespace Consultation.Activities.Escalation;

/// <summary>Ladders in words (O7, mail rules 6, 9). Pure.</summary>
internal static class LadderWords
{
    /// <summary>What happens when nobody answers, in a sentence (mail rule 6).</summary>
    public static LocalText Describe(EscalationLadder? ladder, ReminderPolicy? policy)
    {
        if (ladder is not { Rungs.Count: > 0 })
        {
            return policy is { AtMost: > 0 }
                ? new("逾期将继续提醒。", "Reminders follow.")
                : new("逾期将记录在案。", "It is recorded as overdue.");
        }

        return new(
            "逾期后" + string.Join("，", ladder.Rungs.Select(rung => $"{Words(rung.After, "zh")}{rung.Name.Zh}")) + "。",
            "When overdue: " + string.Join(
                "; ", ladder.Rungs.Select(rung => $"{rung.Name.For("en")} after {Words(rung.After, "en")}")) + ".");
    }

    /// <summary>The next rung, in words; empty when there is none.</summary>
    public static LocalText Next(EscalationLadder ladder, int rung)
    {
        if (rung >= ladder.Rungs.Count) return LocalText.Empty;
        var (name, after) = (ladder.Rungs[rung].Name, ladder.Rungs[rung].After);
        return new($"逾期{Words(after, "zh")}{name.Zh}", $"{name.For("en")} when overdue by {Words(after, "en")}");
    }

    private static string Words(string duration, string language) => WorkingDuration.TryParse(duration, out var read)
        ? (read.Count, language) switch
        {
            _ when read.Days == 0 => language == "en" ? "0 days" : "当日",
            (DayCount.WorkingDays, "en") => read.Days == 1 ? "1 working day" : $"{read.Days} working days",
            (DayCount.WorkingDays, _) => $"{read.Days}个工作日",
            (_, "en") => read.Days == 1 ? "1 day" : $"{read.Days} days",
            _ => $"{read.Days}天",
        }
        : duration;
}
