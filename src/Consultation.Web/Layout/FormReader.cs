using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Consultation.Cases.Attachments;
using Consultation.Cases.Forms;

namespace Consultation.Web.Layout;

/// <summary>Reads the fields of a domain form back from what <see cref="FormFields"/> showed.</summary>
public static class FormReader
{
    /// <summary>Stands before every field's key in the posted names.</summary>
    internal const string Prefix = "f.";

    /// <summary>Name of the fields beside a choice of files that hold the tickets of those handed in already.</summary>
    internal static string TicketName(string name) => $"{name}.ticket";

    private const int MostRows = 500;

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>
    /// Values by field key; several choices comma-separated, rows as a JSON array without the empty ones.
    /// </summary>
    public static Dictionary<string, string> Read(Form form, PostedForm posted)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in form.Fields)
        {
            values[field.Key] = field.Kind switch
            {
                FieldKind.Choices or FieldKind.Persons or FieldKind.Units or FieldKind.Fields =>
                    string.Join(',', posted.All(Prefix + field.Key)),
                FieldKind.Files => FormValues.List(
                    UploadTicket.ReadAll(posted.All(TicketName(Prefix + field.Key)))
                        .Select(ticket => ticket.Id.Value.ToString("N"))),
                FieldKind.Rows => Json(PostedRows(field, posted)),
                _ => FormValues.Kept(field, posted[Prefix + field.Key]),
            };
        }

        return values;
    }

    internal static List<Dictionary<string, string>> PostedRows(FormField field, PostedForm posted)
    {
        var name = Prefix + field.Key;
        _ = int.TryParse(posted[name + ".count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        var rows = new List<Dictionary<string, string>>();
        for (var index = 0; index < Math.Min(count, MostRows); index++)
        {
            var row = (field.Columns ?? []).Where(column => !column.IsMade)
                .ToDictionary(
                    column => column.Key, column => FormValues.Kept(column, posted[$"{name}[{index}].{column.Key}"]));
            if (row.Values.Any(value => value.Length > 0))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    internal static List<Dictionary<string, string>> StoredRows(string json)
    {
        try
        {
            return json.Length == 0 ? [] : JsonSerializer.Deserialize<List<Dictionary<string, string>>>(json) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Json(List<Dictionary<string, string>> rows) =>
        rows.Count == 0 ? "" : JsonSerializer.Serialize(rows, Readable);
}
