using System.Diagnostics;
using Consultation.Engine.Expressions;
using Consultation.Runtime.Runs;

namespace Consultation.Runtime.Stimuli;

/// <summary>
/// Messages as text for the inbox: a kind and a JSON object. Readers ignore what they do not know, so that old rows
/// stay readable.
/// </summary>
public static class StimulusText
{
    /// <summary>The kind of a message, a stable key.</summary>
    public static string KindOf(StimulusMessage message) => message switch
    {
        StimulusMessage.StartRun => "start",
        StimulusMessage.Resume => "resume",
        StimulusMessage.TimerDue => "timer",
        StimulusMessage.Publish => "publish",
        StimulusMessage.Retry => "retry",
        StimulusMessage.Cancel => "cancel",
        StimulusMessage.Continue => "continue",
        StimulusMessage.SetVariables => "variables",
        StimulusMessage.Migrate => "migrate",
        StimulusMessage.MoveBack => "move-back",
        StimulusMessage.Outside => "outside",
        _ => throw new UnreachableException(),
    };

    /// <summary>The run that a message is for, or null.</summary>
    public static InstanceId? InstanceOf(StimulusMessage message) => message switch
    {
        StimulusMessage.StartRun start => start.InstanceId,
        StimulusMessage.Resume resume => resume.InstanceId,
        StimulusMessage.TimerDue due => due.InstanceId,
        StimulusMessage.Publish publish => publish.InstanceId,
        StimulusMessage.Retry retry => retry.InstanceId,
        StimulusMessage.Cancel cancel => cancel.InstanceId,
        StimulusMessage.Continue go => go.InstanceId,
        StimulusMessage.SetVariables set => set.InstanceId,
        StimulusMessage.Migrate migrate => migrate.InstanceId,
        StimulusMessage.MoveBack back => back.InstanceId,
        StimulusMessage.Outside outside => outside.InstanceId,
        _ => throw new UnreachableException(),
    };

