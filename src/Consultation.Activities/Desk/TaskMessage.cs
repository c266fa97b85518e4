using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;

namespace Consultation.Activities.Desk;

/// <summary>What people send to a step that waits for them, as the plain data that travels through a run.</summary>
internal abstract record TaskMessage
{
    private const string KindKey = "kind", ActorKey = "actor", FromKey = "from", ToKey = "to", LeavingKey = "leaving",
        OccasionKey = "occasion", FieldsKey = "fields", QuestionKey = "question", TextKey = "text", UntilKey = "until";
    private const string AnswerKind = "answer", TakeBackKind = "take-back", ReassignKind = "reassign",
        ReseatKind = "reseat", NotNeededKind = "not-needed", ActingKind = "acting", ExplainKind = "explain",
        AskKind = "ask", ReplyKind = "reply";

    private TaskMessage() { }

    /// <summary>Somebody answers.</summary>
    public sealed record Answer(TaskAnswer Given) : TaskMessage;

    /// <summary>Somebody takes an answer back.</summary>
    public sealed record TakeBack(PersonId Actor) : TaskMessage;

    /// <summary>Somebody passes the task from one person to another.</summary>
    public sealed record Reassign(PersonId Actor, PersonId From, PersonId To) : TaskMessage;

    /// <summary>People leave a tracked item whose open tasks go to those who answer for it now.</summary>
    public sealed record Reseat(PersonId Actor, IReadOnlyList<PersonId> Leaving) : TaskMessage;

    /// <summary>The step's task is not needed any more.</summary>
    public sealed record NotNeeded(PersonId Actor) : TaskMessage;

    /// <summary>
    /// Somebody acts for a person from now on or from a known day, or no longer: by a delegation or an absence that was
    /// entered.
    /// </summary>
    /// <param name="For">For whom.</param>
    /// <param name="Occasion">Names the entry, so that its mails are told from those of another.</param>
    public sealed record Acting(PersonId For, string Occasion) : TaskMessage;

    /// <summary>Somebody gives the reason that a formal reminder asks for.</summary>
    public sealed record Explain(PersonId Actor, IReadOnlyDictionary<string, string> Fields) : TaskMessage;

    /// <summary>Somebody who is asked asks something back.</summary>
    public sealed record Ask(PersonId Actor, string Question) : TaskMessage;

    /// <summary>Somebody answers what was asked back.</summary>
    public sealed record Reply(QuestionReply Given) : TaskMessage;

    /// <summary>The message as plain data.</summary>
    public Dictionary<string, object?> Write()
    {
        var map = this switch
        {
            Answer answer => AnswerData.Write(answer.Given),
            TakeBack message => new() { [ActorKey] = Id(message.Actor) },
            NotNeeded message => new() { [ActorKey] = Id(message.Actor) },
            Reassign message =>
                new() { [ActorKey] = Id(message.Actor), [FromKey] = Id(message.From), [ToKey] = Id(message.To) },
            Reseat message => new()
            {
                [ActorKey] = Id(message.Actor),
                [LeavingKey] = message.Leaving.Select(one => (object?)Id(one)).ToList(),
            },
            Acting message => new() { [ActorKey] = Id(message.For), [OccasionKey] = message.Occasion },
            Explain message => new()
            {
                [ActorKey] = Id(message.Actor),
                [FieldsKey] = message.Fields.ToDictionary(field => field.Key, field => (object?)field.Value),
            },
            Ask message => new() { [ActorKey] = Id(message.Actor), [TextKey] = message.Question },
            Reply { Given: var reply } => new()
            {
                [ActorKey] = Id(reply.ActorId),
                [QuestionKey] = reply.QuestionId.ToString("N"),
                [TextKey] = reply.Text,
                [UntilKey] = reply.Until is { } day ? IsoDay.Iso(day) : null,
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        map[KindKey] = this switch
        {
            Answer => AnswerKind,
            TakeBack => TakeBackKind,
            Reassign => ReassignKind,
            NotNeeded => NotNeededKind,
            Acting => ActingKind,
            Explain => ExplainKind,
            Ask => AskKind,
            Reply => ReplyKind,
            _ => ReseatKind,
        };
        return map;
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static TaskMessage? Read(object? payload)
    {
        if (payload is not Dictionary<string, object?> map) return null;
        return map.GetValueOrDefault(KindKey) switch
        {
            AnswerKind => new Answer(AnswerData.ReadAnswer(map)),
            TakeBackKind when Person(map, ActorKey) is { } actor => new TakeBack(actor),
            NotNeededKind when Person(map, ActorKey) is { } actor => new NotNeeded(actor),
            ReassignKind when Person(map, ActorKey) is { } actor && Person(map, FromKey) is { } from
                && Person(map, ToKey) is { } to =>
                new Reassign(actor, from, to),
            ReseatKind when Person(map, ActorKey) is { } actor => new Reseat(
                actor, [.. (map.GetValueOrDefault(LeavingKey) as List<object?> ?? [])
                    .Select(Person).OfType<PersonId>()]),
            ActingKind when Person(map, ActorKey) is { } principal =>
                new Acting(principal, map.GetValueOrDefault(OccasionKey) as string ?? ""),
            ExplainKind when Person(map, ActorKey) is { } actor => new Explain(
                actor, (map.GetValueOrDefault(FieldsKey) as Dictionary<string, object?> ?? [])
                    .ToDictionary(field => field.Key, field => field.Value as string ?? "")),
            AskKind when Person(map, ActorKey) is { } actor =>
                new Ask(actor, map.GetValueOrDefault(TextKey) as string ?? ""),
            ReplyKind when Person(map, ActorKey) is { } actor
                && Guid.TryParse(map.GetValueOrDefault(QuestionKey) as string, out var question) =>
                new Reply(new(actor, question, map.GetValueOrDefault(TextKey) as string ?? "",
                    DateOnly.TryParseExact(map.GetValueOrDefault(UntilKey) as string, "yyyy-MM-dd",
                        CultureInfo.InvariantCulture, DateTimeStyles.None, out var until) ? until : null)),
            _ => null,
        };
    }

    private static PersonId? Person(Dictionary<string, object?> map, string key) => Person(map.GetValueOrDefault(key));

    private static PersonId? Person(object? id) =>
        Guid.TryParse(id as string, out var value) ? new PersonId(value) : null;

    private static string Id(PersonId person) => person.Value.ToString("N");
}
