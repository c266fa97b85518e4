using System.Text.RegularExpressions;

namespace Consultation.BrowserTests.Studio;

/// <summary>Which texts of the designer may stay English.</summary>
internal static partial class StudioTexts
{
    /// <summary>
    /// The texts that ought to be Chinese. Ids, types of activities, and the probes by which the code editor measures
    /// its letters, are no texts.
    /// </summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> seen)
    {
        var allowed = File.ReadAllLines(AllowedFile()).ToHashSet(StringComparer.Ordinal);
        return seen.Where(text =>
            !allowed.Contains(text) && !text.Any(char.IsAsciiDigit) && !text.Contains('-') && text.Distinct()
                .Count() > 1 && !TypeName().IsMatch(text));
    }

    private static string AllowedFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "untranslated.txt");

    [GeneratedRegex("^(Elsa|Consultation)[.][A-Za-z]+$")]
    private static partial Regex TypeName();
}
