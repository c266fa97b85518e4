using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>A person with a log-in, as signing in needs it.</summary>
public sealed record Account(
    OrganisationId OrganisationId,
    LocalText OrganisationName,
    bool IsSample,
    string TimeZone,
    PersonId PersonId,
    string Name,
    string UserName,
    string Language,
    bool Active,
    string? PasswordHash,
    string SecurityStamp,
    bool MustChangePassword,
    IReadOnlyList<Role> Roles);

/// <summary>
/// Log-ins over all organisations: a log-in name is unique over the host, so signing in finds the organisation.
/// </summary>
public sealed class AccountStore(Database database)
{
    /// <summary>The account of a log-in name, whatever its capitals; null when there is none.</summary>
    public async Task<Account?> FindByUserNameAsync(string userName, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var wanted = TypedText.Code(userName);
        var person = await db.People.AsNoTracking()
            .FirstOrDefaultAsync(one => one.UserName == wanted, cancellationToken);
        if (person is null)
        {
            // Rare: other capitals than stored. Log-in names are few.
            var lower = wanted.ToLowerInvariant();
#pragma warning disable CA1862, CA1304, CA1311 // translated to SQL, where LOWER has no culture
            person = await db.People.AsNoTracking()
                .FirstOrDefaultAsync(one => one.UserName != null && one.UserName.ToLower() == lower, cancellationToken);
#pragma warning restore CA1862, CA1304, CA1311
        }

        return person is null ? null : await WithRolesAsync(db, person, cancellationToken);
    }

    /// <summary>The account of a person, or null when there is none.</summary>
    public async Task<Account?> FindAsync(OrganisationId organisation, PersonId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var person = await db.People.AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Id == id, cancellationToken);
        return person?.UserName is null ? null : await WithRolesAsync(db, person, cancellationToken);
    }

    /// <summary>
    /// The accounts of everybody with this mail address, whatever its capitals, over all organisations; two at most.
    /// </summary>
    public async Task<IReadOnlyList<Account>> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var lower = TypedText.Address(email).ToLowerInvariant();
#pragma warning disable CA1862, CA1304, CA1311 // translated to SQL, where LOWER has no culture
        var people = await db.People.AsNoTracking()
            .Where(one => one.UserName != null && one.Email != null && one.Email.ToLower() == lower)
            .OrderBy(one => one.Id).Take(2).ToListAsync(cancellationToken);
#pragma warning restore CA1862, CA1304, CA1311
        var accounts = new List<Account>(people.Count);
        foreach (var person in people) accounts.Add(await WithRolesAsync(db, person, cancellationToken));
        return accounts;
    }

    /// <summary>The roles that were granted to a person, each with its unit.</summary>
    public async Task<IReadOnlyList<RoleGrant>> GrantsAsync(
        OrganisationId organisation, PersonId person, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.RoleGrants.AsNoTracking().Where(grant => grant.PersonId == person)
            .ToListAsync(cancellationToken);
    }

    /// <summary>True when any organisation exists; false on the very first start.</summary>
    public async Task<bool> AnyOrganisationAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Organisations.AnyAsync(cancellationToken);
    }

    /// <summary>Stores a new password hash; the new stamp ends other sessions.</summary>
    public async Task SavePasswordAsync(
        PersonId id, string passwordHash, string securityStamp, bool mustChange, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.People.Where(one => one.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.PasswordHash, passwordHash)
                .SetProperty(one => one.SecurityStamp, securityStamp)
                .SetProperty(one => one.MustChangePassword, mustChange),
            cancellationToken);
    }

    private static async Task<Account> WithRolesAsync(
        ConsultationDb db, Person person, CancellationToken cancellationToken)
    {
        var organisation = await db.Organisations.AsNoTracking()
            .FirstAsync(one => one.Id == person.OrganisationId, cancellationToken);
        var roles = await db.RoleGrants.Where(
            grant => grant.OrganisationId == person.OrganisationId && grant.PersonId == person.Id)
            .Select(grant => grant.Role).ToListAsync(cancellationToken);
        return new(
            person.OrganisationId, organisation.Name, organisation.IsSample, organisation.TimeZone, person.Id,
            person.Name, person.UserName ?? "",
            person.Language, person.Active, person.PasswordHash, person.SecurityStamp, person.MustChangePassword,
            roles);
    }
}
