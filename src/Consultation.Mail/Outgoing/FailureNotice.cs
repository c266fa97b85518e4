using Consultation.Mail.Templates;

namespace Consultation.Mail.Outgoing;

/// <summary>Tells the organiser of a mail that cannot be delivered: never silence (mail rule 10).</summary>
public sealed class FailureNotice(MailComposer composer, MailOptions options)
{
    /// <summary>
    /// The notice; null when there is nobody to tell, or when the failed mail was itself such a notice, so that two
    /// dead addresses never write to each other.
    /// </summary>
    public OutgoingMail? About(OutgoingMail failed, string reason, DateTimeOffset now)
    {
        var organiser = failed.OrganiserAddress ?? options.AdministratorAddress;
        var same = string.Equals(organiser, failed.RecipientAddress, StringComparison.OrdinalIgnoreCase);
        if (same && !string.Equals(options.AdministratorAddress, organiser, StringComparison.OrdinalIgnoreCase))
        {
            // The organiser is who cannot be reached.
            (organiser, same) = (options.AdministratorAddress, false);
        }

        if (failed.Purpose == MailTemplateCatalogue.Undeliverable || same
            || MailAddressRule.Check(organiser) is not null)
        {
            return null;
        }

        return composer.Compose(
            new MailDraft
            {
                OrganisationId = failed.OrganisationId,
                Template = MailTemplateCatalogue.Undeliverable,
                Recipient = new(organiser!, failed.OrganiserName ?? organiser!, failed.OrganiserLanguage),
                CaseId = failed.CaseId,
                Concerning = failed.Id.Value,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = failed.OrganisationName,
                    ["case_number"] = failed.CaseNumber,
                    ["failed_name"] = failed.RecipientName,
                    ["failed_address"] = failed.RecipientAddress,
                    ["failed_subject"] = failed.Subject,
                    ["error"] = reason,
                },
            },
            now);
    }
}
