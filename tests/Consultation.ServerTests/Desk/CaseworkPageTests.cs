using System.Net;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>The pages about matters, cases, tasks, tracking and plans, on the whole host.</summary>
public sealed class CaseworkPageTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    public static TheoryData<string> Pages =>
    [
        "/matters", "/matters?category=x", "/matters/new", "/matters/import", "/cases", "/cases?late=1&sort=due",
        "/cases/new", "CASE", "CASE?tab=tasks",
        "CASE?tab=history", "CASE?tab=matters", "CASE?tab=topic", "CASE?tab=records", "CASE?tab=items",
        "CASE?tab=documents", "CASE?tab=mails", "CASE/print",
        "CASE/cancel", "CASE/suspend", "/tasks", "/tasks?view=all", "/tasks?view=done", "TASK", "TASK?behalf=1",
        "TASK/slip",
        "TASK/assign", "TASK/result", "/tracking",
        "/tracking/annex", "/outbox", "/outbox?state=Sent&sort=to", "/plans", "/plans/new", "PLAN", "/p/sample",
        "/p/sample/new", "/p/sample/follow", "/p/sample/thanks",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_says_everything_in_both_languages_under_the_strict_policy(string address)
    {
        using var browser = await desk.AsAsync("secretary");
        foreach (var language in new[] { "zh", "en" })
        {
            var real = Real(address);
            await browser.GetAsync(real + (real.Contains('?') ? '&' : '?') + "lang=" + language);

            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
            browser.Text.Should()
                .NotMatchRegex(@"\[[a-z-]+\.[\w.-]+\]", "a text that is missing shows its key in brackets");
            browser.Page.Title.Should().NotBeNullOrWhiteSpace();
            browser.Page.QuerySelectorAll("[style],style,[onclick],script:not([src])").Should().BeEmpty();
        }
    }

    [Fact]
    public async Task A_slip_of_the_screening_prints_the_questions_and_none_of_the_above()
    {
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync($"{desk.Task}/slip");

        secretary.Text.Should().Contain("情形 1").And.Contain("情形 8").And.Contain("以上均无")
            .And.Contain("有一条选“是”的勾选");
    }

    [Fact]
    public async Task The_case_page_says_what_it_waits_for_and_marks_the_present_place()
    {
        using var browser = await desk.AsAsync("secretary");

        await browser.GetAsync(desk.Case);

        browser.Page.QuerySelector(".waiting-now")!.TextContent.Should().Contain("等待").And.Contain("期限");
        browser.Page.QuerySelectorAll(".flow-node.is-present").Should().ContainSingle();
        browser.Page.QuerySelectorAll(".stage.is-now").Should().ContainSingle();
    }

    [Theory]
    [InlineData("secretary", true)]
    [InlineData("leader", false)]
    public async Task A_matter_is_a_link_only_for_those_who_may_open_it(string user, bool linked)
    {
        using var browser = await desk.AsAsync(user);

        await browser.GetAsync(desk.Case + "?tab=matters");

        browser.Page.QuerySelectorAll("article h2").Should().NotBeEmpty();
        browser.Page.QuerySelectorAll("article h2 a").Length.Should().Be(linked ? 2 : 0);
    }

    [Fact]
    public async Task Nobody_is_told_that_he_answered_who_did_not()
    {
        using var browser = await desk.AsAsync("secretary");

        await browser.GetAsync(desk.Task + "/result");

        browser.Page.QuerySelector(".alert-title")!.TextContent.Should().Be("这项任务没有您的答复");
    }

    [Fact]
    public async Task One_step_leads_from_the_head_of_a_task_to_its_answer()
    {
        using var browser = await desk.AsAsync("officer");

        await browser.GetAsync("/");
        await browser.GetAsync(browser.Page.QuerySelector(".home-task .btn-primary")!.GetAttribute("href")!);

        var target = browser.Page.QuerySelector("a.to-answer")!.GetAttribute("href")!;
        browser.Page.QuerySelectorAll(target).Should().ContainSingle();
    }

    [Fact]
    public async Task The_plan_page_draws_phases_gates_and_todays_line()
    {
        using var browser = await desk.AsAsync("secretary");

        await browser.GetAsync(desk.Plan);

        browser.Page.QuerySelectorAll(".gantt-wide .gantt-phase").Length.Should().Be(4);
        browser.Page.QuerySelectorAll(".gantt-wide .gantt-gate").Length.Should().BeGreaterThan(4);
        browser.Page.QuerySelectorAll(".gantt-wide .gantt-today").Should().ContainSingle();
    }

    [Fact]
    public async Task A_plan_that_a_calendar_edit_moved_shows_its_versions_and_the_days_it_had()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync(desk.Plan);
        secretary.Page.QuerySelector("#versions")!.TextContent.Should().Contain("没有改动过");
        secretary.Page.QuerySelectorAll(".gantt-ghost").Should().BeEmpty();
        DateOnly day;
        await using (var db = desk.Services.GetRequiredService<Database>().Open())
        {
            day = (await db.PlanPhases.Where(phase => phase.OrganisationId == desk.Organisation)
                .OrderBy(phase => phase.Number).FirstAsync()).PlannedTo;
        }

        using var office = await desk.AsAsync("sample-admin");
        await office.GetAsync($"/calendar/{day:yyyy-MM-dd}");
        var entry = new Dictionary<string, string> { ["kind"] = "Holiday", ["name"] = "本地假日", ["act"] = "save" };
        await office.PostAsync("day", entry);
        office.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "what moves is shown before anything moves");
        await office.PostAsync("day", entry);
        office.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, office.Text);
        await secretary.GetAsync(desk.Plan);

        var versions = secretary.Page.QuerySelectorAll(".plan-versions > li");
        versions.Should().HaveCount(2);
        versions[0].TextContent.Should().Contain("第 2 版").And.Contain("工作日历修改").And.Contain("准备阶段");
        versions[0].QuerySelectorAll(".moves tbody tr").Should().NotBeEmpty();
        secretary.Page.QuerySelectorAll(".gantt-wide .gantt-phase .gantt-ghost")
            .Should().ContainSingle("only the phase that was entered has days to move");
        await secretary.GetAsync($"{desk.Plan}?with=2&lang=en");
        secretary.Text.Should().Contain("Version 2").And.Contain("The working calendar was edited");
    }

    [Fact]
    public async Task The_outbox_is_sorted_by_its_columns_found_by_recipient_and_case_and_exported()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/outbox?sort=to&dir=desc");
        var names = secretary.Page.QuerySelectorAll("td[data-label=收件人] span .row-sub")
            .Select(cell => cell.TextContent).ToList();
        names.Should().NotBeEmpty();
        secretary.Page.QuerySelector("th[aria-sort=descending]")!.TextContent.Should().Contain("收件人");
        var address = names[0];

        await secretary.GetAsync($"/outbox?to={Uri.EscapeDataString(address)}");
        secretary.Page.QuerySelectorAll("td[data-label=收件人] span .row-sub").Select(cell => cell.TextContent)
            .Should().OnlyContain(one => one == address);
        await secretary.GetAsync("/outbox?case=%E6%B2%A1%E6%9C%89");
        secretary.Text.Should().Contain("没有符合条件的内容");
        var csv = await secretary.Client.GetStringAsync(
            $"/outbox/export?format=csv&to={Uri.EscapeDataString(address)}");

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().Contain("标题").And.Contain("收件人").And.Contain("协商事项");
        lines.Skip(1).Should().NotBeEmpty().And.OnlyContain(line => line.Contains(address));
        using var contact = await desk.AsAsync("contact");
        (await contact.Client.GetAsync("/outbox/export?format=csv")).StatusCode.Should().NotBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("officer", HttpStatusCode.OK)]
    [InlineData("director", HttpStatusCode.OK)]
    [InlineData("contact", HttpStatusCode.NotFound)]
    [InlineData("designer", HttpStatusCode.NotFound)]
    public async Task A_case_is_there_only_for_those_whom_it_concerns(string user, HttpStatusCode expected)
    {
        using var browser = await desk.AsAsync(user);

        await browser.GetAsync(desk.Case);

        browser.Answer.StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("CASE")]
    [InlineData("CASE/print")]
    [InlineData("CASE/cancel")]
    [InlineData("PLAN")]
    [InlineData("TASK")]
    [InlineData("TASK/result")]
    [InlineData("TASK/slip")]
    [InlineData("TASK/assign")]
    public async Task Nobody_of_another_organisation_finds_it(string address)
    {
        using var browser = await desk.SignedInAsync();

        await browser.GetAsync(Real(address));

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        browser.Text.Should().NotContain("柳林");
    }

    [Fact]
    public async Task Lists_of_another_organisation_are_empty()
    {
        using var browser = await desk.SignedInAsync();
        foreach (var list in new[] { "/cases", "/matters", "/tasks?view=all", "/plans", "/tracking" })
        {
            await browser.GetAsync(list);

            browser.Page.QuerySelectorAll("tbody tr").Should().BeEmpty(list);
        }
    }

    [Theory]
    [InlineData("/cases/export?format=csv", "编号")]
    [InlineData("/matters/export?format=csv", "受理号")]
    [InlineData("/tasks/export?format=csv&view=all", "期限")]
    [InlineData("/tracking/export?format=csv", "协商建议")]
    public async Task Lists_export_what_they_show(string address, string header)
    {
        using var browser = await desk.AsAsync("secretary");

        var text = await browser.Client.GetStringAsync(address);

        text.TrimStart('\uFEFF').Split("\r\n")[0].Should().Contain(header);
    }

    [Fact]
    public async Task The_annex_downloads_as_Word_and_Excel()
    {
        using var browser = await desk.AsAsync("secretary");
        foreach (var format in new[] { "docx", "xlsx" })
        {
            var file = await browser.Client.GetByteArrayAsync($"/tracking/annex/file?format={format}");

            file[..2].Should().Equal("PK"u8.ToArray());
        }
    }

    [Fact]
    public async Task A_plan_with_wrong_entries_keeps_them_and_says_at_the_field_what_to_mend()
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync("/plans/new");

        await browser.PostAsync("open-plan", new() { ["title"] = "停车协商", ["start"] = "2026-02-30", ["group"] = "" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelector("#field-start .invalid-feedback")!.TextContent.Should().Contain("开始日期");
        browser.Page.QuerySelector("#field-group .invalid-feedback")!.TextContent.Should().Contain("工作小组");
        browser.Page.QuerySelector("[name=title]")!.GetAttribute("value").Should().Be("停车协商");
    }

    [Fact]
    public async Task An_unfinished_form_comes_back_with_what_was_typed()
    {
        using var browser = await desk.AsAsync("officer");
        await browser.GetAsync(desk.Task);

        await browser.PostAsync("answer", new() { ["f.fact-sheet"] = "已到现场核实", ["outcome"] = "Submit" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelectorAll(".error-summary li").Should().NotBeEmpty();
    }

    [Fact]
    public async Task Who_is_not_asked_gets_no_form()
    {
        using var browser = await desk.AsAsync("director");

        await browser.GetAsync(desk.Task);

        browser.Page.QuerySelector("#answer").Should().BeNull();
        browser.Text.Should().Contain("不需要您答复");
    }

    [Fact]
    public async Task Cancelling_needs_a_reason_and_the_right_to_steer()
    {
        using var officer = await desk.AsAsync("officer");
        await officer.GetAsync($"{desk.Case}/cancel");
        officer.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);

        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"{desk.Case}/cancel");
        await secretary.PostAsync("confirm", new() { ["reason"] = "" });

        secretary.Page.QuerySelector("#field-reason .invalid-feedback").Should().NotBeNull();
    }

    private string Real(string address) => address
        .Replace("CASE", desk.Case, StringComparison.Ordinal).Replace("TASK", desk.Task, StringComparison.Ordinal)
        .Replace("PLAN", desk.Plan, StringComparison.Ordinal);
}
