using System.Net;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Posts;

/// <summary>
/// The Back button brings back a form with the hidden id that it was sent with. Filled in with something else it asks
/// for something else; sent as it was it asks for the same.
/// </summary>
public sealed class BackButtonTests(LiveDesk desk) : IClassFixture<LiveDesk>
{
    [Fact]
    public async Task Another_matter_handed_in_by_the_form_that_came_back_is_another_matter()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        var form = browser.Page;
        Dictionary<string, string> typed = new()
        {
            ["title"] = "小区门口路灯不亮",
            ["text"] = "三号楼前路灯坏了一个月，晚上看不见路。",
            ["consent"] = "true",
        };

        var first = await NumberAsync(typed);
        var again = await NumberAsync(typed);
        var other = await NumberAsync(new(typed) { ["title"] = "学校门口井盖丢失", ["text"] = "第三小学门口井盖丢了。" });

        again.Should().Be(first, "two clicks are one matter, with one receipt");
        other.Should().NotBe(first);
        await using var db = Open();
        (await db.Matters.CountAsync(matter => matter.Title == "小区门口路灯不亮")).Should().Be(1);
        (await db.Matters.CountAsync(matter => matter.Title == "学校门口井盖丢失")).Should().Be(1);

        // The number on the receipt that follows.
        async Task<string> NumberAsync(Dictionary<string, string> entry)
        {
            await SendAsync(browser, form, "hand-in", entry);
            await browser.FollowAsync();
            return browser.Page.QuerySelector(".big-number")!.TextContent;
        }
    }

    [Theory]
    [InlineData("/matters/new", "matter", "title", "text", "反映的内容写在这里。")]
    [InlineData("/people/new", "person", "name", "title", "")]
    public async Task Something_else_entered_by_the_form_that_came_back_is_stored_too(
        string address, string handler, string field, string other, string text)
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync(address);
        var form = browser.Page;
        var named = $"回退{handler}";

        await SendAsync(browser, form, handler, new() { [field] = named + "一", [other] = text });
        await SendAsync(browser, form, handler, new() { [field] = named + "一", [other] = text });
        await SendAsync(browser, form, handler, new() { [field] = named + "二", [other] = text });

        await using var db = Open();
        var stored = (await db.Matters.Select(row => row.Title).ToListAsync())
            .Concat(await db.People.Select(row => row.Name).ToListAsync())
            .Where(one => one.StartsWith(named, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        stored.Should().Equal(named + "一", named + "二");
    }

    [Fact]
    public async Task Another_case_opened_by_the_form_that_came_back_is_opened_or_refused_in_words_with_the_text()
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync("/matters");
        var matter = browser.Page.QuerySelector("input[name=matter]")!.GetAttribute("value");
        await browser.GetAsync($"/cases/new?matter={matter}");
        var form = browser.Page;
        var platform = form.QuerySelectorAll("select[name=platform] option")
            .Select(option => option.GetAttribute("value")).First(value => value is { Length: > 0 })!;

        var first = await SendAsync(browser, form, "open-case", new() { ["platform"] = platform, ["title"] = "回退案一" });
        var other = await SendAsync(browser, form, "open-case", new() { ["platform"] = platform, ["title"] = "回退案二" });

        first.Should().NotBeNull();
        other.Should().NotBe(first, "the first case is not shown for the second");
        await using var db = Open();
        (await db.Cases.AnyAsync(one => one.Title == "回退案二")).Should().BeTrue();
    }

    [Fact]
    public async Task A_post_without_an_id_of_ours_is_an_operation_of_its_own()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        foreach (var operation in new[] { "", "1", new string('9', 5000), "'; --" })
        {
            await browser.PostAsync("hand-in", new()
            {
                ["title"] = "没有编号的表单",
                ["text"] = "内容都一样的一件事情。",
                ["consent"] = "true",
                ["operation"] = operation,
            });

            browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
            await browser.GetAsync("/p/sample/new");
        }

        await using var db = Open();
        (await db.Matters.CountAsync(matter => matter.Title == "没有编号的表单")).Should().Be(4);
    }

    /// <summary>Sends a form that was shown earlier; where it led to.</summary>
    private static async Task<string?> SendAsync(
        DeskBrowser browser, AngleSharp.Html.Dom.IHtmlDocument form, string handler, Dictionary<string, string> typed)
    {
        browser.GoBackTo(form);
        await browser.PostAsync(handler, typed);
        return browser.Answer.Headers.Location?.ToString();
    }

    private ConsultationDb Open() => desk.Services.GetRequiredService<Database>().Open();
}
