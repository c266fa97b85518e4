using System.Runtime.CompilerServices;
using Jint;
using Jint.Native;
using Jint.Native.Error;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// Plain data to values of the script and back. Both ways copy: a script that fails has changed nothing it was lent.
/// The evaluator's own conversion is never used: it has no limit of depth, and too deep a value would end the process.
/// </summary>
internal static class Exchange
{
    private const double EarliestInstant = -62135596800000;
    private const double LatestInstant = 253402300799999;

    public static JsValue Import(Evaluation run, object? data)
    {
        switch (data)
        {
            case null:
                return JsValue.Null;
            case bool flag:
                return flag ? JsBoolean.True : JsBoolean.False;
            case long whole:
                return JsNumber.Create(whole);
            case double number:
                return JsNumber.Create(number);
            case string text:
                return new JsString(text);
            case DateTimeOffset instant:
                return new JsDate(run.Engine, instant);
            case TimeSpan span:
                return new SpanObject(run.Engine, span);
            case List<object?> items:
                return ImportList(run, items);
            case Dictionary<string, object?> entries:
                return ImportMap(run, entries);
            default:
                return Import(run, PlainData.Normalise(data));
        }
    }

    public static object? Export(Evaluation run, JsValue value) => Export(run, value, 0);

    /// <summary>True if a value still says the same as the data it came from.</summary>
    public static bool IsUnchanged(Evaluation run, JsValue value, object? data)
    {
        switch (value)
        {
            case JsArray list:
                if (data is not List<object?> items || items.Count != list.Length) return false;
                run.Budget.Work(items.Count);
                for (var i = 0; i < items.Count; i++)
                {
                    if (!IsUnchanged(run, list[i], items[i])) return false;
                }

                return true;
            case JsDate date:
                return data is DateTimeOffset instant && instant.ToUnixTimeMilliseconds() == date.DateValue;
            case SpanObject span:
                return data is TimeSpan known && known == span.Span;
            case JsObject map:
                if (data is not Dictionary<string, object?> entries) return false;
                var keys = map.GetOwnPropertyKeys(Types.String);
                if (keys.Count != entries.Count) return false;
                foreach (var key in keys)
                {
                    if (!entries.TryGetValue(key.ToString(), out var entry)) return false;
                    if (!IsUnchanged(run, map.Get(key), entry)) return false;
                }

                return true;
            case ObjectInstance:
                return false;
            default:
                return PlainData.DeepEquals(Export(run, value, 0), data);
        }
    }

    private static JsArray ImportList(Evaluation run, List<object?> items)
    {
        run.Budget.Work(items.Count);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var values = new JsValue[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Import(run, items[i]);
        return new JsArray(run.Engine, values);
    }

    private static JsObject ImportMap(Evaluation run, Dictionary<string, object?> entries)
    {
        run.Budget.Work(entries.Count);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return JsObject.CreateFromEntries(
            run.Engine, entries.Select(entry => KeyValuePair.Create(entry.Key, Import(run, entry.Value))));
    }

    private static object? Export(Evaluation run, JsValue value, int depth)
    {
        if (depth > PlainData.MaxDepth)
        {
            throw run.TypeError($"The value is nested more than {PlainData.MaxDepth} levels deep, or contains itself");
        }

        switch (value)
        {
            case JsString:
                return value.ToString();
            case JsNumber number:
                return OfNumber(number.AsNumber());
            case JsBoolean flag:
                return flag == JsBoolean.True;
            case ObjectInstance thing:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                return OfObject(run, thing, depth);
            default:
                return null;
        }
    }

#pragma warning disable CA1859 // A box of one of two types, not a double.
    private static object OfNumber(double number)
#pragma warning restore CA1859
    {
        var isWhole = Math.Abs(number) <= 9007199254740991 && Math.Floor(number) == number;
        return isWhole ? (long)number : (object)number;
    }

    private static object? OfObject(Evaluation run, ObjectInstance thing, int depth)
    {
        switch (thing)
        {
            case JsArray list:
                return OfList(run, list, list.Length, depth);
            case JsArguments list:
                return OfList(run, list, list.Length, depth);
            case JsSet set:
                return OfItems(run, set, depth);
            case JsMap map:
                return OfMap(run, map, depth);
            case JsDate date:
                return date.DateValue is >= EarliestInstant and <= LatestInstant
                    ? DateTimeOffset.FromUnixTimeMilliseconds((long)date.DateValue)
                    : null;
            case SpanObject span:
                return span.Span;
            case IJsPrimitive wrapped:
                return Export(run, wrapped.PrimitiveValue, depth + 1);
            case JsRegExp or ErrorInstance:
                return Evaluation.TextOf(thing);
            default:
                if (thing.IsCallable()) return null;
                return (object?)OfIterator(run, thing, depth) ?? OfProperties(run, thing, depth);
        }
    }

    private static List<object?> OfList(Evaluation run, ObjectInstance list, uint length, int depth)
    {
        run.Budget.Check();
        run.Budget.Work(length);
        var items = new List<object?>((int)length);
        for (var i = 0u; i < length; i++) items.Add(Export(run, list.Get(JsNumber.Create(i)), depth + 1));
        return items;
    }

    private static List<object?> OfItems(Evaluation run, IEnumerable<JsValue> values, int depth)
    {
        var items = new List<object?>();
        foreach (var value in values)
        {
            run.Budget.Check();
            items.Add(Export(run, value, depth + 1));
        }

        return items;
    }

    private static Dictionary<string, object?> OfMap(Evaluation run, JsMap map, int depth)
    {
        var entries = new Dictionary<string, object?>(map.Size);
        foreach (var (key, value) in map)
        {
            run.Budget.Check();
            entries[Evaluation.TextOf(key)] = Export(run, value, depth + 1);
        }

        return entries;
    }

    /// <summary>What an iterator or generator still gives; null if the object is none.</summary>
    private static List<object?>? OfIterator(Evaluation run, ObjectInstance thing, int depth)
    {
        if (!thing.Get(GlobalSymbolRegistry.Iterator).IsCallable()) return null;
        var next = thing.Get("next");
        return next.IsCallable() ? OfItems(run, Turns(run, thing, next), depth) : null;
    }

    private static IEnumerable<JsValue> Turns(Evaluation run, ObjectInstance iterator, JsValue next)
    {
        while (run.Engine.Call(next, iterator, []) is ObjectInstance turn && !TypeConverter.ToBoolean(turn.Get("done")))
        {
            yield return turn.Get("value");
        }
    }

    private static Dictionary<string, object?> OfProperties(Evaluation run, ObjectInstance thing, int depth)
    {
        var properties = new Dictionary<string, object?>();
        foreach (var key in thing.GetOwnPropertyKeys(Types.String))
        {
            run.Budget.Check();
            if (!thing.GetOwnProperty(key).Enumerable) continue;
            var value = thing.Get(key);
            if (!value.IsCallable()) properties[key.ToString()] = Export(run, value, depth + 1);
        }

        return properties;
    }
}
