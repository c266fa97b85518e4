using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Calendar;

/// <summary>
/// A running timer of a workflow. An interface because the row belongs to Storage and its run to Runtime, which Cases
/// may not see; what is set here is written with the rest.
/// </summary>
public interface IRunTimer
{
    /// <summary>The workflow instance.</summary>
    string InstanceId { get; }

    /// <summary>The activity that waits.</summary>
    string ActivityId { get; }

    /// <summary>Stimulus name: for steps of the product their type name.</summary>
    string Name { get; }

    /// <summary>When it fires; null once it has.</summary>
    DateTimeOffset? DueAt { get; set; }

    /// <summary>What that was computed from.</summary>
    string? DueBasis { get; set; }
}

/// <summary>A planned phase that has not been left, of a case that is not over.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Start">First day of the plan.</param>
/// <param name="InstanceId">The plan's workflow instance.</param>
public sealed record DatedPhase(PlanPhase Phase, DateOnly Start, string? InstanceId);

/// <summary>All of an organisation that its working calendar dates.</summary>
/// <param name="Tasks">Open tasks that are due some time.</param>
/// <param name="Items">Tracked items that are not closed.</param>
/// <param name="Phases">Planned phases.</param>
/// <param name="Timers">Running timers of the organisation's runs.</param>
public sealed record DatedWork(
    IReadOnlyList<WorkTask> Tasks, IReadOnlyList<TrackedItem> Items, IReadOnlyList<DatedPhase> Phases,
    IReadOnlyList<IRunTimer> Timers);

/// <summary>How many open tasks, tracked items and phases of plans a calendar edit moved.</summary>
public sealed record MovedDates(int Tasks, int Items, int Phases)
{
    /// <summary>The same in words.</summary>
    public LocalText Text => new(
        $"{Tasks}项任务、{Items}个督办事项、{Phases}个计划阶段改期",
        $"{Tasks} tasks, {Items} tracked items and {Phases} phases of plans moved");
}
