using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Runtime;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Activities.Desk;

/// <summary>
/// Answers of people, whatever door they came through, become messages to the waiting step; its committed answer comes
/// back.
/// </summary>
internal sealed class TaskAnswers(StimulusSender sender, ICaseStore store) : ITaskAnswers
{
    public Task<AnswerResult> AnswerAsync(TaskAnswer answer, CancellationToken cancellationToken) =>
        SendAsync(answer.OrganisationId, answer.TaskId, new TaskMessage.Answer(answer)
            .Write(), answer.OperationId, answer.Entry, cancellationToken);

    public Task<AnswerResult> TakeBackAsync(
        OrganisationId organisation, TaskId task, PersonId actor, string operationId,
        CancellationToken cancellationToken) =>
        SendAsync(organisation, task, new TaskMessage.TakeBack(actor).Write(), operationId, cancellationToken);

    public Task<AnswerResult> ExplainAsync(
        OrganisationId organisation, TaskId task, PersonId actor, IReadOnlyDictionary<string, string> fields,
        string operationId, CancellationToken cancellationToken) =>
        SendAsync(organisation, task, new TaskMessage.Explain(actor, fields).Write(), operationId, cancellationToken);

    public Task<AnswerResult> AskAsync(
        OrganisationId organisation, TaskId task, PersonId actor, string question, string operationId,
        CancellationToken cancellationToken) =>
        SendAsync(organisation, task, new TaskMessage.Ask(actor, question).Write(), operationId, cancellationToken);

    public Task<AnswerResult> ReplyAsync(
        OrganisationId organisation, TaskId task, QuestionReply reply, string operationId,
        CancellationToken cancellationToken) =>
        SendAsync(organisation, task, new TaskMessage.Reply(reply).Write(), operationId, cancellationToken);

    public Task<AnswerResult> ReassignAsync(
        OrganisationId organisation, TaskId task, PersonId actor, PersonId from, PersonId to, string operationId,
        CancellationToken cancellationToken) =>
        SendAsync(organisation, task, new TaskMessage.Reassign(actor, from, to)
            .Write(), operationId, cancellationToken);

    private Task<AnswerResult> SendAsync(
        OrganisationId organisation, TaskId id, Dictionary<string, object?> payload, string operationId,
        CancellationToken cancellationToken) =>
        SendAsync(organisation, id, payload, operationId, null, cancellationToken);

    private async Task<AnswerResult> SendAsync(
        OrganisationId organisation, TaskId id, Dictionary<string, object?> payload, string operationId,
        string? entry, CancellationToken cancellationToken)
    {
        if (await store.FindTaskAsync(organisation, id, cancellationToken) is not { } task)
        {
            return new AnswerResult.Unknown();
        }

        var message = new StimulusMessage.Resume(new InstanceId(task.InstanceId), task.BookmarkId, payload)
        {
            OperationId = Attempt(operationId, entry, payload),
        };
        return await sender.SendAsync(message, cancellationToken) switch
        {
            StimulusResult.Applied { Answer: { } said } => AnswerData.ReadResult(said),
            StimulusResult.Applied { IncidentIds: [var incident, ..] } => new AnswerResult.Failed(incident),
            StimulusResult.Applied => new AnswerResult.Unknown(),
            StimulusResult.Contended => new AnswerResult.Overtaken(task.Revision),
            _ => await PresentAsync(organisation, id, cancellationToken),
        };
    }

    /// <summary>
    /// The same entries sent twice are one operation. Entries mended after a refusal are another: the first refusal
    /// must not answer for them.
    /// </summary>
    private static string Attempt(string operationId, string? entry, Dictionary<string, object?> payload)
    {
        var digest = SHA256.HashData(entry is null
            ? JsonSerializer.SerializeToUtf8Bytes(payload)
            : Encoding.UTF8.GetBytes(entry));
        return $"{operationId}.{Convert.ToHexStringLower(digest.AsSpan(0, 8))}";
    }

    /// <summary>Nobody waits any more: how the task stands now (mail rule 2).</summary>
    private async Task<AnswerResult> PresentAsync(
        OrganisationId organisation, TaskId id, CancellationToken cancellationToken) =>
        await store.FindTaskAsync(organisation, id, cancellationToken) is { } task
        && await store.FindDirectoryAsync(organisation, cancellationToken) is { } directory
            ? Gate.Present(task, directory)
            : new AnswerResult.Unknown();
}
