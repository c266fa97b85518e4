using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// A workflow definition used as an activity: its inputs are inputs, its outputs outputs, its outcomes ports.
/// </summary>
public sealed class UsedDefinition : Activity
{
    private readonly ActivityNode _node;
    private readonly InputBinding<object?>[] _inputs;
    private readonly OutputBinding[] _outputs;
    private readonly WorkflowDefinition _definition;

    internal UsedDefinition(ActivityNode node, WorkflowDefinition definition)
    {
        _node = node;
        _definition = definition;
        _inputs = [.. definition.Inputs.Select(i => node.Input<object?>(i.Name))];
        _outputs = [.. definition.Outputs.Select(o => node.Output(o.Name))];
    }

    internal override bool IsComposite => true;

    /// <summary>
    /// The activity type as which a definition appears in the toolbox; the name is the definition's in Pascal case.
    /// </summary>
    public static ActivityType TypeFor(WorkflowDefinition definition) =>
        TypeFor(definition, NameFor(definition), definition.Version);

    /// <summary>The type name as which a definition appears: its name in Pascal case without blanks.</summary>
    public static string NameFor(WorkflowDefinition definition) => NameFor(definition.Name, definition.DefinitionId);

    /// <summary>The same from a definition's name, or its id where it has no name.</summary>
    public static string NameFor(string? name, string definitionId)
    {
        name = name is { Length: > 0 } ? name : definitionId;
        return Expressions.PascalName.Of(string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : ' ')))
            .Replace(" ", "", StringComparison.Ordinal);
    }

    public override void Execute(ActivityContext context)
    {
        if (_node.Children.Count == 0)
        {
            context.Complete();
            return;
        }

        var input = new Dictionary<string, object?>(_inputs.Length);
        for (var i = 0; i < _inputs.Length; i++)
        {
            if (!_inputs[i].IsGiven) continue;
            var declared = _definition.Inputs[i];
            input[_inputs[i].Name] = _inputs[i].Get(context, raw => WorkflowInput.Convert(declared, raw));
        }

        context.Execution.ScopeInput = input;
        context.Schedule(_node.Children[0]);
    }

    /// <summary>Hands the collected outputs to where the using definition wants them.</summary>
    internal override void OnCompleting(ActivityContext context)
    {
        if (context.Execution.ScopeOutput is not { } collected) return;
        foreach (var output in _outputs)
        {
            if (collected.TryGetValue(output.Name, out var value)) context.SetOutput(output, value);
        }
    }

    internal static ActivityType TypeFor(WorkflowDefinition definition, string typeName, int version)
    {
        var category = definition.Options.ActivityCategory is { Length: > 0 } given
            ? new BilingualText(given, given)
            : new BilingualText("流程", "Workflows");
        var descriptor = new ActivityDescriptor
        {
            TypeName = typeName,
            Version = version,
            Category = category,
            DisplayName = Same(definition.Name ?? typeName),
            Description = Same(definition.Description ?? ""),
            Kind = ActivityKind.Action,
            IsBrowsable = definition.IsPublished && definition.Options.UsableAsActivity,
            Inputs =
            [
                .. definition.Inputs.Select((input, order) => new InputDescriptor
                {
                    Name = input.Name,
                    TypeName = input.ValueType,
                    DisplayName = Same(input.DisplayName),
                    Description = Same(input.Description),
                    Order = order,
                    IsSynthetic = true,
                    UIHint = input.UIHint,
                }),
            ],
            Outputs =
            [
                .. definition.Outputs.Select((output, order) => new OutputDescriptor
                {
                    Name = output.Name,
                    TypeName = output.IsArray ? output.TypeName + "[]" : output.TypeName,
                    DisplayName = Same(output.DisplayName),
                    Description = Same(output.Description),
                    Order = order,
                    IsSynthetic = true,
                }),
            ],
            Ports =
            [
                .. definition.Outcomes.Select(outcome => new PortDescriptor(outcome, Same(outcome))),
                new PortDescriptor("Root", new("内部", "Inside"), PortKind.Embedded, IsBrowsable: false),
            ],
            CustomProperties = new JsonObject
            {
                ["RootType"] = "WorkflowDefinitionActivity",
                ["WorkflowDefinitionId"] = definition.DefinitionId,
                ["WorkflowDefinitionVersionId"] = definition.Id,
            },
            ConstructionProperties = new JsonObject
            {
                ["WorkflowDefinitionId"] = definition.DefinitionId,
                ["WorkflowDefinitionVersionId"] = definition.Id,
                ["Version"] = definition.Version,
            },
        };
        return new ActivityType(descriptor, node => new UsedDefinition(node, definition));
    }

    private static BilingualText Same(string text) => new(text, text);
}
