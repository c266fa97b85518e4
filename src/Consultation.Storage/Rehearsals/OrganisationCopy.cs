using System.Linq.Expressions;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Publishing;
using Consultation.Cases.Rules;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;
using Consultation.Engine.Definitions;
using Consultation.Mail.Templates;
using Consultation.Storage.Definitions;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Rehearsals;

/// <summary>
/// Copies what an organisation has set up, and a case with all that belongs to it, into the database of a rehearsal.
/// The database that is copied from is only read.
/// </summary>
public sealed class OrganisationCopy(Database from, Database to)
{
    /// <summary>
    /// People, units, roles, calendar, policies, rules, templates and numbers. Nobody's address or secret goes along.
    /// False when there is no such organisation.
    /// </summary>
    public async Task<bool> CopyAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var source = from.ForOrganisation(organisation);
        await using var target = to.Open();
        await AddAsync<Organisation>(one => one.MailPausedAt = null);
        if (!target.ChangeTracker.HasChanges()) return false;
        await AddAsync<Unit>();
        var people = 0;
        await AddAsync<Person>(one => Strip(one, ++people));
        await AddAsync<RoleGrant>();
        await AddAsync<Delegation>();
        await AddAsync<CalendarDay>();
        await AddAsync<ReminderPolicy>();
        await AddAsync<EscalationLadder>();
        await AddAsync<HouseRule>();
        await AddAsync<MatterTag>();
        await AddAsync<NumberSeries>();
        await AddAsync<AnnexFoot>();
        await AddAsync<MailTemplate>();
        await target.SaveChangesAsync(cancellationToken);
        return true;

        async Task AddAsync<T>(Action<T>? change = null)
            where T : class
        {
            foreach (var row in await source.Set<T>().AsNoTracking().ToListAsync(cancellationToken))
            {
                change?.Invoke(row);
                target.Add(row);
            }
        }
    }

    /// <summary>
    /// The published workflows and the given versions, with every version that one of them is bound to.
    /// </summary>
    /// <param name="versions">Ids of further versions.</param>
    /// <param name="rehearsed">
    /// Id of a version that is to be published in place of the one in force; null leaves all as they are.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task CopyDefinitionsAsync(
        IReadOnlyCollection<string> versions, string? rehearsed, CancellationToken cancellationToken)
    {
        await using var source = from.Open();
        var rows = await source.Definitions.AsNoTracking()
            .Where(row => row.IsPublished || versions.Contains(row.Id) || row.Id == rehearsed)
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        while (Bound(rows) is { Count: > 0 } missing)
        {
            var found = await source.Definitions.AsNoTracking().Where(row => missing.Contains(row.Id))
                .ToListAsync(cancellationToken);
            if (found.Count == 0) break;
            foreach (var row in found) rows[row.Id] = row;
        }

        if (rehearsed is not null && rows.TryGetValue(rehearsed, out var version))
        {
            foreach (var row in rows.Values.Where(row => row.DefinitionId == version.DefinitionId))
            {
                (row.IsLatest, row.IsPublished) = (row == version, false);
                row.Json = WorkflowDefinition.Parse(row.Json).With(isLatest: row.IsLatest, isPublished: false).ToJson();
            }
        }

        await using var target = to.Open();
        target.AddRange(rows.Values);
        await target.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// A case with its matters, records, meetings, tasks and items, and its runs with all that they wait for. Its mails
    /// stay where they are. The versions that the runs stand on are answered, for their definitions.
    /// </summary>
    public async Task<IReadOnlyCollection<string>> CopyCaseAsync(
        OrganisationId organisation, CaseId caseId, CancellationToken cancellationToken)
    {
        await using var source = from.ForOrganisation(organisation);
        await using var target = to.Open();
        await AddAsync<Case>(one => one.Id == caseId);
        var matters = await AddAsync<Matter>(one => one.CaseId == caseId);
        var matterIds = matters.ConvertAll(one => one.Id);
        await AddAsync<MatterTurn>(one => matterIds.Contains(one.MatterId));
        await AddAsync<ScreeningRecord>(one => one.CaseId == caseId);
        await AddAsync<Topic>(one => one.CaseId == caseId);
        var tasks = await AddAsync<WorkTask>(one => one.CaseId == caseId);
        var items = await AddAsync<TrackedItem>(one => one.CaseId == caseId);
        var itemIds = items.ConvertAll(one => one.Id);
        await AddAsync<ProgressEntry>(one => itemIds.Contains(one.TrackedItemId));
        await AddAsync<Vote>(one => one.CaseId == caseId);
        await AddAsync<PlanPhase>(one => one.CaseId == caseId);
        await AddAsync<CaseRecord>(one => one.CaseId == caseId);
        await AddAsync<HistoryEntry>(one => one.CaseId == caseId);
        await AddAsync<CaseDocument>(one => one.CaseId == caseId);
        await AddAsync<Publication>(one => one.CaseId == caseId);
        var meetings = await AddAsync<Meeting>(one => one.Topics.Any(topic => topic.CaseId == caseId));
        var meetingIds = meetings.ConvertAll(one => one.Id);
        await AddAsync<MeetingLine>(one => meetingIds.Contains(one.MeetingId));

        var correlation = caseId.ToString();
        var known = tasks.Select(one => one.InstanceId).Distinct().ToList();
        var runs = await AddAsync<RunRow>(one => one.CorrelationId == correlation || known.Contains(one.Id));
        var runIds = runs.ConvertAll(one => one.Id);
        foreach (var bookmark in await AddAsync<BookmarkRow>(one => runIds.Contains(one.InstanceId)))
        {
            (bookmark.LeasedUntil, bookmark.LeasedBy) = (null, null);
        }

        foreach (var message in await AddAsync<InboxRow>(
            one => one.InstanceId != null && runIds.Contains(one.InstanceId)))
        {
            (message.LeasedUntil, message.LeasedBy) = (null, null);
        }

        await AddAsync<JournalRow>(one => runIds.Contains(one.InstanceId));
        await AddAsync<IncidentRow>(one => runIds.Contains(one.InstanceId));
        await target.SaveChangesAsync(cancellationToken);
        return [.. runs.Select(one => one.DefinitionVersionId).Distinct()];

        async Task<List<T>> AddAsync<T>(Expression<Func<T, bool>> which)
            where T : class
        {
            var rows = await source.Set<T>().AsNoTracking().Where(which).ToListAsync(cancellationToken);
            target.AddRange(rows);
            return rows;
        }
    }

    /// <summary>Versions that some are bound to and that are not there.</summary>
    private static List<string> Bound(Dictionary<string, DefinitionRow> rows) =>
    [
        .. rows.Values.SelectMany(row => WorkflowDefinition.Parse(row.Json).Bound.Values)
            .Select(bound => bound.VersionId).Where(id => !rows.ContainsKey(id)).Distinct(),
    ];

    /// <summary>Whether somebody has an address decides how he is told, so there is one, which is nobody's.</summary>
    private static void Strip(Person person, int number)
    {
        if (person.Email is not null) person.Email = $"person{number}@rehearsal.example";
        (person.Phone, person.ChannelAddress, person.PasswordHash) = (null, null, null);
        (person.FeedHash, person.FeedNonce, person.FeedKeyId) = (null, null, null);
    }
}
