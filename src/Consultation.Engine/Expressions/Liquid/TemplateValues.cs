using System.Globalization;
using System.Text;

namespace Consultation.Engine.Expressions.Liquid;

/// <summary>How templates compare, convert and look into values.</summary>
internal static class TemplateValues
{
    /// <summary>Stands for <c>empty</c> and <c>blank</c> in comparisons.</summary>
    public static readonly object Empty = new();

    public static readonly object Blank = new();

    private const int DeepestText = 50;

    /// <summary>No number is written with more characters.</summary>
    private const int LongestNumber = 400;

    public static bool Truthy(object? value) => value is not (null or false);

    public static string ToText(TemplateRun run, object? value, int depth = 0)
    {
        switch (value)
        {
            case null:
                return "";
            case string text:
                return text;
            case RawText raw:
                return raw.Text;
            case double number:
                return NumberText(number);
            case DateTimeOffset instant:
                return run.Local(instant).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
            case List<object?> list:
                if (depth > DeepestText) return "";
                var text2 = new StringBuilder();
                foreach (var item in list)
                {
                    run.Step();
                    var piece = ToText(run, item, depth + 1);
                    run.Allocate(piece.Length * 2L);
                    text2.Append(piece);
                }

                return text2.ToString();
            case Dictionary<string, object?>:
                return ToJson(run, value);
            default:
                return ReferenceEquals(value, Empty) || ReferenceEquals(value, Blank) ? "" : PlainData.ToText(value);
        }
    }

    /// <summary>A number, 0 for what is none.</summary>
    public static double ToNumber(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        true => 1,
        string text when TryNumber(text, out var number) => number,
        RawText raw => ToNumber(raw.Text),
        _ => 0,
    };

    /// <summary>A whole number kept within the range of an int.</summary>
    public static int ToInt(object? value) => (int)Math.Clamp(ToNumber(value), int.MinValue, int.MaxValue);

    /// <summary>A list of what can be walked through; a single value is a list of itself, nil an empty one.</summary>
    public static List<object?> ToList(TemplateRun run, object? value)
    {
        switch (value)
        {
            case null or "":
                return [];
            case List<object?> list:
                return list;
            case Dictionary<string, object?> map:
                run.Step(map.Count);
                run.Allocate(map.Count * 64L);
                return [.. map.Select(static pair => (object?)new List<object?> { pair.Key, pair.Value })];
            default:
                return [value];
        }
    }

    public static object? Member(object? target, object? key)
    {
        switch (target)
        {
            case NamedValues named:
                return named.Find(Name(key));
            case Dictionary<string, object?> map:
                var name = Name(key);
                if (map.TryGetValue(name, out var value)) return value;
                return name == "size" ? (long)map.Count : null;
            case List<object?> list when key is long or double:
                var index = ToInt(key);
                if (index < 0) index += list.Count;
                return index >= 0 && index < list.Count ? list[index] : null;
            case List<object?> list:
                return key switch
                {
                    "size" => (long)list.Count,
                    "first" => list.Count > 0 ? list[0] : null,
                    "last" => list.Count > 0 ? list[^1] : null,
                    _ => null,
                };
            case string text:
                return key is "size" ? (long)text.Length : null;
            case ForLoop loop:
                return loop.Member(Name(key));
            default:
                return null;
        }
    }

    public static bool AreEqual(TemplateRun run, object? left, object? right)
    {
        run.Look();
        if (IsMark(right)) return IsEmpty(left, ReferenceEquals(right, Blank));
        if (IsMark(left)) return IsEmpty(right, ReferenceEquals(left, Blank));
        if (left is RawText first) left = first.Text;
        if (right is RawText second) right = second.Text;
        switch (left, right)
        {
            case (string a, string b):
                if (a.Length == b.Length) run.Read(a.Length);
                break;
            case (List<object?> or Dictionary<string, object?>, List<object?> or Dictionary<string, object?>):
                Weigh(run, left);
                break;
        }

        return PlainData.DeepEquals(left, right);
    }

