using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Consultation.Mail.Templates;

/// <summary>
/// The few marks in which mails are written, so that people who edit a template write one text and get both parts of
/// the mail:
/// <list type="table">
/// <item><term><c># Title</c></term><description>heading</description></item>
/// <item><term><c>【Label】value</c></term><description>row of a table of facts</description></item>
/// <item><term><c>[[Label]] address</c></term><description>big button; label and address in the text
/// part</description></item>
/// <item><term><c>! text</c></term><description>notice in a coloured box</description></item>
/// <item><term><c>&gt; text</c></term><description>words of somebody else</description></item>
/// <item><term><c>- text</c></term><description>list item; <c>- text → address</c> with a link</description></item>
/// <item><term><c>---</c></term><description>end of the Chinese part, begin of the English part</description></item>
/// <item><term>empty line</term><description>new paragraph</description></item>
/// </list>
/// Everything else is a paragraph. Liquid may stand anywhere; a line that is only a Liquid tag leaves no line behind.
/// The marks are read before Liquid runs, so no value can add a mark.
/// </summary>
public static partial class MailMarkup
{
    private const string EndOfChinese = "---";

    /// <summary>The template of the text part; <see cref="MailParts"/> renders it.</summary>
    public static string ToText(string markup)
    {
        var text = new StringBuilder();
        if (HasBothParts(markup)) text.Append(MailParts.Chinese);
        foreach (var line in Lines(markup))
        {
            var (before, content, after) = Tags(line);
            text.Append(before);
            if (content.Length > 0 || (before.Length == 0 && after.Length == 0))
            {
                text.Append(TextLine(content)).Append('\n');
            }

            text.Append(after);
        }

        return text.ToString();
    }

    /// <summary>The template of the HTML part, to be put in the layout; <see cref="MailParts"/> renders it.</summary>
    public static string ToHtml(string markup, bool alone = false)
    {
        var html = new HtmlWriter(alone ? "打开" : "打开 Open");
        if (HasBothParts(markup)) html.Raw($"{MailParts.Chinese}");
        foreach (var line in Lines(markup))
        {
            var (before, content, after) = Tags(line);
            if (content.Length == 0 && before.Length + after.Length > 0)
            {
                html.Close().Raw(before + after);
            }
            else
            {
                html.Line(before, content, after);
            }
        }

        return html.Finish();
    }

    private static string TextLine(string content) =>
        Button().Match(
            content) is { Success: true } button ? $"{button.Groups["label"].Value}\n  {button.Groups["address"].Value}"
        : content.StartsWith("- ", StringComparison.Ordinal) && ItemLink().Match(content) is { Success: true } item
            ? $"{item.Groups["text"].Value}\n  {item.Groups["address"].Value}"
        : content == EndOfChinese ? MailParts.English + new string('-', 40)
        : content.StartsWith("# ", StringComparison.Ordinal) ? content[2..]
        : content.StartsWith("! ", StringComparison.Ordinal) ? "※ " + content[2..]
        : content.StartsWith("> ", StringComparison.Ordinal) ? "  " + content[2..]
        : content;

    private static bool HasBothParts(string markup) => Lines(markup).Any(line => Tags(line).Content == EndOfChinese);

