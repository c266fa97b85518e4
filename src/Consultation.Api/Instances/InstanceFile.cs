using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consultation.Api.Resilience;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Api.Instances;

/// <summary>
/// An instance as a file, in the shape of Elsa's own export (outer names in PascalCase, inner ones in camelCase).
/// <c>Variables</c> is our addition; whoever does not know it ignores it. Bookmarks are never written: a file is a
/// record, not a way to move a waiting run.
/// </summary>
internal sealed partial class InstanceFile
{
    /// <summary>Deepest nesting of a file that is read.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most values of a file, of any kind.</summary>
    private const int MostValues = 1_000_000;

    private const int LongestId = 64;
    private const int LongestCorrelation = 200;

    private InstanceFile()
    {
    }

    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public required int DefinitionVersion { get; init; }

    /// <summary>What the file says of the run: "Suspended", "Faulted", …</summary>
    public required RunSubStatus SubStatus { get; init; }
    public string? Name { get; init; }
    public string? CorrelationId { get; init; }
    public string? ParentId { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required Dictionary<string, object?> Input { get; init; }
    public required Dictionary<string, object?> Output { get; init; }
    public required Dictionary<string, object?> Properties { get; init; }
    public required Dictionary<string, object?> Variables { get; init; }
    public required IReadOnlyList<PastIncident> Incidents { get; init; }
    public required IReadOnlyList<JournalLine> Lines { get; init; }
    public required IReadOnlyList<ActivityExecutionRecord> Executions { get; init; }

    /// <summary>
    /// A correlation id that may stand in a list. A case's is not taken over: a record never belongs to a case of this
    /// host.
    /// </summary>
    public string? OwnCorrelation =>
        CorrelationId is { Length: > 0 and <= LongestCorrelation } id && !Guid.TryParse(id, out _) ? id : null;

    /// <summary>The file of an instance.</summary>
    public static JsonObject Write(
        RunState state, IReadOnlyList<VariableValue> variables, IEnumerable<JournalLine> lines,
        IEnumerable<ActivityExecutionRecord> executions) => new()
        {
            ["WorkflowState"] = state.ToElsaState(),
            ["Bookmarks"] = null,
            ["ActivityExecutionRecords"] = new JsonArray([.. executions.Select(Execution)]),
            ["WorkflowExecutionLogRecords"] = new JsonArray([.. lines.Select(line => Line(state.InstanceId, line))]),
            [nameof(Variables)] = new JsonArray([.. variables.Select(Variable)]),
        };

    private static JsonNode? Execution(ActivityExecutionRecord one) =>
        JsonSerializer.SerializeToNode(
            ExecutionReading.Record(one, ResilienceEndpoints.Retried([one]).Count > 0), Answers.Json);

    private static JsonObject Line(string instance, JournalLine line)
    {
        var json = JsonSerializer.SerializeToNode(InstanceReading.Line(instance, line), Answers.Json)!.AsObject();
        json["workflowInstanceId"] = instance;
        json["activityNodeId"] = line.NodeId;
        return json;
    }

    private static JsonObject Variable(VariableValue variable) => new JsonObject
    {
        ["id"] = variable.Id,
        ["name"] = variable.Name,
        ["value"] = PlainData.ToNode(variable.Value),
    };

    /// <summary>Reads a file; when it is none, <paramref name="problem"/> says why.</summary>
    public static InstanceFile? Read(byte[] json, out BilingualText? problem)
    {
        problem = JsonBounds.Check(json, MaxDepth, MostValues);
        if (problem is not null) return null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(document.RootElement, out problem);
        }
        catch (JsonException broken)
        {
            var line = (broken.LineNumber ?? 0) + 1;
            problem = new(
                $"不是有效的 JSON，或嵌套超过 {MaxDepth} 层（第 {line} 行）。请用设计器的“导出”得到文件。",
                $"it is no valid JSON, or nested deeper than {MaxDepth} levels (line {line}). Take a file that the "
                    + "designer exported.");
            return null;
        }
    }

