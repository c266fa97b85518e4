using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Consultation.Cases.Calendar;

/// <summary>Whether a duration counts every day or working days only (O4).</summary>
public enum DayCount
{
    /// <summary>工作日: weekends and public holidays do not count, make-up days do.</summary>
    WorkingDays,
    /// <summary>自然日: every day counts.</summary>
    CalendarDays,
}

/// <summary>
/// A number of days that says what kind of days it counts. Written "5wd" (working days) or "30d" (calendar days); a
/// span that may lead back, from the day of a meeting, also "-5wd".
/// </summary>
/// <param name="Days">0 to 3650; of a span -3650 to 3650.</param>
/// <param name="Count">What is counted.</param>
[JsonConverter(typeof(WorkingDurationJson))]
public readonly record struct WorkingDuration(int Days, DayCount Count)
{
    /// <summary>Reads "5wd", "5", "5 个工作日" (working days), "30d", "30 天" (calendar days).</summary>
    public static bool TryParse(string? text, out WorkingDuration duration) =>
        TryParseSpan(text, out duration) && duration.Days >= 0;

    /// <summary>Several durations joined by commas, each as it was written: "3wd, 1wd".</summary>
    public static IReadOnlyList<string> Several(string? text) => (text ?? "").Split(
        [',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reads the same and spans that lead back: "-5wd", "-3工作日".</summary>
    public static bool TryParseSpan(string? text, out WorkingDuration duration)
    {
        duration = default;
        var trimmed = TypedText.Code(text);
        var (digits, count) = trimmed switch
        {
            _ when trimmed.EndsWith("工作日", StringComparison.Ordinal) => (trimmed[..^3], DayCount.WorkingDays),
            _ when trimmed.EndsWith("wd", StringComparison.OrdinalIgnoreCase) => (trimmed[..^2], DayCount.WorkingDays),
            _ when trimmed.EndsWith('天') || trimmed.EndsWith('d') => (trimmed[..^1], DayCount.CalendarDays),
            _ => (trimmed, DayCount.WorkingDays),
        };
        if (!int.TryParse(
                digits.TrimEnd(' ', '个').Trim().Replace('－', '-').Replace('−', '-'), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var days)
            || days is < -3650 or > 3650)
        {
            return false;
        }

        duration = new(days, count);
        return true;
    }

    /// <summary>"5wd" or "30d".</summary>
    public override string ToString() => Count == DayCount.WorkingDays ? $"{Days}wd" : $"{Days}d";
}

/// <summary>In JSON a duration is the text that people write in a workflow.</summary>
internal sealed class WorkingDurationJson : JsonConverter<WorkingDuration>
{
    public override WorkingDuration Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        WorkingDuration.TryParseSpan(reader.GetString(), out var duration)
            ? duration
            : throw new JsonException($"“{reader.GetString()}” is not a duration; write 5wd or 30d.");

    public override void Write(Utf8JsonWriter writer, WorkingDuration value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
