using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Templates;

/// <content>By which way somebody is written to, and what goes by the second channel.</content>
public sealed partial class MailComposer
{
    /// <summary>Whether there is any way to the person: an address that mail goes to, or the second channel.</summary>
    public bool Reaches(MailRecipient recipient) => HasMail(recipient) || HasChannel(recipient);

    /// <summary>
    /// Makes the rows by which the person hears of it: a mail, a message of the second channel, or both, as the person
    /// chose for this kind of message, or the organisation where nobody chose. Where one way is missing the other one
    /// goes. Empty where there is no way.
    /// </summary>
    /// <exception cref="MailTemplateException">The template is wrong; the message says where.</exception>
    public IReadOnlyList<OutgoingMail> ComposeAll(MailDraft draft, DateTimeOffset now)
    {
        var (mail, channel) = (HasMail(draft.Recipient), HasChannel(draft.Recipient) && draft.Secret is null);
        var way = (mail, channel) switch
        {
            (true, true) => WayOf(draft),
            (true, false) => Ways.Mail,
            (false, true) => Ways.Channel,
            _ => "",
        };
        return way switch
        {
            Ways.Mail => [Make(draft, MessageWay.Mail, null, now)],
            Ways.Channel =>
                [Make(draft, MessageWay.Channel, mail ? draft.Recipient.Address : null, now)],
            Ways.Both =>
                [Make(draft, MessageWay.Mail, null, now), Make(draft, MessageWay.Channel, null, now)],
            _ => [],
        };
    }

    /// <summary>
    /// A message of the second channel alone, by which somebody tries it out; null where it does not reach the person.
    /// </summary>
    public OutgoingMail? ComposeForChannel(MailDraft draft, DateTimeOffset now) =>
        HasChannel(draft.Recipient) ? Make(draft, MessageWay.Channel, null, now) : null;

    /// <summary>
    /// The digest by the way of what it carries. A text message has room for the count and one address; behind it
    /// stands the whole list.
    /// </summary>
    internal OutgoingMail ComposeDigest(MailDraft draft, MessageWay way, string? mailInstead, DateTimeOffset now) =>
        Make(draft, way, mailInstead, now);

    private string WayOf(MailDraft draft)
    {
        // What the product says about mail that fails does not go where it may have failed.
        if (draft.Template is MailTemplateCatalogue.Undeliverable) return Ways.Mail;
        var kind = MailTemplateCatalogue.KindOf(draft.Template);
        var chosen = draft.Recipient.Ways.GetValueOrDefault(kind);
        return chosen is Ways.Mail or Ways.Channel or Ways.Both ? chosen : book.WayOf(draft.OrganisationId, kind);
    }

    private static bool HasMail(MailRecipient recipient) => MailAddressRule.Check(recipient.Address) is null;

    private bool HasChannel(MailRecipient recipient) =>
        options.Channel.IsOn && recipient.ChannelAddress is { Length: > 0 };

    /// <summary>One line; the link counts as long as it will be.</summary>
    private string Short(
        string words, Dictionary<string, object?> values, string language, ActionLinks.ActionLink? link)
    {
        var grows = link is null ? 0 : ActionLinks.ActionLinkMint.Address(
            options.PublicBaseUrl, new string('x', ActionLinks.ActionLinkMint.TokenLength)).Length
                - link.Placeholder.Length;
        // Whatever an organisation wrote: who is asked for something gets the way to it.
        if (link is not null && !words.Contains("link", StringComparison.Ordinal)) words += " {{ link }}";
        return ShortWords.Render(
            text, words, values, language, options.Channel.MostCharacters,
            line => line.Length
                + (link is not null && line.Contains(link.Placeholder, StringComparison.Ordinal) ? grows : 0));
    }

    /// <summary>
    /// Within the hours of the channel: a telephone rings where a mail lies and waits.
    /// </summary>
    private DateTimeOffset ChannelStart(MailDraft draft, DateTimeOffset now)
    {
        var wanted = StartOf(draft, now);
        var hours = new QuietHours(options.Channel.FromHour, options.Channel.ToHour, WorkingDaysOnly: false,
            TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone));
        return hours.Next(wanted, _ => true).ToUniversalTime();
    }
}
