using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;

namespace Consultation.Cases.Surveys;

/// <summary>What the desk writes of a survey.</summary>
public sealed record SurveyEntry
{
    public required LocalText Title { get; init; }
    public LocalText Intro { get; init; } = LocalText.Empty;
    public required IReadOnlyList<SurveyQuestion> Questions { get; init; }
    public bool Anonymous { get; init; } = true;
    public bool HasOpenLink { get; init; }
    public bool AsksVisitors { get; init; }
    public required DateOnly ClosesOn { get; init; }

    /// <summary>Those asked by name who are taken out again, while the survey is in preparation.</summary>
    public IReadOnlyList<SurveyInvitationId> TakenOut { get; init; } = [];
    public int Revision { get; init; }
}

/// <summary>
/// What the desk does with surveys: make, change while nobody is asked yet, open, extend, close. Each answers what to
/// mend; nothing when it was done.
/// </summary>
public sealed class SurveyDesk(ICaseStore cases, IIntakeStore store, TimeProvider clock)
{
    private static readonly FieldError Gone = new("", new("没有这份问卷。", "There is no such survey."));

    private static readonly FieldError Meanwhile = new("", new(
        "问卷刚才被别人改过或已发放，请重新打开再改。", "Somebody changed or opened the survey meanwhile; open it again."));

