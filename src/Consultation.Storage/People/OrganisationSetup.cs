using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>Stores whole organisations and makes the first administrator.</summary>
internal sealed class OrganisationSetup(Database database, TimeProvider clock) : IOrganisationSetup
{
    public async Task<bool> CreateAsync(OrganisationSeed seed, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await ExistsAsync(db, seed, cancellationToken))
        {
            return false;
        }

        db.Add(seed.Organisation);
        db.AddRange(seed.Units);
        db.AddRange(seed.People);
        db.AddRange(seed.Grants);
        db.AddRange(seed.Delegations);
        db.AddRange(seed.Days);
        db.AddRange(seed.Reminders);
        db.AddRange(seed.Ladders);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // Another node was quicker, or a log-in name of the seed is taken: the second is a mistake that must be
            // seen.
            await using var again = database.Open();
            if (await ExistsAsync(again, seed, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }

    public async Task<PersonId?> CreateFirstAdministratorAsync(
        OrganisationId organisation, string name, string userName, string passwordHash,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var holders = await db.RoleGrants.Where(grant => grant.Role == Role.Administrator)
            .Select(grant => grant.PersonId).ToListAsync(cancellationToken);
        if (await db.People.AnyAsync(
            person => holders.Contains(person.Id) && person.Active && person.UserName != null, cancellationToken))
        {
            return null;
        }

        var row = await db.Organisations.SingleAsync(one => one.Id == organisation, cancellationToken);
        var first = FirstAdministrator.Of(row, name, userName, passwordHash, clock.GetUtcNow());
        db.AddRange(first.Person, first.Grant, first.Change);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return first.Person.Id;
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            return null;
        }
    }

    private static Task<bool> ExistsAsync(
        ConsultationDb db, OrganisationSeed seed, CancellationToken cancellationToken) =>
        db.Organisations.AnyAsync(row => row.Slug == seed.Organisation.Slug, cancellationToken);
}
