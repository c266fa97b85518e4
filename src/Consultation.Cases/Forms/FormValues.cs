using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.Forms;

/// <summary>How entries of a form are stored as text, and read back.</summary>
public static class FormValues
{
    /// <summary>Stored answers of <see cref="FieldKind.YesNo"/>.</summary>
    public const string Yes = "yes", No = "no";

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>True when the field says yes, however a page or a workflow wrote it.</summary>
    public static bool IsYes(this IReadOnlyDictionary<string, string> fields, string key) =>
        IsYes(fields.GetValueOrDefault(key) ?? "");

    /// <summary>
    /// An entry as it is kept: without what nobody sees, numbers, days and hours in one way of writing however they
    /// were typed. The only place that knows; what cannot be read stays as it was, for the check to refuse.
    /// </summary>
    public static string Kept(FormField field, string? entry) => field.Kind switch
    {
        FieldKind.Line when field.IsCode => TypedText.Code(entry),
        FieldKind.Line => TypedText.Line(entry),
        FieldKind.Text => TypedText.Prose(entry),
        FieldKind.Number or FieldKind.Score => TypedText.Code(entry),
        FieldKind.Date => Day(entry ?? "") is { } day ? IsoDay.Iso(day) : TypedText.Code(entry),
        FieldKind.Time => MeetingTime.Normal(entry ?? "") ?? TypedText.Code(entry),
        FieldKind.Rows when Rows(entry?.Trim() ?? "") is { } rows => JsonSerializer.Serialize(rows.Select(row =>
            row.ToDictionary(cell => cell.Key, cell => field.Columns?.FirstOrDefault(one => one.Key == cell.Key)
                is { } column ? Kept(column, cell.Value) : cell.Value)), Readable),
        _ => entry?.Trim() ?? "",
    };

    /// <summary>A field's trimmed text; empty when there is none.</summary>
    public static string Text(this IReadOnlyDictionary<string, string> fields, string key) =>
        fields.GetValueOrDefault(key)?.Trim() ?? "";

