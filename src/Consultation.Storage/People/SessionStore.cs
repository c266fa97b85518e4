using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.People;

/// <summary>A session that stands, and what of its person may have ended it.</summary>
public sealed record StandingSession(PersonId PersonId, bool Active, string SecurityStamp, DateTimeOffset SeenAt);

/// <summary>
/// The sessions of people who are signed in: asked at every request, so that an ended one is of no use.
/// </summary>
public sealed class SessionStore(Database database)
{
    /// <summary>A session was ended by this process.</summary>
    public event Action<SessionId>? Ended;

    /// <summary>Begins a session, and removes those of the person that nobody used for long.</summary>
    public async Task<SessionId> StartAsync(
        OrganisationId organisation, PersonId person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var over = now - SignInSession.StandsFor;
        await db.Sessions.Where(one => one.PersonId == person && one.SeenAt < over)
            .ExecuteDeleteAsync(cancellationToken);
        var session = new SignInSession
        {
            OrganisationId = organisation,
            Id = SessionId.New(),
            PersonId = person,
            StartedAt = now,
            SeenAt = now,
        };
        db.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session.Id;
    }

    /// <summary>The session, or null when it was ended.</summary>
    public async Task<StandingSession?> FindAsync(
        OrganisationId organisation, SessionId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Sessions.Where(one => one.OrganisationId == organisation && one.Id == id)
            .Join(
                db.People, one => new { one.OrganisationId, Id = one.PersonId },
                person => new { person.OrganisationId, person.Id },
                (one, person) => new StandingSession(one.PersonId, person.Active, person.SecurityStamp, one.SeenAt))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Notes that a session is in use.</summary>
    public async Task SeeAsync(
        OrganisationId organisation, SessionId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        await db.Sessions.Where(one => one.OrganisationId == organisation && one.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.SeenAt, now), cancellationToken);
    }

    /// <summary>Ends a session: no copy of its cookie is of any use any more.</summary>
    public async Task EndAsync(OrganisationId organisation, SessionId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        await db.Sessions.Where(one => one.OrganisationId == organisation && one.Id == id)
            .ExecuteDeleteAsync(cancellationToken);
        Ended?.Invoke(id);
    }
}

/// <summary>The sessions of one person are found by it.</summary>
internal sealed class SessionMapping : IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> session) =>
        session.HasIndex(row => new { row.OrganisationId, row.PersonId });
}
