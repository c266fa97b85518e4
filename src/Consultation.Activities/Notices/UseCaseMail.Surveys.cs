using Consultation.Cases.People;
using Consultation.Cases.Surveys;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <content>Letters of surveys.</content>
internal sealed partial class UseCaseMail
{
    public IReadOnlyList<object> SurveyLetter(
        Survey survey, SurveyInvitation asked, string token, bool again, bool restricted,
        OrganisationSnapshot organisation, DateTimeOffset now)
    {
        var (directory, hall) = (organisation.Directory, organisation.Directory.Organisation);
        var recipient = directory.Find(asked.PersonId) is { } person
            ? person.Active ? Recipients.Of(person) : null
            : MailAddressRule.Check(asked.Email) is null
                ? new MailRecipient(asked.Email!, asked.Name is { Length: > 0 } name ? name
                    : asked.Language == "en" ? "Sir or Madam" : "居民朋友", asked.Language)
                : null;
        // A link of one's own goes by mail alone; whom no mail reaches gets the survey on paper.
        if (recipient is null || MailAddressRule.Check(recipient.Address) is not null) return [];
        return [composer.Compose(
            new MailDraft
            {
                OrganisationId = hall.Id.Value,
                Template = again ? MailTemplateCatalogue.SurveyReminder : MailTemplateCatalogue.SurveyInvitation,
                Recipient = recipient,
                CaseId = survey.CaseId.Value,
                Concerning = asked.Id.Value,
                Ordinal = CaseMail.OrdinalOf($"survey {organisation.Calendar.DayOf(now):yyyyMMdd} {asked.Id.Value:N}"),
                Secret = token,
                Sensitive = restricted,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = hall.Name.InBoth(),
                    ["contact"] = directory.Holders(Role.Secretary, null) is [{ } secretary, ..]
                        ? $"{secretary.Name} {secretary.Phone}".Trim() : "",
                    ["survey_title"] = survey.Title.InBoth(),
                    ["survey_intro"] = survey.Intro.InBoth(),
                    ["survey_until"] = MailWords.Of(survey.ClosesOn),
                    ["survey_anonymous"] = survey.Anonymous,
                    // The token itself is put in when the mail is sent: the stored row never shows it in the words.
                    ["follow_link"] = composer.SurveyAddress(hall.Slug, MailPlaceholder.Secret),
                },
            },
            now)];
    }
}
