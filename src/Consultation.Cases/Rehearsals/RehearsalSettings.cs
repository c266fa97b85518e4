using Consultation.Cases.Forms;
using Consultation.Cases.Workflows;

namespace Consultation.Cases.Rehearsals;

/// <summary>What is to be rehearsed, and how people behave in it.</summary>
public sealed record RehearsalSettings
{
    /// <summary>Most plays of one rehearsal.</summary>
    public const int MostPlays = 200;

    /// <summary>Most working days of being late or away.</summary>
    public const int MostDays = 60;

    /// <summary>How far a play goes: two years.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(730);

    /// <summary>The workflow.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Number of its version; null for the newest, be it a draft.</summary>
    public int? Version { get; init; }

    /// <summary>The running case from whose present state the play goes on; null for a new case.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>The day on which the play begins; not asked for a running case, which goes on from now.</summary>
    public DateOnly Start { get; init; }

    /// <summary>The seed of the first play; each further play has the next.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many plays, 1 to <see cref="MostPlays"/>.</summary>
    public int Plays { get; init; } = 1;

    /// <summary>The platform or work group that carries the case; null for the first there is.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Habits by shares, drawn for each play.</summary>
    public HabitMix Mix { get; init; } = HabitMix.AllOnTime;

    /// <summary>Habits that are set person by person, by the person's id; they go before the mix.</summary>
    public Dictionary<Guid, Habit> People { get; init; } = [];

    /// <summary>Working days by which <see cref="Habit.Late"/> is late.</summary>
    public int LateBy { get; init; } = 3;

    /// <summary>Working days for which <see cref="Habit.OnLeave"/> is away.</summary>
    public int LeaveFor { get; init; } = 10;

    /// <summary>
    /// Steps that are taken by hand: outcome by activity. Whoever answers there gives this one where it is offered.
    /// </summary>
    public Dictionary<string, string> Choices { get; init; } = [];

    /// <summary>What is wrong with the settings, field by field.</summary>
    public IReadOnlyList<FieldError> Check(DateOnly today)
    {
        var errors = new List<FieldError>();
        if (CaseId is null && WorkflowKeys.Parts.Contains(DefinitionId))
        {
            errors.Add(new("", new(
                "这个流程只作为其他流程的一部分使用，请演练使用它的流程。",
                "This workflow is only a part of others; rehearse one that uses it.")));
        }

        if (CaseId is null && (Start < today.AddYears(-5) || Start > today.AddYears(5)))
        {
            errors.Add(new("start", new(
                "开始日期应在五年前到五年后之间。", "The start must lie within the last and the next five years.")));
        }

        if (Plays is < 1 or > MostPlays)
        {
            errors.Add(new("plays", new($"演练次数为 1 到 {MostPlays}。", $"Plays: 1 to {MostPlays}.")));
        }

        if (LateBy is < 1 or > MostDays)
        {
            errors.Add(new("late-by", new($"拖延天数为 1 到 {MostDays} 个工作日。", $"Late by 1 to {MostDays} working days.")));
        }

        if (LeaveFor is < 1 or > MostDays)
        {
            errors.Add(new("leave-for", new($"休假天数为 1 到 {MostDays} 个工作日。", $"Away for 1 to {MostDays} working days.")));
        }

        if (!Mix.IsValid())
        {
            errors.Add(new("share-Late", new(
                "各种习惯的比例为 0 到 100，合计不超过 100；余下的人按时答复。",
                "Each share is 0 to 100 and together at most 100; the rest are on time.")));
        }

        return errors;
    }
}
