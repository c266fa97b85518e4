using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.Workflows;

namespace Consultation.Cases.Plans;

/// <summary>An activity of a workflow, as far as an outline looks at it.</summary>
/// <param name="Id">Activity in the definition.</param>
/// <param name="Kind">What it is to a plan.</param>
/// <param name="Shown">What its author calls it, or null.</param>
/// <param name="Literal">The literal value of an input by name, or null.</param>
/// <param name="Value">What an input says, whatever its kind, or null.</param>
/// <param name="Due">Its time limit as written, or the default of the variable that gives it.</param>
public sealed record OutlinedActivity(
    string Id, OutlinedKind Kind, string? Shown, Func<string, string?> Literal, Func<string, string?> Value,
    string? Due);

/// <summary>What an activity is to a plan.</summary>
public enum OutlinedKind
{
    /// <summary>Nothing that a plan shows.</summary>
    Other,

    /// <summary>It begins a step or a phase.</summary>
    Step,

    /// <summary>It asks people for work.</summary>
    Work,

    /// <summary>It asks people to decide.</summary>
    Gate,
}

/// <summary>
/// Says what a workflow leads through: its steps or its phases by weeks, which work and which gates lie in which phase,
/// and when each is due. Pure.
/// </summary>
public static class OutlineRules
{
    /// <summary>The outline of a flowchart.</summary>
    /// <param name="activities">In the order of the file.</param>
    /// <param name="ways">The connections between them.</param>
    public static PlanOutline Of(IReadOnlyList<OutlinedActivity> activities, IEnumerable<(string From, string To)> ways)
    {
        var connections = ways.ToList();
        var phases = PhaseOf(activities, connections.ToLookup(way => way.From, way => way.To));
        var before = connections.ToLookup(way => way.To, way => way.From);
        var works = activities.Where(one => one.Kind is OutlinedKind.Work or OutlinedKind.Gate).Select(one => one.Id)
            .ToHashSet();
        var order = phases.Values.Distinct().ToList();
        return new(
            [.. activities.Where(activity => activity.Kind == OutlinedKind.Step).Select(Step).OfType<PlannedStep>()
                .DistinctBy(step => step.Key).OrderBy(step => step.Number)],
            [.. activities.Where(activity => activity.Kind is OutlinedKind.Work or OutlinedKind.Gate
                && phases.ContainsKey(activity.Id))
                .Select(activity => Planned(activity, phases[activity.Id]) with
                {
                    After = WorkBefore(activity.Id, before, works),
                })
                .OrderBy(work => order.IndexOf(work.Phase))]);
    }

    /// <summary>A step, with its weeks where it is planned by weeks.</summary>
    private static PlannedStep? Step(OutlinedActivity activity)
    {
        if (activity.Literal("key") is not { } key || Whole(activity, "number") is not (> 0 and var number))
        {
            return null;
        }
        var name = new LocalText(activity.Literal("stepName") ?? activity.Shown ?? key, activity.Literal("stepNameEn"));
        return Whole(activity, "toWeek") is > 0 and var to
            ? new PlannedPhase(key, number, name, Whole(activity, "fromWeek"), to)
            : new PlannedStep(key, number, name);
    }

    private static int Whole(OutlinedActivity activity, string input) =>
        int.TryParse(activity.Value(input), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static PlannedWork Planned(OutlinedActivity activity, string phase) => new(
        activity.Id,
        new LocalText(activity.Literal("title") ?? activity.Shown ?? activity.Id, activity.Literal("titleEn")),
        activity.Kind == OutlinedKind.Gate,
        phase,
        WorkingDuration.TryParse(activity.Due, out var duration) ? duration : null,
        activity.Literal("dueFrom") == CountedFrom.PlanStart)
    {
        Who = activity.Literal("assignees") ?? activity.Literal("approvers"),
    };

    /// <summary>The work that lies before an activity with nothing but other kinds of activities between.</summary>
    private static List<string> WorkBefore(string activity, ILookup<string, string> before, HashSet<string> works)
    {
        var (seen, found) = (new HashSet<string>(StringComparer.Ordinal) { activity }, new List<string>());
        var back = new Queue<string>(before[activity]);
        while (back.TryDequeue(out var node))
        {
            if (!seen.Add(node)) continue;
            if (works.Contains(node)) found.Add(node);
            else foreach (var other in before[node]) back.Enqueue(other);
        }

        return found;
    }

    /// <summary>
    /// An activity belongs to the phase whose beginning is the nearest before it along the connections.
    /// </summary>
    private static Dictionary<string, string> PhaseOf(
        IReadOnlyList<OutlinedActivity> activities, ILookup<string, string> next)
    {
        var begins = activities.Where(activity => activity.Kind == OutlinedKind.Step)
            .Select(activity => (activity.Id, Key: activity.Literal("key")))
            .Where(step => step.Key is not null).ToList();
        var starts = begins.Select(step => step.Id).ToHashSet();
        var phases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, key) in begins)
        {
            var ahead = new Queue<string>([id]);
            while (ahead.TryDequeue(out var node))
            {
                if (!phases.TryAdd(node, key!)) continue;
                foreach (var other in next[node].Where(other => !starts.Contains(other))) ahead.Enqueue(other);
            }
        }

        return phases;
    }
}