    private static InstanceFile? Read(JsonElement file, out BilingualText? problem)
    {
        problem = null;
        var state = Get(file, "workflowState");
        if (Text(state, "id") is not { } id || Text(state, "definitionId") is not { } definitionId)
        {
            problem = new(
                "不是流程实例的文件：没有 workflowState、id 或 definitionId。请用设计器的“导出”得到文件。",
                "it is no file of an instance: workflowState, id or definitionId is missing. Take a file that the "
                    + "designer exported.");
            return null;
        }

        if (id.Length > LongestId || !PlainId().IsMatch(id))
        {
            problem = new(
                $"实例编号只能由字母、数字、横线组成，最多 {LongestId} 个字。",
                $"an instance id has only letters, digits and dashes, at most {LongestId} of them.");
            return null;
        }

        var lines = Items(file, "workflowExecutionLogRecords");
        var executions = Items(file, "activityExecutionRecords");
        if (lines.Exists(line => Node(line) is null || Text(line, "activityInstanceId") is null)
            || executions.Exists(one => Node(one) is null || Text(one, "id") is null))
        {
            problem = new(
                "运行记录不完整：有的行没有节点或执行编号。请重新导出。",
                "the journal is incomplete: a line has no node or no execution id. Export the instance again.");
            return null;
        }

        var names =
            new ExecutionIds(
                id, [.. executions.Select(one => Text(one, "id")!),
                    .. lines.Select(line => Text(line, "activityInstanceId")!)]);
        var journal = Journal(lines, names);
        var parents = journal.Where(line => line.ParentActivityInstanceId is not null)
            .DistinctBy(line => line.ActivityInstanceId)
            .ToDictionary(line => line.ActivityInstanceId, line => line.ParentActivityInstanceId);
        return new()
        {
            Id = id,
            DefinitionId = definitionId,
            DefinitionVersionId = Text(state, "definitionVersionId") ?? "",
            DefinitionVersion = Whole(state, "definitionVersion"),
            SubStatus = EnumOf(Get(state, "subStatus"), RunSubStatus.Cancelled),
            Name = Text(state, "name"),
            CorrelationId = Text(state, "correlationId"),
            ParentId = Text(state, "parentWorkflowInstanceId"),
            CreatedAt = Instant(state, "createdAt"),
            UpdatedAt = Instant(state, "updatedAt"),
            FinishedAt = Instant(state, "finishedAt"),
            Input = Map(state, "input") ?? [],
            Output = Map(state, "output") ?? [],
            Properties = Map(state, "properties") ?? [],
            Variables = VariablesOf(file, state),
            Incidents = [.. Items(state, "incidents").Select(one => Incident(one))],
            Lines = journal,
            Executions = [.. executions.Select(one => Execution(one, id, names, parents)).DistinctBy(one => one.Id)
                .OrderBy(one => one.StartedAt)],
        };
    }

    private static List<JournalLine> Journal(List<JsonElement> lines, ExecutionIds names) =>
    [
        .. lines.OrderBy(line => Whole(line, "sequence")).ThenBy(line => Instant(line, "timestamp"))
            .Select((line, index) => new JournalLine
        {
            Sequence = index + 1,
            Timestamp = Instant(line, "timestamp") ?? default,
            EventName = Text(line, "eventName") ?? "",
            ActivityInstanceId = names.Of(Text(line, "activityInstanceId"))!,
            ParentActivityInstanceId = names.Of(Text(line, "parentActivityInstanceId")),
            ActivityId = Text(line, "activityId") ?? "",
            ActivityType = Text(line, "activityType") ?? "",
            ActivityTypeVersion = Whole(line, "activityTypeVersion"),
            ActivityName = Text(line, "activityName"),
            NodeId = Node(line)!,
            Message = Text(line, "message"),
            Source = Text(line, "source"),
            ActivityState = Map(line, "activityState"),
            Payload = Plain(line, "payload"),
        }),
    ];

