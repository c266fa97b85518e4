using Consultation.Cases;
using Consultation.Cases.Surveys;
using Consultation.Testing;
using Consultation.Tests.Cases.Matters;

namespace Consultation.Tests.Cases.Surveys;

/// <summary>Answers by link, by the open address and on paper, by people who behave well and badly.</summary>
public sealed class SurveyAnswersTests
{
    private readonly District _district = new();
    private readonly MemoryIntake _intake;
    private readonly SurveyAnswers _answers;
    private readonly Survey _survey;
    private readonly FakeClock _clock = new(District.Now);

    public SurveyAnswersTests()
    {
        _intake = new MemoryIntake(_district);
        _answers = new SurveyAnswers(_intake, _intake.Mail, _clock);
        _survey = Make();
        _intake.Written.Add(_survey);
    }

    [Fact]
    public async Task A_personal_link_counts_once_and_so_does_a_browser()
    {
        var token = (await AskAsync(1))[0];

        (await SendAsync(token)).Should().Be(SurveyPost.Taken);
        (await SendAsync(token.ToLowerInvariant())).Should().Be(SurveyPost.Before);
        (await SendAsync(_survey.Code, "a")).Should().Be(SurveyPost.Taken);
        (await SendAsync(_survey.Code, "a")).Should().Be(SurveyPost.Before);
        (await SendAsync(_survey.Code, "b")).Should().Be(SurveyPost.Taken);

        Answers.Select(one => one.Way).Should().Equal(AnswerWay.Link, AnswerWay.Open, AnswerWay.Open);
    }

    [Fact]
    public async Task A_reminder_carries_another_link_and_the_first_one_stays_good()
    {
        var token = (await AskAsync(2))[0];
        _clock.Advance(TimeSpan.FromDays(7)); // Monday 9 March: three working days before the last.

        await _answers.KeepUpAsync(_district.Id, _survey.Id, default);
        await _answers.KeepUpAsync(_district.Id, _survey.Id, default);

        _intake.Mail.Surveys.Count(one => one.Again).Should().Be(2, "each is reminded once on a day");
        var again = _intake.Mail.Surveys.First(one => one.Again).Token;
        (await SendAsync(token)).Should().Be(SurveyPost.Taken);
        (await SendAsync(again)).Should().Be(SurveyPost.Before);
        _clock.Advance(TimeSpan.FromDays(2));
        await _answers.KeepUpAsync(_district.Id, _survey.Id, default);
        _intake.Mail.Surveys.Count(one => one.Again).Should().Be(3, "only who is silent is reminded again");
    }

    [Fact]
    public async Task It_closes_after_its_last_day_and_says_so_to_whoever_is_late()
    {
        var token = (await AskAsync(2))[1];
        _clock.Advance(TimeSpan.FromDays(10.5));
        (await SendAsync(token)).Should().Be(SurveyPost.Taken, "the last day counts");
        _clock.Advance(TimeSpan.FromDays(1));
        (await SendAsync(_survey.Code)).Should().Be(SurveyPost.Closed, "nobody has looked yet, but the day is over");

        await _answers.KeepUpAsync(_district.Id, _survey.Id, default);

        _survey.State.Should().Be(SurveyState.Closed);
        _survey.Counted!.Answers.Should().Be(1);
        Asked.Should().OnlyContain(
            one => one.Email == null && one.Name == null, "who of the public was asked is forgotten");
        (await _answers.KeepUpAsync(_district.Id, _survey.Id, default)).Should().Be(0);
    }

    [Fact]
    public async Task Paper_counts_once_for_a_doubled_post_and_once_for_a_person()
    {
        await AskAsync(1);
        var whose = Asked[0].Id;

        (await PaperAsync("operation-one-of-paper", whose)).Should().Be(SurveyPost.Taken);
        (await PaperAsync("operation-one-of-paper", whose)).Should().Be(SurveyPost.Taken, "the same post again");
        (await PaperAsync("operation-two-of-paper", whose)).Should().Be(SurveyPost.Before);
        (await PaperAsync("operation-three-of-paper", null)).Should().Be(SurveyPost.Taken);

        Answers.Should().HaveCount(2).And.OnlyContain(one => one.Way == AnswerWay.Paper && one.InvitationId == null);
    }

    [Fact]
    public async Task Unknown_tokens_prepared_surveys_and_restricted_cases_open_nothing()
    {
        (await SendAsync("ABCDEFGH")).Should().Be(SurveyPost.Unknown);
        (await SendAsync(new string('x', 5000))).Should().Be(SurveyPost.Unknown);
        (await SendAsync("")).Should().Be(SurveyPost.Unknown);
        _survey.State = SurveyState.Draft;
        (await SendAsync(_survey.Code)).Should().Be(SurveyPost.Unknown);
        _survey.State = SurveyState.Open;
        _intake.Written.Add(new Case
        {
            OrganisationId = _district.Id,
            Id = _survey.CaseId,
            Kind = CaseKind.SixStep,
            Title = "限制查阅",
            Restricted = true,
            OpenedAt = District.Now,
        });

        (await SendAsync(_survey.Code)).Should().Be(SurveyPost.Unknown);
    }

    [Fact]
    public async Task In_a_survey_with_names_an_answer_says_whose_it_is_and_in_an_anonymous_one_it_does_not()
    {
        await SendAsync((await AskAsync(1))[0]);
        _survey.Anonymous = false;
        var named = (await AskAsync(1))[^1];
        await SendAsync(named);

        Answers[0].InvitationId.Should().BeNull();
        Answers[1].InvitationId.Should().Be(Asked[1].Id);
    }

    private List<SurveyAnswer> Answers => [.. _intake.Written.OfType<SurveyAnswer>()];

    private List<SurveyInvitation> Asked => [.. _intake.Written.OfType<SurveyInvitation>()];

    /// <summary>Asks so many more people; answers their tokens.</summary>
    private async Task<List<string>> AskAsync(int count)
    {
        for (var at = 0; at < count; at++)
        {
            _intake.Written.Add(new SurveyInvitation
            {
                OrganisationId = _district.Id,
                Id = SurveyInvitationId.New(),
                SurveyId = _survey.Id,
                Name = $"居民{at}",
                Email = $"r{at}@example.org",
            });
        }

        await _answers.KeepUpAsync(_district.Id, _survey.Id, default);
        return [.. _intake.Mail.Surveys.Select(one => one.Token)];
    }

    private async Task<SurveyPost> SendAsync(string token, string visitor = "v") => (await _answers.AnswerAsync(
        _district.Id, token, new Dictionary<string, string> { ["solved"] = "4", ["satisfied"] = "5" }, () => visitor,
        default)).Post;

    private async Task<SurveyPost> PaperAsync(
        string operation, SurveyInvitationId? whose) => (await _answers.EnterAsync(
        _district.Id, _survey.Id, new Dictionary<string, string> { ["solved"] = "3", ["satisfied"] = "3" }, whose,
        operation, default)).Post;

    private Survey Make() => new()
    {
        OrganisationId = _district.Id,
        Id = SurveyId.New(),
        CaseId = CaseId.New(),
        Title = new("满意度"),
        Purpose = SurveyPurpose.Satisfaction,
        Questions = [.. Questionnaires.Find(Questionnaires.Satisfaction)!.Questions],
        Code = "CODE2345",
        HasOpenLink = true,
        State = SurveyState.Open,
        OpensOn = new(2026, 3, 2),
        ClosesOn = new(2026, 3, 12),
        MadeAt = District.Now,
    };
}
