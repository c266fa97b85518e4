using System.Text;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>A number with a fraction in another system than the decimal one, as Node.js writes it.</summary>
internal static class NumberText
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const double MostWhole = 9007199254740992;

    /// <summary>False for whole numbers and what is none: these every evaluator writes alike.</summary>
    public static bool TryWrite(double number, double radix, out string text)
    {
        text = "";
        var size = Math.Abs(number);
        if (radix is not (>= 2 and <= 36 and not 10) || Math.Floor(radix) != radix) return false;
        if (!double.IsFinite(number) || Math.Floor(size) == size || size >= MostWhole) return false;
        text = (number < 0 ? "-" : "") + Write(size, (int)radix);
        return true;
    }

    private static string Write(double number, int radix)
    {
        var whole = Math.Floor(number);
        var fraction = number - whole;
        var digits = new List<int>();

        // Digits follow until what is left is nearer to this number than to the next.
        var least = Math.Max(0.5 * (Math.BitIncrement(number) - number), double.Epsilon);
        while (fraction >= least)
        {
            fraction *= radix;
            least *= radix;
            var digit = (int)fraction;
            digits.Add(digit);
            fraction -= digit;
            if (!(fraction > 0.5 || (fraction == 0.5 && digit % 2 == 1)) || fraction + least <= 1) continue;
            whole += RoundUp(digits, radix);
            break;
        }

        var text = new StringBuilder();
        do
        {
            text.Insert(0, Digits[(int)(whole % radix)]);
            whole = Math.Floor(whole / radix);
        }
        while (whole > 0);

        if (digits.Count > 0) text.Append('.').AppendJoin("", digits.Select(digit => Digits[digit]));
        return text.ToString();
    }

    /// <summary>Adds one to the last digit; what is carried over the point is given back.</summary>
    private static int RoundUp(List<int> digits, int radix)
    {
        while (digits.Count > 0)
        {
            if (++digits[^1] < radix) return 0;
            digits.RemoveAt(digits.Count - 1);
        }

        return 1;
    }
}
