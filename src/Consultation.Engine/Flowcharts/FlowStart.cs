using Consultation.Engine.Definitions;

namespace Consultation.Engine.Flowcharts;

/// <summary>Decides with which node a flowchart starts, in Elsa's order of preference.</summary>
internal static class FlowStart
{
    /// <summary>
    /// The trigger that started the run; the flowchart's own <c>start</c>; a Start activity; one that can start the
    /// workflow; the first without inbound connection; the first. Null for an empty flowchart.
    /// </summary>
    public static ActivityNode? Find(ActivityNode flowchart, string? triggerActivityId)
    {
        var nodes = flowchart.Children;
        if (nodes.Count == 0) return null;
        if (triggerActivityId is not null && ById(nodes, triggerActivityId) is { } trigger) return trigger;
        if (flowchart.Json.Text("start") is { } start && ById(nodes, start) is { } named) return named;
        foreach (var node in nodes)
        {
            if (node.Type == "Elsa.Start") return node;
        }

        foreach (var node in nodes)
        {
            if (node.CanStartWorkflow) return node;
        }

        foreach (var node in nodes)
        {
            if (!HasInbound(flowchart, node)) return node;
        }

        return nodes[0];
    }

    private static ActivityNode? ById(IReadOnlyList<ActivityNode> nodes, string activityId)
    {
        foreach (var node in nodes)
        {
            if (node.ActivityId == activityId) return node;
        }

        return null;
    }

    private static bool HasInbound(ActivityNode flowchart, ActivityNode node)
    {
        foreach (var connection in flowchart.Connections)
        {
            if (connection.Target == node) return true;
        }

        return false;
    }
}
