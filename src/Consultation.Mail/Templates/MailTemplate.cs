namespace Consultation.Mail.Templates;

/// <summary>
/// The words of one kind of mail in one language, as an organisation edited them. Without a row the product's default
/// holds (<see cref="MailTemplateCatalogue"/>).
/// </summary>
public sealed class MailTemplate
{
    /// <summary>OrganisationId of Cases.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Key of <see cref="MailTemplateCatalogue"/>, e.g. "approval-request".</summary>
    public required string Key { get; init; }

    /// <summary>"zh" or "en".</summary>
    public required string Language { get; init; }

    /// <summary>Subject line, Liquid.</summary>
    public required string Subject { get; set; }

    /// <summary>
    /// The body, Liquid in mail markup (<see cref="MailMarkup"/>): the text part is it, the HTML part is made from it.
    /// </summary>
    public required string Text { get; set; }

    /// <summary>
    /// HTML body (Liquid) in place of the one made from <see cref="Text"/>; null for the made one, which is what nearly
    /// everybody wants.
    /// </summary>
    public string? Html { get; set; }
    /// <summary>
    /// The words for the second channel, Liquid in one line; null for the product's.
    /// </summary>
    public string? ShortText { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>PersonId of Cases: who edited it last; null for a default.</summary>
    public Guid? UpdatedBy { get; set; }
}
