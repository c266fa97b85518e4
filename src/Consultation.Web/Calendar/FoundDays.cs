using System.Text.Json;
using System.Text.Json.Serialization;
using Consultation.Cases.Calendar;

namespace Consultation.Web.Calendar;

/// <summary>The days of a calendar on their way from the preview to the confirmation.</summary>
internal static class FoundDays
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The value of the form's hidden field.</summary>
    public static string Write(IReadOnlyList<CalendarDayEntry> days) => JsonSerializer.Serialize(days, Json);

    /// <summary>What the form brought back; none when that is not what the preview wrote.</summary>
    public static IReadOnlyList<CalendarDayEntry> Read(string posted)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<List<CalendarDayEntry>>(posted, Json) ?? [])
                .Where(day => day is { Name: not null } && Enum.IsDefined(day.Kind))];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
