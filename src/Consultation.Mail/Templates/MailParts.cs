namespace Consultation.Mail.Templates;

/// <summary>
/// Renders a template with a Chinese and an English part: each part shows its own words of every value, what stands
/// around the parts those of the recipient's language. The whole template is rendered once for each language, so that
/// Liquid may span the parts.
/// </summary>
internal static class MailParts
{
    /// <summary>
    /// What follows is Chinese, English, or neither. No value holds a control character, so none can pass for a mark.
    /// </summary>
    public const char Chinese = '\u0001', English = '\u0002', Neither = '\u0003';

    private static readonly char[] Marks = [Chinese, English, Neither];

    /// <summary>
    /// Renders for a recipient of a language, "zh" or "en"; alone, it leaves the English part out.
    /// </summary>
    /// <exception cref="MailTemplateException">The template is wrong or asked for too much.</exception>
    public static string Render(
        ITemplateText text, string template, IReadOnlyDictionary<string, object?> values, string language, bool html,
        bool alone = false)
    {
        string In(string words)
        {
            var rendered = text.Render(
                template, values.ToDictionary(pair => pair.Key, pair => Pick(pair.Value, words)), html);
            // Outlook knows no style that keeps the lines of a value; the template itself indents none.
            return html ? rendered.Replace(MailComposer.FurtherLine, "<br>", StringComparison.Ordinal) : rendered;
        }

        if (template.IndexOfAny(Marks) < 0) return In(language);
        var (zh, en) = (Split(In("zh")), Split(In("en")));
        var own = language == "en" ? en : zh;
        if (alone) return string.Concat(own.Where(part => part.Mark != English).Select(part => part.Text));
        return string.Concat(own.Select((part, index) => (part.Mark switch
        {
            Chinese => zh.ElementAtOrDefault(index),
            English => en.ElementAtOrDefault(index),
            _ => part,
        } is { Text: { } words } other && other.Mark == part.Mark ? words : part.Text)));
    }

    /// <summary>The pieces between the marks, each with the mark before it.</summary>
    private static List<(char Mark, string Text)> Split(string rendered)
    {
        var pieces = new List<(char, string)>();
        var (mark, from) = (Neither, 0);
        for (int at; (at = rendered.IndexOfAny(Marks, from)) >= 0; from = at + 1)
        {
            pieces.Add((mark, rendered[from..at]));
            mark = rendered[at];
        }

        pieces.Add((mark, rendered[from..]));
        return pieces;
    }

    private static object? Pick(object? value, string language) =>
        value is MailWords words ? words.For(language) : value;
}
