using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Consultation.Web.Errors;

/// <summary>What somebody posted and the desk could not take: to be shown, and if nothing is missing, to be sent once more as it was.</summary>
/// <param name="Address">Where it was posted to.</param>
/// <param name="Typed">What people typed, by field; without passwords.</param>
/// <param name="Fields">Everything that was posted; empty when it cannot be sent again as it was: passwords and files are not given back.</param>
/// <param name="HasFiles">Files were handed in.</param>
public sealed record GivenBack(
    string Address, IReadOnlyList<KeyValuePair<string, string>> Typed, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HasFiles)
{
    private const int MostFields = 500;

    /// <summary>
    /// The request's form, read only to give it back and never to act on it, whether or not its antiforgery token fits. Empty when the request is no
    /// post, or its body cannot be read.
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
            var fields = form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))).Take(MostFields).ToList();
            var again = form.Files.Count == 0 && form.Keys.Count <= MostFields && !form.Keys.Any(IsSecret);
            return new(address, [.. form.Where(IsTyped).Take(MostFields).Select(field => KeyValuePair.Create(field.Key, field.Value.ToString()))],
                again ? fields : [], form.Files.Count > 0);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
        {
            return nothing;
        }
    }

    private static bool IsSecret(string name) => name.Contains("password", StringComparison.OrdinalIgnoreCase);

    private static bool IsTyped(KeyValuePair<string, StringValues> field) =>
        !field.Key.StartsWith('_') && field.Key != "operation" && !IsSecret(field.Key) && !string.IsNullOrWhiteSpace(field.Value);
}
