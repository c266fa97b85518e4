using System.Globalization;

namespace Consultation.Cases.Votes;

/// <summary>
/// A share such as 2/3, kept as two integers: a quorum or a majority is compared by multiplying across, never through
/// 0.67 (P49).
/// </summary>
/// <param name="Numerator">From 0 to <paramref name="Denominator"/>.</param>
/// <param name="Denominator">From 1 to <see cref="LargestDenominator"/>.</param>
public readonly record struct Fraction(int Numerator, int Denominator)
{
    /// <summary>Greatest denominator that is read.</summary>
    public const int LargestDenominator = 1000;

    /// <summary>More or less than half is decided by this one.</summary>
    public static Fraction Half { get; } = new(1, 2);

    /// <summary>The usual quorum.</summary>
    public static Fraction TwoThirds { get; } = new(2, 3);

    /// <summary>True when <paramref name="part"/> of <paramref name="whole"/> is this share or more.</summary>
    public bool IsReachedBy(int part, int whole) => (long)part * Denominator >= (long)whole * Numerator;

    /// <summary>True when <paramref name="part"/> of <paramref name="whole"/> is more than this share.</summary>
    public bool IsExceededBy(int part, int whole) => (long)part * Denominator > (long)whole * Numerator;

    /// <summary>The fewest of <paramref name="whole"/> that reach this share.</summary>
    public int FewestOf(int whole) => (int)((((long)whole * Numerator) + Denominator - 1) / Denominator);

    /// <summary>The fewest of <paramref name="whole"/> that are more than this share.</summary>
    public int FewestAbove(int whole) => (int)((long)whole * Numerator / Denominator) + 1;

    /// <summary>
    /// Reads "2/3", "50%", "67%" or a decimal such as 0.6; full-width digits and signs as well. What people wrote for
    /// two thirds before shares were exact (67 %, 0.67, 0.667 …) is read as 2/3, likewise a third.
    /// </summary>
    public static bool TryParse(string? text, out Fraction fraction)
    {
        fraction = default;
        var plain = (text ?? "").Normalize(System.Text.NormalizationForm.FormKC).Trim();
        if (plain.Split('/') is [var over, var under])
        {
            return int.TryParse(over, NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
                && int.TryParse(under, NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
                && TryMake(numerator, denominator, out fraction);
        }

        var percent = plain.EndsWith('%');
        if (!decimal.TryParse(percent ? plain[..^1].TrimEnd() : plain, NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var share))
        {
            return false;
        }

        share = percent ? share / 100 : share;
        if (share is < 0 or > 1) return false;
        if (Rounds(share, 2m / 3)) return TryMake(2, 3, out fraction);
        if (Rounds(share, 1m / 3)) return TryMake(1, 3, out fraction);
        return decimal.Round(share, 3) == share && TryMake((int)(share * 1000), 1000, out fraction);
    }

    /// <summary>"2/3".</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";

    private static bool TryMake(int numerator, int denominator, out Fraction fraction)
    {
        fraction = default;
        if (denominator is < 1 or > LargestDenominator || numerator < 0 || numerator > denominator) return false;
        var divisor = Math.Max(1, (int)System.Numerics.BigInteger.GreatestCommonDivisor(numerator, denominator));
        fraction = new Fraction(numerator / divisor, denominator / divisor);
        return true;
    }

    /// <summary>
    /// True for a decimal of two digits or more that somebody wrote for the endless one: rounded, or, from three digits
    /// on, cut off. 66.5 % is a share of its own.
    /// </summary>
    private static bool Rounds(decimal written, decimal meant)
    {
        var digits = (written / 1.0000000000000000000000000000m).Scale;
        return digits >= 2 && (written == decimal.Round(meant, digits)
            || (digits > 2 && written == decimal.Round(meant, digits, MidpointRounding.ToZero)));
    }
}
