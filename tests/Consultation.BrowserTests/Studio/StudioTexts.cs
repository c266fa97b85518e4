namespace Consultation.BrowserTests.Studio;

/// <summary>Which texts of the designer may stay English.</summary>
internal static class StudioTexts
{
    /// <summary>The texts that ought to be Chinese. Ids, and the probes by which the code editor measures its letters, are no texts.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> seen)
    {
        var allowed = File.ReadAllLines(AllowedFile()).ToHashSet(StringComparer.Ordinal);
        return seen.Where(text =>
            !allowed.Contains(text) && !text.Any(char.IsAsciiDigit) && !text.Contains('-') && text.Distinct().Count() > 1);
    }

    private static string AllowedFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "untranslated.txt");
}
