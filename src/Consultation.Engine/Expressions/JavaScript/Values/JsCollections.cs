namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>Map, and Set with keys only. Keeps the order; entries removed during a walk are passed over.</summary>
internal sealed class JsMap(bool isSet) : JsObject(isSet ? Builtins.SetPrototype : Builtins.MapPrototype)
{
    private readonly Dictionary<Val, int> _index = new(KeyComparer.Instance);
    private readonly List<(Val Key, Val Value, bool Present)> _entries = [];

    public bool IsSet => isSet;

    public override string ClassName => isSet ? "Set" : "Map";

    public int Count => _index.Count;

    /// <summary>Slots to walk, with the empty ones.</summary>
    public int SlotCount => _entries.Count;

    public bool TryGetSlot(int slot, out Val key, out Val value)
    {
        (key, value, var present) = _entries[slot];
        return present;
    }

    public bool Contains(in Val key) => _index.ContainsKey(key);

    public Val Get(in Val key) => _index.TryGetValue(key, out var slot) ? _entries[slot].Value : default;

    public void Put(Runtime rt, in Val key, in Val value)
    {
        if (_index.TryGetValue(key, out var slot))
        {
            _entries[slot] = (_entries[slot].Key, value, true);
            return;
        }

        rt.Allocate(120);
        _index.Add(key, _entries.Count);
        _entries.Add((key.IsNumber && key.Number == 0 ? Val.Of(0d) : key, value, true));
    }

    public bool Remove(in Val key)
    {
        if (!_index.Remove(key, out var slot)) return false;
        _entries[slot] = default;
        return true;
    }

    public void Clear()
    {
        _index.Clear();
        for (var i = 0; i < _entries.Count; i++) _entries[i] = default;
    }

    private sealed class KeyComparer : IEqualityComparer<Val>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(Val x, Val y) => Val.SameValueZero(x, y);

        public int GetHashCode(Val value)
        {
            if (value.IsNumber) return value.Number == 0 ? 0 : value.Number.GetHashCode();
            if (value.IsText) return value.Text.GetHashCode(StringComparison.Ordinal);
            return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Ref);
        }
    }
}

/// <summary>What <c>keys()</c>, <c>values()</c>, <c>entries()</c> and <c>matchAll()</c> give: walked once.</summary>
internal sealed class JsIterator(IEnumerator<Val> items) : JsObject(Builtins.IteratorPrototype)
{
    public override string ClassName => "Iterator";

    public bool MoveNext(out Val value)
    {
        var moved = items.MoveNext();
        value = moved ? items.Current : default;
        return moved;
    }
}

/// <summary>A point in time: milliseconds since 1970 in UTC, or NaN.</summary>
internal sealed class JsDate(double time) : JsObject(Builtins.DatePrototype)
{
    public double Time { get; set; } = time;

    public override string ClassName => "Date";
}

/// <summary>A length of time from the workflow, kept as it is; counts as its milliseconds.</summary>
internal sealed class JsSpan(TimeSpan span) : JsObject(Builtins.SpanPrototype)
{
    public TimeSpan Span { get; } = span;

    public override string ClassName => "TimeSpan";
}

/// <summary>An error with name, message and the place it was made.</summary>
internal sealed class JsError(JsObject prototype, int at) : JsObject(prototype)
{
    public int At { get; } = at;

    public override string ClassName => "Error";
}

/// <summary>A regular expression and where its next search begins.</summary>
internal sealed class JsRegex(JsRegexProgram program) : JsObject(Builtins.RegexPrototype)
{
    public JsRegexProgram Program { get; } = program;

    public double LastIndex { get; set; }

    public override string ClassName => "RegExp";

    public override bool TryGetOwn(Runtime rt, string key, out Val value)
    {
        if (key != "lastIndex") return base.TryGetOwn(rt, key, out value);
        value = Val.Of(LastIndex);
        return true;
    }

    public override void Set(Runtime rt, string key, in Val value)
    {
        if (key == "lastIndex") LastIndex = rt.ToInteger(value);
        else base.Set(rt, key, value);
    }
}
