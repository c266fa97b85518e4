using Consultation.Engine.Describing;

namespace Consultation.Engine.Definitions;

/// <summary>Checks that concern more than one node: whether a flowchart's nodes and outcomes are connected.</summary>
internal static class DefinitionChecks
{
    public static void Check(ActivityNode node, List<DefinitionFinding> findings)
    {
        if (node.Type != "Elsa.Flowchart") return;
        CheckPorts(node, findings);
        CheckReachable(node, findings);
        foreach (var child in node.Children) CheckOutcomes(child, findings);
    }

    /// <summary>Of several outcomes one that leads nowhere is often forgotten; the branch then simply ends.</summary>
    private static void CheckOutcomes(ActivityNode node, List<DefinitionFinding> findings)
    {
        if (NodePorts.Of(node) is not { Count: > 1 } ports) return;
        var connected = node.ConnectedOutcomes;
        if (connected.Count == 0) return;
        foreach (var port in ports)
        {
            if (connected.Contains(port)
                || node.ActivityType!.Descriptor.Ports.Any(p => p.Name == port && p.IsOptional))
            {
                continue;
            }
            findings.Add(node.Finding(
                FindingSeverity.Information,
                "open-outcome",
                new BilingualText(
                    $"“{node.DisplayText}”的结果“{port}”没有后续步骤",
                    $"Nothing follows the outcome {port} of {node.DisplayText}"),
                new BilingualText("如非有意，请连接后续步骤", "Connect a next step unless this is meant")));
        }
    }

    /// <summary>A connection may only start from an outcome that its activity has.</summary>
    private static void CheckPorts(ActivityNode flowchart, List<DefinitionFinding> findings)
    {
        foreach (var connection in flowchart.Connections)
        {
            if (NodePorts.Of(connection.Source) is not { } ports || ports.Contains(connection.SourcePort)) continue;
            findings.Add(connection.Source.Finding(
                FindingSeverity.Error,
                "unknown-outcome",
                new BilingualText(
                    $"连线从“{connection.SourcePort}”出发，而“{connection.Source.DisplayText}”没有这个结果",
                    $"A connection starts from {connection.SourcePort}, an outcome that "
                        + $"{connection.Source.DisplayText} does not have"),
                new BilingualText(
                    $"请改接到：{string.Join("、", ports)}", $"Connect it to one of: {string.Join(", ", ports)}")));
        }
    }

    private static void CheckReachable(ActivityNode flowchart, List<DefinitionFinding> findings)
    {
        var start = Flowcharts.FlowStart.Find(flowchart, null);
        if (start is null) return;
        var reached = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>();
        open.Push(start);
        foreach (var node in flowchart.Children)
        {
            if (node.CanStartWorkflow) open.Push(node);
        }

        while (open.TryPop(out var node))
        {
            if (!reached.Add(node)) continue;
            foreach (var connection in flowchart.Connections)
            {
                if (connection.Source == node) open.Push(connection.Target);
            }
        }

        foreach (var node in flowchart.Children)
        {
            if (reached.Contains(node)) continue;
            findings.Add(node.Finding(
                FindingSeverity.Error,
                "unreachable",
                new BilingualText($"没有路径通向“{node.DisplayText}”", $"No path leads to {node.DisplayText}"),
                new BilingualText("请连接该活动，或将其删除", "Connect the activity, or delete it")));
        }
    }
}
