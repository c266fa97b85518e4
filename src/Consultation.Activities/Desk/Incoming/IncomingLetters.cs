using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Desk.Incoming;

/// <summary>Mails that are written because of mails that came in.</summary>
internal sealed class IncomingLetters(MailComposer composer)
{
    /// <summary>
    /// The polite answer to a mail that did not count; null where nobody is to be answered. It repeats nothing of what
    /// came in, so that nobody can have us send his words to others.
    /// </summary>
    public OutgoingMail? Answer(
        IncomingMail mail, Person? sender, IncomingReason why, string detail, WorkTask? task, Case? file,
        OrganisationDirectory directory, DateTimeOffset now)
    {
        if (sender is null || !mail.IsAuthenticated || !ReplyJudge.IsTold(why)
            || MailAddressRule.Check(mail.FromAddress) is not null)
        {
            return null;
        }

        var words = IncomingReasons.Say(why);
        var restricted = file is { Restricted: true };
        return composer.Compose(
            new MailDraft
            {
                OrganisationId = mail.OrganisationId,
                Template = MailTemplateCatalogue.ReplyKept,
                Recipient = new(mail.FromAddress, sender.Name, sender.Language, sender.Id.Value),
                CaseId = file?.Id.Value,
                Concerning = mail.Id.Value,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = directory.Organisation.Name.InBoth(),
                    ["contact"] = Contact(directory),
                    ["case_number"] = restricted ? "" : file?.Number ?? "",
                    ["task_number"] = task?.Number ?? "",
                    ["task_title"] = task is null || restricted ? "" : task.Title.InBoth(),
                    ["reason"] = detail.Length == 0 || restricted ? words
                        : new MailWords($"{words.Zh}{detail}", $"{words.En} {detail}"),
                },
                Organiser = Writable(directory).FirstOrDefault(),
            },
            now);
    }

    /// <summary>An address has failed twice: every secretary is asked for another way to the person.</summary>
    public IReadOnlyList<OutgoingMail> AskForAnotherWay(
        OutgoingMail failed, OrganisationDirectory directory, DateTimeOffset now) =>
    [
        .. Writable(directory)
            .Where(one => !string.Equals(one.Address, failed.RecipientAddress, StringComparison.OrdinalIgnoreCase))
            .Select(secretary => composer.Compose(
                new MailDraft
                {
                    OrganisationId = failed.OrganisationId,
                    Template = MailTemplateCatalogue.AddressDead,
                    Recipient = secretary,
                    CaseId = failed.CaseId,
                    Concerning = failed.Id.Value,
                    Values = new Dictionary<string, object?>
                    {
                        ["org"] = directory.Organisation.Name.InBoth(),
                        ["contact"] = "",
                        ["case_number"] = failed.CaseNumber ?? "",
                        ["failed_name"] = failed.RecipientName,
                        ["failed_address"] = failed.RecipientAddress,
                    },
                },
                now)),
    ];

    private static string Contact(OrganisationDirectory directory) =>
        directory.Holders(Role.Secretary, null) is [var first, ..] ? $"{first.Name} {first.Phone}".Trim() : "";

    private static IEnumerable<MailRecipient> Writable(OrganisationDirectory directory) =>
        directory.Holders(Role.Secretary, null).Where(one => MailAddressRule.Check(one.Email) is null)
            .Select(one => new MailRecipient(one.Email!, one.Name, one.Language, one.Id.Value));
}
