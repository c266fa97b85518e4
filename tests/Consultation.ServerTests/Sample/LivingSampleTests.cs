using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Outgoing;
using Consultation.Server.Sample;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Sample;

/// <summary>What --sample shows: an organisation in the middle of its work.</summary>
public sealed partial class LivingSampleTests(LivingSample sample) : IClassFixture<LivingSample>
{
    [Fact]
    public async Task There_is_a_case_in_each_of_the_six_steps_and_nothing_went_wrong()
    {
        sample.Services.GetRequiredService<SampleLife>().Refused.Should().BeEmpty();
        await using var db = sample.Open();
        (await db.Incidents.Select(incident => incident.Message).ToListAsync()).Should().BeEmpty();
        var cases = await db.Cases.Where(one => one.Kind == CaseKind.SixStep).ToListAsync();

        cases.Where(one => one.State == CaseState.Open).Select(one => one.Step).Should()
            .Contain(["topic", "research", "participants", "meeting", "submission", "follow-up"]);
        cases.Should().Contain(one => one.State == CaseState.Closed && one.IsPublic);
        var now = sample.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var open = await db.Tasks.Where(task => task.State == TaskState.Open).ToListAsync();
        open.Should().Contain(task => TaskLateness.IsLate(task.DueAt, now), "some are late");
        open.Should().Contain(task => !TaskLateness.IsLate(task.DueAt, now), "most are not");
        (await db.Tasks.CountAsync(task => task.OpenedAt > now)).Should().Be(0);
        (await db.History.CountAsync(line => line.At > now)).Should().Be(0);
    }

    [Fact]
    public async Task The_ten_week_plan_is_in_its_sixth_week_with_reports_and_items()
    {
        await using var db = sample.Open();
        var plan = await db.Cases.SingleAsync(one => one.Kind == CaseKind.TenWeekPlan);
        var calendar = await CalendarAsync(plan.OrganisationId);
        var today = calendar.DayOf(sample.Services.GetRequiredService<TimeProvider>().GetUtcNow());

        (calendar.WorkingDaysBetween(plan.StartDate!.Value, today) / 5 + 1).Should().Be(6);
        plan.Step.Should().Be("weeks-5-8");
        (await db.PlanPhases.CountAsync(phase => phase.CaseId == plan.Id && phase.LeftAt != null)).Should().Be(2);
        (await db.TrackedItems.Where(item => item.CaseId == plan.Id).ToListAsync()).Should()
            .HaveCountGreaterThan(1).And.Contain(item => item.Percent > 0);
    }

    [Fact]
    public async Task Tracked_items_are_done_in_progress_late_and_stalled()
    {
        await using var db = sample.Open();
        var items = await db.TrackedItems.ToListAsync();
        var today = (await CalendarAsync(items[0].OrganisationId))
            .DayOf(sample.Services.GetRequiredService<TimeProvider>().GetUtcNow());

        items.Select(item => item.State).Should()
            .Contain([TrackedItemState.Done, TrackedItemState.InProgress, TrackedItemState.Stalled]);
        items.Should().Contain(item => item.Stall == StallReason.NoEntry);
        items.Should().Contain(item => item.State != TrackedItemState.Done && item.DueOn < today);
    }

    [Fact]
    public async Task A_published_result_stands_on_the_public_page()
    {
        using var browser = sample.Browser();

        await browser.GetAsync("/p/sample");

        browser.Text.Should().Contain("河畔步道夜间照明");
    }

    [Fact]
    public async Task Mails_lie_in_the_folder_and_the_console_says_how_to_open_them()
    {
        await using var db = sample.Open();

        Directory.GetFiles(sample.Outbox, "*.eml").Should().HaveCountGreaterThan(100);
        (await db.Mails.CountAsync(mail => mail.State == MailState.Failed)).Should().Be(0);
        sample.Console.Should().Contain("/outbox").And.Contain(sample.Outbox).And.Contain("secretary")
            .And.Contain("open them in the outbox");
    }

    [Fact]
    public async Task The_secretary_opens_the_links_in_the_mails_of_others()
    {
        await using var db = sample.Open();
        var gate = await db.Tasks.FirstAsync(task => task.State == TaskState.Open && task.ActivityId == "SignOff");
        var mail = await db.Mails.FirstAsync(one => one.TaskId == gate.Id.Value && one.State == MailState.Sent);
        using var browser = await sample.AsAsync("secretary");

        await browser.GetAsync($"/outbox/{mail.Id.Value:N}/body");
        var link = Link().Match(browser.Page.DocumentElement.OuterHtml);
        using var visitor = sample.Browser();
        await visitor.GetAsync(link.Groups[1].Value);

        link.Success.Should().BeTrue("the mail shows its real link");
        visitor.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        visitor.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty(visitor.Text);
    }

    [Fact]
    public async Task No_page_mail_or_document_shows_the_code_of_a_requirement()
    {
        using var browser = await sample.AsAsync("secretary");
        var pages = await LivingSample.WalkAsync(browser, ofEachKind: 3);
        await using var db = sample.Open();
        var mails = await db.Mails.AsNoTracking().ToListAsync();
        var documents = await db.Documents.AsNoTracking().ToListAsync();
        var lines = await db.History.ToListAsync();

        pages.Should().HaveCountGreaterThan(30);
        pages.Where(page => Code().IsMatch(page.Value))
            .Select(page => $"{page.Key}: {Around(page.Value)}").Should().BeEmpty();
        mails.Select(mail => mail.Subject + mail.TextBody).Where(mail => Code().IsMatch(mail)).Should().BeEmpty();
        documents.Should().HaveCountGreaterThan(20);
        documents.Where(document => Code().IsMatch(WordsOf(document.Content))).Select(document => document.Kind)
            .Should().BeEmpty();
        lines.Where(line => Code().IsMatch(line.Text.Zh + line.Text.En)).Should().BeEmpty();
    }

    private async Task<WorkingCalendar> CalendarAsync(OrganisationId organisation)
    {
        await using var db = sample.Open();
        return (await sample.Services.GetRequiredService<DirectoryCache>().FindAsync(db, organisation, default))!
            .Calendar;
    }

    /// <summary>What a document of Word or Excel says.</summary>
    private static string WordsOf(byte[] document)
    {
        using var zip = new ZipArchive(new MemoryStream(document));
        return string.Join(' ', zip.Entries.Where(entry => entry.Name is "document.xml" or "sharedStrings.xml"
            || entry.Name.StartsWith("sheet", StringComparison.Ordinal))
            .Select(entry => Tags().Replace(new StreamReader(entry.Open()).ReadToEnd(), " ")));
    }

    private static string Around(string page)
    {
        var at = Code().Match(page).Index;
        return page.Substring(Math.Max(0, at - 60), Math.Min(130, page.Length - Math.Max(0, at - 60)));
    }

    /// <summary>A code such as Q86, P14 or O17 as a word of its own, outside of addresses and ids.</summary>
    [GeneratedRegex(@"(?<![\w/#&%=+.-])[PQO]\d{1,3}(?![\w-])")]
    private static partial Regex Code();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("href=\"[^\"]*?(/(?:t|link)/[A-Za-z0-9_-]{30,})\"")]
    private static partial Regex Link();
}
