using System.Net;
using Consultation.Cases.Matters;
using Consultation.Storage;
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
        await browser.GetAsync(browser.Page.QuerySelector("a[href*='/follow?']")!.GetAttribute("href")!);
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

    private async Task<int> CountAsync(string title)
    {
        await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
        return await db.Set<Matter>().CountAsync(matter => matter.Title == title);
    }
}
