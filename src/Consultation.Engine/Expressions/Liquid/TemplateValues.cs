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
                return Jint.Runtime.TypeConverter.ToString(number);
            case DateTimeOffset instant:
                return run.Local(instant).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
            case List<object?> list:
                if (depth > DeepestText) return "";
                var text2 = new StringBuilder();
                foreach (var item in list)
                {
                    run.Step();
                    text2.Append(ToText(run, item, depth + 1));
                }

                return text2.ToString();
            case Dictionary<string, object?>:
                return PlainData.ToJson(value);
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
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            number,
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
                return named.Find(PlainData.ToText(key));
            case Dictionary<string, object?> map:
                var name = PlainData.ToText(key);
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
                return loop.Member(PlainData.ToText(key));
            default:
                return null;
        }
    }

    public static bool AreEqual(object? left, object? right)
    {
        if (IsMark(right)) return IsEmpty(left, ReferenceEquals(right, Blank));
        if (IsMark(left)) return IsEmpty(right, ReferenceEquals(left, Blank));
        if (left is RawText first) left = first.Text;
        if (right is RawText second) right = second.Text;
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
            case (long or double, string text) when double.TryParse(text, CultureInfo.InvariantCulture, out var number):
                return ToNumber(left).CompareTo(number);
            case (string text, long or double) when double.TryParse(text, CultureInfo.InvariantCulture, out var number):
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
                run.Step(text.Length >> 6);
                return part is not null && text.Contains(PlainData.ToText(part), StringComparison.Ordinal);
            case List<object?> list:
                run.Step(list.Count >> 2);
                return list.Exists(item => AreEqual(item, part));
            case Dictionary<string, object?> map:
                return map.ContainsKey(PlainData.ToText(part));
            default:
                return false;
        }
    }

    /// <summary>A number without a fraction if it has none.</summary>
    public static object Number(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < 9007199254740992 ? (object)(long)number : number;

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
