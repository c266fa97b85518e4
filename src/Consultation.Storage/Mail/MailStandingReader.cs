using Consultation.Cases;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>How an organisation's outgoing mail stands.</summary>
/// <param name="Due">Mails that could leave now.</param>
/// <param name="DueSince">Since when the first of them waits; null when none does.</param>
/// <param name="Later">Mails for a later hour.</param>
/// <param name="TriedAgain">Pending mails that at least one attempt could not deliver.</param>
/// <param name="LastTrouble">The newest complaint about one of these; null when there is none.</param>
/// <param name="SentToday">Sent in the last 24 hours.</param>
/// <param name="FailedThisWeek">Written in the last 7 days and failed for good.</param>
/// <param name="LastSentAt">When a mail last left; null when none ever did.</param>
/// <param name="Channel">How the second channel stands.</param>
public sealed record MailStanding(
    int Due,
    DateTimeOffset? DueSince,
    int Later,
    int TriedAgain,
    string? LastTrouble,
    int SentToday,
    int FailedThisWeek,
    DateTimeOffset? LastSentAt,
    ChannelStanding Channel);

/// <summary>How messages of the second channel stand.</summary>
/// <param name="Pending">Not yet taken by the gateway.</param>
/// <param name="SentToday">Taken by it in the last 24 hours.</param>
/// <param name="ArrivedToday">Of which it reported the arrival in the last 24 hours.</param>
/// <param name="FailedThisWeek">Written in the last 7 days and failed for good.</param>
/// <param name="LastTrouble">The newest complaint about a pending one; null when there is none.</param>
public sealed record ChannelStanding(
    int Pending, int SentToday, int ArrivedToday, int FailedThisWeek, string? LastTrouble);

/// <summary>Reads it for the page about sending.</summary>
public sealed class MailStandingReader(Database database, TimeProvider clock)
{
    /// <summary>How mail stands now.</summary>
    public async Task<MailStanding> ReadAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var now = clock.GetUtcNow();
        var (aDayAgo, aWeekAgo) = (now.AddDays(-1), now.AddDays(-7));
        var all = db.Mails.AsNoTracking().Where(mail => mail.OrganisationId == organisation.Value);
        var mails = all.Where(mail => mail.Way == MessageWay.Mail);
        var messages = all.Where(mail => mail.Way == MessageWay.Channel);
        var pending = mails.Where(mail => mail.State == MailState.Pending);
        var due = pending.Where(mail => mail.DigestLine == null && mail.NotBefore <= now
            && (mail.NextAttemptAt == null || mail.NextAttemptAt <= now));
        var troubled = pending.Where(mail => mail.LastError != null);
        return new(
            await due.CountAsync(cancellationToken),
            await due.OrderBy(mail => mail.NotBefore).Select(mail => (DateTimeOffset?)mail.NotBefore)
                .FirstOrDefaultAsync(cancellationToken),
            await pending.CountAsync(mail => mail.NotBefore > now, cancellationToken),
            await troubled.CountAsync(cancellationToken),
            await troubled.OrderByDescending(mail => mail.NextAttemptAt).Select(mail => mail.LastError)
                .FirstOrDefaultAsync(cancellationToken),
            await mails.CountAsync(mail => mail.SentAt >= aDayAgo, cancellationToken),
            await mails.CountAsync(
                mail => mail.State == MailState.Failed && mail.CreatedAt >= aWeekAgo, cancellationToken),
            await mails.Where(mail => mail.SentAt != null).OrderByDescending(mail => mail.SentAt)
                .Select(mail => mail.SentAt).FirstOrDefaultAsync(cancellationToken),
            new(
                await messages.CountAsync(mail => mail.State == MailState.Pending, cancellationToken),
                await messages.CountAsync(mail => mail.SentAt >= aDayAgo, cancellationToken),
                await messages.CountAsync(mail => mail.ArrivedAt >= aDayAgo, cancellationToken),
                await messages.CountAsync(
                    mail => mail.State == MailState.Failed && mail.CreatedAt >= aWeekAgo, cancellationToken),
                await messages.Where(mail => mail.State == MailState.Pending && mail.LastError != null)
                    .OrderByDescending(mail => mail.NextAttemptAt).Select(mail => mail.LastError)
                    .FirstOrDefaultAsync(cancellationToken)));
    }
}
