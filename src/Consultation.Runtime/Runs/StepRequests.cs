using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Runtime.Outside;
using Consultation.Runtime.Stimuli;
using Microsoft.Extensions.Logging;

namespace Consultation.Runtime.Runs;

/// <summary>
/// Turns what a step asks for into messages for the inbox; texts for the operator go to the log after the commit.
/// </summary>
internal sealed class StepRequests(IEnumerable<IOutsideHandler> handlers, ILogger<StepRequests> log)
{
    private readonly Dictionary<string, IOutsideHandler> _handlers =
        handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    public IOutsideHandler? FindHandler(string kind) => _handlers.GetValueOrDefault(kind);

    public IEnumerable<StimulusMessage> MessagesOf(StepResult result)
    {
        if (result.Requests.Count == 0) return [];
        var instance = new InstanceId(result.State.InstanceId);
        return result.Requests.Select(request => MessageOf(instance, request)).OfType<StimulusMessage>();
    }

    /// <summary>Writes down what a committed step said and met.</summary>
    public void Report(StepResult result)
    {
        foreach (var request in result.Requests)
        {
            if (request is StepRequest.WriteLine line) log.LineWritten(result.State.InstanceId, line.Text);
        }

        foreach (var incident in result.NewIncidents)
        {
            log.IncidentMet(result.State.InstanceId, incident.Id, incident.NodeId, incident.Message);
        }
    }

    private StimulusMessage? MessageOf(InstanceId instance, StepRequest request) => request switch
    {
        StepRequest.DispatchWorkflow dispatch => new StimulusMessage.StartRun(dispatch.DefinitionId)
        {
            VersionOptions = dispatch.VersionOptions,
            VersionId = dispatch.VersionId,
            InstanceId = new InstanceId(dispatch.ChildInstanceId),
            Input = dispatch.Input,
            CorrelationId = dispatch.CorrelationId,
            ParentInstanceId = dispatch.ParentInstanceId,
            ParentBookmarkId = dispatch.ParentBookmarkId,
        },
        StepRequest.PublishEvent published => new StimulusMessage.Publish(EventName, published.Name)
        {
            InstanceId = published.InstanceId is { } only ? new InstanceId(only) : null,
            CorrelationId = published.CorrelationId,
            Payload = published.Payload,
        },
        StepRequest.ResumeRun resume =>
            new StimulusMessage.Resume(new InstanceId(resume.InstanceId), resume.BookmarkId, resume.Payload),
        StepRequest.CancelRun cancel => new StimulusMessage.Cancel(new InstanceId(cancel.InstanceId), cancel.Reason),
        StepRequest.SendHttp http =>
            new StimulusMessage.Outside(instance, "http", http.BookmarkId, HttpRequests.Write(http)),
        StepRequest.RunTask task when _handlers.ContainsKey("task") => new StimulusMessage.Outside(
            instance, "task", task.BookmarkId,
            new Dictionary<string, object?>
            {
                ["taskId"] = task.TaskId,
                ["taskName"] = task.TaskName,
                ["payload"] = PlainData.Normalise(task.Payload),
            }),
        StepRequest.Custom custom => Custom(instance, custom),
        _ => null,
    };

    private StimulusMessage.Outside? Custom(InstanceId instance, StepRequest.Custom custom)
    {
        if (_handlers.ContainsKey(custom.Kind))
        {
            return new StimulusMessage.Outside(instance, custom.Kind, null, custom.Body);
        }
        log.NoHandler(instance.Value, custom.Kind);
        return null;
    }

    /// <summary>Stimulus name of <c>Elsa.Event</c> bookmarks and triggers.</summary>
    private const string EventName = "Elsa.Event";
}
