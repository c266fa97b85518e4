using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Surveys;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Surveys;

/// <summary>A survey as lists show it.</summary>
public sealed record SurveyRow(Survey Survey, string CaseTitle, string? CaseNumber, bool Restricted, int Answers);

/// <summary>What stands behind an address of the public.</summary>
/// <param name="Survey">The survey.</param>
/// <param name="Answered">By this link it was answered before.</param>
/// <param name="Own">True for somebody's own link, false for the open address.</param>
public sealed record SurveyDoor(Survey Survey, bool Answered, bool Own);

/// <summary>
/// Reads surveys: for the desk those of the cases that the viewer sees, for the public what an address opens.
/// </summary>
public sealed class SurveyReader(Database database)
{
    /// <summary>Surveys, the newest first, at most 500.</summary>
    public async Task<IReadOnlyList<SurveyRow>> ListAsync(
        CaseScope scope, CaseId? caseId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await RowsAsync(
            db, scope, Of(db, scope).Where(one => caseId == null || one.CaseId == caseId.Value), cancellationToken);
    }

    /// <summary>One survey, or null when the viewer may not see its case.</summary>
    public async Task<SurveyRow?> FindAsync(CaseScope scope, SurveyId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await RowsAsync(db, scope, Of(db, scope).Where(one => one.Id == id), cancellationToken) is [var row, ..]
            ? row
            : null;
    }

    /// <summary>Surveys of a case that a task shows; who may see it is for the caller to ask.</summary>
    public async Task<IReadOnlyList<(Survey Survey, SurveyCount Count)>> OfCaseAsync(
        Case file, CancellationToken cancellationToken)
    {
        if (!file.Asks) return [];
        await using var db = database.ForOrganisation(file.OrganisationId);
        var (owner, id) = (file.OrganisationId, file.Id);
        var found = await db.Surveys.AsNoTracking().Where(one => one.OrganisationId == owner && one.CaseId == id)
            .OrderBy(one => one.MadeAt).ToListAsync(cancellationToken);
        var counted = new List<(Survey, SurveyCount)>();
        foreach (var survey in found) counted.Add((survey, await CountAsync(db, survey, cancellationToken)));
        return counted;
    }

    /// <summary>What the answers come to now.</summary>
    public async Task<SurveyCount> CountAsync(Survey survey, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(survey.OrganisationId);
        return await CountAsync(db, survey, cancellationToken);
    }

    /// <summary>Who is asked by name, in the order in which they were chosen.</summary>
    public async Task<IReadOnlyList<SurveyInvitation>> AskedAsync(Survey survey, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(survey.OrganisationId);
        var (owner, id) = (survey.OrganisationId, survey.Id);
        return await db.SurveyInvitations.AsNoTracking()
            .Where(one => one.OrganisationId == owner && one.SurveyId == id).OrderBy(one => one.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The answers for an export: by their random ids, which say nothing of their order.</summary>
    public async Task<IReadOnlyList<SurveyAnswer>> AnswersAsync(Survey survey, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(survey.OrganisationId);
        var (owner, id) = (survey.OrganisationId, survey.Id);
        var found = await db.SurveyAnswers.AsNoTracking()
            .Where(one => one.OrganisationId == owner && one.SurveyId == id).ToListAsync(cancellationToken);
        return [.. found.OrderBy(one => one.Id.Value)];
    }

    /// <summary>The organisation's own lists of questions.</summary>
    public async Task<IReadOnlyList<Questionnaire>> ListsAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Questionnaires.AsNoTracking().Where(one => one.OrganisationId == organisation)
            .OrderBy(one => one.Name).ToListAsync(cancellationToken);
    }

    /// <summary>What stands behind an address of the public; null for nothing.</summary>
    public async Task<SurveyDoor?> OpenAsync(
        OrganisationId organisation, string token, string? visitor, CancellationToken cancellationToken)
    {
        var code = SurveyRules.CodeOf(token);
        await using var db = database.ForOrganisation(organisation);
        if (code.Length != SurveyRules.CodeLength) return await OwnAsync(db, organisation, code, cancellationToken);
        var survey = await db.Surveys.AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == organisation && one.Code == code && one.State != SurveyState.Draft
                && one.HasOpenLink, cancellationToken);
        if (survey is null || await db.Cases.AnyAsync(
            file => file.OrganisationId == organisation && file.Id == survey.CaseId && file.Restricted,
            cancellationToken))
        {
            return null;
        }

        var visit = visitor is null ? default : SurveyRules.VisitId(visitor, survey.Id);
        return new(survey, visitor is not null && await db.SurveyVisits.AnyAsync(
            one => one.OrganisationId == organisation && one.Id == visit, cancellationToken), false);
    }

    private static async Task<SurveyDoor?> OwnAsync(
        ConsultationDb db, OrganisationId organisation, string token, CancellationToken cancellationToken)
    {
        var id = SurveyRules.LinkId(token);
        var found = await (
            from link in db.SurveyLinks
            join asked in db.SurveyInvitations
                on new { link.OrganisationId, Id = link.InvitationId } equals new { asked.OrganisationId, asked.Id }
            join survey in db.Surveys
                on new { link.OrganisationId, Id = link.SurveyId } equals new { survey.OrganisationId, survey.Id }
            where link.OrganisationId == organisation && link.Id == id && survey.State != SurveyState.Draft
            select new { Survey = survey, asked.Answered }).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : new(found.Survey, found.Answered, true);
    }

    private static async Task<SurveyCount> CountAsync(
        ConsultationDb db, Survey survey, CancellationToken cancellationToken)
    {
        var (owner, id) = (survey.OrganisationId, survey.Id);
        var counter = new SurveyCounter(survey.Questions);
        await foreach (var answer in db.SurveyAnswers.AsNoTracking()
            .Where(one => one.OrganisationId == owner && one.SurveyId == id)
            .Select(one => new { one.Values, one.Way }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            counter.Add(answer.Values, answer.Way);
        }

        var asked = await db.SurveyInvitations.Where(one => one.OrganisationId == owner && one.SurveyId == id)
            .GroupBy(one => one.Answered).Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return counter.Result(asked.Sum(one => one.Count), asked.Where(one => one.Key).Sum(one => one.Count));
    }

    private static async Task<IReadOnlyList<SurveyRow>> RowsAsync(
        ConsultationDb db, CaseScope scope, IQueryable<Survey> which, CancellationToken cancellationToken)
    {
        var owner = scope.OrganisationId;
        var found = await which.AsNoTracking().OrderByDescending(one => one.MadeAt).Take(500).Select(one => new
        {
            Survey = one,
            Case = db.Cases.Where(file => file.OrganisationId == owner && file.Id == one.CaseId)
                .Select(file => new { file.Title, file.Number, file.Restricted }).FirstOrDefault(),
            Answers = db.SurveyAnswers.Count(
                answer => answer.OrganisationId == owner && answer.SurveyId == one.Id),
        }).ToListAsync(cancellationToken);
        return [.. found.Where(row => row.Case is not null).Select(row => new SurveyRow(
            row.Survey, row.Case!.Title, row.Case.Number, row.Case.Restricted, row.Answers))];
    }

    private static IQueryable<Survey> Of(ConsultationDb db, CaseScope scope)
    {
        var owner = scope.OrganisationId;
        var cases = scope.CasesIn(new CaseTables(db.Cases, db.Tasks, db.TrackedItems, db.Matters))
            .Select(one => one.Id);
        return db.Surveys.Where(one => one.OrganisationId == owner && cases.Contains(one.CaseId));
    }
}
