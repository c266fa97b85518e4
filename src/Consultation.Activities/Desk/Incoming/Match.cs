using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;

namespace Consultation.Activities.Desk.Incoming;

/// <summary>What a mail that came in belongs to.</summary>
/// <param name="Organisation">Whose desk it goes to.</param>
/// <param name="Directory">Its people, and the guests of the task.</param>
/// <param name="Link">The link whose token it went to, and how its task stands.</param>
/// <param name="Sent">The mail of ours that it answers or reports on.</param>
/// <param name="Task">The task of either.</param>
/// <param name="File">The case of either.</param>
/// <param name="SenderId">The person of the organisation with the sender's address.</param>
internal sealed record Match(
    OrganisationId Organisation, OrganisationDirectory Directory, StoredLink? Link = null, OutgoingMail? Sent = null,
    WorkTask? Task = null, Case? File = null, PersonId? SenderId = null)
{
    /// <summary>The person to whom the link's token was sent, as of now.</summary>
    public Person? Addressee => Link is { Link.PersonId: var person } ? Directory.Find(new PersonId(person)) : null;

    /// <summary>True when the address is that of the link's person.</summary>
    public bool IsFromAddressee(string address) =>
        Addressee is { Active: true, Email: { } own }
        && string.Equals(own, address, StringComparison.OrdinalIgnoreCase);

    /// <summary>The person whose address it is, as far as it is one of ours; null for a stranger.</summary>
    public Person? Known(string address) => IsFromAddressee(address) ? Addressee : Directory.Find(SenderId);
}
