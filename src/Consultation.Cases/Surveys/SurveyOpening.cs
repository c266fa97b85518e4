using Consultation.Cases.History;
using Consultation.Cases.People;

namespace Consultation.Cases.Surveys;

/// <summary>Makes a survey in a case and finds who is asked. Pure; the letters are sent by the keep-up.</summary>
public static class SurveyOpening
{
    /// <summary>Words of an audience besides assignee expressions.</summary>
    public const string Proposers = "proposers", Visitors = "visitors";

    /// <summary>Up to so many people are asked without anybody having looked through them first.</summary>
    public const int MostUnseen = 10;

    /// <summary>The assignee expression in an audience; "" when it names proposers and visitors alone.</summary>
    public static string PeopleIn(string? audience) => string.Join(';', Parts(audience)
        .Where(part => part is not (Proposers or Visitors)));

    /// <summary>Makes a survey with those who are asked; it is not open yet.</summary>
    /// <param name="file">The case.</param>
    /// <param name="list">The questions.</param>
    /// <param name="audience">An assignee expression; <c>proposers</c> and <c>visitors</c> may stand in it too.</param>
    /// <param name="closesOn">Last day on which it is answered.</param>
    /// <param name="by">Who makes it; null for the workflow.</param>
    /// <param name="now">When.</param>
    public static (Survey Survey, IReadOnlyList<SurveyInvitation> Asked) Make(
        CaseFile file, Questionnaires.Shipped list, string? audience, DateOnly closesOn, PersonId? by,
        DateTimeOffset now)
    {
        var survey = new Survey
        {
            OrganisationId = file.Case.OrganisationId,
            Id = new SurveyId(OrderedGuid.New(now)),
            CaseId = file.Case.Id,
            Title = list.Title,
            Intro = list.Intro,
            Purpose = list.Purpose,
            Questions = [.. list.Questions],
            Anonymous = list.Anonymous,
            AsksVisitors = Parts(audience).Contains(Visitors) && !file.Case.Restricted,
            HasOpenLink = !file.Case.Restricted && list.Purpose is SurveyPurpose.Needs or SurveyPurpose.Event,
            Code = SurveyRules.NewCode(),
            ClosesOn = closesOn,
            MadeById = by,
            MadeAt = now,
        };
        file.Case.Asks = true;
        file.Add(survey);
        var asked = Asked(file, survey, audience, now);
        foreach (var one in asked) file.Add(one);
        return (survey, asked);
    }

    /// <summary>Opens a survey; false when it is not in preparation, or has nobody to answer it.</summary>
    public static bool Open(CaseFile file, Survey survey, int asked, PersonId? by, DateTimeOffset now)
    {
        if (survey.State != SurveyState.Draft
            || (asked == 0 && !survey.IsOpenTo(file.Case.Restricted) && !survey.AsksVisitors))
        {
            return false;
        }

        (survey.State, survey.OpensOn) = (SurveyState.Open, file.Calendar.DayOf(now));
        survey.HasOpenLink = survey.IsOpenTo(file.Case.Restricted);
        survey.Counted = new SurveyCounter(survey.Questions).Result(asked);
        survey.Revision++;
        Note(file, survey, HistoryVerbs.SurveyOpened, new(
            $"问卷“{survey.Title.Zh}”已发放，点名邀请 {asked} 人，{survey.ClosesOn:yyyy-MM-dd} 截止。",
            $"The survey “{survey.Title.For("en")}” is open until {survey.ClosesOn:yyyy-MM-dd}; {asked} people are "
                + "asked by name."), by, now);
        return true;
    }

    /// <summary>A line in the history of the case.</summary>
    internal static void Note(
        CaseFile file, Survey survey, string verb, LocalText text, PersonId? by, DateTimeOffset now) =>
        file.Add(new HistoryEntry
        {
            OrganisationId = survey.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = survey.CaseId,
            At = now,
            ActorId = by,
            Verb = verb,
            Text = text,
        });

    private static List<SurveyInvitation> Asked(
        CaseFile file, Survey survey, string? audience, DateTimeOffset now)
    {
        var asked = new List<SurveyInvitation>();
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var person in PeopleIn(audience) is { Length: > 0 } people
            ? Assignees.PeopleOf(people, file, null, now) : [])
        {
            if (person.Email is { Length: > 0 } known && !addresses.Add(known)) continue;
            var isOwn = file.Directory.People.Any(one => one.Id == person.Id);
            asked.Add(Of(survey, isOwn ? person.Id : null, person.Name, isOwn ? null : person.Email, person.Language));
        }

        if (!Parts(audience).Contains(Proposers)) return asked;
        foreach (var matter in file.Matters)
        {
            if (matter.ProposerEmail is not { Length: > 0 } address || !addresses.Add(address)) continue;
            asked.Add(Of(survey, null, matter.ProposerName ?? "", address, matter.Language));
        }

        return asked;
    }

    internal static SurveyInvitation Of(Survey survey, PersonId? person, string name, string? email, string language) =>
        new()
        {
            OrganisationId = survey.OrganisationId,
            Id = SurveyInvitationId.New(),
            SurveyId = survey.Id,
            PersonId = person,
            Name = person is null ? name : null,
            Email = email,
            Language = language,
        };

    private static string[] Parts(string? audience) =>
        (audience ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
