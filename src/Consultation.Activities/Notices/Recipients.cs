using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Mail.Outgoing;
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

    /// <summary>Who handed in a matter, by the address and the mobile number that were given with it.</summary>
    public static MailRecipient Of(Matter matter) =>
        new(MailAddressRule.Check(matter.ProposerEmail) is null ? matter.ProposerEmail! : "",
            matter.ProposerName ?? (matter.Language == "en" ? "Sir or Madam" : "提出人"), matter.Language)
        {
            ChannelAddress = Guests.MobileIn(matter.ProposerPhone),
        };

    /// <summary>
    /// What a proposer is told. A secret goes by mail alone: whom only the second channel reaches gets the same with an
    /// address that asks for the code.
    /// </summary>
    public static IReadOnlyList<OutgoingMail> TellProposer(
        this MailComposer composer, MailDraft draft, string plainLink, DateTimeOffset now) =>
        composer.ComposeAll(
            draft is { Secret: not null, Recipient.Address: "" }
                ? draft with
                {
                    Secret = null,
                    Values = new Dictionary<string, object?>(draft.Values) { ["follow_link"] = plainLink },
                }
                : draft,
            now);
}