    /// <summary>The message as a JSON object.</summary>
    /// <exception cref="ArgumentException">The message carries new entities, which only a send in one transaction
    /// can.</exception>
    public static string Write(StimulusMessage message)
    {
        var map = new Dictionary<string, object?>();
        Put(map, "op", message.OperationId);
        switch (message)
        {
            case StimulusMessage.StartRun start:
                WriteStart(map, start);
                break;
            case StimulusMessage.Resume resume:
                Put(map, "bookmark", resume.BookmarkId);
                Put(map, "payload", resume.Payload);
                Put(map, "wait", resume.WaitIfEarly ? true : null);
                break;
            case StimulusMessage.TimerDue due:
                Put(map, "bookmark", due.BookmarkId);
                break;
            case StimulusMessage.Publish publish:
                Put(map, "name", publish.Name);
                Put(map, "stimulus", publish.Stimulus);
                Put(map, "correlation", publish.CorrelationId);
                Put(map, "payload", publish.Payload);
                Put(map, "starts", publish.StartsRuns);
                break;
            case StimulusMessage.Retry retry:
                Put(map, "incident", retry.IncidentId);
                Put(map, "attempt", retry.Attempt);
                break;
            case StimulusMessage.Cancel cancel:
                Put(map, "reason", cancel.Reason);
                break;
            case StimulusMessage.SetVariables set:
                Put(map, "values", set.Values);
                break;
            case StimulusMessage.Migrate migrate:
                Put(map, "version", migrate.VersionId);
                Put(map, "nodes", migrate.NodeMap.Count > 0
                    ? migrate.NodeMap.ToDictionary(pair => pair.Key, pair => (object?)pair.Value)
                    : null);
                Put(map, "move", migrate.MoveId);
                break;
            case StimulusMessage.MoveBack back:
                Put(map, "move", back.MoveId);
                break;
            case StimulusMessage.Outside outside:
                Put(map, "outsideKind", outside.Kind);
                Put(map, "bookmark", outside.BookmarkId);
                Put(map, "body", outside.Body);
                break;
        }

        if (InstanceOf(message) is { } instance) map["instance"] = instance.Value;
        return PlainData.ToJson(map);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text or the kind is not known.</exception>
    public static StimulusMessage Read(string kind, string json)
    {
        if (PlainData.FromJson(json) is not Dictionary<string, object?> map)
        {
            throw new FormatException("An inbox row must hold an object.");
        }
        StimulusMessage message = kind switch
        {
            "start" => ReadStart(map),
            "resume" =>
                new StimulusMessage.Resume(Instance(map), Text(map, "bookmark") ?? "", map.GetValueOrDefault("payload"))
                {
                    WaitIfEarly = Flag(map, "wait"),
                },
            "timer" => new StimulusMessage.TimerDue(Instance(map), Text(map, "bookmark") ?? ""),
            "publish" => new StimulusMessage.Publish(Text(map, "name") ?? "", map.GetValueOrDefault("stimulus"))
            {
                InstanceId = Text(map, "instance") is { } only ? new InstanceId(only) : null,
                CorrelationId = Text(map, "correlation"),
                Payload = map.GetValueOrDefault("payload"),
                StartsRuns = Flag(map, "starts"),
            },
            "retry" => new StimulusMessage.Retry(Instance(map), Text(map, "incident"))
            {
                Attempt = map.GetValueOrDefault("attempt") is long attempt ? (int)attempt : 0,
            },
            "cancel" => new StimulusMessage.Cancel(Instance(map), Text(map, "reason")),
            "continue" => new StimulusMessage.Continue(Instance(map)),
            "variables" => new StimulusMessage.SetVariables(Instance(map), Map(map, "values") ?? []),
            "migrate" => new StimulusMessage.Migrate(Instance(map), Text(map, "version") ?? "")
            {
                NodeMap = (Map(map, "nodes") ?? []).Where(pair => pair.Value is string)
                    .ToDictionary(pair => pair.Key, pair => (string)pair.Value!),
                MoveId = Text(map, "move"),
            },
            "move-back" => new StimulusMessage.MoveBack(Instance(map), Text(map, "move") ?? ""),
            "outside" => new StimulusMessage.Outside(
                Instance(map), Text(map, "outsideKind") ?? "", Text(map, "bookmark"), map.GetValueOrDefault("body")),
            _ => throw new FormatException($"An inbox row is of kind '{kind}', which this version does not know."),
        };
        return Text(map, "op") is { } operation ? message with { OperationId = operation } : message;
    }

    private static void WriteStart(Dictionary<string, object?> map, StimulusMessage.StartRun start)
    {
        if (start.MakeEntities is not null)
            throw new ArgumentException(
                "A start that carries new entities cannot be enqueued; store them yourself and enqueue the start.");
        Put(map, "definition", start.DefinitionId);
        Put(map, "versionOptions", start.VersionOptions);
        Put(map, "version", start.VersionId);
        Put(map, "input", start.Input);
        Put(map, "correlation", start.CorrelationId);
        Put(map, "name", start.Name);
        Put(map, "trigger", start.TriggerActivityId);
        Put(map, "payload", start.TriggerPayload);
        Put(map, "parent", start.ParentInstanceId);
        Put(map, "parentBookmark", start.ParentBookmarkId);
        Put(map, "always", start.IgnoreActivationStrategy ? true : null);
    }

    private static StimulusMessage.StartRun ReadStart(Dictionary<string, object?> map) =>
        new(Text(map, "definition") ?? "")
        {
            VersionOptions = Text(map, "versionOptions") ?? "Published",
            VersionId = Text(map, "version"),
            InstanceId = Text(map, "instance") is { } id ? new InstanceId(id) : null,
            Input = Map(map, "input"),
            CorrelationId = Text(map, "correlation"),
            Name = Text(map, "name"),
            TriggerActivityId = Text(map, "trigger"),
            TriggerPayload = map.GetValueOrDefault("payload"),
            ParentInstanceId = Text(map, "parent"),
            ParentBookmarkId = Text(map, "parentBookmark"),
            IgnoreActivationStrategy = Flag(map, "always"),
        };

    private static void Put(Dictionary<string, object?> map, string name, object? value)
    {
        if (value is not null) map[name] = PlainData.Normalise(value);
    }

    private static InstanceId Instance(Dictionary<string, object?> map) =>
        new(Text(map, "instance") ?? throw new FormatException("An inbox row names no run."));

    private static string? Text(Dictionary<string, object?> map, string name) => map.GetValueOrDefault(name) as string;

    private static bool Flag(Dictionary<string, object?> map, string name) => map.GetValueOrDefault(name) is true;

    private static Dictionary<string, object?>? Map(Dictionary<string, object?> map, string name) =>
        map.GetValueOrDefault(name) as Dictionary<string, object?>;
}
