using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript;

internal sealed partial class Runtime
{
    public string ToText(in Val value)
    {
        switch (value.Ref)
        {
            case string text:
                return text;
            case Rope rope:
                if (rope.Length > 256) Allocate(rope.Length * 2L);
                return rope.ToString();
            case null:
                return "undefined";
            case JsObject:
                return ToText(ToPrimitive(value, "string"));
            default:
                if (value.IsNumber) return JsNumber.ToText(value.Number);
                return value.IsNull ? "null" : value.IsTrue ? "true" : "false";
        }
    }

    public string ToKey(in Val value) => value.Ref as string ?? ToText(value);

    public double ToNumber(in Val value)
    {
        if (value.IsNumber) return value.Number;
        switch (value.Ref)
        {
            case null:
                return double.NaN;
            case string or Rope:
                return JsNumber.Parse(value.Text);
            case JsObject:
                return ToNumber(ToPrimitive(value, "number"));
            default:
                return value.IsTrue ? 1 : 0;
        }
    }

    /// <summary>A whole number: NaN is 0, fractions are cut.</summary>
    public double ToInteger(in Val value)
    {
        var number = ToNumber(value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0d;
    }

    public int ToInt32(in Val value)
    {
        if (value.IsNumber)
        {
            var whole = (int)value.Number;
            if (whole == value.Number) return whole;
        }

        return JsNumber.ToInt32(ToNumber(value));
    }

    /// <summary>An index as slice and its kin take it: negative counts from the end, kept within the length.</summary>
    public int ToIndex(in Val value, int length, int otherwise)
    {
        if (value.IsUndefined) return otherwise;
        var index = ToInteger(value);
        return (int)(index < 0 ? Math.Max(length + index, 0) : Math.Min(index, length));
    }

    public Val ToPrimitive(in Val value, string hint)
    {
        if (value.Ref is not JsObject target) return value;
        EnterCall();
        var textFirst = hint == "string" || (hint == "default" && target is JsDate);
        for (var i = 0; i < 2; i++)
        {
            var member = target.Get(this, textFirst == (i == 0) ? "toString" : "valueOf");
            if (member.Ref is not JsFunction convert) continue;
            var result = convert.Call(this, value, []);
            if (result.IsObject) continue;
            LeaveCall();
            return result;
        }

        throw TypeError("This object cannot be turned into text or a number");
    }

    /// <summary>The prototype whose members a value has.</summary>
    public JsObject PrototypeOf(in Val value, string key)
    {
        switch (value.Ref)
        {
            case JsObject target:
                return target;
            case string or Rope:
                return Builtins.StringPrototype;
            default:
                if (value.IsNumber) return Builtins.NumberPrototype;
                if (value.IsBoolean) return Builtins.BooleanPrototype;
                var name = value.IsNull ? "null" : "undefined";
                throw TypeError(
                    $"Cannot read \"{key}\" of {name}; check the value before, or write ?. instead of the dot");
        }
    }

    /// <summary>Reads a member of any value.</summary>
    public Val GetMember(in Val target, string key)
    {
        if (target.Ref is JsObject holder) return holder.Get(this, key);
        if (target.IsText)
        {
            if (key == "length") return Val.Of(Rope.LengthOf(target.Ref!));
            if (key.Length > 0 && char.IsAsciiDigit(key[0]))
            {
                var index = JsNumber.Parse(key);
                var text = ToText(target);
                return index == Math.Floor(index) && index < text.Length ? Val.Of(CharText(text[(int)index])) : default;
            }
        }

        return PrototypeOf(target, key).Get(this, key);
    }

    public Val GetMember(in Val target, in Val key)
    {
        if (target.Ref is JsObject holder) return holder.Get(this, key);
        if (key.IsNumber && target.IsText)
        {
            var text = ToText(target);
            var index = (int)key.Number;
            return index == key.Number && (uint)index < (uint)text.Length ? Val.Of(CharText(text[index])) : default;
        }

        return GetMember(target, ToKey(key));
    }

    public void SetMember(in Val target, string key, in Val value)
    {
        if (target.Ref is JsObject holder) holder.Set(this, key, value);
        else throw NotSettable(target, key);
    }

    public void SetMember(in Val target, in Val key, in Val value)
    {
        if (target.Ref is JsObject holder) holder.Set(this, key, value);
        else throw NotSettable(target, ToKey(key));
    }

    /// <summary>Calls any value, with a clear error if it is no function.</summary>
    public Val Call(in Val callee, in Val self, params Val[] arguments) =>
        callee.Ref is JsFunction function
            ? function.Call(this, self, arguments)
            : throw TypeError($"{Describe(callee)} is not a function");

    /// <summary>The function in a value, or an error that names what was expected.</summary>
    public JsFunction ToFunction(in Val value, string usedBy) =>
        value.Ref as JsFunction ?? throw TypeError($"{usedBy} needs a function; {Describe(value)} was given");

    /// <summary>Short wording of a value for error messages.</summary>
    public string Describe(in Val value) => value.Ref switch
    {
        string or Rope => value.Text is { Length: <= 40 } text ? $"\"{text}\"" : $"\"{value.Text[..37]}...\"",
        JsFunction function => $"the function {function.Name}",
        JsArray => "a list",
        JsObject => "an object",
        _ => ToText(value),
    };

    /// <summary>Walks lists, texts, maps, sets and iterators.</summary>
    public IEnumerable<Val> Iterate(Val source)
    {
        switch (source.Ref)
        {
            case JsArray array:
                return Items(array);
            case string or Rope:
                return Characters(ToText(source));
            case JsMap map:
                return map.IsSet ? Slots(map, keys: true, values: false) : Slots(map, keys: true, values: true);
            case JsIterator iterator:
                return Rest(iterator);
            default:
                throw TypeError($"{Describe(source)} cannot be walked through; a list, text, Map or Set can");
        }
    }

    public IEnumerable<Val> Items(JsArray array)
    {
        for (var i = 0; i < array.Length; i++)
        {
            Step(At);
            yield return array.Items[i];
        }
    }

    /// <summary>The slots of a Map or Set: keys, values, or pairs if both.</summary>
    public IEnumerable<Val> Slots(JsMap map, bool keys, bool values)
    {
        for (var i = 0; i < map.SlotCount; i++)
        {
            Step(At);
            if (!map.TryGetSlot(i, out var key, out var value)) continue;
            if (map.IsSet) value = key;
            yield return keys && values ? NewList(key, value) : keys ? key : value;
        }
    }

    public Val NewList(params Val[] items)
    {
        Allocate(56 + (items.Length * 16L));
        return Val.Of(new JsArray(items));
    }

    public JsObject NewObject()
    {
        Allocate(64);
        return new JsObject(Builtins.ObjectPrototype);
    }

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    public static string CharText(char c) => c < 128 ? Ascii[c] : c.ToString();

    private IEnumerable<Val> Characters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            Step(At);
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                yield return Val.Of(text.Substring(i++, 2));
            }
            else yield return Val.Of(CharText(text[i]));
        }
    }

    private IEnumerable<Val> Rest(JsIterator iterator)
    {
        while (iterator.MoveNext(out var value))
        {
            Step(At);
            yield return value;
        }
    }

    private JsThrow NotSettable(in Val target, string key)
    {
        if (target.IsNullish)
        {
            return TypeError($"Cannot set \"{key}\" of {(target.IsNull ? "null" : "undefined")}; make an object first");
        }

        return TypeError($"Cannot set \"{key}\" of {Describe(target)}");
    }
}