    /// <summary>Order of numbers, texts and instants; null if they cannot be compared.</summary>
    public static int? Compare(object? left, object? right)
    {
        switch (left, right)
        {
            case (long or double, long or double):
                return ToNumber(left).CompareTo(ToNumber(right));
            case (string a, string b):
                return string.CompareOrdinal(a, b);
            case (DateTimeOffset a, DateTimeOffset b):
                return a.CompareTo(b);
            case (TimeSpan a, TimeSpan b):
                return a.CompareTo(b);
            case (bool a, bool b):
                return a.CompareTo(b);
            case (long or double, string text) when TryNumber(text, out var number):
                return ToNumber(left).CompareTo(number);
            case (string text, long or double) when TryNumber(text, out var number):
                return number.CompareTo(ToNumber(right));
            default:
                return null;
        }
    }

    public static bool Contains(TemplateRun run, object? whole, object? part)
    {
        switch (whole)
        {
            case string text:
                if (part is null) return false;
                var wanted = ToText(run, part);
                run.Search(text, wanted);
                return text.Contains(wanted, StringComparison.Ordinal);
            case List<object?> list:
                run.Step(list.Count >> 2);
                return list.Exists(item => AreEqual(run, item, part));
            case Dictionary<string, object?> map:
                return map.ContainsKey(Name(part));
            default:
                return false;
        }
    }

    /// <summary>A number without a fraction if it has none.</summary>
    public static object Number(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < 9007199254740992 ? (object)(long)number : number;

    /// <summary>Pays for reading a text once; lists are paid for by what walks through them.</summary>
    public static void Read(TemplateRun run, object? value)
    {
        if (value is string text) run.Read(text.Length);
        else if (value is RawText raw) run.Read(raw.Text.Length);
        else run.Look();
    }

    /// <summary>JSON of a value, paid for before it is made.</summary>
    public static string ToJson(TemplateRun run, object? value, bool indented = false)
    {
        if (value is RawText raw) value = raw.Text;
        Weigh(run, value);
        return PlainData.ToJson(value, indented);
    }

    /// <summary>A text that is the same for equal values only.</summary>
    public static string Key(TemplateRun run, object? value) => value switch
    {
        string text => Quoted(run, text),
        RawText raw => Quoted(run, raw.Text),
        long or bool => PlainData.ToText(value),
        _ => ToJson(run, value),
    };

    private static string Quoted(TemplateRun run, string text)
    {
        run.Allocate(text.Length * 2L);
        return '"' + text;
    }

    /// <summary>
    /// Pays for all of a value, since one list may stand in it many times: a few filters make data that would take
    /// years to write. A character is written with six at most.
    /// </summary>
    private static void Weigh(TemplateRun run, object? value, int depth = 0)
    {
        if (depth >= PlainData.MaxDepth) throw run.Wrong("The data is nested too deep.");
        run.Step();
        switch (value)
        {
            case string text:
                run.Allocate(text.Length * 12L);
                break;
            case List<object?> list:
                foreach (var item in list) Weigh(run, item, depth + 1);
                break;
            case Dictionary<string, object?> map:
                foreach (var (name, item) in map)
                {
                    run.Allocate(name.Length * 12L);
                    Weigh(run, item, depth + 1);
                }

                break;
        }
    }

    private static string Name(object? key) =>
        key is List<object?> or Dictionary<string, object?> ? "" : PlainData.ToText(key);

    private static bool TryNumber(string text, out double number)
    {
        number = 0;
        return text.Length <= LongestNumber
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Without an exponent where a person would write none.</summary>
    private static string NumberText(double number)
    {
        var text = PlainData.ToText(Number(number));
        var fitsDecimal = Math.Abs(number) is > 1e-20 and < 1e27;
        return fitsDecimal && text.Contains('E') ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : text;
    }

    private static bool IsMark(object? value) => ReferenceEquals(value, Empty) || ReferenceEquals(value, Blank);

    private static bool IsEmpty(object? value, bool blank) => value switch
    {
        null => blank,
        false => blank,
        string text => blank ? string.IsNullOrWhiteSpace(text) : text.Length == 0,
        List<object?> list => list.Count == 0,
        Dictionary<string, object?> map => map.Count == 0,
        _ => false,
    };
}
