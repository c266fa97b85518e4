using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Links;

/// <summary>
/// Mail and chat programs make part of a link what only stands behind it: a full stop, a bracket, a blank, the Chinese
/// sentence that goes on. Such an address opens what was meant. Doors of machines keep theirs to the letter.
/// </summary>
internal sealed class TidyAddress(RequestDelegate next)
{
    private static readonly string[] Machines = ["/elsa", "/endpoints", "/studio", "/assets", "/mail/post", "/channel"];

    /// <summary>Pages whose address is plain letters, digits and hyphens to its end.</summary>
    private static readonly string[] Plain =
        ["/link", "/t", "/n", "/digest", "/tasks", "/cases", "/plans", "/matters", "/tracking"];

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path;
        if (path.HasValue && !Machines.Any(one => path.StartsWithSegments(one, StringComparison.OrdinalIgnoreCase)))
        {
            // Not by conversion, which would decode what was decoded already.
            http.Request.Path = new PathString(Of(path.Value));
        }

        return next(http);
    }

    /// <summary>The path without what does not belong to it; never empty.</summary>
    internal static string Of(string path)
    {
        var isPlain = Plain.Any(one => path.StartsWith(one + "/", StringComparison.OrdinalIgnoreCase));
        var length = 0;
        foreach (var rune in path.EnumerateRunes())
        {
            if (EndsAddress(rune, isPlain)) break;
            length += rune.Utf16SequenceLength;
        }

        var tidy = path.AsSpan(0, length).TrimEnd(".,;:!?)]}'*");
        return tidy.Length == path.Length ? path : tidy.Length == 0 ? "/" : tidy.ToString();
    }

    private static bool EndsAddress(Rune rune, bool isPlain) => rune.IsAscii
        ? rune.Value is <= ' ' or '<' or '>' or '"' or 0x7F
        : isPlain || !(Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