    /// <summary>Makes a survey in preparation from a list of questions.</summary>
    public async Task<(SurveyId? Id, IReadOnlyList<FieldError> Errors)> MakeAsync(
        OrganisationId organisation, CaseId caseId, Questionnaires.Shipped list, string audience, DateOnly closesOn,
        PersonId by, string operationId, CancellationToken cancellationToken)
    {
        SurveyId? made = null;
        var errors = await EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            if (SurveyRules.CheckCloses(closesOn, file.Calendar.DayOf(now)) is { } wrong) return [wrong];
            if (SurveyOpening.PeopleIn(audience) is { Length: > 0 } people
                && People.AssigneeSpec.Read(people) is People.AssigneeSpecReading.Wrong(_, var message))
            {
                return [new("audience", message)];
            }

            made = SurveyOpening.Make(file, list, audience, closesOn, by, now).Survey.Id;
            return [];
        }, cancellationToken);
        return (made, errors);
    }

    /// <summary>Changes a survey that is in preparation, and who is asked.</summary>
    public async Task<IReadOnlyList<FieldError>> EditAsync(
        OrganisationId organisation, SurveyId id, SurveyEntry entry, CancellationToken cancellationToken) =>
        await RunAsync(organisation, id, null, async (session, survey, now) =>
        {
            if (survey.State != SurveyState.Draft || survey.Revision != entry.Revision) return [Meanwhile];
            var errors = SurveyRules.CheckHead(
                entry.Title, entry.Intro, entry.ClosesOn, session.Organisation.Calendar.DayOf(now))
                .Concat(SurveyRules.CheckQuestions(entry.Questions)).ToList();
            if (errors.Count > 0) return errors;
            var restricted = await IsRestrictedAsync(session, survey, cancellationToken);
            (survey.Title, survey.Intro, survey.ClosesOn) = (entry.Title, entry.Intro, entry.ClosesOn);
            (survey.Questions, survey.Anonymous) = ([.. entry.Questions], entry.Anonymous);
            (survey.HasOpenLink, survey.AsksVisitors) =
                (entry.HasOpenLink && !restricted, entry.AsksVisitors && !restricted);
            survey.Revision++;
            foreach (var one in await session.RowsAsync<SurveyInvitation>(
                one => one.SurveyId == id && entry.TakenOut.Contains(one.Id), cancellationToken))
            {
                session.Remove(one);
            }

            return [];
        }, cancellationToken);

    /// <summary>Opens a survey: its people are written to by the next look of the keep-up.</summary>
    public async Task<IReadOnlyList<FieldError>> OpenAsync(
        OrganisationId organisation, CaseId caseId, SurveyId id, int asked, PersonId by, string operationId,
        CancellationToken cancellationToken) =>
        await EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            if (file.Surveys.Find(one => one.Id == id) is not { } survey) return [Gone];
            if (SurveyRules.CheckCloses(survey.ClosesOn, file.Calendar.DayOf(now)) is { } wrong) return [wrong];
            return SurveyOpening.Open(file, survey, asked, by, now) ? [] : [new("", survey.State != SurveyState.Draft
                ? Meanwhile.Message
                : new("还没有人可以回答：请选择要问的人，或者开放公开链接。",
                    "Nobody could answer it: choose people, or let everybody answer by the open link."))];
        }, cancellationToken);

    /// <summary>Moves the last day of an open survey, with a reason.</summary>
    public Task<IReadOnlyList<FieldError>> ExtendAsync(
        OrganisationId organisation, CaseId caseId, SurveyId id, DateOnly closesOn, string reason, PersonId by,
        string operationId, CancellationToken cancellationToken) =>
        EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            if (file.Surveys.Find(one => one.Id == id) is not { } survey) return [Gone];
            var today = file.Calendar.DayOf(now);
            // One that has closed can be opened again: answers that come late are answers too.
            if (survey.State == SurveyState.Draft) return [Meanwhile];
            if (ReasonIn(ref reason) is { } missing) return [missing];
            if (SurveyRules.CheckCloses(closesOn, today) is { } wrong) return [wrong];
            survey.Acts = [.. survey.Acts, new(now, by, reason, survey.ClosesOn, closesOn)];
            (survey.ClosesOn, survey.State, survey.ClosedAt) = (closesOn, SurveyState.Open, null);
            survey.Forgotten = false;
            survey.Revision++;
            SurveyOpening.Note(file, survey, HistoryVerbs.SurveyExtended, new(
                $"问卷“{survey.Title.Zh}”截止日改为 {closesOn:yyyy-MM-dd}：{reason}",
                $"The survey “{survey.Title.For("en")}” is open until {closesOn:yyyy-MM-dd}: {reason}"), by, now);
            return [];
        }, cancellationToken);

    /// <summary>Ends a survey before its last day, with a reason.</summary>
    public Task<IReadOnlyList<FieldError>> CloseAsync(
        OrganisationId organisation, CaseId caseId, SurveyId id, string reason, PersonId by, string operationId,
        CancellationToken cancellationToken) =>
        EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            if (file.Surveys.Find(one => one.Id == id) is not { } survey) return [Gone];
            if (survey.State != SurveyState.Open) return [Meanwhile];
            if (ReasonIn(ref reason) is { } missing) return [missing];
            var today = file.Calendar.DayOf(now);
            survey.Acts = [.. survey.Acts, new(now, by, reason, survey.ClosesOn, today)];
            (survey.State, survey.ClosedAt) = (SurveyState.Closed, now);
            survey.Revision++;
            SurveyOpening.Note(file, survey, HistoryVerbs.SurveyClosed, new(
                $"问卷“{survey.Title.Zh}”提前结束：{reason}",
                $"The survey “{survey.Title.For("en")}” was closed early: {reason}"), by, now);
            return [];
        }, cancellationToken);

    /// <summary>Keeps an organisation's list of questions: a new one, or its version of a shipped one.</summary>
    public async Task<IReadOnlyList<FieldError>> KeepAsync(
        OrganisationId organisation, Questionnaires.Shipped list, int revision, CancellationToken cancellationToken)
    {
        var errors = SurveyRules.CheckHead(list.Title, list.Intro, DateOnly.MinValue, DateOnly.MinValue)
            .Concat(SurveyRules.CheckQuestions(list.Questions)).ToList();
        if (errors.Count > 0) return errors;
        return await store.RunAsync<bool>(organisation, null, async session =>
        {
            var known = await session.RowsAsync<Questionnaire>(one => one.Name == list.Name, cancellationToken);
            if (known is [var own])
            {
                if (own.Revision != revision) return new Intake<bool>.Refused([Meanwhile]);
                (own.Title, own.Intro, own.Purpose, own.Anonymous, own.Questions) =
                    (list.Title, list.Intro, list.Purpose, list.Anonymous, [.. list.Questions]);
                own.Revision++;
            }
            else if (revision > 0)
            {
                return new Intake<bool>.Refused([Meanwhile]);
            }
            else
            {
                session.Add(new Questionnaire
                {
                    OrganisationId = organisation,
                    Id = QuestionnaireId.New(),
                    Name = list.Name,
                    Title = list.Title,
                    Intro = list.Intro,
                    Purpose = list.Purpose,
                    Anonymous = list.Anonymous,
                    Questions = [.. list.Questions],
                });
            }

            // What steps know of the organisation is read anew.
            foreach (var house in await session.RowsAsync<People.Organisation>(
                one => one.Id == organisation, cancellationToken))
            {
                house.DirectoryVersion++;
            }

            return new Intake<bool>.Done(true);
        }, cancellationToken) is Intake<bool>.Refused(var wrong) ? wrong : [];
    }

    private static FieldError? ReasonIn(ref string reason)
    {
        reason = TypedText.Line(reason);
        return People.ContactRules.Length("reason", new("理由", "Reason"), reason, 2, SurveyRules.LongestReason);
    }

    internal static async Task<bool> IsRestrictedAsync(
        IIntakeSession session, Survey survey, CancellationToken cancellationToken) =>
        await session.CountAsync<Case>(
            one => one.Id == survey.CaseId && one.Restricted, cancellationToken) > 0;

    private async Task<IReadOnlyList<FieldError>> RunAsync(
        OrganisationId organisation, SurveyId id, string? operation,
        Func<IIntakeSession, Survey, DateTimeOffset, Task<IReadOnlyList<FieldError>>> act,
        CancellationToken cancellationToken) =>
        await store.RunAsync<bool>(organisation, operation, async session =>
        {
            if (await session.RowsAsync<Survey>(one => one.Id == id, cancellationToken) is not [var survey])
            {
                return new Intake<bool>.Refused([Gone]);
            }

            return await act(session, survey, clock.GetUtcNow()) is { Count: > 0 } errors
                ? new Intake<bool>.Refused(errors)
                : new Intake<bool>.Done(true);
        }, cancellationToken) is Intake<bool>.Refused(var wrong) ? wrong : [];

    private async Task<IReadOnlyList<FieldError>> EditAsync(
        OrganisationId organisation, CaseId caseId, string operationId,
        Func<CaseFile, DateTimeOffset, IReadOnlyList<FieldError>> edit, CancellationToken cancellationToken) =>
        (await cases.EditAsync(
            organisation, caseId, operationId, file => new(edit(file, clock.GetUtcNow()), []),
            cancellationToken)).Errors;
}
