using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// What a step does whose workflow stopped with an incident. Elsa goes on; a procedure whose next step needs what the
/// other one brings waits until somebody has mended it.
/// </summary>
public static class ChildFault
{
    /// <summary>Name of the input.</summary>
    public const string Input = "ChildFault";

    /// <summary>
    /// The step goes on, with the state of the other workflow as its result: the default, as in Elsa.
    /// </summary>
    public const string GoOn = "goOn";

    /// <summary>
    /// The step waits until the incident has been dealt with and the other workflow has come to its end.
    /// </summary>
    public const string Wait = "wait";

    /// <summary>Name of the line in the journal of the run that waits.</summary>
    public const string Event = "ChildFaulted";

    private static readonly IReadOnlyList<InputOption> Options =
    [
        new(GoOn, new("继续（与 Elsa 相同）", "Go on, as in Elsa")),
        new(Wait, new("等待异常处理完毕", "Wait until it has been mended")),
    ];

    /// <summary>Adds the choice to a step that starts a workflow and waits for it.</summary>
    public static ActivityDescriptorBuilder MayMeetFault(this ActivityDescriptorBuilder builder) =>
        builder.Choice(Input, "子流程出现异常时", "When it faults", Options);

    /// <summary>
    /// True when the answer says that the other workflow stopped with an incident; then it stands in the journal.
    /// </summary>
    public static bool Met(ActivityContext context, object? answer)
    {
        if (answer is not Dictionary<string, object?> { } said || said.GetValueOrDefault("SubStatus") is not "Faulted")
        {
            return false;
        }

        var child = said.GetValueOrDefault("WorkflowInstanceId");
        context.Journal(
            Event, $"子流程出现异常：{child} / The workflow that was started stopped with an incident: {child}",
            new Dictionary<string, object?> { ["WorkflowInstanceId"] = child });
        return true;
    }
}
