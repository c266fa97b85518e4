using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Definitions;

/// <summary>The outcomes of a node, as Studio computes them (descriptor, cases, dynamic outcomes).</summary>
public static class NodePorts
{
    /// <summary>
    /// The names of the outcomes; null when the type is unknown or the outcomes depend on data of a run.
    /// </summary>
    public static IReadOnlyList<string>? Of(ActivityNode node)
    {
        if (node.ActivityType?.Descriptor is not { } descriptor) return null;
        var ports = descriptor.Ports.Where(p => p.Kind == PortKind.Flow).Select(p => p.Name).ToList();
        foreach (var input in descriptor.Inputs)
        {
            switch (input.UIHint)
            {
                case UIHints.FlowSwitchEditor:
                    AddCases(ports, node.Bare(input.Name));
                    break;
                case UIHints.DynamicOutcomes when Names(node, input) is { } names:
                    ports.AddRange(names);
                    break;
                case UIHints.DynamicOutcomes:
                case UIHints.HttpStatusCodes:
                    return null;
            }
        }

        if (node.Type == "Elsa.HttpEndpoint") ports.AddRange(UploadRules.ExposedBy(node));
        if (ports.Count == 0 && !descriptor.IsTerminal) ports.Add("Done");
        return ports;
    }

    private static void AddCases(List<string> ports, JsonNode? cases)
    {
        if (cases is not JsonArray array) return;
        foreach (var item in array.OfType<JsonObject>())
        {
            if (item.Text("label") is { } label) ports.Add(label);
        }
    }

    private static IEnumerable<string>? Names(ActivityNode node, InputDescriptor input)
    {
        var expression = (node.Bare(input.Name) as JsonObject)?["expression"] as JsonObject;
        if (expression is null)
        {
            return input.DefaultValue is { } given && PlainData.FromJson(given.ToString()) is List<object?> usual
                ? usual.Select(PlainData.ToText)
                : [];
        }

        if (expression.Text("type") is not ("Object" or "Literal")) return null;
        try
        {
            var value = expression["value"] is JsonValue
                ? PlainData.FromJson(expression.Text("value") ?? "[]")
                : PlainData.FromNode(expression["value"]);
            return value is List<object?> names ? names.Select(PlainData.ToText) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
