using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Runs the activities of the cases whose conditions hold, else the default activity.</summary>
internal sealed class Switch : Activity
{
    private readonly SwitchCases _cases;
    private readonly ActivityNode?[] _activities;
    private readonly ActivityNode? _default;

    private Switch(ActivityNode node)
    {
        _cases = new SwitchCases(node);
        _default = node.Children.FirstOrDefault(c => ReferenceEquals(c.Json, node.Bare("Default")));
        _activities = new ActivityNode?[_cases.Count];
        if (node.Bare("Cases") is not JsonArray cases) return;
        var position = 0;
        foreach (var json in cases.OfType<JsonObject>())
        {
            var id = (json["activity"] as JsonObject)?.Text("id");
            _activities[position++] = id is null ? null : node.Children.FirstOrDefault(c => c.ActivityId == id);
        }
    }

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Switch", "多路选择", "Switch")
            .Branching()
            .Description("执行条件成立的情形中的活动", "Executes the activity of each case whose condition holds")
            .Input("Cases", "Object", "情形", "Cases", i => i with { UIHint = UIHints.SwitchEditor, IsWrapped = false })
            .Choice("Mode", "方式", "Mode", SwitchCases.Modes)
            .Output("Output", "Object", "输出", "Output")
            .Embedded("Default", "其他", "Default")
            .Shape(ActivityShape.Choice)
            .Build(),
        node => new Switch(node));

    public override void Execute(ActivityContext context)
    {
        var scheduled = false;
        var matches = _cases.Match(context);
        foreach (var match in matches)
        {
            if (_activities[match] is not { } activity) continue;
            context.Schedule(activity);
            scheduled = true;
        }

        if (matches.Count == 0 && _default is not null)
        {
            context.Schedule(_default);
            scheduled = true;
        }

        if (!scheduled) context.Complete();
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child)
    {
        if (context.HasNoOpenChildren) context.Complete();
    }
}
