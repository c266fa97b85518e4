using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Storage.Reading.Flowcharts;

namespace Consultation.Storage.Reading.Plans;

/// <summary>Something that a plan's definition will ask for, with the time it plans for it (P14, P30).</summary>
/// <param name="ActivityId">Activity in the definition.</param>
/// <param name="Title">What is asked.</param>
/// <param name="IsGate">People decide here.</param>
/// <param name="Phase">Key of the phase in which the definition places it.</param>
/// <param name="DueAfter">When it is due, counted from the plan's first day, or from its own start; null when that is computed.</param>
/// <param name="FromPlanStart">True when <paramref name="DueAfter"/> counts from the plan's first day.</param>
public sealed record PlannedWork(string ActivityId, LocalText Title, bool IsGate, string Phase, WorkingDuration? DueAfter, bool FromPlanStart);

/// <summary>Reads the planned windows out of a definition: which work and which gates lie in which phase, and when each is due. Pure.</summary>
public static class PlannedWorkReader
{
    private static readonly HashSet<string> Asking = ["Consultation.RequestWork", "Consultation.RequestApproval"];

    /// <summary>All work and gates of the definition, in the order of its phases.</summary>
    public static IReadOnlyList<PlannedWork> Read(JsonElement definition)
    {
        var root = FlowchartReader.Property(definition, "root") is { } inner ? inner : definition;
        if (FlowchartReader.Property(root, "activities") is not { ValueKind: JsonValueKind.Array } list)
        {
            return [];
        }

        var picture = FlowchartReader.Read(definition);
        var phases = PhasesByNode(picture, list);
        var order = phases.Values.Distinct().ToList();
        return [.. list.EnumerateArray()
            .Where(activity => Asking.Contains(FlowchartReader.Text(activity, "type") ?? ""))
            .Select(activity => Work(activity, phases))
            .OfType<PlannedWork>()
            .OrderBy(work => order.IndexOf(work.Phase))];
    }

    /// <summary>The planned last day of a piece of work, or null when the definition does not say.</summary>
    public static DateOnly? DueOn(PlannedWork work, DateOnly planStart, DateOnly phaseTo, WorkingCalendar calendar) => work switch
    {
        { DueAfter: { } after, FromPlanStart: true } => calendar.Add(planStart, after),
        { IsGate: true } => phaseTo,
        _ => null,
    };

    private static PlannedWork? Work(JsonElement activity, Dictionary<string, string> phases)
    {
        var id = FlowchartReader.Text(activity, "id");
        if (id is null || !phases.TryGetValue(id, out var phase))
        {
            return null;
        }

        var title = FlowchartReader.Literal(activity, "title")
            ?? FlowchartReader.Text(FlowchartReader.Property(activity, "metadata"), "displayText") ?? id;
        WorkingDuration? due = WorkingDuration.TryParse(Due(activity), out var duration) ? duration : null;
        return new(
            id,
            new LocalText(title, FlowchartReader.Literal(activity, "titleEn")),
            FlowchartReader.Text(activity, "type") == "Consultation.RequestApproval",
            phase,
            due,
            FlowchartReader.Literal(activity, "dueFrom") == "startDate");
    }

    /// <summary>A literal, or the default of the variable that it names.</summary>
    private static string? Due(JsonElement activity)
    {
        var expression = FlowchartReader.Property(FlowchartReader.Property(activity, "due"), "expression");
        return FlowchartReader.Text(expression, "type") switch
        {
            "Literal" => FlowchartReader.Text(expression, "value"),
            "Variable" => FlowchartReader.Text(FlowchartReader.Property(expression, "value"), "value"),
            _ => null,
        };
    }

    /// <summary>A node belongs to the phase whose beginning is the nearest before it along the connections.</summary>
    private static Dictionary<string, string> PhasesByNode(FlowchartPicture picture, JsonElement activities)
    {
        var begins = activities.EnumerateArray()
            .Where(activity => FlowchartReader.Text(activity, "type") == "Consultation.EnterStep")
            .Select(activity => (Id: FlowchartReader.Text(activity, "id")!, Key: FlowchartReader.Literal(activity, "key")))
            .Where(step => step.Key is not null).ToList();
        var next = picture.Edges.ToLookup(edge => edge.From, edge => edge.To);
        var starts = begins.Select(step => step.Id).ToHashSet();
        var phases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, key) in begins)
        {
            var ahead = new Queue<string>([id]);
            while (ahead.TryDequeue(out var node))
            {
                if (phases.TryAdd(node, key!))
                {
                    foreach (var other in next[node].Where(other => !starts.Contains(other)))
                    {
                        ahead.Enqueue(other);
                    }
                }
            }
        }

        return phases;
    }
}