    private static IEnumerable<string> Lines(string markup) =>
        markup.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());

    /// <summary>
    /// Splits a line into what Liquid does around it and its content: a tag that holds the whole line (<c>{% if x %}…{%
    /// endif %}</c>) must take the line's end, or its cell, with it.
    /// </summary>
    private static (string Before, string Content, string After) Tags(string line) =>
        OnlyTags().IsMatch(line) ? (line.Trim(), "", "")
        : Wrapped().Match(line) is { Success: true } wrapped
            ? (wrapped.Groups["before"].Value, wrapped.Groups["content"].Value, wrapped.Groups["after"].Value)
        : ("", line.Trim(), "");

    [GeneratedRegex(@"^\[\[(?<label>[^\]]+)\]\]\s*(?<address>.+)$")]
    private static partial Regex Button();

    [GeneratedRegex(@"^【(?<label>[^】]+)】\s*(?<value>.*)$")]
    private static partial Regex Fact();

    [GeneratedRegex(@"^\s*(?:\{%[^%]*%\}\s*)+$")]
    private static partial Regex OnlyTags();

    [GeneratedRegex(
        @"^\s*(?<before>\{%\s*(?:if|unless|for)\b[^%]*%\})(?<content>(?:(?!\{%).)+)(?<after>\{%\s*end\w+\s*%\})\s*$")]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"^(?<text>.*\S)\s+→\s+(?<address>\S.*)$")]
    private static partial Regex ItemLink();

    /// <summary>Words of the template itself, encoded; its Liquid outputs stay.</summary>
    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}")]
    private static partial Regex Liquid();

    private static string Encode(string words)
    {
        var html = new StringBuilder();
        var from = 0;
        foreach (Match match in Liquid().Matches(words))
        {
            html.Append(WebUtility.HtmlEncode(words[from..match.Index])).Append(match.Value);
            from = match.Index + match.Length;
        }

        return html.Append(WebUtility.HtmlEncode(words[from..])).ToString();
    }

    /// <summary>Writes blocks; opens and closes the ones that span lines.</summary>
    private sealed class HtmlWriter(string open)
    {
        private readonly StringBuilder _html = new($"<div lang=\"zh-CN\">\n");
        private string _open = "";

        public void Line(string before, string content, string after)
        {
            if (content.Length == 0)
            {
                Close();
            }
            else if (content == EndOfChinese)
            {
                // The mark stands before the ends of the parts: whoever leaves the English out leaves them out with it.
                Close().Raw($"{MailParts.English}</div>\n<div lang=\"en\" style=\"{MailLayout.Second}\">\n");
            }
            else if (Fact().Match(content) is { Success: true } fact)
            {
                Open("table", $"<table role=\"presentation\" width=\"100%\" style=\"{MailLayout.Facts}\">\n");
                Raw($"{before}<tr><th align=\"left\" valign=\"top\" "
                    + $"style=\"{MailLayout.Label}\">{Encode(fact.Groups["label"].Value)}</th>"
                    + $"<td valign=\"top\" "
                    + $"style=\"{MailLayout.Value}\">{Encode(fact.Groups["value"].Value)}</td></tr>{after}\n");
            }
            else if (content.StartsWith("- ", StringComparison.Ordinal))
            {
                Open("ul", $"<ul style=\"{MailLayout.List}\">\n");
                Raw($"{before}<li>{Item(content[2..])}</li>{after}\n");
            }
            else
            {
                Block(before, content, after);
            }
        }

        private string Item(string content) =>
            ItemLink().Match(content) is { Success: true } item
                ? $"{Encode(item.Groups["text"].Value)} <a href=\"{item.Groups["address"].Value}\" "
                    + $"style=\"{MailLayout.Link}\">{open}</a>"
                : Encode(content);

        public HtmlWriter Close()
        {
            if (_open.Length > 0)
            {
                _html.Append("</").Append(_open).Append(">\n");
                _open = "";
            }

            return this;
        }

        public void Raw(string html) => _html.Append(html);

        public string Finish()
        {
            Close().Raw($"{MailParts.Neither}</div>\n");
            return _html.ToString();
        }

        private void Block(string before, string content, string after)
        {
            if (Button().Match(content) is { Success: true } button)
            {
                var address = button.Groups["address"].Value;
                Close().Raw(
                    $"{before}<table role=\"presentation\" cellspacing=\"0\" cellpadding=\"0\" "
                    + $"style=\"margin:24px 0 8px\"><tr><td bgcolor=\"{MailLayout.ButtonColour}\" "
                    + $"style=\"{MailLayout.ButtonCell}\"><a href=\"{address}\" style=\"{MailLayout.Button}\">"
                    + $"{Encode(button.Groups["label"].Value)}</a></td></tr></table>\n<p "
                    + $"style=\"{MailLayout.Address}\">{address}</p>{after}\n");
                return;
            }

            var (tag, style, text) = content switch
            {
                ['#', ' ', ..] => ("h1", MailLayout.Title, content[2..]),
                ['!', ' ', ..] => ("div", MailLayout.Notice, content[2..]),
                ['>', ' ', ..] => ("blockquote", MailLayout.Quote, content[2..]),
                _ => ("p", MailLayout.Paragraph, content),
            };
            if (tag == "p")
            {
                // Lines that follow each other are one paragraph.
                if (_open == "p")
                {
                    Raw($"{before}<br>{Encode(text)}{after}\n");
                    return;
                }

                Open("p", $"<p style=\"{style}\">");
                Raw($"{before}{Encode(text)}{after}\n");
                return;
            }

            Close().Raw($"{before}<{tag} style=\"{style}\">{Encode(text)}</{tag}>{after}\n");
        }

        private void Open(string tag, string html)
        {
            if (_open != tag)
            {
                Close().Raw(html);
                _open = tag;
            }
        }
    }
}
