using System.Buffers.Binary;
using System.Text;

namespace Consultation.Engine.Running;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly List<string> _texts = [];
    private int _position;

    /// <summary>
    /// Starts a record and gives its end; read fields while <see cref="Has"/> says so, then call <see cref="Skip"/>.
    /// </summary>
    public int Begin()
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
        if (size < 0 || size > _bytes.Length - _position) throw Broken();
        return _position + size;
    }

    public readonly bool Has(int end) => _position < end;

    public void Skip(int end) => _position = end;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public long Whole()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw Broken();
    }

    public int Count()
    {
        var count = Whole();
        return count is >= -1 and <= int.MaxValue && count <= _bytes.Length ? (int)count : throw Broken();
    }

    public double Number() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public DateTimeOffset Instant()
    {
        var ticks = Whole();
        var offset = TimeSpan.FromMinutes(Whole());
        return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(offset);
    }

    public DateTimeOffset? OptionalInstant() => Flag() ? Instant() : null;

    public string? Text()
    {
        var size = Whole();
        if (size == -1) return null;
        if (size < -1)
        {
            var number = -2 - size;
            return number < _texts.Count ? _texts[(int)number] : throw Broken();
        }

        if (size > _bytes.Length) throw Broken();
        var text = Encoding.UTF8.GetString(Take((int)size));
        _texts.Add(text);
        return text;
    }

    public string RequiredText() => Text() ?? throw Broken();

    public Dictionary<string, object?>? Map()
    {
        var count = Count();
        if (count < 0) return null;
        var map = new Dictionary<string, object?>(count);
        for (var i = 0; i < count; i++) map[RequiredText()] = Value();
        return map;
    }

    public object? Value()
    {
        switch (Byte())
        {
            case 0:
                return null;
            case 1:
                return false;
            case 2:
                return true;
            case 3:
                return Whole();
            case 4:
                return Number();
            case 5:
                return Text();
            case 6:
                return Instant();
            case 7:
                return TimeSpan.FromTicks(Whole());
            case 8:
                var list = new List<object?>();
                for (var remaining = Count(); remaining > 0; remaining--) list.Add(Value());
                return list;
            case 9:
                return Map();
            default:
                throw Broken();
        }
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (size > _bytes.Length - _position) throw Broken();
        var taken = _bytes.Slice(_position, size);
        _position += size;
        return taken;
    }

    private static FormatException Broken() => new("The stored state of the run is damaged.");
}
