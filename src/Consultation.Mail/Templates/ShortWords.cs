using System.Reflection;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Templates;

/// <summary>
/// The words of the second channel: one line for each kind of mail, with the link, short enough for a text message.
/// There is no line for leaving (退订): they go to holders of a duty.
/// </summary>
internal static class ShortWords
{
    private static readonly Dictionary<string, Dictionary<string, string>> Defaults =
        new[] { "zh", "en" }.ToDictionary(language => language, Read);

    /// <summary>Longest piece that a value gives, tried in this order until the whole is short enough.</summary>
    private static readonly int[] Pieces = [60, 40, 24, 14, 8];

    /// <summary>The product's words.</summary>
    public static string Default(string key, string language)
    {
        var words = Defaults[MailTemplateBook.LanguageOf(language)];
        return words.GetValueOrDefault(key, words[MailTemplateCatalogue.Notice]);
    }

    /// <summary>
    /// Renders one line of at most so many characters, the link counted as it will stand there: long values are cut,
    /// then the words, never the link.
    /// </summary>
    public static string Render(
        ITemplateText text, string words, IReadOnlyDictionary<string, object?> values, string language, int most,
        Func<string, int> length)
    {
        var line = "";
        foreach (var piece in Pieces)
        {
            var cut = values.ToDictionary(pair => pair.Key, pair => Cut(pair.Key, pair.Value, piece));
            line = MailAddressRule.OneLine(MailParts.Render(text, words, cut, language, html: false), 4000);
            if (length(line) <= most) return line;
        }

        var link = values["link"] as string ?? "";
        var start = line.Replace(link, "", StringComparison.Ordinal).TrimEnd();
        var room = Math.Max(20, most - length(link) - 2);
        return $"{MailAddressRule.OneLine(start, room)} {link}".TrimEnd();
    }

    /// <summary>Links, numbers and days stay whole.</summary>
    private static object? Cut(string name, object? value, int piece) => value switch
    {
        _ when name.EndsWith("link", StringComparison.Ordinal) || name.EndsWith("number", StringComparison.Ordinal)
            || name is "due" or "meeting_time" => value,
        string line => MailAddressRule.OneLine(line, piece),
        MailWords both => new MailWords(
            MailAddressRule.OneLine(both.Zh, piece), MailAddressRule.OneLine(both.En, piece * 2)),
        _ => value,
    };

    private static Dictionary<string, string> Read(string language)
    {
        var name = $"Consultation.Mail.Templates.Defaults.short-words.{language}.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1].TrimEnd());
    }
}
