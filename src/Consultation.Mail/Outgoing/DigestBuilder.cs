using Consultation.Mail.Templates;

namespace Consultation.Mail.Outgoing;

/// <summary>A digest and the mails that it carries.</summary>
/// <param name="Mail">The digest itself.</param>
/// <param name="Carried">The mails that are not sent on their own.</param>
public sealed record DigestPlan(OutgoingMail Mail, IReadOnlyList<MailId> Carried);

/// <summary>Gathers what waits for one person into one mail, or one short message, a day (mail rule 8).</summary>
public sealed class DigestBuilder(MailComposer composer, MailOptions options)
{
    /// <summary>
    /// One digest per organisation, recipient and way, each with the mails of one task only once: the newest counts.
    /// </summary>
    /// <param name="due">Mails with a digest line whose time has come.</param>
    /// <param name="now">The sender's time.</param>
    public IReadOnlyList<DigestPlan> Build(IReadOnlyList<OutgoingMail> due, DateTimeOffset now) =>
    [
        .. due
            .GroupBy(mail => (mail.OrganisationId, mail.Way, Address: mail.RecipientAddress.ToLowerInvariant()))
            .Select(group => Plan([.. group.OrderBy(mail => mail.CreatedAt)], now)),
    ];

    private DigestPlan Plan(List<OutgoingMail> mails, DateTimeOffset now)
    {
        var shown = mails.GroupBy(mail => mail.TaskId ?? mail.Id.Value).Select(group => group.Last()).ToList();
        var newest = mails[^1];
        var byChannel = newest.Way == MessageWay.Channel;
        var digest = composer.ComposeDigest(
            new MailDraft
            {
                OrganisationId = newest.OrganisationId,
                Template = MailTemplateCatalogue.Digest,
                Recipient = new(
                    byChannel ? newest.MailInstead ?? "" : newest.RecipientAddress, newest.RecipientName,
                    newest.Language, newest.PersonId)
                {
                    ChannelAddress = byChannel ? newest.RecipientAddress : null,
                },
                Values = new Dictionary<string, object?>
                {
                    ["org"] = newest.OrganisationName,
                    ["date"] = MailWords.Of(
                        DateOnly.FromDateTime(
                            TimeZoneInfo.ConvertTime(
                                now, TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone)).DateTime)),
                    ["count"] = shown.Count,
                    ["lines"] = shown.Select(mail => (object?)new Dictionary<string, object?>
                    {
                        ["text"] = mail.DigestLine,
                        ["link"] = mail.LinkIds is [var own, ..] ? MailPlaceholder.ForLink(own) : MailPlaceholder.Page,
                    }).ToList(),
                },
                Organiser = newest.OrganiserAddress is { } address
                    ? new(address, newest.OrganiserName ?? address, newest.OrganiserLanguage)
                    : null,
            },
            newest.Way, newest.MailInstead, now);
        digest.LinkIds.AddRange(shown.SelectMany(mail => mail.LinkIds.Take(1)));
        return new(digest, [.. mails.Select(mail => mail.Id)]);
    }
}
