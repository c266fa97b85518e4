using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>
/// The key by which a store finds waiting bookmarks and triggers: a stable 64-bit digest of a stimulus name and its
/// plain data. The order of properties does not count, and 1 and 1.0 are the same. Stable between processes and
/// versions: stored hashes depend on it.
/// </summary>
public static class BookmarkHash
{
    /// <summary>The hash as 16 lower-case hex digits.</summary>
    public static string Of(string name, object? stimulus) => Text(Value(name, stimulus));

    internal static string Text(ulong value) => value.ToString("x16", CultureInfo.InvariantCulture);

    internal static ulong Value(string name, object? stimulus)
    {
        var text = new StringBuilder(64).Append(name).Append('\n');
        Append(text, stimulus);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string characters:
                text.Append('"').Append(characters.Length).Append(':').Append(characters);
                break;
            case double number when number == Math.Floor(number) && Math.Abs(number) < 9e15:
                text.Append((long)number);
                break;
            case List<object?> list:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case Dictionary<string, object?> map:
                text.Append('{');
                foreach (var name in map.Keys.Order(StringComparer.Ordinal))
                {
                    Append(text, name);
                    text.Append('=');
                    Append(text, map[name]);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case DateTimeOffset instant:
                text.Append('@').Append(instant.UtcTicks);
                break;
            default:
                text.Append(PlainData.ToText(value));
                break;
        }
    }
}
