using System.Buffers;
using System.Text.Json;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Storage.Mapping;

namespace Consultation.Storage.Runs;

/// <summary>
/// Journal lines and activity executions of one step, as one value: two JSON arrays with short names, packed when they
/// are long.
/// </summary>
internal static class JournalPage
{
    /// <summary>Shorter pages would save little.</summary>
    private const int PackFrom = 1024;
    private static readonly TextPacker Packer = new(1, "Runs.JournalSample.txt");

    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = PlainData.MaxDepth + 8,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Write(IReadOnlyList<JournalLine> lines, IReadOnlyList<ActivityExecutionRecord> executions)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(8192);
        buffer.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(buffer, Writing);
        writer.Reset(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("l");
        for (var i = 0; i < lines.Count; i++) Write(writer, lines[i]);
        writer.WriteEndArray();
        writer.WriteStartArray("x");
        for (var i = 0; i < executions.Count; i++) Write(writer, executions[i]);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenCount < PackFrom ? buffer.WrittenSpan.ToArray() : Packer.Pack(buffer.WrittenSpan);
    }

    public static (List<JournalLine> Lines, List<ActivityExecutionRecord> Executions) Read(
        byte[] page, string instanceId)
    {
        var json = Packer.IsPacked(page) ? Packer.Unpack(page) : page;
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = PlainData.MaxDepth + 8 });
        var lines = new List<JournalLine>();
        foreach (var line in document.RootElement.GetProperty("l").EnumerateArray()) lines.Add(ReadLine(line));
        var executions = new List<ActivityExecutionRecord>();
        foreach (var execution in document.RootElement.GetProperty("x").EnumerateArray())
        {
            executions.Add(ReadExecution(execution, instanceId));
        }
        return (lines, executions);
    }

    private static void Write(Utf8JsonWriter writer, JournalLine line)
    {
        writer.WriteStartObject();
        writer.WriteNumber("s", line.Sequence);
        writer.WriteNumber("t", line.Timestamp.UtcTicks);
        writer.WriteString("e", line.EventName);
        writer.WriteString("i", line.ActivityInstanceId);
        Text(writer, "p", line.ParentActivityInstanceId);
        writer.WriteString("a", line.ActivityId);
        writer.WriteString("y", line.ActivityType);
        writer.WriteNumber("v", line.ActivityTypeVersion);
        Text(writer, "n", line.ActivityName);
        writer.WriteString("d", line.NodeId);
        Text(writer, "m", line.Message);
        Text(writer, "o", line.Source);
        Data(writer, "st", line.ActivityState);
        Data(writer, "pl", line.Payload);
        writer.WriteEndObject();
    }

    private static JournalLine ReadLine(JsonElement json) => new()
    {
        Sequence = json.GetProperty("s").GetInt64(),
        Timestamp = Instant(json.GetProperty("t")),
        EventName = Text(json, "e")!,
        ActivityInstanceId = Text(json, "i")!,
        ParentActivityInstanceId = Text(json, "p"),
        ActivityId = Text(json, "a")!,
        ActivityType = Text(json, "y")!,
        ActivityTypeVersion = json.GetProperty("v").GetInt32(),
        ActivityName = Text(json, "n"),
        NodeId = Text(json, "d")!,
        Message = Text(json, "m"),
        Source = Text(json, "o"),
        ActivityState = Data(json, "st") as Dictionary<string, object?>,
        Payload = Data(json, "pl"),
    };

    private static void Write(Utf8JsonWriter writer, ActivityExecutionRecord execution)
    {
        writer.WriteStartObject();
        writer.WriteString("i", execution.Id);
        writer.WriteString("a", execution.ActivityId);
        writer.WriteString("d", execution.ActivityNodeId);
        writer.WriteString("y", execution.ActivityType);
        writer.WriteNumber("v", execution.ActivityTypeVersion);
        Text(writer, "n", execution.ActivityName);
        writer.WriteNumber("t", execution.StartedAt.UtcTicks);
        if (execution.CompletedAt is { } completedAt) writer.WriteNumber("c", completedAt.UtcTicks);
        writer.WriteNumber("u", (int)execution.Status);
        if (execution.HasBookmarks) writer.WriteBoolean("b", true);
        if (execution.AggregateFaultCount != 0) writer.WriteNumber("f", execution.AggregateFaultCount);
        Data(writer, "st", execution.ActivityState);
        Data(writer, "ou", execution.Outputs);
        if (execution.Outcomes is { } outcomes)
        {
            writer.WriteStartArray("oc");
            for (var i = 0; i < outcomes.Count; i++) writer.WriteStringValue(outcomes[i]);
            writer.WriteEndArray();
        }

        Data(writer, "pr", execution.Properties);
        Text(writer, "fm", execution.FaultMessage);
        Text(writer, "ft", execution.FaultType);
        Text(writer, "si", execution.SchedulingActivityExecutionId);
        Text(writer, "sa", execution.SchedulingActivityId);
        Text(writer, "p", execution.ParentId);
        writer.WriteNumber("k", execution.CallStackDepth);
        writer.WriteEndObject();
    }

    private static ActivityExecutionRecord ReadExecution(JsonElement json, string instanceId) => new()
    {
        Id = Text(json, "i")!,
        WorkflowInstanceId = instanceId,
        ActivityId = Text(json, "a")!,
        ActivityNodeId = Text(json, "d")!,
        ActivityType = Text(json, "y")!,
        ActivityTypeVersion = json.GetProperty("v").GetInt32(),
        ActivityName = Text(json, "n"),
        StartedAt = Instant(json.GetProperty("t")),
        CompletedAt = json.TryGetProperty("c", out var completedAt) ? Instant(completedAt) : null,
        Status = (ActivityStatus)json.GetProperty("u").GetInt32(),
        HasBookmarks = json.TryGetProperty("b", out _),
        AggregateFaultCount = json.TryGetProperty("f", out var faults) ? faults.GetInt32() : 0,
        ActivityState = Data(json, "st") as Dictionary<string, object?>,
        Outputs = Data(json, "ou") as Dictionary<string, object?>,
        Outcomes = json.TryGetProperty("oc", out var outcomes)
            ? [.. outcomes.EnumerateArray().Select(outcome => outcome.GetString()!)]
            : null,
        Properties = Data(json, "pr") as Dictionary<string, object?>,
        FaultMessage = Text(json, "fm"),
        FaultType = Text(json, "ft"),
        SchedulingActivityExecutionId = Text(json, "si"),
        SchedulingActivityId = Text(json, "sa"),
        ParentId = Text(json, "p"),
        CallStackDepth = json.GetProperty("k").GetInt32(),
    };

    private static DateTimeOffset Instant(JsonElement ticks) => new(ticks.GetInt64(), TimeSpan.Zero);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static object? Data(JsonElement json, string name) =>
        json.TryGetProperty(name, out var data) ? PlainData.FromElement(data) : null;

    private static void Text(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }

    private static void Data(Utf8JsonWriter writer, string name, object? data)
    {
        if (data is null) return;
        writer.WritePropertyName(name);
        Value(writer, data);
    }

    private static void Value(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (name, item) in map)
                {
                    writer.WritePropertyName(name);
                    Value(writer, item);
                }

                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                foreach (var item in list) Value(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(PlainData.ToText(value));
                break;
        }
    }
}
