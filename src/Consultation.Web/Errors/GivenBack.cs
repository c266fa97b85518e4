using System.Globalization;
using System.Text.RegularExpressions;
using Consultation.Web.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Consultation.Web.Errors;

/// <summary>
/// What somebody posted and the desk could not take: to be shown, and if nothing is missing, to be sent once more as it
/// was.
/// </summary>
/// <param name="Address">Where it was posted to.</param>
/// <param name="Typed">What people typed, field by field; without passwords.</param>
/// <param name="Fields">Everything that was posted; empty when it cannot be sent again as it was: passwords and files
/// are not given back.</param>
/// <param name="HasFiles">Files were handed in.</param>
public sealed partial record GivenBack(
    string Address, IReadOnlyList<GivenBackField> Typed, IReadOnlyList<KeyValuePair<string, string>> Fields,
    bool HasFiles)
{
    private const int MostFields = 500;

    /// <summary>Fields that the form fills in by itself.</summary>
    private static readonly string[] Machinery = ["operation", "revision", "seen", "for"];

    /// <summary>
    /// The request's form, read only to give it back and never to act on it, whether or not its antiforgery token fits.
    /// Empty when the request is no post, or its body cannot be read.
    /// </summary>
    public static async Task<GivenBack> OfAsync(HttpContext http)
    {
        var address = http.Request.Path + http.Request.QueryString;
        var nothing = new GivenBack(address, [], [], HasFiles: false);
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
        {
            return nothing;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var fields =
                form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))
                    .Take(MostFields).ToList();
            var again = form.Files.Count == 0 && form.Keys.Count <= MostFields && !form.Keys.Any(IsSecret);
            return new(address,
                [.. form.Where(IsTyped).Take(MostFields)
                    .Select(field =>
                        new GivenBackField(field.Key, LabelOf(form, field.Key), [.. field.Value.OfType<string>()]))],
                again ? fields : [], form.Files.Count > 0);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
        {
            return nothing;
        }
    }

    /// <summary>
    /// The label that the form showed. A cell of a table of fields is named by the table, its row from 1, and its
    /// column.
    /// </summary>
    private static string LabelOf(IFormCollection form, string name)
    {
        string? Shown(string field) =>
            form.TryGetValue(PostedForm.LabelField + field, out var label) ? label.ToString() : null;
        return Cell().Match(name) is { Success: true } cell
            && Shown($"{cell.Groups["table"]}.{cell.Groups["column"]}") is { } column
            ? $"{Shown(cell.Groups["table"].Value)} "
                + $"{int.Parse(cell.Groups["row"].Value, CultureInfo.InvariantCulture) + 1} · {column}"
            : Shown(name) ?? name;
    }

    [GeneratedRegex(@"^(?<table>.+)\[(?<row>[0-9]{1,4})\]\.(?<column>.+)$")]
    private static partial Regex Cell();

    private static bool IsSecret(string name) => name.Contains("password", StringComparison.OrdinalIgnoreCase);

    private static bool IsTyped(KeyValuePair<string, StringValues> field) =>
        !field.Key.StartsWith('_') && !IsSecret(field.Key) && !string.IsNullOrWhiteSpace(field.Value)
        && !Machinery.Contains(field.Key) && !field.Key.EndsWith(".count", StringComparison.Ordinal);
}

/// <summary>One field of what is given back.</summary>
/// <param name="Name">As posted.</param>
/// <param name="Label">As the form showed it; the name when it showed none.</param>
/// <param name="Values">What was typed or chosen.</param>
public sealed record GivenBackField(string Name, string Label, IReadOnlyList<string> Values);
