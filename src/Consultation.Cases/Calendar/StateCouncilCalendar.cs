using System.Globalization;
using System.Text.Json;

namespace Consultation.Cases.Calendar;

/// <summary>
/// Public holidays and make-up days as the State Council publishes them, one JSON file a year
/// (<c>{"holidays": {"2026-01-01": "New Year's Day,元旦,1"}, "workdays": {…}}</c>, the form of the MIT-licensed package
/// chinese-days).
/// </summary>
public static class StateCouncilCalendar
{
    /// <summary>Value of <see cref="CalendarDay.Source"/> for days from here.</summary>
    public const string Source = "state-council";

    /// <summary>
    /// Reads one year's file. Holidays that fall on a weekend are kept: a make-up day list may change around them.
    /// </summary>
    public static CalendarReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var days = Days(document.RootElement, "holidays", CalendarDayKind.Holiday)
                .Concat(Days(document.RootElement, "workdays", CalendarDayKind.MakeUpWorkday))
                .DistinctBy(day => day.Date).OrderBy(day => day.Date).ToList();
            return days.Count > 0 ? new CalendarReading.Read(days, []) : Unusable();
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return Unusable();
        }
    }

    /// <summary>Days of an organisation from what was read.</summary>
    public static IReadOnlyList<CalendarDay> For(
        OrganisationId organisation, IEnumerable<CalendarDayEntry> days, string source = Source) =>
        [.. days.Select(
            day => new CalendarDay
            {
                OrganisationId = organisation,
                Date = day.Date,
                Kind = day.Kind,
                Name = day.Name,
                Source = source,
            })];

    private static IEnumerable<CalendarDayEntry> Days(JsonElement root, string property, CalendarDayKind kind)
    {
        if (!root.TryGetProperty(property, out var days))
        {
            return [];
        }

        return days.EnumerateObject().Select(day => new CalendarDayEntry(
            DateOnly.ParseExact(day.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture), kind,
            NameIn(day.Value.GetString() ?? "")));
    }

    /// <summary>"Spring Festival,春节,4": the second part.</summary>
    private static string NameIn(string text) => text.Split(',') is [_, var chinese, ..] ? chinese.Trim() : text.Trim();

    private static CalendarReading.Refused Unusable() => new([new("file", new(
        "文件不是节假日数据，请使用包含 holidays 和 workdays 的 JSON 文件，或导入 .ics 日历。",
        "This is not a holiday file; use JSON with holidays and workdays, or import an .ics calendar."))]);
}
