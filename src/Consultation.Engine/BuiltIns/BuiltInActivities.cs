using Consultation.Engine.Definitions;
using Consultation.Engine.Flowcharts;

namespace Consultation.Engine.BuiltIns;

/// <summary>Elsa's own activities, as far as this engine has them.</summary>
public static class BuiltInActivities
{
    /// <summary>All of them, for the catalogue.</summary>
    public static IReadOnlyList<ActivityType> Types { get; } =
    [
        Flowchart.Type,
        Sequence.Type,
        Parallel.Type,
        Start.Type,
        End.Type,
        Finish.Type,
        Complete.Type,
        Fault.Type,
        FlowDecision.Type,
        FlowSwitch.Type,
        FlowFork.Type,
        FlowJoin.Type,
        FlowNode.Type,
        Fork.Type,
        If.Type,
        Switch.Type,
        StateMachine.Type,
        While.Type,
        For.Type,
        ForEach.Type,
        ParallelForEach.Type,
        Break.Type,
        SetVariable.Type,
        SetOutput.Type,
        SetName.Type,
        Correlate.Type,
        WriteLine.Type,
        ReadLine.Type,
        Delay.Type,
        StartAt.Type,
        Timer.Type,
        Cron.Type,
        Event.Type,
        PublishEvent.Type,
        RunTask.Type,
        RunJavaScript.Type,
        ExecuteWorkflow.ExecuteType,
        ExecuteWorkflow.DispatchType,
        BulkDispatchWorkflows.Type,
        HttpEndpoint.Type,
        WriteHttpResponse.Type,
        SendHttpRequest.FlowType,
        SendHttpRequest.Type,
        SendHttpRequest.DownloadType,
        WriteFileHttpResponse.Type,
    ];
}
