using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Consultation.Web.Layout;
using Consultation.Web.SignIn;
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
/// <param name="Whole">Nothing is missing: it can be sent once more as it was.</param>
public sealed partial record GivenBack(
    string Address, IReadOnlyList<GivenBackField> Typed, IReadOnlyList<KeyValuePair<string, string>> Fields,
    bool HasFiles, bool Whole)
{
    /// <summary>Name of the hidden field by which a post goes along while somebody signs in again.</summary>
    internal const string KeptField = "_kept";

    private const int MostFields = 500;

    /// <summary>Fields that the form fills in by itself.</summary>
    private static readonly string[] Machinery = ["operation", "revision", "seen", "for", "plan"];

    /// <summary>
    /// The request's form, read only to give it back and never to act on it, whether or not its antiforgery token fits.
    /// Empty when the request is no post, or its body cannot be read.
    /// </summary>
    public static async Task<GivenBack> OfAsync(HttpContext http)
    {
        var address = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType) return Nothing(address);
        try
        {
            return Of(address, await http.Request.ReadFormAsync(http.RequestAborted));
        }
        catch (Exception unreadable) when (UnreadablePost.IsUnreadable(unreadable))
        {
            return Nothing(address);
        }
    }

    /// <summary>What a form holds.</summary>
    internal static GivenBack Of(string address, IFormCollection form)
    {
        var whole = form.Files.Count == 0 && form.Count <= MostFields && !form.Keys.Any(IsSecret);
        var fields = form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));
        return new(address,
            [.. form.Where(IsTyped).Take(MostFields)
                .Select(field =>
                    new GivenBackField(field.Key, LabelOf(form, field.Key), [.. field.Value.OfType<string>()])),
                .. Kept(form)?.Typed ?? []],
            whole ? [.. fields] : [], form.Files.Count > 0, whole);
    }

    /// <summary>The post that goes along in a form while somebody signs in again, or null.</summary>
    internal static GivenBack? Kept(IFormCollection form)
    {
        if (form[KeptField].ToString() is not { Length: > 0 } text) return null;
        try
        {
            return JsonSerializer.Deserialize<GivenBack>(text) is { Address: { } address, Typed: { } typed } kept
                && kept.Fields is not null && LocalAddress.Of(address) == address
                && typed.All(field => field is { Name: not null, Label: not null, Values: not null })
                ? kept
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="Kept"/> reads it.</summary>
    internal string Write() => JsonSerializer.Serialize(this);

    private static GivenBack Nothing(string address) => new(address, [], [], HasFiles: false, Whole: false);

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
