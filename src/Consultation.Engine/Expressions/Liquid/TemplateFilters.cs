using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Consultation.Engine.Expressions.Liquid;

/// <summary>The filters. Lists and dates are in the other parts.</summary>
internal static partial class TemplateFilters
{
    /// <summary>Bytes that a list of very short texts takes for each character.</summary>
    private const long ListOfTexts = 32;

    private static readonly FrozenDictionary<string, TemplateFilter> All =
        new[] { Texts(), Html(), Numbers(), Lists(), Others() }
            .SelectMany(static group => group)
            .ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryFind(string name, out TemplateFilter filter) => All.TryGetValue(name, out filter!);

    private static object? At(this object?[] arguments, int index) =>
        index < arguments.Length ? arguments[index] : null;

    private static string TextOf(TemplateRun run, object?[] arguments, int index) =>
        TemplateValues.ToText(run, arguments.At(index));

    /// <summary>
    /// A filter from text to text that makes it at most so many times as long; paid for before it is made.
    /// </summary>
    private static TemplateFilter Text(Func<string, string> change, int growth = 1) => (run, input, _) =>
    {
        var text = TemplateValues.ToText(run, input);
        run.Allocate(text.Length * 2L * growth);
        return change(text);
    };

    private static Dictionary<string, TemplateFilter> Texts() => new()
    {
        ["append"] = static (run, input, a) => Checked(run, TemplateValues.ToText(run, input), TextOf(run, a, 0)),
        ["prepend"] = static (run, input, a) => Checked(run, TextOf(run, a, 0), TemplateValues.ToText(run, input)),
        ["capitalize"] = Text(
            static text => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant()),
        ["upcase"] = Text(static text => text.ToUpperInvariant()),
        ["downcase"] = Text(static text => text.ToLowerInvariant()),
        ["strip"] = Text(static text => text.Trim()),
        ["lstrip"] = Text(static text => text.TrimStart()),
        ["rstrip"] = Text(static text => text.TrimEnd()),
        ["strip_newlines"] = Text(static text => text.Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal)),
        ["replace"] = static (run, input, a) =>
            Replaced(run, TemplateValues.ToText(run, input), TextOf(run, a, 0), TextOf(run, a, 1)),
        ["remove"] = static (run, input, a) => Replaced(run, TemplateValues.ToText(run, input), TextOf(run, a, 0), ""),
        ["replace_first"] = static (run, input, a) => First(run, input, TextOf(run, a, 0), TextOf(run, a, 1)),
        ["remove_first"] = static (run, input, a) => First(run, input, TextOf(run, a, 0), ""),
        ["split"] = static (run, input, a) => Split(run, TemplateValues.ToText(run, input), TextOf(run, a, 0)),
        ["truncate"] = static (run, input, a) => Truncated(
            run, input, a.Length > 0 ? TemplateValues.ToInt(a[0]) : 50, a.Length > 1 ? TextOf(run, a, 1) : "..."),
        ["truncatewords"] = static (run, input, a) => TruncatedWords(
            run, input, a.Length > 0 ? TemplateValues.ToInt(a[0]) : 15, a.Length > 1 ? TextOf(run, a, 1) : "..."),
        ["url_encode"] = Text(static text => WebUtility.UrlEncode(text), growth: 9),
        ["url_decode"] = Text(static text => WebUtility.UrlDecode(text)),
        ["base64"] = Text(Base64, growth: 5),
        ["base64_encode"] = Text(Base64, growth: 5),
        ["slice"] = static (run, input, a) => Slice(run, input, a),
        ["string"] = Text(static text => text),
    };

    private static Dictionary<string, TemplateFilter> Html() => new()
    {
        ["escape"] = static (run, input, a) => Encoded(run, run.Html(TemplateValues.ToText(run, input))),
        ["escape_once"] = static (run, input, a) =>
            Encoded(run, run.Html(WebUtility.HtmlDecode(TemplateValues.ToText(run, input)))),
        ["raw"] = static (run, input, a) => new RawText(TemplateValues.ToText(run, input)),
        ["newline_to_br"] = static (run, input, a) =>
        {
            var text = TemplateValues.ToText(run, input);
            if (run.HtmlEncode && input is not RawText) text = run.Html(text);
            run.Allocate((text.Length + (6L * text.AsSpan().Count('\n'))) * 2);
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace("\n", "<br />\n", StringComparison.Ordinal);
            return Encoded(run, text);
        },
        ["strip_html"] = Text(static text =>
        {
            var plain = new StringBuilder(text.Length);
            var inTag = false;
            foreach (var c in text)
            {
                if (c == '<') inTag = true;
                if (!inTag) plain.Append(c);
                if (c == '>') inTag = false;
            }

            return plain.ToString();
        }),
    };

    private static Dictionary<string, TemplateFilter> Others() => new()
    {
        ["default"] = static (run, input, a) =>
            input is null or "" or List<object?> { Count: 0 } || (input is false && a.Length < 2) ? a.At(0) : input,
        ["json"] = static (run, input, a) => TemplateValues.ToJson(run, input, indented: a.At(0) is true),
        ["date"] = static (run, input, a) => DateText.Format(run, input, TextOf(run, a, 0), TextOf(run, a, 1)),
        ["format_date"] = static (run, input, a) => DateText.Format(run, input, TextOf(run, a, 0), TextOf(run, a, 1)),
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static object Encoded(TemplateRun run, string html) => run.HtmlEncode ? new RawText(html) : html;

    private static string Checked(TemplateRun run, string left, string right)
    {
        run.Allocate((left.Length + right.Length) * 2L);
        return left + right;
    }

    private static string Replaced(TemplateRun run, string text, string part, string replacement)
    {
        if (part.Length == 0) return text;
        run.Search(text, part);
        var growth = replacement.Length - part.Length;
        if (growth > 0) run.Allocate((text.Length / part.Length * (long)growth) + text.Length);
        return text.Replace(part, replacement, StringComparison.Ordinal);
    }

    private static string First(TemplateRun run, object? input, string part, string replacement)
    {
        var text = TemplateValues.ToText(run, input);
        run.Search(text, part);
        run.Allocate((text.Length + replacement.Length) * 2L);
        var index = part.Length == 0 ? -1 : text.IndexOf(part, StringComparison.Ordinal);
        return index < 0 ? text : string.Concat(text.AsSpan(0, index), replacement, text.AsSpan(index + part.Length));
    }

    private static List<object?> Split(TemplateRun run, string text, string separator)
    {
        run.Search(text, separator);
        run.Allocate(text.Length * ListOfTexts);
        if (text.Length == 0) return [];
        if (separator.Length == 0) return [.. text.Select(static c => (object?)c.ToString())];
        var parts = text.Split(separator).ToList();
        while (parts.Count > 0 && parts[^1].Length == 0) parts.RemoveAt(parts.Count - 1);
        return [.. parts];
    }

    private static string Truncated(TemplateRun run, object? input, int length, string ending)
    {
        var text = TemplateValues.ToText(run, input);
        if (text.Length <= length) return text;
        var kept = Math.Max(0, Math.Max(0, length) - ending.Length);
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1])) kept--;
        return Checked(run, text[..kept], ending);
    }

    private static string TruncatedWords(TemplateRun run, object? input, int count, string ending)
    {
        var text = TemplateValues.ToText(run, input);
        run.Allocate(text.Length * ListOfTexts);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= count ? text : Checked(run, string.Join(' ', words.Take(Math.Max(count, 1))), ending);
    }

    private static object? Slice(TemplateRun run, object? input, object?[] a)
    {
        var list = input as List<object?>;
        var text = list is null ? TemplateValues.ToText(run, input) : "";
        var size = list?.Count ?? text.Length;
        var start = TemplateValues.ToInt(a.At(0));
        if (start < 0) start += size;
        if (start < 0 || start > size) return list is null ? "" : new List<object?>();
        var length = Math.Clamp(a.Length > 1 ? TemplateValues.ToInt(a[1]) : 1, 0, size - start);
        return list is null ? text.Substring(start, length) : list.GetRange(start, length);
    }

    private static Dictionary<string, TemplateFilter> Numbers() => new()
    {
        ["plus"] = Arithmetic(static (a, b) => a + b, static (a, b) => a + b),
        ["minus"] = Arithmetic(static (a, b) => a - b, static (a, b) => a - b),
        ["times"] = Arithmetic(static (a, b) => a * b, static (a, b) => a * b),
        ["divided_by"] = static (run, input, a) => Divide(run, input, a.At(0)),
        ["modulo"] = static (run, input, a) =>
        {
            var (left, right) = (TemplateValues.ToNumber(input), TemplateValues.ToNumber(a.At(0)));
            if (right == 0) throw run.Wrong("A number cannot be divided by 0");
            return TemplateValues.Number(left - (right * Math.Floor(left / right)));
        },
        ["abs"] = static (run, input, a) => TemplateValues.Number(Math.Abs(TemplateValues.ToNumber(input))),
        ["ceil"] = static (run, input, a) => TemplateValues.Number(Math.Ceiling(TemplateValues.ToNumber(input))),
        ["floor"] = static (run, input, a) => TemplateValues.Number(Math.Floor(TemplateValues.ToNumber(input))),
        ["round"] = static (run, input, a) =>
        {
            var (number, digits) = (TemplateValues.ToNumber(input), Math.Clamp(TemplateValues.ToInt(a.At(0)), 0, 15));
            return TemplateValues.Number(Math.Abs(number) < 1e15
                ? (double)Math.Round((decimal)number, digits, MidpointRounding.AwayFromZero)
                : number);
        },
        ["at_least"] = static (run, input, a) =>
            TemplateValues.Number(Math.Max(TemplateValues.ToNumber(input), TemplateValues.ToNumber(a.At(0)))),
        ["at_most"] = static (run, input, a) =>
            TemplateValues.Number(Math.Min(TemplateValues.ToNumber(input), TemplateValues.ToNumber(a.At(0)))),
        ["format_number"] = static (run, input, a) =>
        {
            var format = a.Length == 0 ? "N0" : TextOf(run, a, 0);
            if (format.Length > 20) throw run.Wrong("The number format is too long; use for example N2 or #,##0.00");
            try
            {
                // A letter and a number of digits: N999999999 would be a text of a gigabyte.
                if (ManyDigits().IsMatch(format)) throw new FormatException();
                return TemplateValues.ToNumber(input).ToString(format, CultureInfo.InvariantCulture);
            }
            catch (FormatException)
            {
                throw run.Wrong($"\"{format}\" is no number format; use for example N2 or #,##0.00");
            }
        },
    };

    /// <summary>Exact in decimal where the numbers allow, so that 0.1 plus 0.2 is 0.3.</summary>
    private static TemplateFilter Arithmetic(
        Func<decimal, decimal, decimal> exact, Func<double, double, double> rough) =>
        (run, input, a) =>
        {
            var (left, right) = (TemplateValues.ToNumber(input), TemplateValues.ToNumber(a.At(0)));
            return Math.Abs(left) < 1e14 && Math.Abs(right) < 1e14
                ? TemplateValues.Number((double)exact((decimal)left, (decimal)right))
                : TemplateValues.Number(rough(left, right));
        };

    private static object Divide(TemplateRun run, object? input, object? divisor)
    {
        var (left, right) = (TemplateValues.ToNumber(input), TemplateValues.ToNumber(divisor));
        if (right == 0) throw run.Wrong("A number cannot be divided by 0");
        var whole = divisor is long || (divisor is string text && !text.Contains('.'));
        return TemplateValues.Number(whole && left == Math.Floor(left) ? Math.Floor(left / right) : left / right);
    }

    [GeneratedRegex(@"^[A-Za-z]\d{3,}$")]
    private static partial Regex ManyDigits();
}
