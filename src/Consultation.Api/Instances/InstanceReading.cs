using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Storage.Reading.Runs;
using Consultation.Storage.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Instances;

/// <summary>
/// Lists of instances, one instance with its state, journal and variables (contract rows I1–I6, I11, I12).
/// </summary>
internal static class InstanceReading
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances", ListAsync);
        api.MapGet("/workflow-instances", ListByGetAsync);
        var one = api.MapGroup("/workflow-instances/{id}");
        one.MapGet("", GetAsync);
        one.MapGet("/execution-state", ExecutionStateAsync);
        one.MapGet("/journal",
            (HttpContext http, string id, int? skip, int? take, RunReader runs, RunJournal journal,
                CancellationToken cancellationToken) =>
            JournalAsync(http, id, skip, take, null, runs, journal, cancellationToken));
        one.MapPost(
            "/journal",
            (HttpContext http, string id, int? skip, int? take, JournalRequest? body, RunReader runs,
                RunJournal journal, CancellationToken cancellationToken) =>
            JournalAsync(http, id, skip, take, body?.Filter, runs, journal, cancellationToken));
        one.MapGet("/journal/{activityId}", LastLineAsync);
        one.MapGet("/variables", VariablesAsync);
        one.MapGet("/export", ExportAsync);
        one.MapPost("/export", ExportAsync);
        api.MapPost("/bulk-actions/export/workflow-instances", BulkExportAsync);
        api.MapGet("/bulk-actions/export/workflow-instances", BulkExportByGetAsync);
    }

    /// <summary>Body of contract row I1.</summary>
    private sealed record ListRequest
    {
        public int? Page { get; init; }
        public int? PageSize { get; init; }
        public string? SearchTerm { get; init; }
        public string? DefinitionId { get; init; }
        public string[]? DefinitionIds { get; init; }
        public string? CorrelationId { get; init; }
        public int? Version { get; init; }
        public bool? HasIncidents { get; init; }
        public bool? IsSystem { get; init; }
        public string? Status { get; init; }
        public string[]? Statuses { get; init; }
        public string? SubStatus { get; init; }
        public string[]? SubStatuses { get; init; }
        public string? OrderBy { get; init; }
        public string? OrderDirection { get; init; }
        public RunTimeBound[]? TimestampFilters { get; init; }
    }

    /// <summary>The same in a query; bounds of time are asked for by POST.</summary>
    private sealed record ListQuery(
        int? Page, int? PageSize, string? SearchTerm, string? DefinitionId, string[]? DefinitionIds,
        string? CorrelationId, int? Version, bool? HasIncidents, bool? IsSystem, string? Status, string[]? Statuses,
        string? SubStatus, string[]? SubStatuses, string? OrderBy, string? OrderDirection);

    /// <summary>Body of contract row I3.</summary>
    private sealed record JournalRequest(JournalFilter? Filter);

    /// <summary>Which lines of a journal; null and empty mean no condition.</summary>
    private sealed record JournalFilter(
        string[]? ActivityIds, string[]? ActivityNodeIds, string[]? ExcludedActivityTypes, string[]? EventNames)
    {
        public bool Matches(JournalLine line) =>
            (ActivityIds is not { Length: > 0 } ids || ids.Contains(line.ActivityId))
            && (ActivityNodeIds is not { Length: > 0 } nodes || nodes.Contains(line.NodeId))
            && (ExcludedActivityTypes is not { Length: > 0 } types || !types.Contains(line.ActivityType))
            && (EventNames is not { Length: > 0 } names || names.Contains(line.EventName));
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, ListRequest request, RunReader runs, CancellationToken cancellationToken)
    {
        var size = request.PageSize is > 0 ? request.PageSize : null;
        string[] definitions = [.. request.DefinitionIds ?? [], .. One(request.DefinitionId)];
        var (items, total) = await runs.ListAsync(ElsaAccess.ViewerOf(http.User), new RunFilter
        {
            DefinitionIds = definitions,
            CorrelationId = Some(request.CorrelationId),
            Version = request.Version,
            HasIncidents = request.HasIncidents,
            IsSystem = request.IsSystem,
            Statuses = [.. request.Statuses ?? [], .. One(request.Status)],
            SubStatuses = [.. request.SubStatuses ?? [], .. One(request.SubStatus)],
            Search = Some(request.SearchTerm),
            Times = request.TimestampFilters ?? [],
            OrderBy = request.OrderBy,
            Descending = !string.Equals(request.OrderDirection, "Ascending", StringComparison.OrdinalIgnoreCase),
            Skip = size is { } rows ? Math.Max(0, request.Page ?? 0) * rows : 0,
            Take = size,
        }, cancellationToken);
        return Answers.Ok(new { items = items.Select(Summary), totalCount = total });
    }

    private static Task<IResult> ListByGetAsync(
        HttpContext http, [AsParameters] ListQuery query, RunReader runs, CancellationToken cancellationToken) =>
        ListAsync(http, new ListRequest
        {
            Page = query.Page,
            PageSize = query.PageSize,
            SearchTerm = query.SearchTerm,
            DefinitionId = query.DefinitionId,
            DefinitionIds = query.DefinitionIds,
            CorrelationId = query.CorrelationId,
            Version = query.Version,
            HasIncidents = query.HasIncidents,
            IsSystem = query.IsSystem,
            Status = query.Status,
            Statuses = query.Statuses,
            SubStatus = query.SubStatus,
            SubStatuses = query.SubStatuses,
            OrderBy = query.OrderBy,
            OrderDirection = query.OrderDirection,
        }, runs, cancellationToken);

    private static async Task<IResult> GetAsync(
        HttpContext http, string id, RunReader runs, IRunStore store, CancellationToken cancellationToken)
    {
        var json = await FullAsync(http, id, runs, store, cancellationToken);
        return json is null ? Unknown(http) : Answers.Ok(json);
    }

    private static async Task<JsonObject?> FullAsync(
        HttpContext http, string id, RunReader runs, IRunStore store, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is not { } run
            || await store.FindStateAsync(new InstanceId(id), cancellationToken) is not { } state)
        {
            return null;
        }

        var json = System.Text.Json.JsonSerializer.SerializeToNode(Summary(run), Answers.Json)!.AsObject();
        json["workflowState"] = state.ToElsaState();
        return json;
    }

    private static object Summary(RunSummary run) => new
    {
        id = run.Id,
        parentWorkflowInstanceId = run.ParentInstanceId,
        definitionId = run.DefinitionId,
        definitionVersionId = run.DefinitionVersionId,
        version = run.Version,
        status = run.Status,
        subStatus = run.SubStatus,
        isExecuting = run.SubStatus == nameof(RunSubStatus.Executing),
        correlationId = run.CorrelationId,
        name = run.Name,
        incidentCount = run.IncidentCount,
        isSystem = run.IsSystem,
        createdAt = run.CreatedAt,
        updatedAt = run.UpdatedAt,
        finishedAt = run.FinishedAt,
    };

    private static async Task<IResult> ExecutionStateAsync(
        HttpContext http, string id, RunReader runs, CancellationToken cancellationToken) =>
        await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is { } run
            ? Answers.Ok(new
            {
                status = run.Status,
                subStatus = run.SubStatus,
                workflowSubStatus = run.SubStatus,
                updatedAt = run.UpdatedAt,
            })
            : Unknown(http);

    private static async Task<IResult> JournalAsync(
        HttpContext http, string id, int? skip, int? take, JournalFilter? filter, RunReader runs, RunJournal journal,
        CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is null)
        {
            return Unknown(http);
        }

        var (lines, total) = await journal.LinesAsync(
            id, filter is null ? null : filter.Matches, Math.Max(0, skip ?? 0), take, cancellationToken);
        return Answers.Ok(new
        {
            items = lines.Select(line => Line(id, line)),
            totalCount = total,
        });
    }

    /// <summary>One line of an instance's journal.</summary>
    internal static object Line(string instance, JournalLine line) => new
    {
        id = $"{instance}:{line.Sequence}",
        activityInstanceId = line.ActivityInstanceId,
        parentActivityInstanceId = line.ParentActivityInstanceId,
        activityId = line.ActivityId,
        activityType = line.ActivityType,
        activityTypeVersion = line.ActivityTypeVersion,
        activityName = line.ActivityName,
        nodeId = line.NodeId,
        timestamp = line.Timestamp,
        sequence = line.Sequence,
        eventName = line.EventName,
        message = line.Message,
        source = line.Source,
        activityState = PlainData.ToNode(line.ActivityState),
        payload = PlainData.ToNode(line.Payload),
    };

    /// <summary>What an activity did last: began, ended or failed.</summary>
    private static async Task<IResult> LastLineAsync(
        HttpContext http, string id, string activityId, RunReader runs, RunJournal journal,
        CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is null)
        {
            return Unknown(http);
        }

        var wanted = new JournalFilter([activityId], null, null, ["Started", "Completed", "Faulted"]);
        var (lines, _) = await journal.LinesAsync(id, wanted.Matches, 0, null, cancellationToken);
        return lines is [.., var last]
            ? Answers.Ok(Line(id, last))
            : Answers.NotFound(http, "这个活动没有运行过。", "This activity has not run.");
    }

    private static async Task<IResult> VariablesAsync(
        HttpContext http, string id, RunReader runs, IRunStore store, IDefinitionStore definitions, WorkflowCache cache,
        CancellationToken cancellationToken) =>
        await FindValuesAsync(http, id, runs, store, definitions, cache, cancellationToken) is { } values
            ? Values(values)
            : Unknown(http);

    /// <summary>The variables of an instance, or null when the caller sees no such instance.</summary>
    internal static async Task<IReadOnlyList<VariableValue>?> FindValuesAsync(
        HttpContext http, string id, RunReader runs, IRunStore store, IDefinitionStore definitions, WorkflowCache cache,
        CancellationToken cancellationToken) =>
        await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is not null
        && await store.FindStateAsync(new InstanceId(id), cancellationToken) is { } state
            ? await ValuesAsync(state, definitions, cache, cancellationToken)
            : null;

    /// <summary>Variables as the designer reads them.</summary>
    internal static IResult Values(IReadOnlyList<VariableValue> values) => Answers.Ok(new
    {
        items = values.Select(variable => new
        {
            id = variable.Id,
            name = variable.Name,
            value = PlainData.ToNode(variable.Value),
        }),
        count = values.Count,
    });

    private static async Task<IReadOnlyList<VariableValue>> ValuesAsync(
        RunState state, IDefinitionStore definitions, WorkflowCache cache, CancellationToken cancellationToken) =>
        await definitions.FindVersionAsync(state.DefinitionVersionId, cancellationToken) is { } stored
        && (await cache.CompileAsync(stored, cancellationToken)).Workflow is { } workflow
            ? state.ListVariables(workflow)
            : [];

    /// <summary>What an export reads.</summary>
    private sealed record Sources(
        RunReader Runs, IRunStore Store, RunJournal Journal, IDefinitionStore Definitions, WorkflowCache Cache);

    private static async Task<IResult> ExportAsync(
        HttpContext http, string id, [AsParameters] Sources sources, CancellationToken cancellationToken) =>
        await FileAsync(http, id, sources, cancellationToken) is { } file
            ? Results.File(file, "application/json", $"workflow-instance-{id}.json")
            : Unknown(http);

    private static async Task<byte[]?> FileAsync(
        HttpContext http, string id, Sources sources, CancellationToken cancellationToken)
    {
        if (await sources.Runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is null
            || await sources.Store.FindStateAsync(new InstanceId(id), cancellationToken) is not { } state)
        {
            return null;
        }

        var (lines, _) = await sources.Journal.LinesAsync(id, null, 0, null, cancellationToken);
        var file = InstanceFile.Write(
            state,
            await ValuesAsync(state, sources.Definitions, sources.Cache, cancellationToken),
            lines,
            await sources.Journal.ExecutionsAsync(id, cancellationToken));
        return Encoding.UTF8.GetBytes(file.ToJsonString(Answers.Json));
    }

    /// <summary>Body of contract row I12.</summary>
    private sealed record BulkExport(string[]? Ids);

    private static Task<IResult> BulkExportByGetAsync(
        HttpContext http, string[]? ids, [AsParameters] Sources sources, CancellationToken cancellationToken) =>
        BulkExportAsync(http, new BulkExport(ids), sources, cancellationToken);

    private static async Task<IResult> BulkExportAsync(
        HttpContext http, BulkExport body, [AsParameters] Sources sources, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var id in (body.Ids ?? []).Distinct())
            {
                if (await FileAsync(http, id, sources, cancellationToken) is not { } file) continue;
                using var entry = archive.CreateEntry($"workflow-instance-{id}.json").Open();
                entry.Write(file);
            }
        }

        buffer.Position = 0;
        return Results.File(buffer, "application/zip", "workflow-instances.zip");
    }

    private static IResult Unknown(HttpContext http) =>
        Answers.NotFound(http, "没有这个流程实例。", "There is no such workflow instance.");

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] One(string? text) => Some(text) is { } value ? [value] : [];
}
