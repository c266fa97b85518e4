using System.Diagnostics;
using System.Net;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Publishing;
using Consultation.Storage;
using Consultation.Storage.Reading.Matters;
using Consultation.Storage.Reading.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>What everybody can do without signing in.</summary>
public sealed class PublicHallTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public async Task A_matter_handed_in_twice_is_registered_once_and_can_be_followed()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        var operation = browser.Page.QuerySelector("input[name=operation]")!.GetAttribute("value")!;
        Dictionary<string, string> typed = new()
        {
            ["title"] = "小区晚上没有车位",
            ["text"] = "晚上九点以后消防通道停满了车，消防车进不来。",
            ["consent"] = "true",
            ["operation"] = operation,
        };

        await browser.PostAsync("hand-in", typed);
        var thanks = browser.Answer.Headers.Location!.ToString();
        await browser.GetAsync("/p/sample/new");
        await browser.PostAsync("hand-in", typed);

        (await CountAsync("小区晚上没有车位")).Should().Be(1);
        await browser.GetAsync(thanks);
        browser.Answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        await browser.PostAsync("follow", []);
        browser.Text.Should().Contain("小区晚上没有车位");
    }

    [Fact]
    public async Task Without_consent_nothing_is_stored_and_nothing_typed_is_lost()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");

        await browser.PostAsync("hand-in", new() { ["title"] = "没有同意的事项", ["text"] = "广场舞声音太大，影响休息。" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelector("[name=title]")!.GetAttribute("value").Should().Be("没有同意的事项");
        (await CountAsync("没有同意的事项")).Should().Be(0);
    }

    [Fact]
    public async Task Everything_that_is_missing_is_said_at_once()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");

        await browser.PostAsync("hand-in", []);

        browser.Page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href"))
            .Should().BeEquivalentTo("#field-title", "#field-text", "#field-consent");
    }

    [Fact]
    public async Task A_robot_that_fills_the_trap_is_thanked_and_stores_nothing()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");

        await browser.PostAsync("hand-in", new()
        {
            ["title"] = "机器人的事项",
            ["text"] = "buy now buy now buy now",
            ["consent"] = "true",
            ["website"] = "http://example.org",
        });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await CountAsync("机器人的事项")).Should().Be(0);
    }

    [Fact]
    public async Task Whoever_works_on_a_matter_reads_that_it_was_withdrawn()
    {
        using var resident = desk.Browser();
        await resident.GetAsync("/p/sample/new");
        var platform = resident.Page.QuerySelectorAll("select[name=platform] option")
            .Select(option => option.GetAttribute("value")).First(value => value is { Length: > 0 });
        await resident.PostAsync("hand-in", new()
        {
            ["title"] = "撤回以后专人要知道",
            ["text"] = "这件事我自己解决了，先提交再撤回。",
            ["platform"] = platform!,
            ["consent"] = "true",
        });
        await resident.FollowAsync();
        await resident.PostAsync("follow", []);
        await resident.PostAsync("take-back", []);
        resident.Text.Should().Contain("您已撤回");

        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/matters?q=撤回以后专人要知道");
        await secretary.GetAsync(secretary.Page.QuerySelector("td a[href^='/matters/']")!.GetAttribute("href")!);
        var file = secretary.Page.QuerySelector("main a[href^='/cases/']")!.GetAttribute("href")!;
        await secretary.GetAsync($"{file}?tab=matters");

        secretary.Text.Should().Contain("提出人已撤回这件事项");
    }

    [Fact]
    public async Task A_wrong_code_tells_nothing()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/follow");

        await browser.PostAsync("follow", new() { ["n"] = "SX2026-000001", ["s"] = "guessed" });

        browser.Text.Should().Contain("没有查到");
    }

    [Fact]
    public async Task A_hall_that_does_not_exist_is_not_found()
    {
        using var browser = desk.Browser();

        await browser.GetAsync("/p/nowhere");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/p")]
    [InlineData("/p/sample/x/0198")]
    [InlineData("/p/sample/nothing/here")]
    public async Task An_address_that_was_cut_off_is_not_found_and_asks_nobody_to_sign_in(string address)
    {
        using var browser = desk.Browser();

        await browser.GetAsync(address);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        browser.Page.QuerySelector("form[action='/sign-in']").Should().BeNull();
    }

    [Fact]
    public async Task Markup_in_a_matter_stays_words()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        await browser.PostAsync(
            "hand-in", new()
            {
                ["title"] = "<b>标签</b>测试事项",
                ["text"] = "<script>alert(1)</script> 这是一段文字说明。",
                ["consent"] = "true",
            });
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync("/matters?q=标签");

        secretary.Text.Should().Contain("<b>标签</b>测试事项");
        secretary.Page.QuerySelectorAll("td b").Should().BeEmpty();
    }

    [Fact]
    public async Task The_root_is_everybodys_page_with_a_sign_in_and_the_desk_of_whoever_is_signed_in()
    {
        using var visitor = desk.Browser();
        await visitor.GetAsync("/");
        visitor.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        visitor.Page.QuerySelector("a[href='/sign-in']").Should().NotBeNull();
        visitor.Page.QuerySelector("a[href='/p/sample/new']").Should().NotBeNull();
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync("/");

        secretary.Page.QuerySelector(".desk-nav").Should().NotBeNull();
        secretary.Text.Should().Contain("等我办理");
        await secretary.GetAsync("/p/sample");
        secretary.Page.QuerySelector(".desk-head a.language[href='/']").Should().NotBeNull("the desk is one step away");
    }

    [Fact]
    public async Task Guesses_at_one_number_are_slowed_down_and_another_number_is_not()
    {
        using var browser = desk.Browser();
        for (var guess = 0; guess < 10; guess++)
        {
            await browser.GetAsync($"/p/sample/follow?n=SX2026-777777&s=guess{guess:D3}");
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        await browser.GetAsync("/p/sample/follow?n=SX2026-777777&s=guess011");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        browser.Answer.Headers.RetryAfter.Should().NotBeNull();
        browser.Text.Should().Contain("分钟再试");
        await browser.GetAsync("/p/sample/follow?n=SX2026-777778&s=guess011");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_at_the_page_that_asks_back_are_slowed_down_too()
    {
        using var browser = desk.Browser();
        for (var guess = 0; guess < 10; guess++)
        {
            await browser.GetAsync($"/p/sample/reply?n=SX2026-777779&k=guess{guess:D3}");
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        await browser.GetAsync("/p/sample/reply?n=SX2026-777779&k=guess011");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        browser.Text.Should().Contain("分钟再试");
    }

    [Fact]
    public async Task A_browser_that_has_the_page_already_gets_an_empty_answer()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/p/sample");
        again.Headers.IfNoneMatch.Add(browser.Answer.Headers.ETag!);

        using var answer = await browser.Client.SendAsync(again);

        answer.StatusCode.Should().Be(HttpStatusCode.NotModified);
        answer.Headers.CacheControl!.NoCache.Should().BeTrue();
        using var feed = await browser.Client.GetAsync("/p/sample/feed.atom");
        feed.Content.Headers.ContentType!.MediaType.Should().Be("application/atom+xml");
        System.Xml.Linq.XDocument.Parse(await feed.Content.ReadAsStringAsync()).Root!.Name.LocalName
            .Should().Be("feed");
        (await browser.Client.GetStringAsync("/p/sample/meetings.ics")).Should().StartWith("BEGIN:VCALENDAR");
    }

    [Fact]
    public async Task The_page_of_the_halls_asks_the_database_as_often_however_much_is_published()
    {
        var few = await StatementsAsync();
        await PublishAsync(40);

        var many = await StatementsAsync();

        // The fifth list entry and beyond: one count, and once what stands beside the entries.
        (many.Count - few.Count).Should().BeLessThanOrEqualTo(4, string.Join('\n', many));
        many.Should().HaveCountLessThanOrEqualTo(14, string.Join('\n', many));
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample");
        browser.Text.Should().Contain("很多结果 39").And.Contain("全部 40 项").And.NotContain("很多结果 34");
    }

    private async Task<IReadOnlyCollection<string>> StatementsAsync()
    {
        var reader = desk.Services.GetRequiredService<PublicReader>();
        var publications = desk.Services.GetRequiredService<PublicationReader>();
        using var counted = new CountedStatements();
        // EF Core remembers for a second that nobody listened.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(1.5);)
        {
            await reader.FindHallAsync("sample", default);
        }

        counted.Clear();
        var hall = (await reader.FindHallAsync("sample", default))!;
        await publications.FrontAsync(hall.Id, new DateOnly(2026, 1, 1), 5, default);
        return [.. counted.Texts];
    }

    private async Task PublishAsync(int results)
    {
        await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
        var file = await db.Cases.FirstAsync();
        var at = desk.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-1);
        db.AddRange(Enumerable.Range(0, results).Select(number => new Publication
        {
            OrganisationId = desk.Organisation,
            Id = PublicationId.New(),
            CaseId = file.Id,
            Kind = PublicationKind.Result,
            Title = $"很多结果 {number}",
            Texts = [new("asked", "问了什么", FieldLevel.Public)],
            FirstAt = at,
            PublishedAt = at.AddMinutes(number),
            ChangedAt = at,
            ById = PersonId.New(),
        }));
        await db.SaveChangesAsync();
    }

    private async Task<int> CountAsync(string title)
    {
        await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
        return await db.Set<Matter>().CountAsync(matter => matter.Title == title);
    }
}
