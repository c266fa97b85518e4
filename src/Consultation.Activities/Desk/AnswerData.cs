using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;

namespace Consultation.Activities.Desk;

/// <summary>Task answers and what became of them, as the plain data that travels through a run.</summary>
internal static class AnswerData
{
    public static Dictionary<string, object?> Write(TaskAnswer answer) => new()
    {
        ["organisation"] = Id(answer.OrganisationId.Value),
        ["task"] = Id(answer.TaskId.Value),
        ["actor"] = Id(answer.ActorId.Value),
        ["onBehalfOf"] = answer.OnBehalfOfId is { } other ? Id(other.Value) : null,
        ["outcome"] = answer.Outcome,
        ["reason"] = answer.Reason,
        ["fields"] = answer.Fields.ToDictionary(field => field.Key, field => (object?)field.Value),
        ["files"] = answer.Files.Select(file => (object?)Id(file.Value)).ToList(),
        ["revision"] = (long)answer.Revision,
        ["operation"] = answer.OperationId,
        ["channel"] = answer.Channel,
        ["link"] = answer.LinkId is { } link ? Id(link) : null,
        ["mail"] = answer.MailId is { } mail ? Id(mail) : null,
    };

    public static TaskAnswer ReadAnswer(object? payload)
    {
        var map = Map(payload);
        return new TaskAnswer
        {
            OrganisationId = new(Guid.Parse(map.Text("organisation")!)),
            TaskId = new(Guid.Parse(map.Text("task")!)),
            ActorId = new(Guid.Parse(map.Text("actor")!)),
            OnBehalfOfId = map.Text("onBehalfOf") is { } other ? new PersonId(Guid.Parse(other)) : null,
            Outcome = map.Text("outcome") ?? "",
            Reason = map.Text("reason"),
            Fields = Map(map.GetValueOrDefault("fields"))
                .ToDictionary(field => field.Key, field => field.Value?.ToString() ?? ""),
            Files = [.. (map.GetValueOrDefault("files") as List<object?> ?? [])
                .Select(file => Guid.TryParse(file as string, out var id) ? new AttachmentId(id) : (AttachmentId?)null)
                .OfType<AttachmentId>()],
            Revision = (int)(map.GetValueOrDefault("revision") as long? ?? 0),
            OperationId = map.Text("operation") ?? "",
            Channel = map.Text("channel") ?? "",
            LinkId = map.Text("link") is { } link ? Guid.Parse(link) : null,
            MailId = map.Text("mail") is { } mail ? Guid.Parse(mail) : null,
        };
    }

    public static Dictionary<string, object?> Write(AnswerResult result) => result switch
    {
        AnswerResult.Accepted accepted =>
            new() { ["is"] = "accepted", ["closed"] = accepted.TaskClosed, ["outcome"] = accepted.Outcome },
        AnswerResult.AlreadyDecided decided => new()
        {
            ["is"] = "decided",
            ["by"] = decided.ByName,
            ["label"] = Write(decided.OutcomeLabel),
            ["at"] = decided.At?.ToString("O", CultureInfo.InvariantCulture),
        },
        AnswerResult.NotEntitled refused => new()
        {
            ["is"] = "not-entitled",
            ["now"] = refused.DecidedByNow.Cast<object?>().ToList(),
            ["why"] = Write(refused.Why),
        },
        AnswerResult.Overtaken overtaken => new() { ["is"] = "overtaken", ["revision"] = (long)overtaken.Revision },
        AnswerResult.Invalid invalid => new()
        {
            ["is"] = "invalid",
            ["errors"] = invalid.Errors.Select(error => (object?)new Dictionary<string, object?>
            {
                ["field"] = error.Field,
                ["message"] = Write(error.Message),
            }).ToList(),
        },
        AnswerResult.Failed failed => new() { ["is"] = "failed", ["incident"] = failed.IncidentId },
        _ => new() { ["is"] = "unknown" },
    };

    public static AnswerResult ReadResult(object? data)
    {
        var map = Map(data);
        return map.Text("is") switch
        {
            "accepted" => new AnswerResult.Accepted(map.GetValueOrDefault("closed") is true, map.Text("outcome")),
            "decided" => new AnswerResult.AlreadyDecided(
                map.Text("by"), ReadText(map.GetValueOrDefault("label")), map.GetValueOrDefault("at") switch
                {
                    string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
                    DateTimeOffset at => at,
                    _ => null,
                }),
            "not-entitled" => new AnswerResult.NotEntitled(
                [.. (map.GetValueOrDefault("now") as List<object?> ?? []).Select(name => name?.ToString() ?? "")],
                ReadText(map.GetValueOrDefault("why"))),
            "overtaken" => new AnswerResult.Overtaken((int)(map.GetValueOrDefault("revision") as long? ?? 0)),
            "invalid" =>
                new AnswerResult.Invalid([.. (map.GetValueOrDefault("errors") as List<object?> ?? []).Select(Map)
                .Select(error => new FieldError(
                    error.Text("field") ?? "", ReadText(error.GetValueOrDefault("message")) ?? LocalText.Empty))]),
            "failed" => new AnswerResult.Failed(map.Text("incident") ?? ""),
            _ => new AnswerResult.Unknown(),
        };
    }

    private static Dictionary<string, object?>? Write(LocalText? text) =>
        text is null ? null : new() { ["zh"] = text.Zh, ["en"] = text.En };

    private static LocalText? ReadText(object? data) =>
        data is Dictionary<string, object?> map ? new(map.Text("zh") ?? "", map.Text("en")) : null;

    private static string Id(Guid value) => value.ToString("N");

    private static Dictionary<string, object?> Map(object? data) => data as Dictionary<string, object?> ?? [];

    private static string? Text(this Dictionary<string, object?> map, string name) =>
        map.GetValueOrDefault(name) as string;
}
