using System.Buffers.Binary;
using System.Text;

namespace Consultation.Cases.Matters;

/// <summary>A matter that is like another one, and what both say.</summary>
/// <param name="Id">It.</param>
/// <param name="Alike">0 to 1: the weight of what both say in what either says.</param>
/// <param name="Words">What both say, the most telling first.</param>
public sealed record AlikeMatter(MatterId Id, double Alike, IReadOnlyList<string> Words);

/// <summary>
/// How alike two matters are, by the pairs of characters that both have (P19): Chinese has no blanks between words, and
/// pairs are what its words mostly are. A pair that many matters have says little, so each weighs by how few have it
/// (idf). Every matter carries a short signature of its pairs, hashed to two bytes each, so that tens of thousands are
/// compared without reading their texts; what is shown is compared by the texts themselves. Pure; nothing leaves the
/// house.
/// </summary>
public static class Likeness
{
    /// <summary>
    /// Most pairs of a signature: those of title and place come first, so the beginning of the text fills it up.
    /// </summary>
    public const int MostPairs = 64;

    /// <summary>Bytes of the longest signature.</summary>
    public const int LongestSignature = 2 * MostPairs;

    /// <summary>From so much on two matters are proposed to be about the same.</summary>
    public const double From = 0.2;

    /// <summary>How people ask and thank, whatever it is about: what it makes alike says nothing.</summary>
    private static readonly string[] Courtesies =
        ["协调解决", "尽快解决", "尽快处理", "尽快修复", "妥善处理", "多次反映", "居民反映", "群众反映", "相关部门", "有关部门", "希望能够", "请求解决", "非常感谢", "谢谢"];

    /// <summary>What a matter says, pair by pair, as it stands in its row.</summary>
    public static byte[] Signature(string title, string? place, string text)
    {
        var pairs = new List<ushort>(MostPairs);
        var seen = new HashSet<ushort>();
        foreach (var part in (ReadOnlySpan<string?>)[title, place, text])
        {
            // Beyond this many characters no new pair would find room.
            foreach (var pair in Pairs(part is { Length: > 600 } ? part[..600] : part))
            {
                if (pairs.Count < MostPairs && seen.Add(Hash(pair))) pairs.Add(Hash(pair));
            }
        }

        pairs.Sort();
        var bytes = new byte[2 * pairs.Count];
        for (var index = 0; index < pairs.Count; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * index), pairs[index]);
        }

        return bytes;
    }

    /// <summary>
    /// What both texts say, as runs of characters of which every pair stands in both, the most telling first; at most
    /// eight.
    /// </summary>
    public static IReadOnlyList<string> SharedWords(
        string one, string other, Func<(char, char), double>? weight = null)
    {
        var known = Pairs(other).ToHashSet();
        var runs = new Dictionary<string, double>(StringComparer.Ordinal);
        var (run, total, last) = (new StringBuilder(), 0.0, -2);
        foreach (var (at, pair) in PairsAt(one))
        {
            if (!known.Contains(pair)) continue;
            if (at != last + 1)
            {
                Take();
                run.Append(pair.Item1);
            }

            run.Append(pair.Item2);
            (total, last) = (total + (weight?.Invoke(pair) ?? 1), at);
        }

        Take();
        // A word that stands in a longer one says nothing more.
        return [.. runs.OrderByDescending(found => found.Value).ThenBy(found => found.Key, StringComparer.Ordinal)
            .Select(found => found.Key)
            .Where(word => !runs.Keys.Any(longer => longer.Length > word.Length && longer.Contains(word)))
            .Take(8)];

        void Take()
        {
            if (run.Length > 1) runs[run.ToString()] = Math.Max(runs.GetValueOrDefault(run.ToString()), total);
            (_, total) = (run.Clear(), 0);
        }
    }

    /// <summary>The hash of a pair, as it stands in signatures.</summary>
    public static ushort Hash((char First, char Second) pair)
    {
        var mixed = (((uint)pair.First << 16) | pair.Second) * 2654435761u;
        return (ushort)(mixed >> 16);
    }

    private static IEnumerable<(char, char)> Pairs(string? text) => PairsAt(text).Select(one => one.Pair);

    /// <summary>
    /// The pairs with where they stand; not across blanks and signs. Digits only together with others: a number of a
    /// house makes nothing alike.
    /// </summary>
    private static IEnumerable<(int At, (char, char) Pair)> PairsAt(string? text)
    {
        var folded = Courtesies.Aggregate(
            TypedText.Fold(text),
            (said, one) => said.Replace(one, new string(' ', one.Length), StringComparison.Ordinal));
        for (var at = 0; at + 1 < folded.Length; at++)
        {
            var (first, second) = (folded[at], folded[at + 1]);
            if (char.IsLetterOrDigit(first) && char.IsLetterOrDigit(second)
                && !(char.IsAsciiDigit(first) && char.IsAsciiDigit(second)))
            {
                yield return (at, (first, second));
            }
        }
    }
}

