using System.Collections.Concurrent;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>What changes seldom about an organisation, as one immutable snapshot.</summary>
/// <param name="Version">The organisation's directory version that it was read at.</param>
/// <param name="Directory">People, units, roles, delegations.</param>
/// <param name="Calendar">Working days.</param>
/// <param name="Policies">Reminder policies and escalation ladders.</param>
public sealed record OrganisationSnapshot(
    long Version, OrganisationDirectory Directory, WorkingCalendar Calendar, PolicySet Policies);

/// <summary>
/// Snapshots of organisations, read again when the organisation's <see cref="Organisation.DirectoryVersion"/> has
/// grown. Whoever changes people, units, roles, delegations, calendar or policies adds one to it in the same
/// transaction. Thread-safe.
/// </summary>
public sealed class DirectoryCache
{
    private readonly ConcurrentDictionary<OrganisationId, OrganisationSnapshot> _snapshots = new();

    /// <summary>The snapshot as of now, or null when there is no such organisation. The context is only read.</summary>
    public async Task<OrganisationSnapshot?> FindAsync(
        ConsultationDb db, OrganisationId organisation, CancellationToken cancellationToken)
    {
        var version = await db.Organisations.Where(row => row.Id == organisation)
            .Select(row => (long?)row.DirectoryVersion)
            .FirstOrDefaultAsync(cancellationToken);
        return version is { } present ? await FindAsync(db, organisation, present, cancellationToken) : null;
    }

    /// <summary>The snapshot of an organisation that is known to stand at a version.</summary>
    internal async Task<OrganisationSnapshot> FindAsync(
        ConsultationDb db, OrganisationId organisation, long version, CancellationToken cancellationToken)
    {
        if (_snapshots.TryGetValue(organisation, out var known) && known.Version == version) return known;

        var snapshot = await ReadAsync(db, organisation, cancellationToken);
        _snapshots[organisation] = snapshot;
        return snapshot;
    }

    private static async Task<OrganisationSnapshot> ReadAsync(
        ConsultationDb db, OrganisationId id, CancellationToken cancellationToken)
    {
        var organisation = await db.Organisations.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var directory = new OrganisationDirectory(
            organisation,
            await db.Units.AsNoTracking().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await db.People.AsNoTracking().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await db.RoleGrants.AsNoTracking().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await db.Delegations.AsNoTracking().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await db.Set<MatterTag>().AsNoTracking().Where(row => row.OrganisationId == id)
                .ToListAsync(cancellationToken));
        var days = await db.CalendarDays.AsNoTracking().Where(row => row.OrganisationId == id)
            .ToListAsync(cancellationToken);
        var reminders = await db.ReminderPolicies.AsNoTracking().Where(row => row.OrganisationId == id)
            .ToListAsync(cancellationToken);
        var ladders = await db.EscalationLadders.AsNoTracking().Where(row => row.OrganisationId == id)
            .ToListAsync(cancellationToken);
        return new OrganisationSnapshot(
            organisation.DirectoryVersion,
            directory,
            new WorkingCalendar(days, TimeZoneInfo.FindSystemTimeZoneById(organisation.TimeZone)),
            new PolicySet(
                reminders.ToDictionary(policy => policy.Key, StringComparer.Ordinal),
                ladders.ToDictionary(ladder => ladder.Key, StringComparer.Ordinal)));
    }
}
