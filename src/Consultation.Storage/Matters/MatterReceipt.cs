using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Storage.Cases;

namespace Consultation.Storage.Matters;

/// <summary>
/// The receipt that a proposer with a mail address gets: number and the link to follow the matter (P17, Q80).
/// </summary>
internal sealed class MatterReceipt(MailComposer composer)
{
    /// <summary>
    /// The mail; null when there is nobody to write to, or when the matter was not handed in by or for a person at the
    /// form or the desk.
    /// </summary>
    /// <exception cref="MailTemplateException">The organisation's template is wrong.</exception>
    public OutgoingMail? For(Matter matter, string secret, OrganisationSnapshot snapshot, DateTimeOffset now)
    {
        if (matter is not { Source: MatterSource.PublicForm or MatterSource.Desk, ProposerEmail: { } address })
        {
            return null;
        }

        var (organisation, english) = (snapshot.Directory.Organisation, matter.Language == "en");
        var secretaries = snapshot.Directory.Holders(Role.Secretary, null);
        var received = TimeZoneInfo.ConvertTime(now, snapshot.Calendar.Zone);
        return composer.Compose(
            new MailDraft
            {
                OrganisationId = matter.OrganisationId.Value,
                Template = MailTemplateCatalogue.MatterReceived,
                Recipient = new(address, matter.ProposerName ?? (english ? "Sir or Madam" : "提出人"), matter.Language),
                CaseId = matter.CaseId?.Value,
                Concerning = matter.Id.Value,
                Secret = secret,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = new MailWords(organisation.Name.Zh, organisation.Name.For("en")),
                    ["contact"] = secretaries is [var first, ..] ? $"{first.Name} {first.Phone}".Trim() : "",
                    ["matter_number"] = matter.Number,
                    ["matter_title"] = matter.Title,
                    ["received_at"] = MailWords.Of(received.DateTime),
                    // The secret itself is put in when the mail is sent: the stored row never shows it in the words.
                    ["follow_link"] =
                        $"{composer.FollowAddress(organisation.Slug, matter.Number)}&s={MailPlaceholder.Secret}",
                },
                Organiser = secretaries.Where(person => MailAddressRule.Check(person.Email) is null)
                    .Select(person => new MailRecipient(person.Email!, person.Name, person.Language, person.Id.Value))
                    .FirstOrDefault(),
            },
            now);
    }
}