/// <summary>
/// Compares one signature with many, one after another, in bounded memory: how often every pair occurs is counted while
/// they pass, and the matters that share the most are kept until all have passed.
/// </summary>
/// <typeparam name="T">What names a matter.</typeparam>
/// <param name="signature">The signature to compare with.</param>
/// <param name="kept">Most matters kept.</param>
public sealed class LikenessSearch<T>(byte[] signature, int kept = 500)
{
    private readonly int[] _counts = new int[ushort.MaxValue + 1];
    private readonly PriorityQueue<(T Id, byte[] Signature), int> _kept = new();
    private int _seen;

    /// <summary>One more of the many.</summary>
    public void Pass(T id, byte[] other)
    {
        _seen++;
        for (var at = 0; at + 1 < other.Length; at += 2) _counts[Read(other, at)]++;
        var shared = Shared(signature, other);
        if (shared < 2) return;
        if (_kept.Count < kept) _kept.Enqueue((id, other), shared);
        else if (_kept.TryPeek(out _, out var least) && shared > least) _kept.EnqueueDequeue((id, other), shared);
    }

    /// <summary>
    /// The most alike: the weight of the shared pairs, twice, in the weight of both signatures (Dice, weighted by idf).
    /// </summary>
    public IReadOnlyList<(T Id, double Alike)> Best(int most)
    {
        var own = Weight(signature);
        return [.. _kept.UnorderedItems.Select(one => one.Element)
            .Select(one => (one.Id, Alike: 2 * WeightOfShared(one.Signature) / (own + Weight(one.Signature))))
            .Where(one => one.Alike >= Likeness.From)
            .OrderByDescending(one => one.Alike).Take(most)];
    }

    /// <summary>How much a pair says: much when few have it.</summary>
    public double WeightOf(ushort pair) => Math.Log((_seen + 1.0) / (_counts[pair] + 1.0)) + 0.1;

    private double Weight(byte[] one)
    {
        var sum = 0.0;
        for (var at = 0; at + 1 < one.Length; at += 2) sum += WeightOf(Read(one, at));
        return sum;
    }

    private double WeightOfShared(byte[] other)
    {
        var (sum, mine, theirs) = (0.0, 0, 0);
        while (mine + 1 < signature.Length && theirs + 1 < other.Length)
        {
            var (left, right) = (Read(signature, mine), Read(other, theirs));
            if (left == right) sum += WeightOf(left);
            if (left <= right) mine += 2;
            if (right <= left) theirs += 2;
        }

        return sum;
    }

    /// <summary>How many pairs both have; both are sorted.</summary>
    private static int Shared(byte[] one, byte[] other)
    {
        var (count, mine, theirs) = (0, 0, 0);
        while (mine + 1 < one.Length && theirs + 1 < other.Length)
        {
            var (left, right) = (Read(one, mine), Read(other, theirs));
            if (left == right) count++;
            if (left <= right) mine += 2;
            if (right <= left) theirs += 2;
        }

        return count;
    }

    private static ushort Read(byte[] bytes, int at) => (ushort)((bytes[at] << 8) | bytes[at + 1]);
}
