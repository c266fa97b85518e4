using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Assets;

/// <summary>The outline icons listed in Assets/icons.txt, as inline pictures without a script or a font.</summary>
internal static partial class Icons
{
    private static readonly ConcurrentDictionary<string, string> Shapes = new(StringComparer.Ordinal);

    /// <summary>The icon as markup, hidden from screen readers: the words beside it say the same.</summary>
    public static MarkupString Markup(string name, int size) => new(
        $"""<svg class="ico" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" """
            + """stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" """
            + $"""focusable="false">{Shapes.GetOrAdd(name, Read)}</svg>""");

    private static string Read(string name) =>
        Body().Match(Encoding.UTF8.GetString(DeskAssets.Read($"icons/{name}.svg"))).Groups[1].Value.Trim();

    [GeneratedRegex("<svg[^>]*>(.*)</svg>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Body();
}
