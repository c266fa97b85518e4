using System.Globalization;

namespace Consultation.Cases.Rehearsals;

/// <summary>What a kept rehearsal has to come to.</summary>
/// <param name="State">State of the case at the end; null for any.</param>
/// <param name="LatestDay">Most working days; null for any length.</param>
/// <param name="NoDeadEnd">Whether a dead end is a failure.</param>
public sealed record RehearsalExpectation(CaseState? State, int? LatestDay, bool NoDeadEnd = true);

/// <summary>
/// A rehearsal that is kept as a check of a workflow: it runs again before each publication (O28).
/// </summary>
public sealed class RehearsalCheck
{
    /// <summary>Most characters of its name.</summary>
    public const int LongestName = 100;

    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The workflow that is checked.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>How it is rehearsed.</summary>
    public required RehearsalSettings Settings { get; init; }

    /// <summary>What it has to come to.</summary>
    public required RehearsalExpectation Expected { get; init; }
    public required PersonId ById { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Where a play differs from what is expected, each difference a sentence; nothing when all is well.
    /// </summary>
    public IReadOnlyList<LocalText> Differences(RehearsalPlay play)
    {
        var found = new List<LocalText>();
        if (Expected.State is { } state && play.State != state)
        {
            found.Add(new(
                $"应以“{NameOf(state).Zh}”结束，实际为“{NameOf(play.State).Zh}”",
                $"should end as “{NameOf(state).En}”, ended as “{NameOf(play.State).En}”"));
        }

        if (Expected.LatestDay is { } latest && play.WorkingDays > latest)
        {
            found.Add(new(
                string.Create(CultureInfo.InvariantCulture, $"应在 {latest} 个工作日内结束，实际用了 {play.WorkingDays} 个"),
                string.Create(CultureInfo.InvariantCulture,
                    $"should take at most {latest} working days, took {play.WorkingDays}")));
        }

        if (Expected.NoDeadEnd && play.HasDeadEnd)
        {
            var first = play.Findings.FirstOrDefault(finding => finding.IsDeadEnd)?.Text
                ?? new LocalText("走不下去", "it comes to a dead end");
            found.Add(new($"走入死路：{first.Zh}", $"dead end: {first.For("en")}"));
        }

        return found;
    }

    /// <summary>What a state is called in the sentences of a check.</summary>
    public static LocalText NameOf(CaseState state) => state switch
    {
        CaseState.Open => new("办理中", "open"),
        CaseState.Suspended => new("暂停", "suspended"),
        CaseState.Closed => new("办结", "closed"),
        CaseState.Excluded => new("不予纳入", "excluded"),
        CaseState.Rejected => new("未通过", "rejected"),
        _ => new("撤销", "cancelled"),
    };
}
