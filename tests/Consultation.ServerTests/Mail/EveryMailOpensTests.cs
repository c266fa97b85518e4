using System.Net;
using System.Text.RegularExpressions;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.ServerTests.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// Whatever mail people without a log-in get, its link opens a page that says something; none leads to the sign-in page
/// alone. Over every kind of mail that the product has.
/// </summary>
public sealed partial class EveryMailOpensTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private static (WorkTask Gate, string Token)? _made;

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string>();
            foreach (var kind in MailTemplateCatalogue.Kinds)
            {
                kinds.Add(kind.Key, "zh");
                kinds.Add(kind.Key, "en");
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_of_mail_opens_a_page_with_content_for_people_without_a_log_in(
        string key, string language)
    {
        var (gate, token) = _made ??= await new CaseMoves(desk.Services).JudgedReportAsync();
        var body = await SentAsync(key, language, gate, token);
        if (key == MailTemplateCatalogue.Welcome) return; // Who gets it has a log-in from that moment on.

        var addresses = Address().Matches(body).Select(match => match.Value).Distinct().ToList();
        addresses.Should().NotBeEmpty($"{key} leads somewhere");
        foreach (var address in addresses)
        {
            using var browser = desk.Browser();
            await browser.GetAsync(address);
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, $"{key}: {address}");
            browser.Page.QuerySelector("input[type=password]").Should().BeNull($"{key} leads to no log-in");
            browser.Page.QuerySelector("main")!.TextContent.Trim().Length.Should().BeGreaterThan(40);
        }
    }

    [Fact]
    public async Task A_notice_shows_what_it_says_and_how_the_task_stands_now_and_looking_changes_nothing()
    {
        var (gate, _) = await new CaseMoves(desk.Services).JudgedReportAsync();
        var address = PathOf(await AddAsync(Draft(MailTemplateCatalogue.EscalationOffice, "zh", gate)));
        using var browser = desk.Browser();

        for (var turn = 0; turn < 3; turn++) await browser.GetAsync(address);
        using var head = await browser.Client.SendAsync(new(HttpMethod.Head, address));

        browser.Page.QuerySelector("h1")!.TextContent.Should().NotContain("[协商]").And.NotContain("{{");
        browser.Text.Should().Contain(gate.Number).And.Contain("现在的情况").And.Contain("待办").And.NotContain("{{");
        browser.Page.QuerySelectorAll("main form").Should().BeEmpty("nothing can be done there");
        browser.Answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        browser.Answer.Headers.GetValues("X-Robots-Tag").Single().Should().Contain("noindex");
        (await new CaseMoves(desk.Services).TaskAtAsync(gate.CaseId, "Gate")).Revision.Should().Be(gate.Revision);
    }

    [Fact]
    public async Task A_forged_address_tells_nothing_an_old_one_says_so_and_a_restricted_case_is_not_shown()
    {
        var (gate, _) = await new CaseMoves(desk.Services).JudgedReportAsync();
        var mail = await AddAsync(Draft(MailTemplateCatalogue.EscalationOffice, "zh", gate));
        var address = PathOf(mail);
        using var browser = desk.Browser();

        await browser.GetAsync(address[..^8] + "AAAAAAAA");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        browser.Text.Should().NotContain(gate.Number);
        await browser.GetAsync(desk.Services.GetRequiredService<UnsubscribeLink>().Address(
            new("http://localhost/"), mail.OrganisationId, mail.Id.Value)["http://localhost/digest/leave".Length..]
            .Insert(0, "/n"));
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound, "a token of another purpose opens nothing");

        await using var db = desk.Open();
        await db.Cases.Where(one => one.Id == gate.CaseId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Restricted, true));
        await browser.GetAsync(address);
        browser.Text.Should().Contain("限制查阅").And.NotContain(gate.Title.Zh).And.NotContain("河边步道");

        await db.Mails.Where(one => one.Id == mail.Id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.CreatedAt, mail.CreatedAt - NoticeLink.Life - TimeSpan.FromHours(1)));
        await browser.GetAsync(address);
        browser.Text.Should().Contain("这个链接已过期").And.NotContain(gate.Title.Zh);
    }

    [Fact]
    public async Task Who_is_signed_in_comes_to_the_desk_and_others_see_the_notice()
    {
        var (gate, _) = await new CaseMoves(desk.Services).JudgedReportAsync();
        var secretary = await desk.PersonAsync("secretary");
        var mail = await AddAsync(
            Draft(MailTemplateCatalogue.EscalationOffice, "zh", gate) with
            {
                Recipient = new("secretary@sample.example.org", secretary.Name, "zh", secretary.Id.Value),
            });
        using var own = await desk.AsAsync("secretary");
        using var other = await desk.AsAsync("director");

        await own.GetAsync(PathOf(mail));
        await other.GetAsync(PathOf(mail));

        own.Answer.Headers.Location!.OriginalString.Should().EndWith($"/tasks/{gate.Id.Value}");
        other.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Markup_in_names_and_titles_is_shown_as_it_was_typed()
    {
        var (gate, _) = await new CaseMoves(desk.Services).JudgedReportAsync();
        var mail = await AddAsync(Draft(MailTemplateCatalogue.Notice, "zh", gate) with
        {
            Values = new Dictionary<string, object?>
            {
                ["subject"] = "<script>alert(1)</script>",
                ["message"] = "第一行\n【任务】<img src=x onerror=alert(1)> {{page}} {{secret}}",
            },
        });
        using var browser = desk.Browser();

        await browser.GetAsync(PathOf(mail));

        browser.Page.QuerySelectorAll("main script, main img").Should().BeEmpty();
        browser.Text.Should().Contain("<script>alert(1)</script>");
    }

    /// <summary>The text part as it leaves, with its links filled in as the sender does.</summary>
    private async Task<string> SentAsync(string key, string language, WorkTask gate, string token)
    {
        var isTask = key is MailTemplateCatalogue.ApprovalRequest or MailTemplateCatalogue.OpinionRequest
            or MailTemplateCatalogue.WorkRequest or MailTemplateCatalogue.AcknowledgementRequest
            or MailTemplateCatalogue.ReportRequest or MailTemplateCatalogue.Reminder
            or MailTemplateCatalogue.FormalReminder or MailTemplateCatalogue.SensitiveTask
            or MailTemplateCatalogue.MeetingNotice or MailTemplateCatalogue.QuestionAsked
            or MailTemplateCatalogue.QuestionAnswered;
        var mail = await AddAsync(Draft(key, language, gate));
        var body = mail.TextBody;
        if (isTask)
        {
            // Assignees get a link of their own; others who are told get the page.
            body += $"\nhttp://localhost/link/{token}";
        }

        return body.Replace(MailPlaceholder.Page, "http://localhost" + PathOf(mail), StringComparison.Ordinal);
    }

    private static MailDraft Draft(string key, string language, WorkTask gate)
    {
        var values = MailTemplateCatalogue.Examples(key).Where(pair => pair.Key is not ("link" or "desk_link"))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        if (values.ContainsKey("follow_link"))
        {
            values["follow_link"] = "http://localhost/p/sample/follow?n=SX2026-000012";
        }

        if (key == MailTemplateCatalogue.Digest)
        {
            values["lines"] = new List<object?>
            {
                new Dictionary<string, object?> { ["text"] = "R2026-00031", ["link"] = MailPlaceholder.Page },
            };
        }

        return new()
        {
            OrganisationId = gate.OrganisationId.Value,
            Template = key,
            Recipient = new("guest@example.org", "来宾", language),
            Values = values,
            CaseId = gate.CaseId.Value,
            TaskId = gate.Id.Value,
            Concerning = Guid.NewGuid(),
        };
    }

    private async Task<OutgoingMail> AddAsync(MailDraft draft)
    {
        var mail = desk.Services.GetRequiredService<MailComposer>().Compose(
            draft, desk.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        // Not to be sent by the host's own loop while the test reads it.
        mail.State = MailState.Cancelled;
        await using var db = desk.Open();
        db.Add(mail);
        await db.SaveChangesAsync();
        return mail;
    }

    private string PathOf(OutgoingMail mail) => desk.Services.GetRequiredService<NoticeLink>().Address(
        new("http://localhost/"), mail.OrganisationId, mail.Id.Value)["http://localhost".Length..];

    [GeneratedRegex(@"(?<=http://localhost)/[^\s<>""]+")]
    private static partial Regex Address();
}
