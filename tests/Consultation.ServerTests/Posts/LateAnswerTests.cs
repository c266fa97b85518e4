using System.Net;
using AngleSharp.Html.Dom;
using Consultation.Cases;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Posts;

/// <summary>
/// The same answer sent again, and answers that come too late, by the link and at the desk: a page in words every time,
/// one decision.
/// </summary>
public sealed class LateAnswerTests(LiveDesk desk) : IClassFixture<LiveDesk>
{
    [Fact]
    public async Task The_same_answer_sent_again_by_the_link_gets_the_page_of_the_first()
    {
        var (gate, token) = await new CaseMoves(desk.Services).JudgedReportAsync();
        using var browser = desk.Browser();
        var form = await browser.GetAsync("/t/" + token);
        var answer = Filled(form);

        await browser.PostAsync("answer", answer);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        browser.GoBackTo(form);
        await browser.PostAsync("answer", answer);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        await browser.FollowAsync();

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain("答复已经记录");
        (await AnswersAsync(gate.Id)).Should().Be(1);
    }

    [Fact]
    public async Task Another_answer_by_a_used_link_is_refused_in_words_and_its_text_given_back()
    {
        var (gate, token) = await new CaseMoves(desk.Services).JudgedReportAsync();
        using var browser = desk.Browser();
        var form = await browser.GetAsync("/t/" + token);
        var answer = Filled(form);
        await browser.PostAsync("answer", answer);

        browser.GoBackTo(form);
        await browser.PostAsync("answer", Reworded(form, answer, "我改主意了，另写一段很长的意见。"));

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain("已经").And.Contain("我改主意了，另写一段很长的意见。");
        (await AnswersAsync(gate.Id)).Should().Be(1);
    }

    [Fact]
    public async Task An_answer_by_a_link_that_was_taken_back_meanwhile_decides_nothing_and_gives_the_text_back()
    {
        var (gate, token) = await new CaseMoves(desk.Services).JudgedReportAsync();
        using var browser = desk.Browser();
        var form = await browser.GetAsync("/t/" + token);
        var answer = Reworded(form, Filled(form), "写到一半链接被收回。");
        await using (var db = Open())
        {
            var now = desk.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await db.ActionLinks.Where(link => link.TaskId == gate.Id.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedAt, now));
        }

        await browser.PostAsync("answer", answer);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain("写到一半链接被收回。");
        browser.Page.QuerySelector("button[name=outcome]").Should().BeNull();
        (await AnswersAsync(gate.Id)).Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Eight_posts_at_once_are_one_decision_and_eight_good_pages(bool byLink)
    {
        var (gate, token) = await new CaseMoves(desk.Services).JudgedReportAsync();
        using var browser = byLink ? desk.Browser() : await desk.AsAsync("director");
        var address = byLink ? "/t/" + token : $"/tasks/{gate.Id.Value}";
        var form = await browser.GetAsync(address);
        var fields = browser.FieldsOf("answer", Filled(form));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var content = new FormUrlEncodedContent(fields);
            return await browser.Client.PostAsync(address, content);
        }));

        answers.Select(answer => answer.StatusCode).Should().AllBeEquivalentTo(HttpStatusCode.Redirect);
        foreach (var answer in answers)
        {
            await browser.GetAsync(answer.Headers.Location!.ToString());
            browser.Text.Should().Contain("答复已经记录");
        }

        (await AnswersAsync(gate.Id)).Should().Be(1);
    }

    [Fact]
    public async Task A_form_that_the_page_does_not_show_any_more_gets_the_page_as_it_is_now_and_its_text_back()
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync(desk.Case);
        await browser.GetAsync("/delegations");
        var token = browser.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;

        using var content = new FormUrlEncodedContent(
            [new("_token", token), new("_handler", "end-long-gone"), new("reason", "写了很久的理由")]);
        using var answer = await browser.Client.PostAsync("/delegations", content);

        var page = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Should().Contain("这个表单已经提交过").And.Contain("写了很久的理由").And.Contain("value=\"delegate\"");
    }

    [Theory]
    [InlineData("/delegations")]
    [InlineData("/sign-in")]
    [InlineData("/p/sample/new")]
    public async Task A_post_that_names_no_form_is_refused_in_words(string address)
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync("/delegations");
        var token = browser.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;

        using var content = new FormUrlEncodedContent([new("_token", token)]);
        using var answer = await browser.Client.PostAsync(address, content);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("这次提交无法处理");
    }

    /// <summary>Passing, with every field that has to be filled in.</summary>
    private static Dictionary<string, string> Filled(IHtmlDocument page)
    {
        var values = new Dictionary<string, string>
        {
            ["outcome"] = page.QuerySelector("button[name=outcome]")!.GetAttribute("value")!,
        };
        foreach (var field in page.QuerySelectorAll(
            "#answer input[name^='f.'],#answer textarea[name^='f.'],#answer textarea[name=reason]"))
        {
            var name = field.GetAttribute("name")!;
            if (field is IHtmlInputElement { Type: "radio" or "checkbox" } box) values.TryAdd(name, box.Value);
            else if (field is IHtmlInputElement { Type: "date" }) values[name] = "2026-03-02";
            else values[name] = "已核实，情况属实。";
        }

        return values;
    }

    private static Dictionary<string, string> Reworded(
        IHtmlDocument page, Dictionary<string, string> answer, string text) =>
        new(answer) { [page.QuerySelector("#answer textarea")!.GetAttribute("name")!] = text };

    private async Task<int> AnswersAsync(TaskId id)
    {
        await using var db = Open();
        var task = await db.Tasks.AsNoTracking().SingleAsync(one => one.Id == id);
        var told = await db.History.CountAsync(
            line => line.CaseId == task.CaseId && line.Verb == Consultation.Cases.History.HistoryVerbs.TaskAnswered
            && line.TaskId == id);
        task.Assignees.Count(seat => seat.Outcome is not null).Should().Be(told);
        return told;
    }

    private ConsultationDb Open() => desk.Services.GetRequiredService<Database>().Open();
}
