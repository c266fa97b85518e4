using System.Collections.Concurrent;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Storage.Reading.Plans;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>Builds the case file of a step from entities that the step's context tracks.</summary>
internal sealed class CaseFileLoader(DirectoryCache directories, ActivityCatalog catalog)
{
    private readonly CaseQueries _queries = new();
    private readonly ConcurrentDictionary<DefinitionVersionKey, PlanOutline> _outlines = new();

    /// <summary>
    /// The file of a case, or null when the correlation id names none. Rows added to the context before count as
    /// stored.
    /// </summary>
    public async Task<CaseFile?> LoadAsync(
        ConsultationDb db, CaseId caseId, string instanceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (AddedCase(db, caseId) is { } added) return await StartAsync(db, added, now, cancellationToken);

        if (await _queries.Case(db, caseId) is not { DirectoryVersion: { } version, Case: var @case }) return null;
        var owner = @case.OrganisationId;
        var organisation = await directories.FindAsync(db, owner, version, cancellationToken);
        var items = await _queries.Items(db, owner, caseId).ToListAsync(cancellationToken);
        var series = await _queries.Series(db, owner, now.Year - 1).ToListAsync(cancellationToken);
        var tasks = await _queries.Tasks(db, owner, caseId, instanceId, now).ToListAsync(cancellationToken);
        var meetings = @case.Meets ? await _queries.Meetings(db, owner, caseId).ToListAsync(cancellationToken) : [];
        List<CaseId> others = instanceId.Length > 0 ? [] : [.. meetings.SelectMany(meeting => meeting.Topics)
            .Select(topic => topic.CaseId).Where(other => other != caseId).Distinct()];
        return new CaseFile(organisation.Directory, organisation.Calendar, @case, series)
        {
            Policies = organisation.Policies,
            Meetings = meetings,
            OtherMeetings = PlansMeeting(tasks, meetings, instanceId)
                ? await _queries.OtherMeetings(db, owner, caseId, organisation.Calendar.DayOf(now))
                    .ToListAsync(cancellationToken)
                : [],
            SharedTasks = others.Count > 0 ? await SharedTasksAsync(db, owner, others, cancellationToken) : [],
            SharedPlans = others.Count > 0 ? await SharedPlansAsync(db, owner, others, cancellationToken) : [],
            Matters = await _queries.Matters(db, owner, caseId).ToListAsync(cancellationToken),
            Screenings = await _queries.Screenings(db, owner, caseId).ToListAsync(cancellationToken),
            Sealed = @case.Restricted ? await _queries.Sealed(db, owner, caseId).ToListAsync(cancellationToken) : [],
            Topic = await _queries.Topic(db, owner, caseId),
            Tasks = tasks,
            Items = items,
            Entries = items.Count == 0 ? [] : await _queries.Entries(db, owner, caseId).ToListAsync(cancellationToken),
            Records = await _queries.Records(db, owner, caseId).ToListAsync(cancellationToken),
            Publications = @case.IsPublic
                ? await _queries.Publications(db, owner, caseId).ToListAsync(cancellationToken)
                : [],
            Surveys = @case.Asks ? await _queries.Surveys(db, owner, caseId).ToListAsync(cancellationToken) : [],
            Votes = await _queries.Votes(db, owner, caseId).ToListAsync(cancellationToken),
            Phases = @case.Kind == CaseKind.TenWeekPlan
                ? await _queries.Phases(db, owner, caseId).ToListAsync(cancellationToken)
                : [],
            Outline = @case is { Kind: CaseKind.TenWeekPlan, InstanceId: { } main }
                ? await OutlineAsync(db, main, cancellationToken)
                : PlanOutline.Empty,
        };
    }

    /// <summary>
    /// Whose case it is, or null when there is none. A case added to the context before counts as stored.
    /// </summary>
    public static async Task<OrganisationId?> FindOwnerAsync(
        ConsultationDb db, CaseId caseId, CancellationToken cancellationToken) =>
        AddedCase(db, caseId)?.OrganisationId
        ?? await db.Cases.Where(row => row.Id == caseId).Select(row => (OrganisationId?)row.OrganisationId)
        .FirstOrDefaultAsync(cancellationToken);

    /// <summary>What the workflow of a plan plans; read once for each version.</summary>
    private async Task<PlanOutline> OutlineAsync(
        ConsultationDb db, string instance, CancellationToken cancellationToken)
    {
        if (await _queries.Version(db, instance) is not { } version) return PlanOutline.Empty;
        if (_outlines.TryGetValue(version, out var known)) return known;
        var text = await db.Definitions.Where(row => row.Id == version.VersionId).Select(row => row.Json)
            .FirstOrDefaultAsync(cancellationToken);
        if (text is null) return PlanOutline.Empty;
        return _outlines.GetOrAdd(version, PlanOutlineReader.Read(WorkflowDefinition.Parse(text), catalog));
    }

    /// <summary>
    /// Whether this step or edit plans or moves a meeting: it asks for the plan now, or is an edit of a case that
    /// meets.
    /// </summary>
    private static bool PlansMeeting(List<WorkTask> tasks, List<Meeting> meetings, string instanceId) =>
        instanceId.Length == 0
            ? meetings.Count > 0
            : tasks.Exists(task => task.InstanceId == instanceId
                && task.FormKey is FormKeys.MeetingPlan or FormKeys.SeatReplacement);

    private static Task<List<WorkTask>> SharedTasksAsync(
        ConsultationDb db, OrganisationId owner, List<CaseId> others, CancellationToken cancellationToken) =>
        db.Tasks.IgnoreQueryFilters().Where(task => task.OrganisationId == owner && others.Contains(task.CaseId)
            && task.State == TaskState.Open).ToListAsync(cancellationToken);

    private static async Task<List<CaseRecord>> SharedPlansAsync(
        ConsultationDb db, OrganisationId owner, List<CaseId> others, CancellationToken cancellationToken)
    {
        var plans = await db.Records.IgnoreQueryFilters().Where(record => record.OrganisationId == owner
            && others.Contains(record.CaseId) && record.Kind == FormKeys.MeetingPlan).ToListAsync(cancellationToken);
        return [.. plans.OrderByDescending(record => record.At).DistinctBy(record => record.CaseId)];
    }

    private static Case? AddedCase(ConsultationDb db, CaseId caseId) =>
        db.ChangeTracker.Entries<Case>()
            .FirstOrDefault(entry => entry.State == EntityState.Added && entry.Entity.Id == caseId)?.Entity;

    /// <summary>The file of a case that this step opens.</summary>
    private async Task<CaseFile?> StartAsync(
        ConsultationDb db, Case @case, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await directories.FindAsync(db, @case.OrganisationId, cancellationToken) is not { } organisation)
        {
            return null;
        }
        var series = await _queries.Series(db, @case.OrganisationId, now.Year - 1).ToListAsync(cancellationToken);
        return new CaseFile(organisation.Directory, organisation.Calendar, @case, series)
        {
            Policies = organisation.Policies,
            Matters = [.. db.ChangeTracker.Entries<Matter>().Select(entry => entry.Entity)
                .Where(row => row.CaseId == @case.Id)],
        };
    }
}
