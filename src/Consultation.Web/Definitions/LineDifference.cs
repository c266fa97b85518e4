namespace Consultation.Web.Definitions;

/// <summary>
/// One line of two texts side by side: both when nothing changed, one where the other has nothing to stand beside it.
/// </summary>
/// <param name="Before">The earlier line, or null.</param>
/// <param name="After">The later line, or null.</param>
internal sealed record LinePair(string? Before, string? After)
{
    /// <summary>True when nothing changed in this line.</summary>
    public bool IsSame => Before == After;

    /// <summary>Stands for equal lines that are left out.</summary>
    public static readonly LinePair LeftOut = new("…", "…");
}

/// <summary>Puts two longer texts side by side, line by line. Pure.</summary>
internal static class LineDifference
{
    /// <summary>Shorter texts are read more easily one after the other.</summary>
    private const int LongFrom = 60;

    /// <summary>More lines are not compared but only put side by side: comparing takes their product.</summary>
    private const int MostLines = 500;

    /// <summary>Equal lines kept around a change.</summary>
    private const int Around = 3;

    /// <summary>True when two texts are better read side by side.</summary>
    public static bool IsLong(string before, string after) =>
        before.Length > 0 && after.Length > 0
            && (Math.Max(before.Length, after.Length) > LongFrom || before.Contains('\n') || after.Contains('\n'));

    /// <summary>The lines of both, changed ones side by side, long stretches of equal ones left out.</summary>
    public static IReadOnlyList<LinePair> Compare(string before, string after)
    {
        var (had, has) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var pairs = new List<LinePair>();
        var (gone, came) = (new Queue<string>(), new Queue<string>());
        var common = Math.Max(had.Length, has.Length) > MostLines ? null : Common(had, has);
        for (int left = 0, right = 0; left < had.Length || right < has.Length;)
        {
            if (common is not null && left < had.Length && right < has.Length && had[left] == has[right])
            {
                Settle();
                pairs.Add(new(had[left++], has[right++]));
            }
            else if (left < had.Length
                && (right == has.Length || common is null || common[left + 1, right] >= common[left, right + 1]))
            {
                gone.Enqueue(had[left++]);
            }
            else came.Enqueue(has[right++]);
        }

        Settle();
        return Shortened(pairs);

        void Settle()
        {
            while (gone.Count > 0 || came.Count > 0)
            {
                pairs.Add(new(gone.TryDequeue(out var old) ? old : null, came.TryDequeue(out var now) ? now : null));
            }
        }
    }

    /// <summary>How many lines of the two ends are common, by where the ends begin.</summary>
    private static int[,] Common(string[] had, string[] has)
    {
        var common = new int[had.Length + 1, has.Length + 1];
        for (var left = had.Length - 1; left >= 0; left--)
        {
            for (var right = has.Length - 1; right >= 0; right--)
            {
                common[left, right] = had[left] == has[right]
                    ? common[left + 1, right + 1] + 1
                    : Math.Max(common[left + 1, right], common[left, right + 1]);
            }
        }

        return common;
    }

    private static List<LinePair> Shortened(List<LinePair> pairs)
    {
        var kept = new List<LinePair>();
        for (var at = 0; at < pairs.Count; at++)
        {
            var near = Enumerable.Range(at - Around, (2 * Around) + 1)
                .Any(other => other >= 0 && other < pairs.Count && !pairs[other].IsSame);
            if (near) kept.Add(pairs[at]);
            else if (kept.Count == 0 || kept[^1] != LinePair.LeftOut) kept.Add(LinePair.LeftOut);
        }

        return kept;
    }
}