    /// <summary>A field's whole number, or null.</summary>
    public static int? Number(this IReadOnlyDictionary<string, string> fields, string key) =>
        int.TryParse(
            TypedText.Code(fields.Text(key)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;

    /// <summary>A field's day, or null.</summary>
    public static DateOnly? Day(this IReadOnlyDictionary<string, string> fields, string key) => Day(fields.Text(key));

    /// <summary>A field's person, or null.</summary>
    public static PersonId? Person(this IReadOnlyDictionary<string, string> fields, string key) =>
        Guid.TryParse(fields.Text(key), out var id) ? new PersonId(id) : null;

    /// <summary>A field's unit, or null.</summary>
    public static UnitId? Unit(this IReadOnlyDictionary<string, string> fields, string key) =>
        Guid.TryParse(fields.Text(key), out var id) ? new UnitId(id) : null;

    /// <summary>A field's rows; none when it is empty or cannot be read.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> RowsOf(
        this IReadOnlyDictionary<string, string> fields, string key) =>
        Rows(fields.Text(key)) ?? [];

    /// <summary>
    /// An entry as people read it in a list of what was found: of rows their words, row by row, without ids; of a list
    /// of ids nothing; everything else as it is.
    /// </summary>
    public static string InWords(string entry) =>
        entry.StartsWith("[{", StringComparison.Ordinal) && Rows(entry) is { } rows
            ? string.Join('；', rows.Select(row => string.Join('，', row.Values.Where(IsWord))))
            : List(entry).All(part => Guid.TryParse(part, out _)) ? "" : entry;

    private static bool IsWord(string cell) =>
        cell.Length > 0 && !cell.All(char.IsAsciiDigit) && List(cell).Any(part => !Guid.TryParse(part, out _));

    /// <summary>
    /// Reads comma-separated keys of <see cref="FieldKind.Choices"/>, ids of <see cref="FieldKind.Persons"/> and <see
    /// cref="FieldKind.Units"/>, words of <see cref="FieldKind.Fields"/>.
    /// </summary>
    public static IReadOnlyList<string> List(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Such keys or ids as they are stored.</summary>
    public static string List(IEnumerable<string> values) => string.Join(',', values);

    /// <summary>Rows as they are stored. Rows in which every cell is empty are left out.</summary>
    public static string Write(IEnumerable<IReadOnlyDictionary<string, string>> rows) =>
        JsonSerializer.Serialize(rows.Where(row => row.Values.Any(cell => !string.IsNullOrWhiteSpace(cell))), Readable);

    /// <summary>A day as 2026-03-01, 2026/3/1 or 2026年3月1日; null when it is none.</summary>
    public static DateOnly? Day(string value)
    {
        string[] formats = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];
        return DateOnly.TryParseExact(
            TypedText.Code(value), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
    }

    /// <summary>An entry as people read it: choices by their labels, persons and units by their names.</summary>
    public static string Show(FormField field, string? value, OrganisationDirectory directory, string culture)
    {
        var text = value?.Trim() ?? "";
        return field.Kind switch
        {
            _ when text.Length == 0 => "",
            FieldKind.YesNo => (IsYes(text) ? new LocalText("是", "Yes") : new LocalText("否", "No")).For(culture),
            FieldKind.Choice or FieldKind.Choices =>
                string.Join(culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? ", " : "、",
                List(text).Select(
                    key => field.Choices?.FirstOrDefault(choice => choice.Key == key)?.Label.For(culture) ?? key)),
            FieldKind.Person or FieldKind.Persons => string.Join('、', List(text).Select(id =>
                Guid.TryParse(id, out var person) ? directory.Find(new PersonId(person))?.Name ?? id : id)),
            FieldKind.Unit when field.IsHall && Guid.TryParse(text, out var hall)
                && directory.Find(new UnitId(hall))?.HallName is { } name => name,
            FieldKind.Unit =>
                Guid.TryParse(text, out var unit) ? directory.Find(new UnitId(unit))?.Name.For(culture) ?? text : text,
            FieldKind.Units => string.Join('、', List(text).Select(id =>
                Guid.TryParse(id, out var one) ? directory.Find(new UnitId(one))?.Name.For(culture) ?? id : id)),
            FieldKind.Fields => string.Join('、', List(text)),
            FieldKind.Files =>
                new LocalText($"{List(text).Count} 个文件", $"files: {List(text).Count}").For(culture),
            FieldKind.PlanPart => PlanPartCell.Read(text) is { Name: { } name } ? name.For(culture) : text,
            FieldKind.Date when Day(text) is { } day && !culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) =>
                $"{day.Year}年{day.Month}月{day.Day}日",
            _ => text,
        };
    }

    internal static bool IsYesOrNo(string value) =>
        IsYes(value) || value.ToUpperInvariant() is "NO" or "FALSE" or "OFF" or "0" or "否";

    internal static bool Same(string value, string expected) =>
        expected switch
        {
            Yes => IsYes(value),
            No => IsYesOrNo(value) && !IsYes(value),
            "" => string.IsNullOrWhiteSpace(value),
            _ => List(value).Contains(expected),
        };

    internal static IReadOnlyList<IReadOnlyDictionary<string, string>>? Rows(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value.Length == 0 ? "[]" : value);
            return document.RootElement.ValueKind != JsonValueKind.Array ? null :
                [.. document.RootElement.EnumerateArray().Select(row => row.ValueKind == JsonValueKind.Object
                    ? row.EnumerateObject().DistinctBy(cell => cell.Name)
                    .ToDictionary(cell => cell.Name, cell => Cell(cell.Value))
                    : [])];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.True => Yes,
        JsonValueKind.False => No,
        _ => value.GetRawText(),
    };

    private static bool IsYes(string value) => value.Trim().ToUpperInvariant() is "YES" or "TRUE" or "ON" or "1" or "是";
}
