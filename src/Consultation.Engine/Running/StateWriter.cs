using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Consultation.Engine.Running;

/// <summary>
/// Writes plain data and records in a compact binary form. Every record starts with its length, so that an older
/// reader skips what a newer writer added at the end, and a newer reader takes defaults for what is not there.
/// </summary>
internal sealed class StateWriter
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _length;

    public byte[] ToArrayAndReturn()
    {
        var bytes = _buffer.AsSpan(0, _length).ToArray();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        return bytes;
    }

    public void Byte(byte value)
    {
        Ensure(1);
        _buffer[_length++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A whole number, small magnitudes in few bytes.</summary>
    public void Whole(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        Ensure(10);
        while (rest >= 0x80)
        {
            _buffer[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[_length++] = (byte)rest;
    }

    public void Number(double value)
    {
        Ensure(8);
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    public void Instant(DateTimeOffset value)
    {
        Whole(value.UtcTicks);
        Whole((long)value.Offset.TotalMinutes);
    }

    public void OptionalInstant(DateTimeOffset? value)
    {
        Flag(value is not null);
        if (value is { } given) Instant(given);
    }

    /// <summary>A text or null. A text that came before is written as its number.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Whole(-1);
            return;
        }

        if (_texts.TryGetValue(value, out var number))
        {
            Whole(-2 - number);
            return;
        }

        _texts.Add(value, _texts.Count);
        var size = Encoding.UTF8.GetByteCount(value);
        Whole(size);
        Ensure(size);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>Starts a record; give the result to <see cref="End"/>.</summary>
    public int Begin()
    {
        Ensure(4);
        _length += 4;
        return _length;
    }

    public void End(int start) =>
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - 4), _length - start);

    public void Map(IReadOnlyDictionary<string, object?>? map)
    {
        if (map is null)
        {
            Whole(-1);
            return;
        }

        Whole(map.Count);
        foreach (var (name, value) in map)
        {
            Text(name);
            Value(value, 0);
        }
    }

    public void Value(object? value) => Value(value, 0);

    private void Value(object? value, int depth)
    {
        if (depth > Expressions.PlainData.MaxDepth)
            throw new InvalidOperationException("The run holds data that is nested too deeply or contains itself.");
        switch (value)
        {
            case null:
                Byte(0);
                break;
            case bool flag:
                Byte(flag ? (byte)2 : (byte)1);
                break;
            case long whole:
                Byte(3);
                Whole(whole);
                break;
            case double number:
                Byte(4);
                Number(number);
                break;
            case string text:
                Byte(5);
                Text(text);
                break;
            case DateTimeOffset instant:
                Byte(6);
                Instant(instant);
                break;
            case TimeSpan span:
                Byte(7);
                Whole(span.Ticks);
                break;
            case List<object?> list:
                Byte(8);
                Whole(list.Count);
                foreach (var item in list) Value(item, depth + 1);
                break;
            case Dictionary<string, object?> map:
                Byte(9);
                Whole(map.Count);
                foreach (var (name, item) in map)
                {
                    Text(name);
                    Value(item, depth + 1);
                }

                break;
            default:
                Value(Expressions.PlainData.Normalise(value), depth);
                break;
        }
    }

    private void Ensure(int more)
    {
        if (_length + more <= _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
