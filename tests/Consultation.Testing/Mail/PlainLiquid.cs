using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Consultation.Mail.Templates;

namespace Consultation.Testing.Mail;

/// <summary>
/// The part of Liquid that mail templates use (output, if, unless, else, for), so that tests of mail stand on nothing but Mail.
/// </summary>
public sealed partial class PlainLiquid : ITemplateText
{
    public string Render(string template, IReadOnlyDictionary<string, object?> values, bool html)
    {
        var text = new StringBuilder();
        var parts = Parts().Matches(template).Select(match => match.Value).ToList();
        Run(parts, 0, parts.Count, values, html, text);
        return text.ToString();
    }

    public TemplateProblem? Validate(string template) => null;

    private static void Run(List<string> parts, int from, int to, IReadOnlyDictionary<string, object?> values, bool html, StringBuilder text)
    {
        for (var at = from; at < to; at++)
        {
            var part = parts[at];
            if (part.StartsWith("{{", StringComparison.Ordinal))
            {
                var value = Convert.ToString(Find(part[2..^2].Trim(), values), System.Globalization.CultureInfo.InvariantCulture) ?? "";
                text.Append(html ? WebUtility.HtmlEncode(value) : value);
            }
            else if (part.StartsWith("{%", StringComparison.Ordinal))
            {
                var words = part[2..^2].Trim().Split(' ');
                var (middle, end) = Ends(parts, at);
                switch (words[0])
                {
                    case "if" or "unless":
                        var holds = Truthy(Find(words[1], values)) == (words[0] == "if");
                        Run(parts, holds ? at + 1 : middle + 1, holds ? middle : end, values, html, text);
                        break;
                    case "for":
                        foreach (var item in (IEnumerable<object?>?)Find(words[3], values) ?? [])
                        {
                            Run(parts, at + 1, end, new Dictionary<string, object?>(values) { [words[1]] = item }, html, text);
                        }

                        break;
                    default:
                        throw new MailTemplateException($"Unexpected {part}");
                }

                at = end;
            }
            else
            {
                text.Append(part);
            }
        }
    }

    /// <summary>Where the else (or the end) and the end of a block stand.</summary>
    private static (int Middle, int End) Ends(List<string> parts, int at)
    {
        var depth = 0;
        var middle = -1;
        for (var next = at; next < parts.Count; next++)
        {
            var word = Tag().Match(parts[next]).Groups["word"].Value;
            depth += word is "if" or "unless" or "for" ? 1 : word.StartsWith("end", StringComparison.Ordinal) ? -1 : 0;
            if (word == "else" && depth == 1)
            {
                middle = next;
            }
            else if (depth == 0)
            {
                return (middle < 0 ? next : middle, next);
            }
        }

        throw new MailTemplateException($"{parts[at]} has no end");
    }

    private static object? Find(string path, IReadOnlyDictionary<string, object?> values)
    {
        object? found = values;
        foreach (var name in path.Split('.'))
        {
            found = found is IReadOnlyDictionary<string, object?> map ? map.GetValueOrDefault(name) : null;
        }

        return found;
    }

    private static bool Truthy(object? value) => value is not null and not false;

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}|(?:(?!\{\{|\{%).)+", RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex(@"^\{%\s*(?<word>\w+)")]
    private static partial Regex Tag();
}
