using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>
/// What whoever plays the people of the sample has to see: their open tasks and items, over the whole organisation.
/// </summary>
public sealed class SampleRows(Database database)
{
    /// <summary>The only organisation of the database, if it is a sample that holds no case yet.</summary>
    public async Task<OrganisationId?> AloneAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var all = await db.Organisations.AsNoTracking().Take(2).ToListAsync(cancellationToken);
        return all is [{ IsSample: true } only] && !await db.Cases.AnyAsync(cancellationToken) ? only.Id : null;
    }

    /// <summary>Open tasks that nobody has decided, in the order in which they were opened.</summary>
    public async Task<IReadOnlyList<WorkTask>> OpenTasksAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var tasks = await db.Tasks.AsNoTracking()
            .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open
                && task.HeldUntil == null)
            .ToListAsync(cancellationToken);
        return [.. tasks.OrderBy(task => task.OpenedAt).ThenBy(task => task.Number, StringComparer.Ordinal)];
    }

    /// <summary>The tracked items.</summary>
    public async Task<IReadOnlyDictionary<TrackedItemId, TrackedItem>> ItemsAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.TrackedItems.AsNoTracking().Where(item => item.OrganisationId == organisation)
            .ToDictionaryAsync(item => item.Id, cancellationToken);
    }

    /// <summary>The case that a matter was taken into.</summary>
    public async Task<CaseId> CaseOfAsync(
        OrganisationId organisation, MatterId matter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Matters.Where(one => one.OrganisationId == organisation && one.Id == matter)
            .Select(one => one.CaseId!.Value).SingleAsync(cancellationToken);
    }

    /// <summary>The meeting that a case waits for or held last; null before one is planned.</summary>
    public async Task<Meeting?> MeetingAsync(
        OrganisationId organisation, CaseId @case, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Meetings.AsNoTracking()
            .Where(row => row.OrganisationId == organisation && row.State != MeetingState.CalledOff
                && row.Topics.Any(topic => topic.CaseId == @case))
            .OrderByDescending(row => row.PlannedAt).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Matters of the pool, the first that came in first.</summary>
    public async Task<IReadOnlyList<Matter>> PooledAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Matters.AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.State == MatterState.Pooled)
            .OrderBy(one => one.Number).ToListAsync(cancellationToken);
    }

    /// <summary>What can be read by everybody.</summary>
    public async Task<IReadOnlyList<Publication>> PublishedAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Publications.AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.State == PublicationState.Published)
            .OrderBy(one => one.FirstAt).ToListAsync(cancellationToken);
    }

    /// <summary>Opinions on a topic in the order in which they were written.</summary>
    public async Task<IReadOnlyList<OpinionId>> OpinionsAsync(
        OrganisationId organisation, PublicationId topic, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Opinions.Where(one => one.OrganisationId == organisation && one.PublicationId == topic)
            .OrderBy(one => one.Number).Select(one => one.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Surveys that are not over, each with how many are asked by name.</summary>
    public async Task<IReadOnlyList<(Survey Survey, int Asked)>> SurveysAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var surveys = await db.Surveys.AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.State != SurveyState.Closed)
            .OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var ids = surveys.ConvertAll(one => one.Id);
        var asked = await db.SurveyInvitations
            .Where(one => one.OrganisationId == organisation && ids.Contains(one.SurveyId))
            .GroupBy(one => one.SurveyId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return surveys.ConvertAll(one => (one, asked.GetValueOrDefault(one.Id)));
    }
}
