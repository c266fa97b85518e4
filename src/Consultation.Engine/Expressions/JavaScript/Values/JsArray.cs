using System.Globalization;

namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>A list without holes: an item that was never set is undefined.</summary>
internal sealed class JsArray : JsObject
{
    public JsArray()
        : base(Builtins.ArrayPrototype) => Items = [];

    public JsArray(Val[] items)
        : base(Builtins.ArrayPrototype)
    {
        Items = items;
        Length = items.Length;
    }

    public JsArray(Runtime rt, int capacity)
        : base(Builtins.ArrayPrototype)
    {
        rt.Allocate(56 + (capacity * 16L));
        Items = capacity == 0 ? [] : new Val[capacity];
    }

    public Val[] Items { get; private set; }

    public int Length { get; private set; }

    public override string ClassName => "Array";

    public Span<Val> Span => Items.AsSpan(0, Length);

    public void Add(Runtime rt, in Val value)
    {
        if (Integrity != Integrity.Open) throw rt.TypeError("The list takes no new items");
        if (Length == Items.Length) Grow(rt, Length + 1);
        Items[Length++] = value;
    }

    public void SetLength(Runtime rt, int length)
    {
        CheckOpen(rt);
        if (length > Items.Length) Grow(rt, length);
        if (length < Length) Array.Clear(Items, length, Length - length);
        Length = length;
    }

    /// <summary>Takes items out and puts others in, in place.</summary>
    public void Splice(Runtime rt, int start, int removed, ReadOnlySpan<Val> added)
    {
        CheckOpen(rt);
        var old = Length;
        var length = old - removed + added.Length;
        rt.Work(old - start + added.Length);
        if (length > Items.Length) Grow(rt, length);
        Array.Copy(Items, start + removed, Items, start + added.Length, old - start - removed);
        added.CopyTo(Items.AsSpan(start));
        if (length < old) Array.Clear(Items, length, old - length);
        Length = length;
    }

    public override Val Get(Runtime rt, in Val key)
    {
        if (key.IsNumber)
        {
            var index = (int)key.Number;
            if (index == key.Number) return (uint)index < (uint)Length ? Items[index] : default;
        }

        return Get(rt, rt.ToKey(key));
    }

    public override void Set(Runtime rt, in Val key, in Val value)
    {
        if (key.IsNumber)
        {
            var index = (int)key.Number;
            if (index == key.Number && index >= 0)
            {
                SetItem(rt, index, value);
                return;
            }
        }

        Set(rt, rt.ToKey(key), value);
    }

    public override void Set(Runtime rt, string key, in Val value)
    {
        if (key == "length")
        {
            var length = rt.ToNumber(value);
            if (length < 0 || length != Math.Floor(length) || length > int.MaxValue / 16)
            {
                throw rt.RangeError("The length of a list must be a whole number within reach");
            }

            SetLength(rt, (int)length);
        }
        else if (TryIndex(key, out var index)) SetItem(rt, index, value);
        else base.Set(rt, key, value);
    }

    public override void Define(Runtime rt, string key, in Val value, PropertyFlags flags = PropertyFlags.All)
    {
        if (key == "length" || TryIndex(key, out _)) Set(rt, key, value);
        else base.Define(rt, key, value, flags);
    }

    public override bool TryGetOwn(Runtime rt, string key, out Val value)
    {
        if (key == "length")
        {
            value = Val.Of(Length);
            return true;
        }

        if (TryIndex(key, out var index))
        {
            value = index < Length ? Items[index] : default;
            return index < Length;
        }

        return base.TryGetOwn(rt, key, out value);
    }

    public override void Delete(Runtime rt, string key)
    {
        if (!TryIndex(key, out var index)) base.Delete(rt, key);
        else if (index < Length)
        {
            CheckOpen(rt);
            Items[index] = default;
        }
    }

    public override PropertyFlags FlagsOf(Runtime rt, string key)
    {
        if (key == "length") return PropertyFlags.Writable;
        if (!TryIndex(key, out var index)) return base.FlagsOf(rt, key);
        if (index >= Length) return PropertyFlags.None;
        return Integrity switch
        {
            Integrity.Frozen => PropertyFlags.Enumerable,
            Integrity.Sealed => PropertyFlags.Enumerable | PropertyFlags.Writable,
            _ => PropertyFlags.All,
        };
    }

    public override List<string> Keys(Runtime rt, bool enumerableOnly)
    {
        rt.Work(Length);
        rt.Allocate(Length * 40L);
        var keys = new List<string>(Length);
        for (var i = 0; i < Length; i++) keys.Add(i.ToString(CultureInfo.InvariantCulture));
        if (!enumerableOnly) keys.Add("length");
        keys.AddRange(base.Keys(rt, enumerableOnly));
        return keys;
    }

    private static bool TryIndex(string key, out int index)
    {
        index = 0;
        return key.Length is > 0 and < 10 && char.IsAsciiDigit(key[0]) && (key[0] != '0' || key.Length == 1)
            && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private void SetItem(Runtime rt, int index, in Val value)
    {
        CheckOpen(rt);
        if (index >= Length)
        {
            if (Integrity != Integrity.Open) throw rt.TypeError("The list takes no new items");
            if (index >= Items.Length) Grow(rt, index + 1L);
            Length = index + 1;
        }

        Items[index] = value;
    }

    private void Grow(Runtime rt, long needed)
    {
        var capacity = Math.Max(needed, Math.Max(4, Items.Length * 2L));
        rt.Allocate((capacity - Items.Length) * 16);
        var items = Items;
        Array.Resize(ref items, (int)capacity);
        Items = items;
    }
}
