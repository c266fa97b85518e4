using System.Text.Json;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Surveys;
using Consultation.Runtime.Loops;
using Consultation.Storage.Cases;
using Consultation.Storage.Matters;
using Consultation.Storage.Reading.Surveys;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.StorageTests.Cases;

/// <summary>Forty people are asked, on every database: some answer, some twice, some on paper, some never.</summary>
public abstract class SurveyContract(TestDatabase database)
{
    private const int Asked = 40;

    [SkippableFact]
    public async Task Forty_people_are_counted_once_each_and_no_row_of_an_answer_leads_to_one_of_them()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var answers = new SurveyAnswers(
            new IntakeStore(host.Database, host.Directories, new WakeUp(), host.Clock),
            new UseCaseMail(MailMaking.Composer()), host.Clock);
        var worker = new SurveyWorker(host.Database, answers, host.Clock, NullLogger<SurveyWorker>.Instance);
        var survey = await AddAsync(host);
        await worker.TurnAsync(default);
        var tokens = await TokensAsync(host);
        tokens.Should().HaveCount(Asked);

        // In reverse, so that an order that was kept would show; each says a word of its own.
        var order = Enumerable.Range(0, 25).Reverse().ToList();
        foreach (var at in order) (await SendAsync(host, answers, tokens[at], $"词{at}")).Should().Be(SurveyPost.Taken);
        foreach (var at in order.Take(5))
        {
            (await SendAsync(host, answers, tokens[at], "再来一次")).Should().Be(SurveyPost.Before);
        }

        var whose = (await InvitationsAsync(host)).Where(one => !one.Answered).Select(one => one.Id).Take(5).ToList();
        foreach (var id in whose)
        {
            (await answers.EnterAsync(
                host.Seed.Organisation.Id, survey, Values("纸"), id, $"paper-operation-{id.Value:N}", default)).Post
                .Should().Be(SurveyPost.Taken);
        }

