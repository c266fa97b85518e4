using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Health;

/// <summary>How far behind the work is.</summary>
/// <param name="OldestDue">When the timer that waits longest was due; null when none is overdue.</param>
/// <param name="WaitingMessages">Messages of the inbox that could be taken now.</param>
/// <param name="OpenIncidents">Failed steps that wait for people.</param>
/// <param name="PendingMails">Mails that could be sent now.</param>
/// <param name="FailedMails">Mails that were refused for good.</param>
/// <param name="RunningCases">Workflow runs that have not ended.</param>
/// <param name="RepeatedMails">
/// Mails that are still to be sent after <see cref="LoadReader.ManyAttempts"/> attempts or more.
/// </param>
/// <param name="MostAttempts">How often the one of them was tried that was tried most; 0 when there is none.</param>
public sealed record Load(DateTimeOffset? OldestDue, int WaitingMessages, int OpenIncidents, int PendingMails,
    int FailedMails, int RunningCases, int RepeatedMails, int MostAttempts);

/// <summary>Reads how far behind the work is, over all organisations.</summary>
public sealed class LoadReader(Database database)
{
    /// <summary>A mail that was tried so often does not only meet a server that is busy for a moment.</summary>
    public const int ManyAttempts = 4;

    /// <summary>As of now.</summary>
    public async Task<Load> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var repeated = db.Mails.Where(mail => mail.State == MailState.Pending && mail.Attempts >= ManyAttempts);
        return new(
            await db.Bookmarks.Where(bookmark => bookmark.DueAt != null && bookmark.DueAt < now)
                .MinAsync(bookmark => bookmark.DueAt, cancellationToken),
            await db.Inbox.CountAsync(message => message.AvailableAt <= now, cancellationToken),
            await db.Incidents.CountAsync(incident => incident.ResolvedAt == null, cancellationToken),
            await db.Mails.CountAsync(
                mail => mail.State == MailState.Pending && mail.NotBefore <= now, cancellationToken),
            await db.Mails.CountAsync(mail => mail.State == MailState.Failed, cancellationToken),
            await db.Runs.CountAsync(run => run.FinishedAt == null, cancellationToken),
            await repeated.CountAsync(cancellationToken),
            await repeated.MaxAsync(mail => (int?)mail.Attempts, cancellationToken) ?? 0);
    }
}
