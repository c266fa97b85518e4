using System.Globalization;
using System.Text;

namespace Consultation.Cases.People;

/// <summary>How often somebody guessed wrong: fades as time goes by.</summary>
/// <param name="FadedAt">When nothing of it will be left.</param>
/// <param name="LastAt">The last guess.</param>
public readonly record struct GuessCount(DateTimeOffset FadedAt, DateTimeOffset LastAt);

/// <summary>
/// How fast one place may guess: so many in a row at once, then with pauses that double, never longer than ten minutes.
/// A pause is no lock: it holds one place up, not the account, and pressing meanwhile does not lengthen it. Pure.
/// </summary>
/// <param name="Free">Guesses without a pause.</param>
/// <param name="FadesIn">How long it takes until one guess is forgotten.</param>
public sealed record GuessRule(int Free, TimeSpan FadesIn)
{
    /// <summary>One log-in name from one address or browser.</summary>
    public static readonly GuessRule OneName = new(5, TimeSpan.FromMinutes(12));

    /// <summary>All log-in names from one address: an office that mistypes stays below it.</summary>
    public static readonly GuessRule AllNames = new(100, TimeSpan.FromSeconds(36));

    /// <summary>No pause is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>
    /// However long somebody goes on, no more than so many guesses above the free ones are remembered.
    /// </summary>
    private const int MostAbove = 8;

    /// <summary>How long to wait for the next guess; zero when it may be made now.</summary>
    public TimeSpan Wait(GuessCount count, DateTimeOffset now)
    {
        var above = (int)Math.Ceiling((count.FadedAt - now) / FadesIn) - Free;
        if (above < 0) return TimeSpan.Zero;
        var pause = First * Math.Pow(2, Math.Min(above, MostAbove));
        var left = count.LastAt + (pause < Longest ? pause : Longest) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The count with a guess that is made now.</summary>
    public GuessCount Add(GuessCount? count, DateTimeOffset now)
    {
        var from = count is { } known && known.FadedAt > now ? known.FadedAt : now;
        var most = now + FadesIn * (Free + MostAbove);
        var to = from + FadesIn;
        return new(to < most ? to : most, now);
    }

    /// <summary>The count without one guess, which was right after all.</summary>
    public GuessCount TakeBack(GuessCount count) => count with { FadedAt = count.FadedAt - FadesIn };

    /// <summary>
    /// The name that guesses are counted by: the same however it is typed, so that another notation gives no further
    /// guesses.
    /// </summary>
    public static string NameOf(string typed)
    {
        var letters = new StringBuilder();
        foreach (var rune in typed.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse))
            {
                letters.Append(rune);
            }
        }

        return letters.ToString().Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();
    }
}
