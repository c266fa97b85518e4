using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>Sends failed mails again (mail rule 10).</summary>
internal sealed class MailResend(Database database, TimeProvider clock) : IMailResend
{
    public async Task<SendAgainResult> SendAgainAsync(
        Guid organisation, MailId mail, Guid actor, CancellationToken cancellationToken)
    {
        var owner = new OrganisationId(organisation);
        await using var db = database.ForOrganisation(owner);
        if (await db.Mails.SingleOrDefaultAsync(one => one.Id == mail, cancellationToken) is not { } row)
        {
            return SendAgainResult.NotFailed;
        }
        var taskId = row.TaskId is { } id ? new TaskId(id) : (TaskId?)null;
        var task = taskId is null
            ? null
            : await db.Tasks.SingleOrDefaultAsync(one => one.Id == taskId, cancellationToken);
        if (row.WhyNotAgain(taskId is null || task is { State: TaskState.Open }) is { } refused) return refused;

        var now = clock.GetUtcNow();
        row.QueueAgain(now);
        if (task is not null) task.Flag = null;
        db.Add(HistoryEntry.MailSentAgain(
            owner, row.CaseId is { } file ? new CaseId(file) : null, taskId, new PersonId(actor), row.RecipientName,
            row.Subject, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new SendAgainResult.Queued();
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else was faster, with the mail or with its task.
            return SendAgainResult.NotFailed;
        }
    }
}
