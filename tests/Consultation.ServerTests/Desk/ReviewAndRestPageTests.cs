using System.Net;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Tracking;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The doors of a review (O13): the follow page with number and code, and the desk; and those of a suspension by hand.
/// </summary>
public sealed class ReviewAndRestPageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private const string Statement = "事情已经撤诉，请再看一看。";

    [Fact]
    public async Task With_number_and_code_a_review_is_asked_for_once_and_the_page_says_how_it_stands()
    {
        var (number, code, caseId) = await ExcludedAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/follow");
        await browser.PostAsync("follow", new() { ["n"] = number, ["s"] = code });
        browser.Text.Should().Contain("申请复核一次");
        var shown = browser.Page;

        await browser.PostAsync("review", new() { ["statement"] = Statement });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain("复核申请已收到").And.Contain("正在由另一位工作人员办理");
        var task = await desk.TaskAsync(caseId);
        task.Question.Zh.Should().Contain(Statement);
        browser.GoBackTo(shown);
        await browser.PostAsync("review", new() { ["statement"] = Statement });
        browser.Text.Should().Contain("复核申请已收到", "the same form again is the same request");
        await using var db = desk.Open();
        (await db.Tasks.CountAsync(one => one.CaseId == caseId)).Should().Be(1);
        using var another = desk.Browser();
        await another.GetAsync("/p/sample/follow");
        await another.PostAsync("follow", new() { ["n"] = number, ["s"] = code });
        another.Text.Should().Contain("只能申请一次");
        another.Page.QuerySelectorAll("textarea[name=statement]").Should().BeEmpty();
    }

    [Fact]
    public async Task A_wrong_code_asks_for_nothing()
    {
        var (number, code, caseId) = await ExcludedAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/follow");
        await browser.PostAsync("follow", new() { ["n"] = number, ["s"] = code });

        await browser.PostAsync("review", new() { ["s"] = "guessed", ["statement"] = Statement });

        browser.Text.Should().NotContain("复核申请已收到");
        await using var db = desk.Open();
        (await db.Cases.SingleAsync(one => one.Id == caseId)).Review!.AskedAt.Should().BeNull();
    }

    [Fact]
    public async Task The_desk_asks_for_the_proposer_and_a_second_time_is_refused_in_words()
    {
        var (number, _, caseId) = await ExcludedAsync();
        await using var db = desk.Open();
        var matter = await db.Matters.AsNoTracking().SingleAsync(one => one.Number == number);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/matters/{matter.Id.Value}");
        secretary.Text.Should().Contain("代提出人申请复核");
        await secretary.GetAsync($"/matters/{matter.Id.Value}/review");
        var shown = secretary.Page;

        await secretary.PostAsync("review", new() { ["statement"] = Statement });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        var review = (await db.Cases.AsNoTracking().SingleAsync(one => one.Id == caseId)).Review!;
        review.EnteredById.Should().Be((await desk.PersonAsync("secretary")).Id);
        await secretary.GetAsync($"/matters/{matter.Id.Value}/review");
        await secretary.PostAsync("review", new() { ["statement"] = "再来一次" });
        secretary.Text.Should().Contain("只能申请一次").And.Contain("再来一次");
        shown.Should().NotBeNull();
    }

    [Fact]
    public async Task A_case_suspended_by_hand_says_so_on_its_task_and_link_and_goes_on_by_hand()
    {
        var caseId = await desk.OpenCaseAsync("暂停的协商事项");
        var task = await desk.TaskAsync(caseId);
        desk.Pass(TimeSpan.FromMinutes(5));
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/cases/{caseId}");
        secretary.Page.QuerySelectorAll($"a[href='/cases/{caseId}/suspend']").Should().ContainSingle();
        await secretary.GetAsync($"/cases/{caseId}/suspend");
        await secretary.PostAsync("confirm", new() { ["reason"] = "" });
        secretary.Text.Should().Contain("请写明原因");

        await secretary.PostAsync("confirm", new() { ["reason"] = "等待上级批复。" });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        var token = await TokenAsync(task);
        using var link = desk.Browser();
        await link.GetAsync($"/t/{token}");
        link.Text.Should().Contain("本事项暂停办理");
        link.Page.QuerySelectorAll("button[name=outcome]").Should().BeEmpty();
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{task.Id.Value}");
        director.Text.Should().Contain("本事项暂停办理");
        director.Page.QuerySelectorAll("button[name=outcome]").Should().BeEmpty();
        await secretary.GetAsync($"/cases/{caseId}/resume");
        await secretary.PostAsync("confirm", new() { ["reason"] = "已批复。" });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await director.GetAsync($"/tasks/{task.Id.Value}");
        director.Text.Should().NotContain("本事项暂停办理");
        director.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("/tasks?view=all&q=排在清单里的暂停案件")]
    [InlineData("/tasks?view=all&late=rests&q=排在清单里的暂停案件")]
    public async Task Lists_mark_what_rests_and_do_not_call_it_late(string address)
    {
        var caseId = await desk.OpenCaseAsync("排在清单里的暂停案件");
        await desk.TaskAsync(caseId);
        desk.Pass(TimeSpan.FromMinutes(5));
        (await SuspendAsync(caseId, null)).Should().BeEmpty();
        desk.Pass(TimeSpan.FromDays(60));
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync(address);

        secretary.Text.Should().Contain("协商事项已暂停，时限顺延");
        await secretary.GetAsync("/tasks?view=all&late=late&q=排在清单里的暂停案件");
        secretary.Text.Should().NotContain("协商事项已暂停，时限顺延");
        await secretary.GetAsync($"/cases/{caseId}?tab=tasks");
        secretary.Text.Should().Contain("协商事项已暂停，时限顺延").And.NotContain("逾期 ");
    }

    [Fact]
    public async Task What_was_typed_before_the_case_was_suspended_is_not_lost()
    {
        var caseId = await desk.OpenCaseAsync("答复时暂停");
        var task = await desk.TaskAsync(caseId);
        desk.Pass(TimeSpan.FromMinutes(5));
        using var link = desk.Browser();
        await link.GetAsync($"/t/{await TokenAsync(task)}");
        (await SuspendAsync(caseId, null)).Should().BeEmpty();

        await link.PostAsync("answer", new() { ["outcome"] = "Reject", ["reason"] = "写了很久的理由" });

        link.Text.Should().Contain("现在不需要答复");
        link.Page.QuerySelector("[name=reason]")!.TextContent.Should().Contain("写了很久的理由");
    }

    [Fact]
    public async Task A_rest_with_an_end_is_over_on_its_day_whatever_nobody_does()
    {
        var caseId = await desk.OpenCaseAsync("到期恢复");
        await desk.TaskAsync(caseId);
        await using var db = desk.Open();
        var until = DateOnly.FromDateTime(
            desk.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(8).DateTime).AddDays(3);
        (await SuspendAsync(caseId, until)).Should().BeEmpty();
        var worker = desk.Services.GetRequiredService<RestWorker>();
        await worker.TurnAsync(default);
        (await StateAsync()).Should().Be(CaseState.Suspended);

        desk.Pass(TimeSpan.FromDays(3));
        await worker.TurnAsync(default);

        (await StateAsync()).Should().Be(CaseState.Open);

        async Task<CaseState> StateAsync() =>
            (await db.Cases.AsNoTracking().SingleAsync(one => one.Id == caseId)).State;
    }

    private async Task<IReadOnlyList<Cases.Forms.FieldError>> SuspendAsync(CaseId caseId, DateOnly? until) =>
        await desk.Services.GetRequiredService<ICaseActs>().SuspendAsync(new RestRequest
        {
            OrganisationId = desk.Organisation,
            CaseId = caseId,
            ActorId = (await desk.PersonAsync("secretary")).Id,
            Reason = "等待上级批复",
            Until = until,
            OperationId = Guid.NewGuid().ToString("N"),
        }, default);

    private async Task<string> TokenAsync(WorkTask task)
    {
        await using var db = desk.Open();
        var link = await db.ActionLinks.AsNoTracking().FirstAsync(one => one.TaskId == task.Id.Value);
        return desk.Services.GetRequiredService<ActionLinkMint>().TokenOf(link)!;
    }

    /// <summary>A matter of the public page whose case is excluded; its number, its code, the case.</summary>
    private async Task<(string Number, string Code, CaseId Case)> ExcludedAsync()
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        await browser.PostAsync("hand-in", new()
        {
            ["title"] = $"不予纳入的事项 {Guid.NewGuid():N}",
            ["text"] = "晚上九点以后消防通道停满了车。",
            ["consent"] = "true",
        });
        await browser.FollowAsync();
        var number = browser.Page.QuerySelector(".big-number")!.TextContent;
        var code = string.Concat(browser.Page.QuerySelectorAll(".big-secret span").Select(four => four.TextContent));
        await using var db = desk.Open();
        var matter = await db.Matters.AsNoTracking().SingleAsync(
            one => one.OrganisationId == desk.Organisation && one.Number == number);
        await desk.Services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence("review-trial", Flows.Activity("Review", "Consultation.ReviewExclusion",
                ("reviewers", "String", "role:Secretary"), ("title", "String", "复核不予纳入的决定")),
                Flows.WriteLine("After", "done")), publish: true, DefinitionAuthor.Host, default);
        var station = await db.Units.FirstAsync(unit => unit.OrganisationId == desk.Organisation
            && unit.Kind == Cases.People.UnitKind.MemberStation);
        var opened = (OpenCaseResult.Opened)await desk.Services.GetRequiredService<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = desk.Organisation,
            DefinitionId = "review-trial",
            Kind = CaseKind.SixStep,
            Title = matter.Title,
            Matters = [matter.Id],
            PlatformId = station.Id,
            OperationId = Guid.NewGuid().ToString("N"),
        }, default);
        await desk.UntilAsync(
            rows => rows.Cases.AnyAsync(one => one.Id == opened.CaseId && one.State == CaseState.Excluded), "excluded");
        return (number, code, opened.CaseId);
    }
}