        (await SendAsync(host, answers, "CODE2345", "公开", "visitor-1")).Should().Be(SurveyPost.Taken);
        (await SendAsync(host, answers, "CODE2345", "公开", "visitor-1")).Should().Be(SurveyPost.Before);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(host, answers, tokens[30], "四次同时")));
        await worker.TurnAsync(default);

        var rows = await AnswersAsync(host);
        rows.Should().HaveCount(25 + 5 + 1 + 1);
        await using (var db = host.Database.Open())
        {
            var counted = (await db.Surveys.AsNoTracking().SingleAsync()).Counted!;
            (counted.Answers, counted.OnPaper, counted.Invited, counted.AnsweredOfInvited).Should().Be((32, 5, 40, 31));
            (await new SurveyReader(host.Database).CountAsync(await db.Surveys.SingleAsync(), default))
                .Should().BeEquivalentTo(counted);
        }

        await NothingLeadsAsync(host, rows, order);
    }

    [SkippableFact]
    public async Task Whoever_is_silent_is_reminded_twice_and_forgotten_when_the_survey_is_over()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var answers = new SurveyAnswers(
            new IntakeStore(host.Database, host.Directories, new WakeUp(), host.Clock),
            new UseCaseMail(MailMaking.Composer()), host.Clock);
        var worker = new SurveyWorker(host.Database, answers, host.Clock, NullLogger<SurveyWorker>.Instance);
        await AddAsync(host);
        for (var day = 0; day < 14; day++)
        {
            await worker.TurnAsync(default);
            await worker.TurnAsync(default);
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        await using var db = host.Database.Open();
        var mails = await db.Mails.AsNoTracking().Select(mail => mail.Purpose).ToListAsync();
        mails.Count(one => one == "survey-invitation").Should().Be(Asked);
        mails.Count(one => one == "survey-reminder").Should().Be(2 * Asked);
        (await db.Surveys.AsNoTracking().SingleAsync()).State.Should().Be(SurveyState.Closed);
        (await InvitationsAsync(host)).Should().OnlyContain(one => one.Email == null && one.Name == null);
    }

    /// <summary>No id, no text, no time and no order of an answer is found again in what says who was asked.</summary>
    private static async Task NothingLeadsAsync(TemporaryHost host, List<SurveyAnswer> rows, List<int> order)
    {
        rows.Should().OnlyContain(one => one.InvitationId == null);
        var asked = await InvitationsAsync(host);
        await using var db = host.Database.Open();
        var links = await db.SurveyLinks.AsNoTracking().ToListAsync();
        var known = JsonSerializer.Serialize(new
        {
            asked,
            links,
            mails = await db.Mails.AsNoTracking().Select(mail => new { mail.Id, mail.TextBody }).ToListAsync(),
            history = await db.History.AsNoTracking().ToListAsync(),
            operations = await db.Operations.AsNoTracking().Select(one => new { one.Id, one.Answer }).ToListAsync(),
        });
        foreach (var row in rows)
        {
            known.Should().NotContain(row.Id.Value.ToString("N")).And.NotContain(row.Id.Value.ToString("D"));
            var own = JsonSerializer.Serialize(row);
            asked.Should().NotContain(one => own.Contains(one.Id.Value.ToString("D"), StringComparison.Ordinal)
                || own.Contains(one.Name!, StringComparison.Ordinal));
        }

        var said = rows.Where(row => row.Way == AnswerWay.Link).OrderBy(row => row.Id.Value)
            .Select(row => row.Values["good"]).ToList();
        said.Should().NotEqual(order.Select(at => $"词{at}"), "random ids keep no order");
        typeof(SurveyAnswer).GetProperties().Should().NotContain(one => one.PropertyType == typeof(DateTimeOffset));
        typeof(SurveyInvitation).GetProperties().Should()
            .NotContain(one => one.PropertyType == typeof(DateTimeOffset));
    }

    private static async Task<SurveyPost> SendAsync(
        TemporaryHost host, SurveyAnswers answers, string token, string word, string visitor = "v") =>
        (await answers.AnswerAsync(host.Seed.Organisation.Id, token, Values(word), () => visitor, default)).Post;

    private static Dictionary<string, string> Values(string word) =>
        new() { ["solved"] = "4", ["satisfied"] = "5", ["good"] = word };

    private static async Task<List<SurveyAnswer>> AnswersAsync(TemporaryHost host)
    {
        await using var db = host.Database.Open();
        return await db.SurveyAnswers.AsNoTracking().ToListAsync();
    }

    private static async Task<List<SurveyInvitation>> InvitationsAsync(TemporaryHost host)
    {
        await using var db = host.Database.Open();
        return [.. (await db.SurveyInvitations.AsNoTracking().ToListAsync()).OrderBy(one => one.Id.Value)];
    }

    private static async Task<List<string>> TokensAsync(TemporaryHost host)
    {
        await using var db = host.Database.Open();
        return await db.Mails.AsNoTracking().Where(mail => mail.Secret != null).OrderBy(mail => mail.RecipientAddress)
            .Select(mail => mail.Secret!).ToListAsync();
    }

    private static async Task<SurveyId> AddAsync(TemporaryHost host)
    {
        var list = Questionnaires.Find(Questionnaires.Satisfaction)!;
        var survey = new Survey
        {
            OrganisationId = host.Seed.Organisation.Id,
            Id = SurveyId.New(),
            CaseId = CaseId.New(),
            Title = list.Title,
            Intro = list.Intro,
            Purpose = list.Purpose,
            Questions = [.. list.Questions],
            Code = "CODE2345",
            HasOpenLink = true,
            State = SurveyState.Open,
            OpensOn = new(2026, 3, 2),
            ClosesOn = new(2026, 3, 12),
            MadeAt = TemporaryHost.Now,
        };
        await using var db = host.Database.Open();
        db.Add(survey);
        for (var at = 0; at < Asked; at++)
        {
            db.Add(new SurveyInvitation
            {
                OrganisationId = survey.OrganisationId,
                Id = SurveyInvitationId.New(),
                SurveyId = survey.Id,
                Name = $"居民{at:D2}号",
                Email = $"r{at:D2}@example.org",
            });
        }

        await db.SaveChangesAsync();
        return survey.Id;
    }
}

public sealed class SqliteSurveyTests(SqliteDatabase database)
    : SurveyContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlSurveyTests(PostgreSqlDatabase database)
    : SurveyContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerSurveyTests(SqlServerDatabase database)
    : SurveyContract(database), IClassFixture<SqlServerDatabase>;
