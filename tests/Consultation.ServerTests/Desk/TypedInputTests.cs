using System.Globalization;
using System.Net;
using System.Text;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>What people type and paste at the desk's and the public's forms, and what they look for then.</summary>
public sealed class TypedInputTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    private const string Invisible = "\u200b\u3164\u202e\ufeff";

    [Theory]
    [InlineData("１３８００００００００", "13800000000")]
    [InlineData("\u202d13800000000\u202c", "13800000000")]
    [InlineData("138\u00a00000\u00a00000", "138 0000 0000")]
    [InlineData("010—65550000", "010-65550000")]
    public async Task A_phone_is_taken_however_it_was_pasted(string typed, string kept)
    {
        var title = "电话格式" + Guid.NewGuid().ToString("N");

        await HandInAsync(title, new() { ["proposer-phone"] = typed });

        await using var db = desk.Services.GetRequiredService<Database>().Open();
        (await db.Matters.SingleAsync(matter => matter.Title == title)).ProposerPhone.Should().Be(kept);
    }

    [Fact]
    public async Task A_title_of_which_nothing_can_be_seen_is_refused_at_every_form()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        await browser.PostAsync(
            "hand-in", new() { ["title"] = Invisible, ["text"] = "看不见标题的事项", ["consent"] = "true" });
        Wrong(browser, "title");
        using var secretary = await desk.AsAsync("secretary");
        foreach (var (address, form, field) in new[]
        {
            ("/matters/new", "matter", "title"), ("/cases/new", "open-case", "title"),
            ("/plans/new", "open-plan", "title"), ("/people/new", "person", "name"), ("/units/new", "unit", "name"),
        })
        {
            await secretary.GetAsync(address);
            await secretary.PostAsync(form, new() { [field] = Invisible, ["kind"] = "Department" });
            Wrong(secretary, field);
        }
    }

    [Theory]
    [InlineData("wang@example.org", null)]
    [InlineData("ｗａｎｇ＠ｅｘａｍｐｌｅ．ｏｒｇ", null)]
    [InlineData("wang@example。org", null)]
    [InlineData("wang@政务.中国", null)]
    [InlineData("王@example.org", "不像一个电子邮箱")]
    [InlineData("wang!x@example.org", "不像一个电子邮箱")]
    [InlineData("wang@example.org, li@example.org", "邮箱")]
    [InlineData("wang@example.org\u2028Bcc: all@example.org", "邮箱")]
    public async Task One_rule_for_mail_addresses_holds_at_every_door(string address, string? words)
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/people/new");
        await secretary.PostAsync("person", new() { ["name"] = "王邮箱", ["email"] = address });
        var person = secretary.Page.QuerySelector("#field-email .invalid-feedback")?.TextContent;
        await secretary.GetAsync("/matters/new");
        await secretary.PostAsync(
            "matter", new() { ["title"] = "邮箱试验", ["text"] = "这是邮箱试验的内容", ["proposer-email"] = address });
        var matter = secretary.Page.QuerySelector("#field-proposer-email .invalid-feedback")?.TextContent;
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        await browser.PostAsync("hand-in", new()
        {
            ["title"] = "邮箱试验",
            ["text"] = "这是邮箱试验的内容",
            ["proposer-email"] = address,
            ["consent"] = "true",
        });
        var handIn = browser.Page.QuerySelector("#field-proposer-email .invalid-feedback")?.TextContent;

        if (words is null)
        {
            (person, matter, handIn).Should().Be((null, null, null));
            return;
        }

        person.Should().Contain(words);
        (matter, handIn).Should().Be((person, person));
    }

    [Theory]
    [InlineData("ａｂｃ１２３")]
    [InlineData("ABC123")]
    [InlineData("消防通道堵了")]
    [InlineData("查找人刘")]
    [InlineData("１３９１２３４５６７８")]
    [InlineData("139-1234-5678")]
    public async Task A_search_finds_words_of_the_text_the_proposer_and_the_phone(string words)
    {
        await HandInAsync("查找试验 Abc123", new()
        {
            ["text"] = "晚上消防通道堵了出不去",
            ["proposer-name"] = "查找人刘洋",
            ["proposer-phone"] = "139 1234 5678",
        });
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync("/matters?q=" + Uri.EscapeDataString(words));

        secretary.Text.Should().Contain("查找试验 Abc123");
    }

    [Theory]
    [InlineData("/matters")]
    [InlineData("/cases")]
    [InlineData("/plans")]
    [InlineData("/tracking")]
    [InlineData("/people")]
    [InlineData("/units")]
    [InlineData("/outbox")]
    [InlineData("/tasks")]
    public async Task A_page_behind_the_last_one_shows_the_last_one(string list)
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync(list + "?size=20");
        var any = secretary.Page.QuerySelector(".data-table tbody tr") is not null;

        await secretary.GetAsync(list + "?size=20&page=99999");

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (secretary.Page.QuerySelector(".data-table tbody tr") is not null).Should().Be(any, secretary.Text);
        secretary.Page.QuerySelector("[rel=next]").Should().BeNull();
    }

    [Fact]
    public async Task Only_days_off_of_a_calendar_file_become_days_off_and_what_is_left_out_is_said()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/calendar/import?year=2026");

        await secretary.UploadAsync("read", "file", "c.ics", Encoding.UTF8.GetBytes(Calendar(
            ("20260312", "植树节"), ("20260910", "教师节"), ("20261001", "国庆节（休）"))));

        var rows = secretary.Page.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        rows.Should().ContainSingle().Which.Should().Contain("国庆节").And.Contain("法定节假日");
        secretary.Page.QuerySelector(".alert-warning")!.TextContent.Should().Contain("植树节").And.Contain("教师节");
    }

    [Fact]
    public async Task A_calendar_file_of_an_older_Chinese_program_is_read()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/calendar/import?year=2026");

        await secretary.UploadAsync("read", "file", "c.ics", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!
            .GetBytes(Calendar(("20260214", "春节（班）"))));

        secretary.Page.QuerySelector("tbody tr")!.TextContent.Should().Contain("春节").And.Contain("调休上班");
    }

    [Fact]
    public async Task A_plan_that_reaches_into_a_year_without_holidays_says_so_where_it_starts_on_its_page_and_at_home()
    {
        using var secretary = await desk.AsAsync("secretary");
        var start = await OpenFarPlanAsync(secretary);
        var unknown = (start.Year + 1).ToString(CultureInfo.InvariantCulture);

        await secretary.FollowAsync();
        var plan = secretary.Page.QuerySelectorAll(".alert-warning").Select(one => one.TextContent).ToList();
        var import = secretary.Page.QuerySelector("a[href^='/calendar/import']");
        await secretary.GetAsync("/");
        var home = secretary.Page.QuerySelectorAll(".alert-warning").Select(one => one.TextContent).ToList();
        await secretary.GetAsync("/plans/new");
        await secretary.PostAsync("open-plan", new()
        {
            ["title"] = "",
            ["start"] = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
        var form = secretary.Page.QuerySelectorAll(".alert-warning").Select(one => one.TextContent).ToList();

        foreach (var said in new[] { plan, home, form })
        {
            said.Should().Contain(one => one.Contains(unknown) && one.Contains("节假日还没有录入"));
        }

        import!.GetAttribute("href").Should().StartWith("/calendar/import?year=");
    }

    /// <summary>A plan that begins so late that it ends in the next year.</summary>
    private async Task<DateOnly> OpenFarPlanAsync(DeskBrowser secretary)
    {
        await secretary.GetAsync("/plans/new");
        var group = secretary.Page.QuerySelectorAll("select[name=group] option")
            .Select(option => option.GetAttribute("value")).First(value => value is { Length: > 0 })!;
        var today = DateOnly.FromDateTime(
            desk.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(8).DateTime);
        var year = today.DayNumber + 366 > new DateOnly(today.Year + 1, 12, 20).DayNumber ? today.Year + 1 : today.Year;
        for (var day = new DateOnly(year, 12, 14); ; day = day.AddDays(1))
        {
            await secretary.PostAsync("open-plan", new()
            {
                ["title"] = "跨年计划",
                ["group"] = group,
                ["start"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            });
            if (secretary.Answer.Headers.Location is not null) return day;
            day.Day.Should().BeLessThan(25, secretary.Text);
        }
    }

    private async Task HandInAsync(string title, Dictionary<string, string> typed)
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        typed.TryAdd("text", "这是测试格式的内容文字");
        typed["title"] = title;
        typed["consent"] = "true";
        await browser.PostAsync("hand-in", typed);
        browser.Answer.Headers.Location.Should().NotBeNull(browser.Text);
    }

    private static void Wrong(DeskBrowser browser, string field)
    {
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "nothing was stored");
        browser.Page.QuerySelector($"#field-{field} .invalid-feedback").Should().NotBeNull(browser.Text);
    }

    private static string Calendar(params (string Day, string Name)[] events) =>
        "BEGIN:VCALENDAR\r\n" + string.Concat(events.Select(one =>
            $"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{one.Day}\r\nSUMMARY:{one.Name}\r\nEND:VEVENT\r\n"))
        + "END:VCALENDAR\r\n";
}
