using System.Runtime.ExceptionServices;
using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

internal sealed partial class StepExecution
{
    private void Fail(
        ActivityExecution execution,
        Exception failure,
        FaultedAction action,
        Bookmark? bookmark,
        object? payload,
        ActivityExecution? child)
    {
        if (execution.Status is ActivityStatus.Completed or ActivityStatus.Canceled)
        {
            // Failed after its own completion: nothing to retry, but somebody has to know.
            AddJournalLine(execution, JournalEvents.Faulted, failure.Message, null);
            return;
        }

        var node = execution.Node;
        var expression = failure as ExpressionException ?? failure.InnerException as ExpressionException;
        var fault = failure as ActivityFaultException;
        var cause = failure.InnerException ?? (fault is null ? failure : null);
        if (fault is { RetriesFromStart: true }) (action, bookmark, payload) = (FaultedAction.Execute, null, null);
        var incident = new Incident(Environment.NewId(), execution)
        {
            ActivityId = node.ActivityId,
            NodeId = node.NodeId,
            ActivityType = node.Type,
            ActivityName = node.Name,
            Message = fault?.Message ?? (expression is null ? InternalMessage(failure) : ScriptMessage(expression)),
            InputName = fault?.InputName,
            Line = expression?.Line ?? 0,
            Column = expression?.Column ?? 0,
            CauseType = fault is { Type: not "System" } ? fault.Type : (cause ?? failure).GetType().Name,
            CauseMessage = cause?.Message,
            Timestamp = Environment.Now,
            Action = action,
            Bookmark = bookmark,
            Payload = payload,
            Child = child,
        };
        State.IncidentList.Add(incident);
        Result.NewIncidents.Add(incident);
        Touch(execution);
        MarkFaulted(execution, action);
        AddJournalLine(execution, JournalEvents.Faulted, incident.Message, null);
    }

    /// <summary>The host, for a call that may change it from now on.</summary>
    public object? TakeHost()
    {
        _hostTaken = true;
        return Environment.Host;
    }

    /// <summary>Repeats the failure of an earlier attempt at this step, before the call does anything.</summary>
    private void FailAsBefore(int call, ActivityExecution execution)
    {
        if (Environment.Failing.Count == 0) return;
        foreach (var known in Environment.Failing)
        {
            if (known.Number == call && known.NodeId == execution.Node.NodeId)
            {
                ExceptionDispatchInfo.Throw(known.Failure);
            }
        }
    }

    /// <summary>
    /// True, and the step stops, when the failed call may have changed the host: only an attempt without it is clean.
    /// </summary>
    private bool Spoils(int call, ActivityExecution execution, Exception failure)
    {
        if (!_hostTaken || Environment.Host is null) return false;
        Result.SpoiltBy ??= new FailedCall(call, execution.Node.NodeId, failure);
        return _isFinishing = true;
    }

    /// <summary>
    /// What failed while it executed stands still until it is retried. What failed later, handling a resumption or the
    /// end of a child, keeps its other bookmarks and children going: a reminder that fails does not keep the answer
    /// out.
    /// </summary>
    private static void MarkFaulted(ActivityExecution execution, FaultedAction action)
    {
        if (action != FaultedAction.Execute)
        {
            execution.FaultedChildren++;
            return;
        }

        if (execution.Parent is { } parent)
        {
            parent.RunningChildren--;
            parent.FaultedChildren++;
        }

        execution.Status = ActivityStatus.Faulted;
    }

    private static string ScriptMessage(ExpressionException failure) =>
        $"脚本出错：{Problems.Of(failure).Zh} / The script failed: {failure.Message}";

    private static string InternalMessage(Exception failure) => failure is FormatException or ArgumentException
        ? Problems.Of(failure.Message).ToString()
        : $"步骤内部出错 / The activity failed inside: {failure.Message}";

    private bool Retry(string? incidentId)
    {
        if (State.IsOver) return false;
        var incidents = State.IncidentList.FindAll(i => incidentId is null || i.Id == incidentId);
        if (incidents.Count == 0) return false;
        State.SubStatus = RunSubStatus.Executing;
        foreach (var incident in incidents)
        {
            if (!State.IncidentList.Remove(incident)) continue;
            Result.ResolvedIncidentIds.Add(incident.Id);
            var execution = incident.Execution;
            Touch(execution);
            AddJournalLine(execution, JournalEvents.Retried, null, null);
            if (incident.Action != FaultedAction.Execute)
            {
                execution.FaultedChildren--;
            }
            else
            {
                execution.Status = ActivityStatus.Running;
                if (execution.Parent is { } parent)
                {
                    parent.FaultedChildren--;
                    parent.RunningChildren++;
                }
            }

            Result.ActivityCount++;
            State.ActivityCount++;
            Invoke(execution, incident.Action, incident.Bookmark, incident.Payload, incident.Child);
            if (_isFinishing) break;
        }

        return true;
    }

    private void CloseIncidentsOf(ActivityExecution execution)
    {
        for (var i = State.IncidentList.Count - 1; i >= 0; i--)
        {
            if (State.IncidentList[i].Execution != execution) continue;
            Result.ResolvedIncidentIds.Add(State.IncidentList[i].Id);
            State.IncidentList.RemoveAt(i);
        }
    }

    private bool IsFaulted =>
        State.IncidentList.Count > 0 && Workflow.Definition.Options.IncidentStrategy == IncidentStrategy.Fault;
}
