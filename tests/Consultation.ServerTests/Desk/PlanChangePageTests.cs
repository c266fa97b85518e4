using System.Globalization;
using System.Net;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Cases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// A change of a plan by the pages: asked for with days that are refused beside their cells, judged with old and new
/// days side by side at the desk and by the link, and shown by the plan's chart and versions (P70).
/// </summary>
public sealed class PlanChangePageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task A_change_is_asked_for_judged_and_shown_with_the_days_before_and_after()
    {
        var caseId = await OpenPlanAsync("plan-change");
        var (calendar, end) = await EndAsync(caseId);
        var later = calendar.Move(end, 5);
        var ask = await _moves.TaskAtAsync(caseId, "Ask");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{ask.Id.Value}");
        var options = secretary.Page.QuerySelectorAll("select[name='f.moves[0].part'] option")
            .Select(option => option.TextContent).ToList();
        options.Should().Contain($"准备阶段（现至 {Iso(end)}）").And.Contain(
            option => option.StartsWith("评估阶段"), "the phase that has still to begin can be moved too")
            .And.Contain(option => option.StartsWith("满意度问卷"));
        secretary.Page.QuerySelector("[name='f.moves[0].before']").Should().BeNull("the product fills it in");

        await secretary.PostAsync("answer", Entries("Phase.weeks-1-2", "2020-01-02"));

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var cell = secretary.Page.QuerySelector("[id='field-moves[0].until']")!;
        cell.QuerySelector(".invalid-feedback")!.TextContent.Should().Contain("2020-01-02 不晚于今天");
        cell.QuerySelector("input")!.GetAttribute("value").Should().Be("2020-01-02", "nothing typed is lost");
        secretary.Page.QuerySelector("select[name='f.moves[0].part'] option[selected]")!.GetAttribute("value").Should()
            .Be("Phase.weeks-1-2");
        secretary.Page.QuerySelector("[name='f.change']")!.TextContent.Trim().Should().Be("整体推后一周");
        secretary.Page.QuerySelector(".error-summary a")!.GetAttribute("href").Should().Be("#field-moves[0].until");

        await secretary.PostAsync("answer", Entries("Phase.weeks-1-2", Iso(later)));
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);

        var judged = await _moves.TaskAtAsync(caseId, "Judge");
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{judged.Id.Value}");
        SideBySide(director, end, later);
        using var linked = desk.Browser();
        var token = await _moves.TokenAsync(judged, judged.Assignees[0].PersonId);
        await linked.GetAsync($"/t/{token}");
        SideBySide(linked, end, later);
        await linked.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        linked.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, linked.Text);
        desk.Pass(TimeSpan.FromMinutes(3));
        await desk.UntilAsync(db => db.History.AnyAsync(line => line.CaseId == caseId && line.Verb == "plan.changed"),
            "the change is carried out");

        await secretary.GetAsync($"/plans/{caseId}");
        var versions = secretary.Page.QuerySelectorAll(".plan-versions > li");
        versions.Should().HaveCount(2);
        versions[0].TextContent.Should()
            .Contain("第 2 版").And.Contain("方案调整：整体推后一周").And.Contain("准备阶段").And.Contain("评估阶段").And.Contain("满意度问卷");
        secretary.Page.QuerySelectorAll(".gantt-wide .gantt-phase .gantt-ghost").Should().HaveCount(2);
        secretary.Page.QuerySelectorAll(".gantt-wide .gantt-ghost").Should()
            .HaveCount(3, "the task to come has moved along");
        await secretary.GetAsync($"/plans/{caseId}?lang=en");
        secretary.Text.Should().Contain("The plan was changed: 整体推后一周");
    }

    [Fact]
    public async Task What_was_asked_for_is_there_again_when_it_is_sent_back()
    {
        var caseId = await OpenPlanAsync("plan-return");
        var (calendar, end) = await EndAsync(caseId);
        var later = calendar.Move(end, 5);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{(await _moves.TaskAtAsync(caseId, "Ask")).Id.Value}");
        await secretary.PostAsync("answer", Entries("Phase.weeks-1-2", Iso(later)));
        var judged = await _moves.TaskAtAsync(caseId, "Judge");
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{judged.Id.Value}");
        await director.PostAsync("answer", new() { ["outcome"] = "Return", ["reason"] = "再压缩一些" });
        director.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, director.Text);
        desk.Pass(TimeSpan.FromMinutes(3));

        await secretary.GetAsync($"/tasks/{(await _moves.TaskAtAsync(caseId, "Ask")).Id.Value}");

        secretary.Page.QuerySelector("select[name='f.moves[0].part'] option[selected]")!.GetAttribute("value").Should()
            .Be("Phase.weeks-1-2");
        secretary.Page.QuerySelector("input[name='f.moves[0].until']")!.GetAttribute("value").Should().Be(Iso(later));
        secretary.Page.QuerySelector("select[name='f.moves[1].part']").Should()
            .BeNull("what follows the phase was not typed");
        (await EndAsync(caseId)).End.Should().Be(end);
    }

    private static void SideBySide(DeskBrowser browser, DateOnly before, DateOnly after)
    {
        var rows = browser.Page.QuerySelectorAll(".material .exhibit tbody tr")
            .Select(row => row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToList())
            .Where(row => row.Count == 5).ToList();
        rows.Should().HaveCount(3, "the phase, the later phase and its task");
        rows[0].Should().Equal("准备阶段", Shown(before), Shown(after), "5", "否");
        rows.Skip(1).Should().OnlyContain(row => row[3] == "5" && row[4] == "是");
    }

    private static string Shown(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Entries(string part, string until) => new()
    {
        ["outcome"] = "Done",
        ["f.change"] = "整体推后一周",
        ["f.reason"] = "材料还没有到齐",
        ["f.moves.count"] = "1",
        ["f.moves[0].part"] = part,
        ["f.moves[0].until"] = until,
    };

    private async Task<(WorkingCalendar Calendar, DateOnly End)> EndAsync(CaseId caseId)
    {
        await using var db = desk.Open();
        var calendar = (await desk.Services.GetRequiredService<DirectoryCache>()
            .FindAsync(db, desk.Organisation, default))!.Calendar;
        return (calendar,
            (await db.PlanPhases.SingleAsync(phase => phase.CaseId == caseId && phase.Key == "weeks-1-2")).PlannedTo);
    }

    /// <summary>A plan of two phases; in the first one its change is asked for and judged.</summary>
    private async Task<CaseId> OpenPlanAsync(string definition)
    {
        var judge = Flows.Activity("Judge", "Consultation.RequestApproval",
            ("approvers", "String", "role:CommitteeDirector@case.committee|role:CommitteeDirector"),
            ("mode", "String", nameof(GateMode.AnyOne)), ("title", "String", "审核实施方案调整"),
            ("barAuthorOf", "String", "change-request"), ("due", "String", "5wd"));
        judge["outcomes"] = Flows.Input("Object", "Object", """["Confirm","Return"]""");
        var flow = Flows.Flowchart(definition,
            [
                Phase("Phase1", 1, "weeks-1-2", "准备阶段", 1, 2),
                Flows.Activity("Ask", "Consultation.RequestWork", ("assignees", "String", "role:Secretary"),
                    ("title", "String", "提出实施方案调整"), ("form", "String", "change-request")),
                judge, Flows.Activity("Change", "Consultation.ChangePlan"), Flows.Event("Wait", "never"),
                Phase("Phase2", 2, "weeks-3-4", "评估阶段", 3, 4),
                Flows.Activity("Survey", "Consultation.RequestWork",
                    ("assignees", "String", "role:Secretary"), ("title", "String", "满意度问卷"), ("due", "String", "15wd"),
                    ("dueFrom", "String", "startDate")),
            ],
            ("Phase1", "Done", "Ask"), ("Ask", "Done", "Judge"), ("Judge", "Confirm", "Change"),
            ("Judge", "Return", "Ask"), ("Change", "Done", "Wait"),
            ("Wait", "Done", "Phase2"), ("Phase2", "Done", "Survey"));
        await desk.Services.GetRequiredService<DefinitionEditing>()
            .SaveAsync(flow, publish: true, DefinitionAuthor.Host, default);
        await using var db = desk.Open();
        var group = await db.Units.FirstAsync(
            unit => unit.OrganisationId == desk.Organisation && unit.Kind == UnitKind.WorkGroup);
        var calendar = (await desk.Services.GetRequiredService<DirectoryCache>()
            .FindAsync(db, desk.Organisation, default))!.Calendar;
        var opened = await desk.Services.GetRequiredService<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = desk.Organisation,
            DefinitionId = definition,
            Kind = CaseKind.TenWeekPlan,
            Title = "柳林社区停车难协商会议",
            WorkGroupId = group.Id,
            StartDate = calendar.Move(calendar.DayOf(desk.Services.GetRequiredService<TimeProvider>().GetUtcNow()), 0),
            OperationId = Guid.NewGuid().ToString("N"),
        }, default);
        return opened.Should().BeOfType<OpenCaseResult.Opened>().Subject.CaseId;
    }

    private static System.Text.Json.Nodes.JsonObject Phase(string id, int number, string key, string name, int from,
        int to) => Flows.Activity(id, "Consultation.EnterStep",
        ("key", "String", key), ("number", "Int32", number), ("stepName", "String", name), ("fromWeek", "Int32", from),
        ("toWeek", "Int32", to));
}
