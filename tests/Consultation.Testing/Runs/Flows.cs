using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;

namespace Consultation.Testing.Runs;

/// <summary>Small workflow definitions for tests, as Elsa's JSON.</summary>
public static class Flows
{
    /// <summary>A definition that does these activities one after the other.</summary>
    public static WorkflowDefinition Sequence(string definitionId, params JsonObject[] activities) =>
        WorkflowDefinition.FromJson(new JsonObject
        {
            ["definitionId"] = definitionId,
            ["name"] = definitionId,
            ["root"] = new JsonObject
            {
                ["id"] = "root",
                ["type"] = "Elsa.Sequence",
                ["version"] = 1,
                ["activities"] = new JsonArray([.. activities.Select(activity => (JsonNode)activity.DeepClone())]),
            },
        });

    /// <summary>
    /// A definition whose activities are connected from a port of one to another, in token mode; the first one begins.
    /// </summary>
    public static WorkflowDefinition Flowchart(
        string definitionId, JsonObject[] activities, params (string From, string Port, string To)[] connections) =>
        WorkflowDefinition.FromJson(new JsonObject
        {
            ["definitionId"] = definitionId,
            ["name"] = definitionId,
            ["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" },
            ["root"] = new JsonObject
            {
                ["id"] = "root",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["start"] = activities[0]["id"]!.ToString(),
                ["activities"] = new JsonArray([.. activities.Select(activity => (JsonNode)activity.DeepClone())]),
                ["connections"] = new JsonArray([.. connections.Select(connection => (JsonNode)new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = connection.From, ["port"] = connection.Port },
                    ["target"] = new JsonObject { ["activity"] = connection.To, ["port"] = "In" },
                })]),
            },
        });

    /// <summary>The definition with an activation strategy, e.g. "SingletonStrategy".</summary>
    public static WorkflowDefinition Activated(this WorkflowDefinition definition, string strategy) =>
        definition.With(json =>
        json["options"] = new JsonObject
        {
            ["activationStrategyType"] =
                $"Elsa.Workflows.Runtime.ActivationValidators.{strategy}, Elsa.Workflows.Runtime",
        });

    /// <summary>An activity with literal inputs.</summary>
    public static JsonObject Activity(string id, string type, params (string Name, string Type, object Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = id };
        foreach (var (name, valueType, value) in inputs) activity[name] = Input(valueType, "Literal", value);
        return activity;
    }

    /// <summary>Waits for an event.</summary>
    public static JsonObject Event(string id, string name) => Activity(id, "Elsa.Event", ("eventName", "String", name));

    /// <summary>Waits for a time.</summary>
    public static JsonObject Delay(string id, string span) =>
        Activity(id, "Elsa.Delay", ("timeSpan", "TimeSpan", span));

    /// <summary>Writes a line.</summary>
    public static JsonObject WriteLine(string id, string text) =>
        Activity(id, "Elsa.WriteLine", ("text", "String", text));

    /// <summary>Marks an activity as a trigger of the workflow.</summary>
    public static JsonObject Starts(this JsonObject activity)
    {
        activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return activity;
    }

    /// <summary>A wrapped input.</summary>
    public static JsonObject Input(string valueType, string expressionType, object value) => new()
    {
        ["typeName"] = valueType,
        ["expression"] = new JsonObject { ["type"] = expressionType, ["value"] = JsonValue.Create(value.ToString()) },
    };
}