    private static ActivityExecutionRecord Execution(
        JsonElement one, string instance, ExecutionIds names, Dictionary<string, string?> parents)
    {
        var id = names.Of(Text(one, "id"))!;
        var exception = Get(one, "exception");
        var outcomes = Get(Get(one, "payload"), "outcomes");
        return new()
        {
            Id = id,
            WorkflowInstanceId = instance,
            ActivityId = Text(one, "activityId") ?? "",
            ActivityNodeId = Node(one)!,
            ActivityType = Text(one, "activityType") ?? "",
            ActivityTypeVersion = Whole(one, "activityTypeVersion"),
            ActivityName = Text(one, "activityName"),
            StartedAt = Instant(one, "startedAt") ?? default,
            CompletedAt = Instant(one, "completedAt"),
            Status = EnumOf(Get(one, "status"), ActivityStatus.Completed),
            HasBookmarks = Get(one, "hasBookmarks").ValueKind == JsonValueKind.True,
            AggregateFaultCount = Whole(one, "aggregateFaultCount"),
            ActivityState = Map(one, "activityState"),
            Outputs = Map(one, "outputs"),
            Outcomes = outcomes.ValueKind == JsonValueKind.Array
                ? [.. outcomes.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String)
                    .Select(item => item.GetString()!)]
                : null,
            Properties = Map(one, "properties"),
            FaultMessage = Text(exception, "message"),
            FaultType = Text(exception, "type"),
            SchedulingActivityExecutionId = names.Of(Text(one, "schedulingActivityExecutionId")),
            SchedulingActivityId = Text(one, "schedulingActivityId"),
            ParentId = parents.GetValueOrDefault(id),
            CallStackDepth = Whole(one, "callStackDepth"),
        };
    }

    private static PastIncident Incident(JsonElement one)
    {
        var exception = Get(one, "exception");
        var message = Text(one, "message") ?? "";
        var cause = Text(exception, "message");
        return new(
            Text(one, "activityId") ?? "", Text(one, "activityNodeId") ?? "", Text(one, "activityType") ?? "", message,
            Text(exception, "type") ?? "", cause == message ? null : cause, Instant(one, "timestamp") ?? default);
    }

    /// <summary>
    /// Ours by id; Elsa keeps them in the properties of the workflow's own execution, as "node id:variable id".
    /// </summary>
    private static Dictionary<string, object?> VariablesOf(JsonElement file, JsonElement state)
    {
        var values = new Dictionary<string, object?>();
        foreach (var variable in Items(file, "variables"))
        {
            if (Text(variable, "id") is { } id) values[id] = Plain(variable, "value");
        }

        if (values.Count > 0) return values;
        foreach (var context in Items(state, "activityExecutionContexts"))
        {
            foreach (var (name, value) in Map(Get(context, "properties"), "variables") ?? [])
            {
                values.TryAdd(name[(name.LastIndexOf(':') + 1)..], value);
            }
        }

        return values;
    }

    private static JsonElement Get(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object) return default;
        return json.TryGetProperty(name, out var value)
            || json.TryGetProperty($"{char.ToUpperInvariant(name[0])}{name[1..]}", out value)
            ? value
            : default;
    }

    private static string? Text(JsonElement json, string name) =>
        Get(json, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } found
            ? found
            : null;

    private static string? Node(JsonElement json) => Text(json, "activityNodeId") ?? Text(json, "nodeId");

    private static int Whole(JsonElement json, string name) =>
        Get(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole) ? whole : 0;

    private static DateTimeOffset? Instant(JsonElement json, string name) =>
        DateTimeOffset.TryParse(
            Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : null;

    private static object? Plain(JsonElement json, string name) =>
        Get(json, name) is { ValueKind: not JsonValueKind.Undefined } value ? PlainData.FromElement(value) : null;

    private static Dictionary<string, object?>? Map(JsonElement json, string name) =>
        Plain(json, name) as Dictionary<string, object?>;

    private static List<JsonElement> Items(JsonElement json, string name) =>
        Get(json, name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    /// <summary>By name in any casing, or by number.</summary>
    private static T EnumOf<T>(JsonElement json, T otherwise)
        where T : struct, Enum
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Number => json.GetRawText(),
            _ => null,
        };
        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : otherwise;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex PlainId();

    /// <summary>
    /// Ids of executions as they are here: "instance id-number". Those of another server are numbered anew.
    /// </summary>
    private sealed class ExecutionIds
    {
        private readonly Dictionary<string, string>? _renamed;

        public ExecutionIds(string instance, IReadOnlyList<string> ids)
        {
            bool IsOurs(string id) => id.Length < 2 * LongestId && ExecutionId.IsOf(instance, id);
            if (ids.All(IsOurs)) return;
            _renamed = ids.Distinct().Select((id, index) => (id, New: ExecutionId.Of(instance, index + 1)))
                .ToDictionary(pair => pair.id, pair => pair.New);
        }

        /// <summary>Null for null, and for an execution that the file does not have.</summary>
        public string? Of(string? id) => id is null || _renamed is null ? id : _renamed.GetValueOrDefault(id);
    }
}
