using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;

namespace Consultation.Activities.Designer;

/// <content>What can be mended without knowing more than the definition says.</content>
internal sealed partial class DefinitionLint
{
    private const string UsualSpan = "5wd";

    public WorkflowDefinition? Mend(CompiledWorkflow workflow, DefinitionFinding finding)
    {
        if (finding.NodeId is not { } id || workflow.FindNode(id) is not { } node) return null;
        return finding.Code switch
        {
            NoDue => Set(workflow, node, "Due", DefaultOf(node, "Due")),
            NoNotice => Set(workflow, node, "LeadTime", DefaultOf(node, "LeadTime")),
            LongReminder => Set(workflow, node, "Reminders", ShorterReminder(node)),
            NoWayBack => WayBack(workflow, node),
            _ => null,
        };
    }

    private static string DefaultOf(ActivityNode node, string input) =>
        node.ActivityType?.Descriptor.FindInput(input)?.DefaultValue?.ToString() is { Length: > 0 } usual
            ? usual
            : UsualSpan;

    /// <summary>The product's reminders with the longest notice that still fits, or none.</summary>
    private static string ShorterReminder(ActivityNode node) =>
        PolicyDefaults.Reminders(default)
            .Select(policy => (policy.Key, First: FirstOf(policy)))
            .Where(one => one.First is { } first && DueOf(node) is { } due && Length(first) <= Length(due))
            .OrderByDescending(one => one.Key == PolicyDefaults.StandardKey)
            .ThenByDescending(one => Length(one.First!.Value))
            .Select(one => one.Key).FirstOrDefault() ?? "none";

    /// <summary>
    /// From Return to the piece of work that comes before the gate; null where there is none, or Return leads on.
    /// </summary>
    private static WorkflowDefinition? WayBack(CompiledWorkflow workflow, ActivityNode gate)
    {
        if (gate.Parent is not { } flowchart || NodePorts.Of(gate) is not { } ports
            || Out(flowchart, gate).Any(way => way.SourcePort == OutcomeKeys.Return))
        {
            return null;
        }

        if (Nearest(flowchart, gate) is not { } nearest) return null;
        return workflow.Definition.With(json =>
        {
            if (!ports.Contains(OutcomeKeys.Return))
            {
                var asked = ports.Where(port => port is not ("Overdue" or "Suspended")).Append(OutcomeKeys.Return);
                Find(json, gate)!["outcomes"] = new JsonObject
                {
                    ["typeName"] = "Object",
                    ["expression"] = new JsonObject
                    {
                        ["type"] = "Object",
                        ["value"] = JsonSerializer.Serialize(asked),
                    },
                };
            }

            ((JsonArray)Find(json, flowchart)!["connections"]!).Add((JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = gate.ActivityId, ["port"] = OutcomeKeys.Return },
                ["target"] = new JsonObject { ["activity"] = nearest.ActivityId, ["port"] = "In" },
            });
        });
    }

    private static ActivityNode? Nearest(ActivityNode flowchart, ActivityNode gate)
    {
        var (seen, open) = (new HashSet<ActivityNode>(), new Queue<ActivityNode>([gate]));
        while (open.TryDequeue(out var node))
        {
            if (!seen.Add(node)) continue;
            if (node != gate && node.Type == StepTypes.RequestWork) return node;
            foreach (var way in Into(flowchart, node)) open.Enqueue(way.Source);
        }

        return null;
    }

    private static WorkflowDefinition Set(CompiledWorkflow workflow, ActivityNode node, string input, string value) =>
        workflow.Definition.With(json => Find(json, node)![JsonNamingPolicy.CamelCase.ConvertName(input)] =
            new JsonObject
            {
                ["typeName"] = "String",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value },
            });

    private static JsonObject? Find(JsonObject json, ActivityNode node) => Everywhere(json["root"]).FirstOrDefault(
        one => one["id"]?.ToString() == node.ActivityId && one["type"]?.ToString() == node.Type);

    private static IEnumerable<JsonObject> Everywhere(JsonNode? json)
    {
        if (json is JsonObject map) yield return map;
        foreach (var child in json is JsonObject values ? values.Select(pair => pair.Value) : json as JsonArray ?? [])
        {
            foreach (var one in Everywhere(child)) yield return one;
        }
    }
}
