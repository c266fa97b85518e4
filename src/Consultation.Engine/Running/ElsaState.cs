using System.Text.Json.Nodes;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>Writes a run in the shape of Elsa's <c>workflowState</c>, for Studio and for exports.</summary>
internal static class ElsaState
{
    public static JsonObject Write(RunState run)
    {
        var bookmarks = new JsonArray();
        foreach (var bookmark in run.Bookmarks) bookmarks.Add((JsonNode)Write(bookmark, run.InstanceId));
        var incidents = new JsonArray();
        foreach (var incident in run.Incidents) incidents.Add((JsonNode)Write(incident));
        var executions = new JsonArray();
        foreach (var execution in run.ActivityExecutions) executions.Add((JsonNode)Write(execution));
        var scheduled = new JsonArray();
        foreach (var item in run.Scheduled)
        {
            scheduled.Add((JsonNode)new JsonObject
            {
                ["activityNodeId"] = item.Node?.NodeId ?? item.NodeId,
                ["ownerContextId"] = item.Owner.Id,
                ["tag"] = PlainData.ToNode(item.Tag),
            });
        }

        return new JsonObject
        {
            ["id"] = run.InstanceId,
            ["definitionId"] = run.DefinitionId,
            ["definitionVersionId"] = run.DefinitionVersionId,
            ["definitionVersion"] = run.Version,
            ["parentWorkflowInstanceId"] = run.ParentInstanceId,
            ["correlationId"] = run.CorrelationId,
            ["name"] = run.Name,
            ["status"] = run.Status.ToString(),
            ["subStatus"] = run.SubStatus.ToString(),
            ["isExecuting"] = run.SubStatus == RunSubStatus.Executing,
            ["isSystem"] = run.IsSystem,
            ["bookmarks"] = bookmarks,
            ["incidents"] = incidents,
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = executions,
            ["scheduledActivities"] = scheduled,
            ["executionLogSequence"] = run.JournalSequence,
            ["input"] = PlainData.ToNode(run.InputValues),
            ["output"] = PlainData.ToNode(run.OutputValues),
            ["properties"] = PlainData.ToNode(run.PropertyValues),
            ["createdAt"] = PlainData.ToText(run.CreatedAt),
            ["updatedAt"] = PlainData.ToText(run.UpdatedAt),
            ["finishedAt"] = run.FinishedAt is { } at ? PlainData.ToText(at) : null,
        };
    }

    private static JsonObject Write(Bookmark bookmark, string instanceId) => new()
    {
        ["id"] = bookmark.Id,
        ["name"] = bookmark.Name,
        ["hash"] = bookmark.Hash,
        ["payload"] = ElsaPayload.Of(bookmark, instanceId),
        ["activityId"] = LastId(bookmark.NodeId),
        ["activityNodeId"] = bookmark.NodeId,
        ["activityInstanceId"] = bookmark.Execution.Id,
        ["createdAt"] = PlainData.ToText(bookmark.CreatedAt),
        ["autoBurn"] = bookmark.AutoBurn,
        ["callbackMethodName"] = null,
        ["autoComplete"] = true,
        ["metadata"] = bookmark.DueAt is { } due
            ? new JsonObject { ["dueAt"] = PlainData.ToText(due) }
            : new JsonObject(),
    };

    private static JsonObject Write(Incident incident) => new()
    {
        ["id"] = incident.Id,
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.NodeId,
        ["activityType"] = incident.ActivityType,
        ["message"] = incident.Message,
        ["exception"] = new JsonObject
        {
            ["type"] = incident.CauseType,
            ["message"] = incident.CauseMessage ?? incident.Message,
            ["stackTrace"] = null,
            ["innerException"] = null,
        },
        ["timestamp"] = PlainData.ToText(incident.Timestamp),
    };

    private static JsonObject Write(ActivityExecution execution) => new()
    {
        ["id"] = execution.Id,
        ["parentContextId"] = execution.Parent?.Id,
        ["scheduledActivityNodeId"] = execution.NodeId,
        ["ownerActivityNodeId"] = execution.Parent?.NodeId,
        ["properties"] = execution.State is null ? new JsonObject() : PlainData.ToNode(execution.State),
        ["activityState"] = execution.RecordedInputs is null
            ? new JsonObject()
            : PlainData.ToNode(execution.RecordedInputs),
        ["dynamicVariables"] = new JsonArray(),
    };

    private static string LastId(string nodeId) => nodeId[(nodeId.LastIndexOf(':') + 1)..];
}
