using Consultation.Api.Resilience;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Storage.Reading.Runs;
using Consultation.Storage.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Instances;

/// <summary>What single activities of an instance did (contract rows A1–A5).</summary>
internal static class ExecutionReading
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/activity-executions/report", ReportAsync);
        api.MapGet("/activity-executions/list",
            (HttpContext http, string? workflowInstanceId, string? activityNodeId, RunReader runs, RunJournal journal,
                CancellationToken cancellationToken) =>
            ListAsync(http, workflowInstanceId, activityNodeId, Record, runs, journal, cancellationToken));
        api.MapGet("/activity-execution-summaries/list",
            (HttpContext http, string? workflowInstanceId, string? activityNodeId, RunReader runs, RunJournal journal,
                CancellationToken cancellationToken) =>
            ListAsync(http, workflowInstanceId, activityNodeId, Summary, runs, journal, cancellationToken));
        api.MapGet("/activity-executions/count", CountAsync);
        api.MapGet("/activity-executions/by-id", OneAsync);
        api.MapGet("/activity-executions/{id}", OneAsync);
        api.MapGet("/activity-executions/{id}/call-stack", CallStackAsync);
    }

    /// <summary>Counters of one node, as Studio puts them on the canvas.</summary>
    internal sealed record NodeStats(
        string ActivityId, string ActivityNodeId, int StartedCount, int CompletedCount, int UncompletedCount,
        bool IsBlocked, bool IsFaulted)
    {
        /// <summary>Free; Studio asks only for retry marks.</summary>
        public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();
    }

    /// <summary>Counters of every node that ran.</summary>
    internal static IEnumerable<NodeStats> Stats(IReadOnlyCollection<ActivityExecutionRecord> executions)
    {
        var retried = ResilienceEndpoints.Retried(executions);
        return executions.GroupBy(execution => execution.ActivityNodeId).Select(node => new NodeStats(
            node.First().ActivityId,
            node.Key,
            node.Count(),
            node.Count(execution => execution.Status == ActivityStatus.Completed),
            node.Count(execution => execution.Status is ActivityStatus.Running or ActivityStatus.Pending),
            node.Any(execution => execution.HasBookmarks && execution.Status == ActivityStatus.Running),
            node.Any(execution => execution.Status == ActivityStatus.Faulted || execution.AggregateFaultCount > 0))
        {
            Metadata = ResilienceEndpoints.Mark(node.Any(execution => retried.Contains(execution.Id))),
        });
    }

    /// <summary>Body of contract row A1.</summary>
    private sealed record ReportRequest(string? WorkflowInstanceId, string[]? ActivityNodeIds);

    private static async Task<IResult> ReportAsync(
        HttpContext http, ReportRequest body, RunReader runs, RunJournal journal, CancellationToken cancellationToken)
    {
        var wanted = body.ActivityNodeIds?.ToHashSet() ?? [];
        var executions = await ExecutionsAsync(http, body.WorkflowInstanceId, runs, journal, cancellationToken);
        return Answers.Ok(
            new { stats = Stats(executions).Where(node => wanted.Count == 0 || wanted.Contains(node.ActivityNodeId)) });
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, string? instanceId, string? nodeId, Func<ActivityExecutionRecord, bool, object> shape,
        RunReader runs, RunJournal journal,
        CancellationToken cancellationToken)
    {
        var executions = await ExecutionsAsync(http, instanceId, runs, journal, cancellationToken);
        var retried = ResilienceEndpoints.Retried(executions);
        object[] items =
        [
            .. executions.Where(execution => nodeId is null || execution.ActivityNodeId == nodeId)
                .Select(execution => shape(execution, retried.Contains(execution.Id))),
        ];
        return Answers.Ok(new { items, count = items.Length });
    }

    private static async Task<IResult> CountAsync(
        HttpContext http, string? workflowInstanceId, string? activityId, bool? completed, RunReader runs,
        RunJournal journal, CancellationToken cancellationToken)
    {
        var executions = await ExecutionsAsync(http, workflowInstanceId, runs, journal, cancellationToken);
        return Answers.Ok(new
        {
            count = executions.Count(execution =>
                (activityId is null || execution.ActivityId == activityId)
                && (completed is null || execution.CompletedAt is not null == completed)),
        });
    }

    private static async Task<IResult> OneAsync(
        HttpContext http, string id, RunReader runs, RunJournal journal, CancellationToken cancellationToken) =>
        await journal.FindExecutionAsync(id, cancellationToken) is { } execution
        && await runs.FindAsync(
            ElsaAccess.ViewerOf(http.User), execution.WorkflowInstanceId, cancellationToken) is not null
            ? Answers.Ok(Record(execution, ResilienceEndpoints.Retried([execution]).Count > 0))
            : Unknown(http);

    private static async Task<IResult> CallStackAsync(
        HttpContext http, string id, int? skip, int? take, RunReader runs, RunJournal journal,
        CancellationToken cancellationToken)
    {
        if (await journal.FindExecutionAsync(id, cancellationToken) is not { } execution
            || await runs.FindAsync(
                ElsaAccess.ViewerOf(http.User), execution.WorkflowInstanceId, cancellationToken) is null)
        {
            return Unknown(http);
        }

        var all = (await journal.ExecutionsAsync(execution.WorkflowInstanceId, cancellationToken))
            .ToDictionary(one => one.Id);
        var chain = new List<ActivityExecutionRecord>();
        for (var current = execution; current is not null;
            current = all.GetValueOrDefault(current.SchedulingActivityExecutionId ?? current.ParentId ?? ""))
        {
            chain.Insert(0, current);
            if (chain.Count > all.Count)
            {
                break;
            }
        }

        return Answers.Ok(new
        {
            activityExecutionId = id,
            items = chain.Skip(skip ?? 0).Take(take ?? int.MaxValue).Select(one => Record(one, isRetried: false)),
            totalCount = chain.Count,
        });
    }

    private static async Task<IReadOnlyList<ActivityExecutionRecord>> ExecutionsAsync(
        HttpContext http, string? instanceId, RunReader runs, RunJournal journal,
        CancellationToken cancellationToken) =>
        instanceId is not null
            && await runs.FindAsync(ElsaAccess.ViewerOf(http.User), instanceId, cancellationToken) is not null
            ? await journal.ExecutionsAsync(instanceId, cancellationToken)
            : [];

    private static object Summary(ActivityExecutionRecord execution, bool isRetried) => new
    {
        id = execution.Id,
        workflowInstanceId = execution.WorkflowInstanceId,
        activityId = execution.ActivityId,
        activityNodeId = execution.ActivityNodeId,
        activityType = execution.ActivityType,
        activityTypeVersion = execution.ActivityTypeVersion,
        activityName = execution.ActivityName,
        startedAt = execution.StartedAt,
        hasBookmarks = execution.HasBookmarks,
        metadata = ResilienceEndpoints.Mark(isRetried),
        status = execution.Status.ToString(),
        aggregateFaultCount = execution.AggregateFaultCount,
        completedAt = execution.CompletedAt,
    };

    /// <summary>One execution with everything that was kept of it.</summary>
    internal static object Record(ActivityExecutionRecord execution, bool isRetried) => new
    {
        id = execution.Id,
        workflowInstanceId = execution.WorkflowInstanceId,
        activityId = execution.ActivityId,
        activityNodeId = execution.ActivityNodeId,
        activityType = execution.ActivityType,
        activityTypeVersion = execution.ActivityTypeVersion,
        activityName = execution.ActivityName,
        activityState = PlainData.ToNode(execution.ActivityState),
        payload = execution.Outcomes is { } outcomes ? new { Outcomes = outcomes } : null,
        outputs = PlainData.ToNode(execution.Outputs),
        properties = PlainData.ToNode(execution.Properties),
        metadata = ResilienceEndpoints.Mark(isRetried),
        exception = execution.FaultMessage is { } message ? new
        {
            type = execution.FaultType,
            message,
            stackTrace = (string?)null,
        } : null,
        startedAt = execution.StartedAt,
        hasBookmarks = execution.HasBookmarks,
        status = execution.Status.ToString(),
        aggregateFaultCount = execution.AggregateFaultCount,
        completedAt = execution.CompletedAt,
        schedulingActivityExecutionId = execution.SchedulingActivityExecutionId,
        schedulingActivityId = execution.SchedulingActivityId,
        schedulingWorkflowInstanceId = (string?)null,
        callStackDepth = execution.CallStackDepth,
    };

    private static IResult Unknown(HttpContext http) =>
        Answers.NotFound(http, "没有这条执行记录。", "There is no such activity execution.");
}
