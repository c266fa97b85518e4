using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// Plain data to values of the script and back. Both ways copy: a script that fails has changed nothing it was lent.
/// </summary>
internal static class Exchange
{
    public static Val Import(Runtime rt, object? data)
    {
        switch (data)
        {
            case null:
                return Val.Null;
            case bool flag:
                return Val.Of(flag);
            case long whole:
                return Val.Of(whole);
            case double number:
                return Val.Of(number);
            case string text:
                return Val.Of(text);
            case DateTimeOffset instant:
                return Val.Of(new JsDate(instant.ToUnixTimeMilliseconds()));
            case TimeSpan span:
                return Val.Of(new JsSpan(span));
            case List<object?> items:
                rt.Work(items.Count);
                rt.CheckStack();
                var list = new JsArray(rt, items.Count);
                foreach (var item in items) list.Add(rt, Import(rt, item));
                return Val.Of(list);
            case Dictionary<string, object?> entries:
                rt.Work(entries.Count);
                rt.CheckStack();
                var map = rt.NewObject();
                foreach (var (name, value) in entries) map.Define(rt, name, Import(rt, value));
                return Val.Of(map);
            default:
                return Import(rt, PlainData.Normalise(data));
        }
    }

    public static object? Export(Runtime rt, in Val value) => Export(rt, value, 0);

    /// <summary>True if a value still says the same as the data it came from.</summary>
    public static bool IsUnchanged(Runtime rt, in Val value, object? data)
    {
        switch (value.Ref)
        {
            case JsArray list:
                if (data is not List<object?> items || items.Count != list.Length) return false;
                rt.Work(list.Length);
                for (var i = 0; i < list.Length; i++)
                {
                    if (!IsUnchanged(rt, list.Items[i], items[i])) return false;
                }

                return true;
            case JsDate date:
                return data is DateTimeOffset instant && instant.ToUnixTimeMilliseconds() == date.Time;
            case JsSpan span:
                return data is TimeSpan known && known == span.Span;
            case JsObject map when map.GetType() == typeof(JsObject):
                if (data is not Dictionary<string, object?> entries) return false;
                var keys = map.Keys(rt, enumerableOnly: true);
                if (keys.Count != entries.Count) return false;
                foreach (var key in keys)
                {
                    if (!entries.TryGetValue(key, out var entry) || !IsUnchanged(rt, map.Get(rt, key), entry))
                    {
                        return false;
                    }
                }

                return true;
            case JsObject:
                return false;
            default:
                return PlainData.DeepEquals(Export(rt, value, 0), data);
        }
    }

    private static object? Export(Runtime rt, in Val value, int depth)
    {
        if (depth > PlainData.MaxDepth)
        {
            throw rt.RangeError($"The value is nested more than {PlainData.MaxDepth} levels deep, or contains itself");
        }

        switch (value.Ref)
        {
            case null:
                return null;
            case string or Rope:
                return rt.ToText(value);
            case JsFunction:
                return null;
            case JsArray list:
                return ExportAll(rt, rt.Items(list), list.Length, depth);
            case JsMap { IsSet: true } set:
                return ExportAll(rt, rt.Slots(set, keys: true, values: false), set.Count, depth);
            case JsMap map:
                var entries = new Dictionary<string, object?>(map.Count);
                for (var i = 0; i < map.SlotCount; i++)
                {
                    if (map.TryGetSlot(i, out var key, out var item))
                    {
                        entries[rt.ToText(key)] = Export(rt, item, depth + 1);
                    }
                }

                return entries;
            case JsIterator iterator:
                return ExportAll(rt, rt.Iterate(Val.Of(iterator)), 0, depth);
            case JsDate date:
                return double.IsNaN(date.Time) || date.Time is < -62135596800000 or > 253402300799999
                    ? null
                    : DateTimeOffset.FromUnixTimeMilliseconds((long)date.Time);
            case JsSpan span:
                return span.Span;
            case JsRegex or JsError:
                return rt.ToText(value);
            case JsObject map:
                var properties = new Dictionary<string, object?>();
                foreach (var name in map.Keys(rt, enumerableOnly: true))
                {
                    rt.Step(rt.At);
                    var property = map.Get(rt, name);
                    if (property.Ref is not JsFunction) properties[name] = Export(rt, property, depth + 1);
                }

                return properties;
            default:
                if (value.IsNumber)
                {
                    if (IsWhole(value.Number)) return (long)value.Number;
                    return value.Number;
                }


                return value.IsNull ? null : value.IsTrue;
        }
    }

    private static bool IsWhole(double number) =>
        Math.Abs(number) <= 9007199254740991 && Math.Floor(number) == number;

    private static List<object?> ExportAll(Runtime rt, IEnumerable<Val> items, int count, int depth)
    {
        var list = new List<object?>(count);
        foreach (var item in items) list.Add(Export(rt, item, depth + 1));
        return list;
    }
}
