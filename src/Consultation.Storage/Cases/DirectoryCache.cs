using System.Collections.Concurrent;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

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

        var snapshot = await ReadAsync(db, organisation, track: false, cancellationToken);
        _snapshots[organisation] = snapshot;
        return snapshot;
    }

    /// <summary>Reads a snapshot, the organisation's row first.</summary>
    /// <param name="db">Where from.</param>
    /// <param name="id">The organisation, which exists.</param>
    /// <param name="track">Whether the context shall notice and write what is changed of the objects.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal static async Task<OrganisationSnapshot> ReadAsync(
        ConsultationDb db, OrganisationId id, bool track, CancellationToken cancellationToken)
    {
        var organisation = await From<Organisation>().SingleAsync(row => row.Id == id, cancellationToken);
        var directory = new OrganisationDirectory(
            organisation,
            await From<Unit>().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await From<Person>().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await From<RoleGrant>().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await From<Delegation>().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken),
            await From<MatterTag>().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken));
        var days = await From<CalendarDay>().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken);
        var reminders = await From<ReminderPolicy>().Where(row => row.OrganisationId == id)
            .ToListAsync(cancellationToken);
        var ladders = await From<EscalationLadder>().Where(row => row.OrganisationId == id)
            .ToListAsync(cancellationToken);
        var rules = await From<HouseRule>().Where(row => row.OrganisationId == id).ToListAsync(cancellationToken);
        var lists = await From<Questionnaire>().Where(row => row.OrganisationId == id).OrderBy(row => row.Name)
            .ToListAsync(cancellationToken);
        return new OrganisationSnapshot(
            organisation.DirectoryVersion,
            directory,
            new WorkingCalendar(days, TimeZoneInfo.FindSystemTimeZoneById(organisation.TimeZone)),
            new PolicySet(
                reminders.ToDictionary(policy => policy.Key, StringComparer.Ordinal),
                ladders.ToDictionary(ladder => ladder.Key, StringComparer.Ordinal))
            {
                Rules = new RuleSet(rules.ToDictionary(rule => rule.Key, rule => rule.Value, StringComparer.Ordinal)),
                Questionnaires = lists,
            });

        IQueryable<T> From<T>()
            where T : class => track ? db.Set<T>() : db.Set<T>().AsNoTracking();
    }
}
