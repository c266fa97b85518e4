using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Templates;

/// <summary>Whom a mail is for.</summary>
/// <param name="Address">Checked by <see cref="MailAddressRule"/> before; composing a mail to an invalid one is a
/// mistake of the caller. Empty for people whom only the second channel reaches.</param>
/// <param name="Name">As shown; cleaned for headers here.</param>
/// <param name="Language">"zh" or "en".</param>
/// <param name="PersonId">PersonId of Cases, or null for people without a row.</param>
public sealed record MailRecipient(string Address, string Name, string Language = "zh", Guid? PersonId = null)
{
    /// <summary>The number or account in the second channel; null where it does not reach the person.</summary>
    public string? ChannelAddress { get; init; }

    /// <summary>
    /// "mail", "channel" or "both" by kind of message, as the person chose; what is missing goes as the organisation
    /// has it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Ways { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a step says to get a mail: template, recipient, values, thread. The composer does the rest.</summary>
public sealed record MailDraft
{
    /// <summary>OrganisationId of Cases.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Template key; also the mail's purpose.</summary>
    public required string Template { get; init; }
    public required MailRecipient Recipient { get; init; }

    /// <summary>
    /// Values by name; which ones a template knows stands in <see cref="MailTemplateCatalogue"/>. What reads
    /// differently in the two languages, such as a date, comes as <see cref="MailWords"/>.
    /// </summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>CaseId of Cases.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>TaskId of Cases: the thread, and what cancels the mail.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>
    /// Tells apart several mails of one purpose to one person about one task, e.g. the number of the reminder.
    /// </summary>
    public int Ordinal { get; init; }

    /// <summary>
    /// Tells mails of one purpose apart where they are about neither task nor case alone, e.g. the matter's id.
    /// </summary>
    public Guid? Concerning { get; init; }

    /// <summary>
    /// The link that the value <c>link</c> opens; issued by <see cref="ActionLinkMint"/> and added to the step as well.
    /// </summary>
    public ActionLink? Link { get; init; }

    /// <summary>The answers that a reply to the mail may be; shown where replies are read.</summary>
    public IReadOnlyList<ReplyWord> ReplyWords { get; init; } = [];

    /// <summary>
    /// A first password or follow-up secret; write <see cref="MailPlaceholder.Secret"/> where it belongs in a value.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>
    /// Sensitive class (mail rule 11, O15): the mail says only "you have a task", whatever the template.
    /// </summary>
    public bool Sensitive { get; init; }

    /// <summary>Not before this instant; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the task is due, for the gateway of the second channel.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>One line for people who want a digest; null sends the mail on its own.</summary>
    public string? DigestLine { get; init; }

    /// <summary>Who is told when the mail cannot be delivered; null: the administrator's address.</summary>
    public MailRecipient? Organiser { get; init; }
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];
}
