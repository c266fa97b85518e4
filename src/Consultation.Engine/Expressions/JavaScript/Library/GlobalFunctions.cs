using System.Globalization;
using System.Text;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>The functions that stand alone: parseInt, isNaN, encodeURIComponent and their kin.</summary>
internal static class GlobalFunctions
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
    private const string Reserved = ";/?:@&=+$,#";

    public static IEnumerable<NativeFunction> All() =>
    [
        new("parseInt", 2, ParseInt),
        new("parseFloat", 1, ParseFloat),
        new("isNaN", 1, static (rt, in self, a) => Val.Of(double.IsNaN(rt.ToNumber(a.Arg(0))))),
        new("isFinite", 1, static (rt, in self, a) => Val.Of(double.IsFinite(rt.ToNumber(a.Arg(0))))),
        new("encodeURIComponent", 1, static (rt, in self, a) => Encode(rt, a, Unreserved)),
        new("encodeURI", 1, static (rt, in self, a) => Encode(rt, a, Unreserved + Reserved)),
        new("decodeURIComponent", 1, static (rt, in self, a) => Decode(rt, a, "")),
        new("decodeURI", 1, static (rt, in self, a) => Decode(rt, a, Reserved)),
        new("structuredClone", 1, static (rt, in self, a) => Exchange.Import(rt, Exchange.Export(rt, a.Arg(0)))),
    ];

    public static Val ParseInt(Runtime rt, in Val self, Val[] a)
    {
        var text = Blanks.TrimEnd(Blanks.TrimStart(rt.ToText(a.Arg(0))));
        rt.Work(text.Length);
        var negative = text.StartsWith("-");
        if (negative || text.StartsWith("+")) text = text[1..];
        var radix = rt.ToInt32(a.Arg(1));
        if (radix is 0 or 16 && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
            radix = 16;
        }

        if (radix == 0) radix = 10;
        if (radix is < 2 or > 36) return Val.NaN;
        var value = JsNumber.ParseRadix(text, radix, wholeText: false);
        return Val.Of(negative ? -value : value);
    }

    public static Val ParseFloat(Runtime rt, in Val self, Val[] a)
    {
        var text = Blanks.TrimEnd(Blanks.TrimStart(rt.ToText(a.Arg(0))));
        rt.Work(text.Length);
        var i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text[i..].StartsWith("Infinity"))
        {
            return Val.Of(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
        }
        var digits = 0;
        for (; i < text.Length && char.IsAsciiDigit(text[i]); i++) digits++;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            for (; i < text.Length && char.IsAsciiDigit(text[i]); i++) digits++;
        }

        if (digits == 0) return Val.NaN;
        if (i + 1 < text.Length && text[i] is 'e' or 'E')
        {
            var j = text[i + 1] is '+' or '-' ? i + 2 : i + 1;
            if (j < text.Length && char.IsAsciiDigit(text[j]))
            {
                while (j < text.Length && char.IsAsciiDigit(text[j])) j++;
                i = j;
            }
        }

        return Val.Of(double.Parse(text[..i], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static Val Encode(Runtime rt, Val[] a, string kept)
    {
        var text = rt.ToText(a.Arg(0));
        rt.Work(text.Length);
        var encoded = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && kept.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
            }
        }

        return rt.NewText(encoded.ToString());
    }

    private static Val Decode(Runtime rt, Val[] a, string kept)
    {
        var text = rt.ToText(a.Arg(0));
        rt.Work(text.Length);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
            }
            else if (i + 2 < text.Length && byte.TryParse(
                text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                if (kept.Contains((char)value) && value < 128)
                {
                    bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, 3)));
                }
                else bytes.Add(value);
                i += 2;
            }
            else
            {
                throw rt.Error(
                    Builtins.UriErrorPrototype, "URI malformed: % must be followed by two hexadecimal digits");
            }
        }

        try
        {
            return rt.NewText(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]));
        }
        catch (ArgumentException)
        {
            throw rt.Error(Builtins.UriErrorPrototype, "URI malformed: the bytes are not text");
        }
    }
}
