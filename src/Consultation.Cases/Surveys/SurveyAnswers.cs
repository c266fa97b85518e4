using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Publishing;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.Surveys;

/// <summary>What became of an answer that was sent.</summary>
public enum SurveyPost
{
    /// <summary>It counts.</summary>
    Taken,
    /// <summary>There is no survey behind the address.</summary>
    Unknown,
    /// <summary>The survey is not open, or not any more.</summary>
    Closed,
    /// <summary>By this link, or in this browser, it was answered before.</summary>
    Before,
}

/// <summary>
/// Answers to surveys by link, by the open address and on paper, and the keeping up of those that are open. Each in one
/// transaction; an answer and the mark that somebody has answered are written together and name each other only where
/// the survey is one with names.
/// </summary>
public sealed class SurveyAnswers(IIntakeStore store, IUseCaseMail mail, TimeProvider clock)
{
    /// <summary>So many people are written to in one transaction.</summary>
    private const int Batch = 100;

    /// <summary>Takes an answer that came by an address.</summary>
    /// <param name="organisation">Whose survey it is.</param>
    /// <param name="token">The short code, or somebody's own token.</param>
    /// <param name="values">Answers by the keys of the questions.</param>
    /// <param name="visitor">The browser's mark; asked for only behind the short code.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(SurveyPost Post, IReadOnlyList<FieldError> Errors)> AnswerAsync(
        OrganisationId organisation, string token, IReadOnlyDictionary<string, string> values, Func<string> visitor,
        CancellationToken cancellationToken)
    {
        var done = await store.RunAsync<SurveyPost>(
            organisation, null, session => AnswerAsync(session, token, values, visitor, cancellationToken),
            cancellationToken);
        return Told(done);
    }

    /// <summary>
    /// Takes an answer from paper. Named after its form's operation, so that a doubled post counts once; by whom it was
    /// written is not kept. With a name, where the survey has names, the invitation counts as answered.
    /// </summary>
    public async Task<(SurveyPost Post, IReadOnlyList<FieldError> Errors)> EnterAsync(
        OrganisationId organisation, SurveyId id, IReadOnlyDictionary<string, string> values,
        SurveyInvitationId? whose, string operationId, CancellationToken cancellationToken)
    {
        var done = await store.RunAsync<SurveyPost>(
            organisation, Operations.Hashed("survey-paper", organisation, operationId), async session =>
        {
            if (await session.RowsAsync<Survey>(one => one.Id == id, cancellationToken) is not [var survey])
            {
                return new Intake<SurveyPost>.Done(SurveyPost.Unknown);
            }

            // Paper that was filled in in time may be entered after the last day, while the survey stands open.
            if (survey.State != SurveyState.Open) return new Intake<SurveyPost>.Done(SurveyPost.Closed);
            var kept = SurveyRules.Kept(survey.Questions, values);
            if (SurveyRules.Check(survey.Questions, kept) is { Count: > 0 } errors)
            {
                return new Intake<SurveyPost>.Refused(errors);
            }

            SurveyInvitation? invitation = null;
            if (whose is { } named)
            {
                invitation = One(await session.RowsAsync<SurveyInvitation>(
                    one => one.Id == named && one.SurveyId == id, cancellationToken));
                if (invitation is null) return new Intake<SurveyPost>.Done(SurveyPost.Unknown);
                if (invitation.Answered) return new Intake<SurveyPost>.Done(SurveyPost.Before);
            }

            Keep(session, survey, invitation, kept, AnswerWay.Paper);
            return new Intake<SurveyPost>.Done(SurveyPost.Taken);
        }, cancellationToken);
        return Told(done);
    }

    /// <summary>
    /// Keeps one survey up: writes to those who were not written to yet, asks visitors who signed up since, reminds
    /// those who have not answered, counts anew, and closes it when its last day is over. Then it forgets who of the
    /// public was asked, and touches every invitation, so that not even the database's own traces tell who answered
    /// when. Answers how much was done.
    /// </summary>
    public async Task<int> KeepUpAsync(
        OrganisationId organisation, SurveyId id, CancellationToken cancellationToken)
    {
        var changed = 0;
        await store.RunAsync<bool>(organisation, null, async session =>
        {
            changed = 0;
            if (await session.RowsAsync<Survey>(one => one.Id == id, cancellationToken)
                is not [{ State: not SurveyState.Draft } survey])
            {
                return new Intake<bool>.Refused([]);
            }

            var (now, restricted) = (
                clock.GetUtcNow(), await SurveyDesk.IsRestrictedAsync(session, survey, cancellationToken));
            var today = session.Organisation.Calendar.DayOf(now);
            var asked = (await session.RowsAsync<SurveyInvitation>(one => one.SurveyId == id, cancellationToken))
                .ToList();
            if (survey.State == SurveyState.Open && today > survey.ClosesOn)
            {
                (survey.State, survey.ClosedAt) = (SurveyState.Closed, now);
                survey.Revision++;
                changed++;
                session.Add(Ended(survey, now));
            }

            if (survey.State == SurveyState.Open)
            {
                if (survey.AsksVisitors && !restricted)
                {
                    changed += await AskVisitorsAsync(session, survey, asked, cancellationToken);
                }

                changed += Write(session, survey, asked, restricted, today, now);
            }
            else if (!survey.Forgotten)
            {
                foreach (var one in asked) Forget(survey, one);
                survey.Forgotten = true;
                survey.Revision++;
                changed++;
            }

            changed += await CountAsync(session, survey, asked, cancellationToken);
            return changed > 0 ? new Intake<bool>.Done(true) : new Intake<bool>.Refused([]);
        }, cancellationToken);
        return changed;
    }

    private async Task<Intake<SurveyPost>> AnswerAsync(
        IIntakeSession session, string token, IReadOnlyDictionary<string, string> values, Func<string> visitor,
        CancellationToken cancellationToken)
    {
        var (today, code) = (session.Organisation.Calendar.DayOf(clock.GetUtcNow()), SurveyRules.CodeOf(token));
        SurveyInvitation? invitation = null;
        Survey? survey;
        if (code.Length == SurveyRules.CodeLength)
        {
            survey = One(await session.RowsAsync<Survey>(one => one.Code == code, cancellationToken));
            if (survey is { State: SurveyState.Draft } || (survey is not null && !survey.IsOpenTo(
                await SurveyDesk.IsRestrictedAsync(session, survey, cancellationToken))))
            {
                survey = null;
            }
        }
        else
        {
            var link = SurveyRules.LinkId(code);
            var found = One(await session.RowsAsync<SurveyLink>(one => one.Id == link, cancellationToken));
            if (found is null) return new Intake<SurveyPost>.Done(SurveyPost.Unknown);
            var (own, asked) = (found.SurveyId, found.InvitationId);
            survey = One(await session.RowsAsync<Survey>(one => one.Id == own, cancellationToken));
            invitation = One(await session.RowsAsync<SurveyInvitation>(one => one.Id == asked, cancellationToken));
            if (invitation is null) survey = null;
        }

        if (survey is null) return new Intake<SurveyPost>.Done(SurveyPost.Unknown);
        if (invitation is { Answered: true }) return new Intake<SurveyPost>.Done(SurveyPost.Before);
        if (!survey.TakesAnswers(today)) return new Intake<SurveyPost>.Done(SurveyPost.Closed);
        var kept = SurveyRules.Kept(survey.Questions, values);
        if (SurveyRules.Check(survey.Questions, kept) is { Count: > 0 } errors)
        {
            return new Intake<SurveyPost>.Refused(errors);
        }

        if (invitation is null)
        {
            var visit = SurveyRules.VisitId(visitor(), survey.Id);
            if (await session.CountAsync<SurveyVisit>(one => one.Id == visit, cancellationToken) > 0)
            {
                return new Intake<SurveyPost>.Done(SurveyPost.Before);
            }

            session.Add(new SurveyVisit { OrganisationId = survey.OrganisationId, Id = visit, SurveyId = survey.Id });
        }

        Keep(session, survey, invitation, kept, invitation is null ? AnswerWay.Open : AnswerWay.Link);
        return new Intake<SurveyPost>.Done(SurveyPost.Taken);
    }

    private static (SurveyPost Post, IReadOnlyList<FieldError> Errors) Told(Intake<SurveyPost>? done) => done switch
    {
        Intake<SurveyPost>.Done(var post) => (post, []),
        Intake<SurveyPost>.Refused(var errors) => (SurveyPost.Taken, errors),
        _ => (SurveyPost.Unknown, []),
    };

    private static T? One<T>(IReadOnlyList<T> rows)
        where T : class => rows is [var row, ..] ? row : null;

    private void Keep(
        IIntakeSession session, Survey survey, SurveyInvitation? invitation, Dictionary<string, string> kept,
        AnswerWay way)
    {
        session.Add(new SurveyAnswer
        {
            OrganisationId = survey.OrganisationId,
            Id = SurveyAnswerId.New(),
            SurveyId = survey.Id,
            Values = kept,
            Way = way,
            Day = session.Organisation.Calendar.DayOf(clock.GetUtcNow()),
            InvitationId = survey.Anonymous ? null : invitation?.Id,
        });
        if (invitation is null) return;
        invitation.Answered = true;
        invitation.Revision++;
    }

    private static async Task<int> AskVisitorsAsync(
        IIntakeSession session, Survey survey, List<SurveyInvitation> asked, CancellationToken cancellationToken)
    {
        var caseId = survey.CaseId;
        var known = asked.Select(one => one.Email ?? session.Organisation.Directory.Find(one.PersonId)?.Email)
            .OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var count = 0;
        foreach (var visitor in await session.RowsAsync<SignUp>(
            one => one.CaseId == caseId && one.State == SignUpState.Placed && one.Email != null, cancellationToken))
        {
            if (!known.Add(visitor.Email!)) continue;
            asked.Add(session.Add(SurveyOpening.Of(
                survey, null, visitor.Name ?? "", visitor.Email, visitor.Language)));
            count++;
        }

        return count;
    }

    /// <summary>
    /// First letters, and reminders on their days; at night and on days off a letter waits, as every reminder does.
    /// </summary>
    private int Write(
        IIntakeSession session, Survey survey, List<SurveyInvitation> asked, bool restricted, DateOnly today,
        DateTimeOffset now)
    {
        var (calendar, policies) = (session.Organisation.Calendar, session.Organisation.Policies);
        var count = 0;
        foreach (var one in asked.Where(one => one.SentOn is null && !one.Answered).Take(Batch))
        {
            one.Reached = Send(session, survey, one, restricted, false, now);
            one.SentOn = today;
            one.Revision++;
            count++;
        }

        if (!SurveyRules.RemindsOn(survey, today, calendar, policies.Rules)
            || (policies.Reminders.GetValueOrDefault(PolicyDefaults.StandardKey) is { } hours
                && ReminderClock.Allowed(hours, now, calendar) > now))
        {
            return count;
        }

        foreach (var one in asked.Where(one => SurveyRules.IsReminded(survey, one, today, calendar, policies.Rules))
            .Take(Batch).ToList())
        {
            Send(session, survey, one, restricted, true, now);
            one.RemindedOn = today;
            one.Revision++;
            count++;
        }

        return count;
    }

    private bool Send(
        IIntakeSession session, Survey survey, SurveyInvitation one, bool restricted, bool again, DateTimeOffset now)
    {
        var token = MatterRules.NewKey();
        var letters = mail.SurveyLetter(survey, one, token, again, restricted, session.Organisation, now);
        if (letters.Count == 0) return false;
        session.Add(new SurveyLink
        {
            OrganisationId = survey.OrganisationId,
            Id = SurveyRules.LinkId(token),
            SurveyId = survey.Id,
            InvitationId = one.Id,
        });
        foreach (var letter in letters) session.Add(letter);
        return true;
    }

    /// <summary>Counts anew when an answer came since the last count.</summary>
    private static async Task<int> CountAsync(
        IIntakeSession session, Survey survey, List<SurveyInvitation> asked, CancellationToken cancellationToken)
    {
        var id = survey.Id;
        var (invited, answered) = (asked.Count, asked.Count(one => one.Answered));
        if (survey.Counted is { } known && known.Invited == invited && known.AnsweredOfInvited == answered
            && await session.CountAsync<SurveyAnswer>(one => one.SurveyId == id, cancellationToken) == known.Answers)
        {
            return 0;
        }

        var counter = new SurveyCounter(survey.Questions);
        foreach (var answer in await session.RowsAsync<SurveyAnswer>(one => one.SurveyId == id, cancellationToken))
        {
            counter.Add(answer.Values, answer.Way);
        }

        survey.Counted = counter.Result(invited, answered);
        survey.Revision++;
        return 1;
    }

    /// <summary>Who of the public was asked is forgotten; of the house's people the name is known anyway.</summary>
    private static void Forget(Survey survey, SurveyInvitation one)
    {
        one.Email = null;
        // In a survey with names the name says whose answer it is.
        if (survey.Anonymous) one.Name = null;
        one.Revision++;
    }

    private static HistoryEntry Ended(Survey survey, DateTimeOffset now) => new()
    {
        OrganisationId = survey.OrganisationId,
        Id = OrderedGuid.New(now),
        CaseId = survey.CaseId,
        At = now,
        Verb = HistoryVerbs.SurveyClosed,
        Text = new(
            $"问卷“{survey.Title.Zh}”到期结束。", $"The survey “{survey.Title.For("en")}” came to its last day."),
    };
}
