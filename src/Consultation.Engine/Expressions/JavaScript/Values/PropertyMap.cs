using System.Globalization;

namespace Consultation.Engine.Expressions.JavaScript.Values;

[Flags]
internal enum PropertyFlags : byte
{
    None = 0,
    Writable = 1,
    Enumerable = 2,
    Configurable = 4,
    All = Writable | Enumerable | Configurable,
    Hidden = Writable | Configurable,
}

/// <summary>
/// Named properties in the order they were made. Few are searched in a row, more than eight by an index.
/// </summary>
internal sealed class PropertyMap
{
    private const int IndexFrom = 9;

    private string[] _keys = new string[4];
    private Val[] _values = new Val[4];
    private PropertyFlags[] _flags = new PropertyFlags[4];
    private Dictionary<string, int>? _index;
    private int _numericKeys;

    public int Count { get; private set; }

    public string KeyAt(int slot) => _keys[slot];

    public ref Val ValueAt(int slot) => ref _values[slot];

    public ref PropertyFlags FlagsAt(int slot) => ref _flags[slot];

    /// <summary>The slot of a name, or -1.</summary>
    public int Find(string key)
    {
        if (_index is not null) return _index.TryGetValue(key, out var slot) ? slot : -1;
        var keys = _keys;
        for (var i = 0; i < Count; i++)
        {
            if (ReferenceEquals(keys[i], key)) return i;
        }

        for (var i = 0; i < Count; i++)
        {
            if (keys[i].Length == key.Length && keys[i] == key) return i;
        }

        return -1;
    }

    public void Add(string key, in Val value, PropertyFlags flags)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
            Array.Resize(ref _values, Count * 2);
            Array.Resize(ref _flags, Count * 2);
        }

        _keys[Count] = key;
        _values[Count] = value;
        _flags[Count] = flags;
        if (IsIndex(key)) _numericKeys++;
        Count++;
        if (_index is not null) _index.Add(key, Count - 1);
        else if (Count == IndexFrom) Reindex();
    }

    public void RemoveAt(int slot)
    {
        if (IsIndex(_keys[slot])) _numericKeys--;
        var rest = Count - slot - 1;
        Array.Copy(_keys, slot + 1, _keys, slot, rest);
        Array.Copy(_values, slot + 1, _values, slot, rest);
        Array.Copy(_flags, slot + 1, _flags, slot, rest);
        Count--;
        _keys[Count] = null!;
        _values[Count] = default;
        if (_index is not null) Reindex();
    }

    /// <summary>The names as the language orders them: whole numbers first, ascending, then as made.</summary>
    public List<string> Keys(bool enumerableOnly)
    {
        var keys = new List<string>(Count);
        for (var i = 0; i < Count; i++)
        {
            if (!enumerableOnly || (_flags[i] & PropertyFlags.Enumerable) != 0) keys.Add(_keys[i]);
        }

        if (_numericKeys == 0) return keys;
        var numbers = keys.FindAll(IsIndex);
        numbers.Sort(static (a, b) => a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b));
        numbers.AddRange(keys.FindAll(static key => !IsIndex(key)));
        return numbers;
    }

    private static bool IsIndex(string key) =>
        key.Length is > 0 and < 11 && char.IsAsciiDigit(key[0]) && (key[0] != '0' || key.Length == 1)
        && uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < uint.MaxValue;

    private void Reindex()
    {
        if (Count < IndexFrom)
        {
            _index = null;
            return;
        }

        _index = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++) _index.Add(_keys[i], i);
    }
}
