using Consultation.Cases.Calendar;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Web.Texts;

namespace Consultation.Web.Settings;

/// <summary>Rules and reminder policies in words.</summary>
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

    /// <summary>The value of a rule in words.</summary>
    public static string Value(DeskTexts texts, RuleKind rule, string value) => rule.Form switch
    {
        RuleForm.Limit => Length(texts, value),
        RuleForm.Span => Span(texts, value),
        RuleForm.Hours when HotlineTimes.Hours(value) is { } hours => texts["settings.hours-long", hours],
        RuleForm.Hours => Length(texts, value),
        RuleForm.Choice when rule.Options.FirstOrDefault(one => one.Key == value) is { } option =>
            texts.Of(option.Label),
        RuleForm.Minimums when MeetingRules.ReadMinimums(value) is { } least => string.Join(
            texts["people.semicolon"], least.Select(one => texts["settings.at-least", string.Join(
                texts["settings.or"], MeetingRules.ClassesOf(one.Key).Select(key => texts.Of(SeatClasses.NameOf(key)))),
                one.Value])),
        _ => value,
    };

    /// <summary>Whose value it is: the organisation's own, the plan's, or the product's.</summary>
    public static string Origin(DeskTexts texts, RuleKind rule, RuleSet rules) => rules.Own.ContainsKey(rule.Key)
        ? texts["settings.rule-own", Value(texts, rule, rule.Default)]
        : texts.Of(rule.IsFromPlan ? RuleCatalogue.FromPlan : RuleCatalogue.Note);

    private static string Span(DeskTexts texts, string value)
    {
        if (!WorkingDuration.TryParseSpan(value, out var read)) return value;
        if (read.Days == 0) return texts["settings.on-the-day"];
        var length = Length(texts, (read with { Days = Math.Abs(read.Days) }).ToString());
        return texts[read.Days < 0 ? "settings.before-meeting" : "settings.after-meeting", length];
    }

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
