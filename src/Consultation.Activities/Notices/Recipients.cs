using Consultation.Cases.People;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>People of the organisation as mails know them.</summary>
internal static class Recipients
{
    /// <summary>
    /// The person with every way that leads there; whether one does, the composer says
    /// (<see cref="MailComposer.Reaches"/>).
    /// </summary>
    public static MailRecipient Of(Person person) =>
        new(person.Email ?? "", person.Name, person.Language, person.Id.Value)
        {
            ChannelAddress = person.ChannelAddress,
            Ways = person.Ways,
        };
}
