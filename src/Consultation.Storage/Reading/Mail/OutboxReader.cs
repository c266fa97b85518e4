using Consultation.Cases;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Mail;

/// <summary>One mail in the list.</summary>
public sealed record OutboxRow(
    Guid Id, string Subject, string Recipient, MailState State, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, string? LastError);

/// <summary>The mails of one organisation, newest first.</summary>
public sealed class OutboxReader(Database database)
{
    /// <summary>A page of the list and how many there are in all.</summary>
    public async Task<(IReadOnlyList<OutboxRow> Rows, int Total)> ListAsync(
        OrganisationId organisation, MailState? state, string words, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var found = db.Mails.AsNoTracking().Where(mail => mail.OrganisationId == organisation.Value);
        if (state is { } wanted)
        {
            found = found.Where(mail => mail.State == wanted);
        }

        if (words.Length > 0)
        {
            found = found.Where(mail => mail.Subject.Contains(words) || mail.RecipientName.Contains(words) || mail.RecipientAddress.Contains(words));
        }

        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(mail => mail.CreatedAt).ThenByDescending(mail => mail.Id).Skip(skip).Take(take)
            .Select(mail => new { mail.Id, mail.Subject, mail.RecipientName, mail.RecipientAddress, mail.State, mail.CreatedAt, mail.SentAt, mail.LastError })
            .ToListAsync(cancellationToken);
        return ([.. rows.Select(mail => new OutboxRow(
            mail.Id.Value, mail.Subject, $"{mail.RecipientName} <{mail.RecipientAddress}>", mail.State, mail.CreatedAt, mail.SentAt, mail.LastError))], total);
    }

    /// <summary>How many mails are in each state.</summary>
    public async Task<IReadOnlyDictionary<MailState, int>> CountsAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Mails.Where(mail => mail.OrganisationId == organisation.Value)
            .GroupBy(mail => mail.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    /// <summary>One mail with its bodies, or null when it is not this organisation's. Links and secrets are placeholders.</summary>
    public async Task<OutgoingMail?> FindAsync(OrganisationId organisation, MailId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Mails.AsNoTracking().FirstOrDefaultAsync(mail => mail.OrganisationId == organisation.Value && mail.Id == id, cancellationToken);
    }
}
