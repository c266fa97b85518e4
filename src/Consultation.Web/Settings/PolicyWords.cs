using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Web.Texts;

namespace Consultation.Web.Settings;

/// <summary>Reminder policies in a sentence.</summary>
internal static class PolicyWords
{
    /// <summary>"5 个工作日" or "30 天"; the text itself when it is not a duration.</summary>
    public static string Length(DeskTexts texts, string duration) => WorkingDuration.TryParse(duration, out var read)
        ? texts[read.Count == DayCount.WorkingDays ? "settings.working-days" : "settings.days", read.Days]
        : duration;

    /// <summary>
    /// The same for a field in which it is changed: as it is read again. Several stand one after another.
    /// </summary>
    public static string Typed(DeskTexts texts, string? durations) => DeskTexts.IsEnglish
        ? durations ?? ""
        : string.Join('、', WorkingDuration.Several(durations).Select(one => Length(texts, one)));

    /// <summary>What a policy does, in words.</summary>
    public static string Describe(DeskTexts texts, ReminderPolicy policy)
    {
        if (policy.AtMost == 0 || (policy.FirstBeforeDue is null && policy.EveryAfterDue is null))
        {
            return texts["settings.never"];
        }

        var parts = new List<string>();
        if (policy.FirstBeforeDue is { } first)
        {
            var spans = WorkingDuration.Several(first);
            parts.Add(texts[
                "settings.first", string.Join(texts["people.comma"], spans.Select(span => Length(texts, span)))]);
        }

        if (policy.EveryAfterDue is { } every)
        {
            parts.Add(texts["settings.every", Length(texts, every)]);
        }

        parts.Add(texts["settings.at-most", policy.AtMost]);
        parts.Add(texts[
            policy.WorkingDaysOnly ? "settings.hours-working" : "settings.hours", policy.FromHour, policy.ToHour]);
        return string.Join(texts["people.semicolon"], parts);
    }
}
