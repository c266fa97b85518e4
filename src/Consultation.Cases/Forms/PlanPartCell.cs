using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Consultation.Cases.Forms;

/// <summary>
/// The entry of a <see cref="FieldKind.PlanPart"/>: a page posts the key alone, a record keeps the name with it, which
/// stays what it was when the plan changes.
/// </summary>
/// <param name="Key">Key of the part.</param>
/// <param name="Name">What it is called; null while it is only named by its key.</param>
public sealed record PlanPartCell(string Key, LocalText? Name = null)
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The entry as it is stored.</summary>
    public string Write() => Name is null ? Key : JsonSerializer.Serialize(this, Readable);

    /// <summary>Reads a stored or posted entry.</summary>
    public static PlanPartCell Read(string cell)
    {
        if (!cell.StartsWith('{')) return new(cell);
        try
        {
            return JsonSerializer.Deserialize<PlanPartCell>(cell, Readable) is { Key: not null } read
                ? read
                : new(cell);
        }
        catch (JsonException)
        {
            return new(cell);
        }
    }
}
