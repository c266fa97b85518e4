using System.Net;
using Consultation.Cases.People;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Pages;

/// <summary>
/// Wrong dates, empty rosters and gates without an approver are said in words where they are entered; what was typed
/// stays.
/// </summary>
public sealed class WrongEntryTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    public static TheoryData<string, string, string, string, string> Wrong => new()
    {
        { "/plans/new", "open-plan", "start", "2026-02-31", "请按 2026-03-02 的样子填写开始日期" },
        { "/plans/new", "open-plan", "start", "1999-12-31", "开始日期应在" },
        { "/plans/new", "open-plan", "group", "", "请选择工作小组" },
        { "/matters/new", "matter", "raised-at", "2199-01-01", "今天或以前的日期" },
        { "/matters/new", "matter", "raised-at", "昨天", "日期" },
        { "/people/new", "person", "absent-from", "31.12.", "日期" },
        { "/people/new", "person", "email", "王强@某处", "邮箱" },
        { "/delegations", "delegate", "starts", "2026-13-01", "日期" },
        { "/delegations", "delegate", "ends", "2001-01-01", "结束" },
        { "/policies/reminders/standard", "reminder", "first", "很快", "请按“2 个工作日”或“3 天”的样子填写" },
        { "/cases/new", "open-case", "platform", "", "平台" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_value_is_named_beside_its_field_and_nothing_typed_is_lost(
        string address, string form, string field, string value, string words)
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync(address);
        var other = browser.Page.QuerySelector(
            $"form:has(input[value={form}]) input[type=text]:not([name={field}])")!.GetAttribute("name")!;
        var typed = new Dictionary<string, string> { [other] = "我写的内容", [field] = value };
        foreach (var date in browser.Page.QuerySelectorAll($"form:has(input[value={form}]) input[type=date]")
            .Select(input => input.GetAttribute("name")!))
        {
            typed.TryAdd(date, "2027-03-01");
        }

        await browser.PostAsync(form, typed);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "nothing was stored");
        var said = browser.Page.QuerySelector($"#field-{field} .invalid-feedback")?.TextContent;
        said.Should().NotBeNull(browser.Page.QuerySelector(".error-summary")?.TextContent).And.Contain(words);
        browser.Page.QuerySelector($"[name={other}]")!.GetAttribute("value").Should().Be("我写的内容");
        if (browser.Page.QuerySelector($"input[name={field}]") is { } input)
        {
            input.GetAttribute("value").Should().Be(value);
        }

        browser.Text.Should().NotContain("Exception").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("/units/new", "unit", "name kind")]
    [InlineData("/delegations", "delegate", "from to starts ends")]
    public async Task Everything_that_is_missing_is_said_at_once(string address, string form, string fields)
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync(address);

        await browser.PostAsync(form, fields.Split(' ').ToDictionary(field => field, _ => ""));

        browser.Page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href"))
            .Should().BeEquivalentTo(fields.Split(' ').Select(field => $"#field-{field}"));
    }

    [Theory]
    [InlineData("/matters/take?do=merge", "notice.nothing-ticked")]
    [InlineData("/matters/take?do=merge&matter=01a22ebc-7077-7da3-bd1e-479aff66cb57", "notice.one-ticked")]
    public async Task Too_few_ticked_to_merge_is_said_where_they_are_ticked(string address, string notice)
    {
        using var browser = await desk.AsAsync("secretary");

        await browser.GetAsync(address);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        browser.Answer.Headers.Location!.OriginalString.Should().Be($"/matters?notice={notice}");
    }

    [Fact]
    public async Task Matters_that_are_in_a_case_already_are_not_passed_over_in_silence()
    {
        using var browser = await desk.AsAsync("secretary");

        await browser.GetAsync($"/cases/new?matter={Guid.CreateVersion7()}");

        browser.Text.Should().Contain("所选的事项已经启动协商或合并");
    }

    /// <summary>What a page shows in its fields is what it takes: each policy saves as it stands.</summary>
    [Theory]
    [InlineData("/policies/reminders/standard", "reminder", "first", "1 个工作日")]
    [InlineData("/policies/reminders/minutes", "reminder", "first", "3 个工作日、1 个工作日")]
    [InlineData("/policies/reminders/urgent", "reminder", "every", "1 天")]
    [InlineData("/policies/ladders/standard", "ladder", "rungs[0].after", "1 个工作日")]
    public async Task A_setting_is_read_as_it_is_shown(string address, string form, string field, string shown)
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync(address);
        browser.Page.QuerySelector($"[name='{field}']")!.GetAttribute("value").Should().Be(shown);

        await browser.PostAsync(form, []);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        await browser.GetAsync(address);
        browser.Page.QuerySelector($"[name='{field}']")!.GetAttribute("value").Should().Be(shown);
    }

    [Theory]
    [InlineData(Role.CommitteeDirector, "/cases/new", "open-case", "主任")]
    [InlineData(Role.WorkGroupLead, "/plans/new", "open-plan", "还没有组长，请先在“组织人员”里指定")]
    [InlineData(Role.WorkGroupMember, "/plans/new", "open-plan", "还没有成员，请先在“组织人员”里添加")]
    public async Task A_gate_or_group_without_people_is_refused_before_anything_begins(
        Role role, string address, string form, string words)
    {
        await using var empty = new DeskHost();
        var password = (await empty.Services.GetRequiredService<Web.Health.ISampleData>().LoadAsync(default))!.Password;
        await using (var db = empty.Services.GetRequiredService<Database>().Open())
        {
            await db.RoleGrants.Where(grant => grant.Role == role).ExecuteDeleteAsync();
            await db.Organisations.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DirectoryVersion, row => row.DirectoryVersion + 1));
        }

        using var browser = empty.Browser();
        (await browser.SignInAsync("secretary", password)).Should().BeTrue();
        await browser.GetAsync(address);
        var chosen = new[] { "platform", "committee", "group" }.ToDictionary(
            name => name,
            name => browser.Page.QuerySelectorAll($"select[name={name}] option")
                .Select(option => option.GetAttribute("value"))
                .FirstOrDefault(value => value is { Length: > 0 }) ?? "");
        await browser.PostAsync(form, new(chosen) { ["title"] = "没有人的协商事项" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, browser.Text);
        browser.Page.QuerySelector(".error-summary")!.TextContent.Should().Contain(words);
        browser.Page.QuerySelector("input[name=title]")!.GetAttribute("value").Should().Be("没有人的协商事项");
        await using var after = empty.Services.GetRequiredService<Database>().Open();
        (await after.Cases.AnyAsync()).Should().BeFalse();
    }
}
