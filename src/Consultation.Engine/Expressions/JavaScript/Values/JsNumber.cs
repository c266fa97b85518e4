using System.Globalization;
using System.Numerics;

namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>Numbers as the language writes and reads them.</summary>
internal static class JsNumber
{
    private static readonly string[] Small =
        [.. Enumerable.Range(0, 256).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public static string ToText(double number)
    {
        var whole = (int)number;
        if (whole == number) return (uint)whole < 256 ? Small[whole] : whole.ToString(CultureInfo.InvariantCulture);
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        var (negative, digits, point) = Digits(number);
        var sign = negative ? "-" : "";
        if (point is > 0 and <= 21)
        {
            return digits.Length <= point
                ? sign + digits + new string('0', point - digits.Length)
                : sign + digits[..point] + "." + digits[point..];
        }

        if (point is > -6 and <= 0) return sign + "0." + new string('0', -point) + digits;
        return sign + Mantissa(digits) + Exponent(point - 1);
    }

    /// <summary>The digits with an exponent: <c>1.5e+25</c>.</summary>
    public static string Exponent(int exponent) =>
        "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);

    public static string Mantissa(string digits) => digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];

    /// <summary>Text to number as <c>Number("...")</c> does: empty is 0, anything odd is NaN.</summary>
    public static double Parse(string text)
    {
        var span = Blanks.TrimEnd(Blanks.TrimStart(text));
        if (span.IsEmpty) return 0;
        if (span.Length > 2 && span[0] == '0' && !char.IsAsciiDigit(span[1]) && span[1] != '.' && (span[1] | 32) != 'e')
        {
            var radix = (span[1] | 32) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
            return radix == 0 ? double.NaN : ParseRadix(span[2..], radix, wholeText: true);
        }

        var first = span[0] is '+' or '-' ? span[1..] : span;
        if (first.IsEmpty) return double.NaN;
        if (first.SequenceEqual("Infinity")) return span[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (!char.IsAsciiDigit(first[0]) && first[0] != '.') return double.NaN;
        return double.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
    }

    /// <summary>The leading digits in a radix; NaN if there are none, or if others follow and all must fit.</summary>
    public static double ParseRadix(ReadOnlySpan<char> text, int radix, bool wholeText)
    {
        var value = 0d;
        var count = 0;
        foreach (var c in text)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 32) - 'a' + 10 : 99;
            if (digit >= radix)
            {
                if (wholeText) return double.NaN;
                break;
            }

            value = (value * radix) + digit;
            count++;
        }

        if (count > 15 && radix == 10)
        {
            return double.Parse(text[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        }
        return count == 0 ? double.NaN : value;
    }

    public static int ToInt32(double number)
    {
        if (!double.IsFinite(number)) return 0;
        var rest = Math.Truncate(number) % 4294967296d;
        return unchecked((int)(uint)(long)rest);
    }

    /// <summary>Any radix from 2 to 36; fractions to 52 binary digits.</summary>
    public static string ToRadix(double number, int radix)
    {
        if (radix == 10 || !double.IsFinite(number)) return ToText(number);
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var negative = number < 0;
        number = Math.Abs(number);
        var whole = Math.Floor(number);
        var fraction = number - whole;
        var text = new System.Text.StringBuilder();
        do
        {
            text.Insert(0, Digits[(int)(whole % radix)]);
            whole = Math.Floor(whole / radix);
        }
        while (whole > 0);
        if (fraction > 0)
        {
            text.Append('.');
            var delta = Math.Max(0.5 * (Math.BitIncrement(number) - number), double.Epsilon);
            do
            {
                fraction *= radix;
                delta *= radix;
                var digit = (int)fraction;
                fraction -= digit;
                if (fraction > 0.5 && fraction + delta > 1 && digit + 1 < radix)
                {
                    text.Append(Digits[digit + 1]);
                    break;
                }

                text.Append(Digits[digit]);
            }
            while (fraction >= delta);
        }

        return negative ? "-" + text : text.ToString();
    }

    /// <summary>The shortest digits that give the number back, and where the point stands among them.</summary>
    public static (bool Negative, string Digits, int Point) Digits(double number)
    {
        if (number == 0) return (false, "0", 1);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        int exponent;
        var mantissa = shortest.AsSpan();
        var mark = mantissa.IndexOf('E');
        if (mark >= 0)
        {
            exponent = int.Parse(mantissa[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..mark];
        }
        else
        {
            var plain = shortest.TrimStart('-');
            var point = plain.IndexOf('.', StringComparison.Ordinal);
            var integral = point < 0 ? plain : plain[..point];
            exponent = integral != "0" ? integral.Length - 1 : -LeadingZeros(plain.AsSpan(point + 1)) - 1;
        }

        Span<char> digits = stackalloc char[mantissa.Length];
        var count = 0;
        foreach (var c in mantissa)
        {
            if (char.IsAsciiDigit(c) && (c != '0' || count > 0)) digits[count++] = c;
        }

        while (count > 1 && digits[count - 1] == '0') count--;
        return (number < 0, digits[..count].ToString(), exponent + 1);
    }

    /// <summary>
    /// The whole number nearest to <paramref name="number"/> times ten to a power, exactly; halves go up.
    /// </summary>
    public static BigInteger Scaled(double number, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)(bits >> 52 & 0x7FF);
        BigInteger mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent > 0) mantissa += 1L << 52;
        exponent = Math.Max(exponent, 1) - 1075;
        var above = power >= 0 ? mantissa * BigInteger.Pow(10, power) : mantissa;
        var below = power >= 0 ? BigInteger.One : BigInteger.Pow(10, -power);
        if (exponent >= 0) above <<= exponent;
        else below <<= -exponent;
        return ((above * 2) + below) / (below * 2);
    }

    private static int LeadingZeros(ReadOnlySpan<char> digits)
    {
        var count = digits.IndexOfAnyExcept('0');
        return count < 0 ? digits.Length : count;
    }
}
