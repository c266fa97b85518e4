using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>Sends failed mails again (mail rule 10).</summary>
internal sealed class OutboxDesk(Database database, TimeProvider clock) : IOutboxDesk
{
    private static readonly SendAgainResult.Refused NotFailed = new(
        "这封邮件不在“发送失败”状态，不需要重发。请刷新页面查看最新情况。", "This mail has not failed; look at the page again.");

    private static readonly SendAgainResult.Refused TaskClosed = new(
        "这项任务已经办结或撤回，不再需要这封邮件。", "The task is decided or withdrawn; the mail is no longer needed.");

    private static readonly SendAgainResult.Refused NoSecret = new(
        "这封邮件含有密码或查询码，失败后已按规定清除，不能重发。请重新生成后再发。",
        "This mail carried a password or code that is no longer kept; make a new one.");

    public async Task<SendAgainResult> SendAgainAsync(
        Guid organisation, MailId mail, Guid actor, CancellationToken cancellationToken)
    {
        var owner = new OrganisationId(organisation);
        await using var db = database.ForOrganisation(owner);
        var row = await db.Mails.SingleOrDefaultAsync(one => one.Id == mail, cancellationToken);
        if (row is not { State: MailState.Failed }) return NotFailed;
        if (row.Secret is null && row.TextBody.Contains(MailPlaceholder.Secret, StringComparison.Ordinal))
        {
            return NoSecret;
        }

        var taskId = row.TaskId is { } id ? new TaskId(id) : (TaskId?)null;
        if (taskId is { } about)
        {
            var task = await db.Tasks.SingleOrDefaultAsync(one => one.Id == about, cancellationToken);
            if (task is not { State: TaskState.Open }) return TaskClosed;
            task.Flag = null;
        }

        var now = clock.GetUtcNow();
        // Counted anew from now, as a mail that was just written.
        (row.State, row.Attempts, row.NextAttemptAt, row.NotBefore) = (MailState.Pending, 0, null, now);
        db.Add(new HistoryEntry
        {
            OrganisationId = owner,
            Id = Guid.CreateVersion7(now),
            CaseId = row.CaseId is { } file ? new CaseId(file) : null,
            TaskId = taskId,
            At = now,
            ActorId = new PersonId(actor),
            Verb = HistoryVerbs.MailResent,
            Text = new($"重新发送给{row.RecipientName}的邮件“{row.Subject}”",
                $"sent the mail “{row.Subject}” to {row.RecipientName} again"),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new SendAgainResult.Queued();
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else was faster, with the mail or with its task.
            return NotFailed;
        }
    }
}
