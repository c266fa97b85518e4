using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.People;

/// <summary>What an organisation has done once, as far as its first steps ask for it.</summary>
/// <param name="HasMail">A mail has left.</param>
/// <param name="HasMatter">A matter was registered.</param>
/// <param name="HasCase">A case was opened.</param>
/// <param name="HasAnswer">Somebody answered a task.</param>
/// <param name="SignedIn">Who is signed in now, by whatever way.</param>
public sealed record FirstTimes(
    bool HasMail, bool HasMatter, bool HasCase, bool HasAnswer, IReadOnlySet<PersonId> SignedIn);

/// <summary>Finds in the database which first steps were taken.</summary>
public sealed class FirstHourReader(Database database)
{
    /// <summary>The same for an organisation.</summary>
    public async Task<FirstTimes> ReadAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var owner = organisation.Value;
        return new(
            await db.Mails.AnyAsync(
                mail => mail.OrganisationId == owner && mail.State == MailState.Sent, cancellationToken),
            await db.Matters.AnyAsync(matter => matter.OrganisationId == organisation, cancellationToken),
            await db.Cases.AnyAsync(one => one.OrganisationId == organisation, cancellationToken),
            await db.Tasks.AnyAsync(
                task => task.OrganisationId == organisation && task.State != TaskState.Cancelled
                    && task.Assignees.Any(seat => seat.Outcome != null), cancellationToken),
            (await db.Sessions.Where(one => one.OrganisationId == organisation).Select(one => one.PersonId).Distinct()
                .Take(1000).ToListAsync(cancellationToken)).ToHashSet());
    }
}
