using System.Net;
using Consultation.Cases.Surveys;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Surveys;

/// <summary>
/// A survey from the case's page to its counts: made, changed, opened, answered, entered from paper, closed.
/// </summary>
public sealed class SurveyPageTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public async Task A_survey_is_made_opened_answered_and_counted_by_the_pages()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/surveys/new/{desk.Case.Split('/')[^1]}");
        await secretary.PostAsync("new", new()
        {
            ["list"] = Questionnaires.Needs,
            ["closes"] = $"{TimeProvider.System.GetUtcNow().AddDays(10):yyyy-MM-dd}",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await secretary.FollowAsync();
        await Change(secretary);
        var page = secretary.Answer.Headers.Location!.ToString().Split('?')[0];
        await secretary.GetAsync(page);
        secretary.Text.Should().Contain("发放之前").And.Contain("最想先修哪一段");
        await secretary.PostAsync("open", []);
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await secretary.GetAsync(page);
        var address = new Uri(secretary.Page.QuerySelector(".code-address")!.TextContent.Trim()).AbsolutePath;
        await secretary.GetAsync($"{page}/poster");
        secretary.Page.QuerySelector("svg.qr-code").Should().NotBeNull();

        await Answer(address);
        await Paper(secretary, page);
        await secretary.GetAsync(page);
        secretary.Page.QuerySelector(".survey-sums")!.TextContent.Should().Contain("2");
        secretary.Text.Should().Contain("路灯太暗").And.Contain("样本只有 2 份");
        var csv = await secretary.Client.GetStringAsync($"{page}/export?format=csv");
        csv.Should().Contain("路灯太暗").And.Contain("纸质").And.NotContain("consultation-visitor");
        await Close(secretary, page, address);
    }

    [Fact]
    public async Task A_list_of_questions_is_changed_moved_and_checked_without_script()
    {
        using var admin = await desk.AsAsync("sample-admin");
        await admin.GetAsync("/surveys/questions/event");
        var before = Keys(admin);
        await admin.PostAsync("list", new() { ["do"] = "down-0" });
        Keys(admin).Take(2).Should().Equal(before[1], before[0]);
        await admin.PostAsync("list", new() { ["do"] = "drop-0" });
        await admin.PostAsync("list", new() { ["do"] = "add" });
        Keys(admin).Should().HaveCount(before.Count);
        await admin.PostAsync("list", new() { ["do"] = "save" });
        admin.Page.QuerySelectorAll(".error-summary a").Should().NotBeEmpty("the new question says nothing yet");
        await admin.PostAsync("list", new()
        {
            ["do"] = "save",
            [$"text{before.Count - 1}"] = "您从哪里知道这次活动？",
            [$"options{before.Count - 1}"] = "社区通知 | A notice\n朋友",
        });
        admin.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, admin.Text);
        await admin.GetAsync("/surveys/questions/event");
        admin.Text.Should().Contain("您从哪里知道这次活动");
        using var officer = await desk.AsAsync("officer");
        await officer.GetAsync("/surveys/questions");
        officer.Answer.StatusCode.Should().NotBe(HttpStatusCode.OK, "the stock is the office's");
    }

    [Fact]
    public async Task Unknown_addresses_and_other_peoples_surveys_show_nothing()
    {
        using var visitor = desk.Browser();
        foreach (var token in new[] { "ABCDEFGH", new string('A', 32), "..%2f..", new string('x', 300) })
        {
            await visitor.GetAsync($"/p/sample/s/{token}");
            visitor.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        using var nobody = await desk.AsAsync(SampleDesk.Nobody);
        await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
        var any = await db.Surveys.Select(one => one.Id).FirstOrDefaultAsync();
        await nobody.GetAsync($"/surveys/{(any == default ? Guid.NewGuid() : any.Value):N}");
        nobody.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task Change(DeskBrowser secretary)
    {
        var last = Keys(secretary).Count;
        await secretary.PostAsync("edit", new() { ["do"] = "add" });
        await secretary.PostAsync("edit", new()
        {
            ["do"] = "save",
            ["open"] = "true",
            [$"text{last}"] = "最想先修哪一段？",
            [$"kind{last}"] = "Text",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
    }

    private async Task Answer(string address)
    {
        using var visitor = desk.Browser();
        await visitor.GetAsync(address);
        visitor.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        visitor.Text.Should().Contain("匿名问卷");
        visitor.Answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        await visitor.PostAsync("answer", new() { ["q-issue"] = "路灯太暗" });
        visitor.Page.QuerySelectorAll(".error-summary a").Should().ContainSingle("how urgent must be said");
        visitor.Page.QuerySelector("textarea[name=q-issue]")!.TextContent.Should().Contain("路灯太暗");
        var form = visitor.Page;
        await visitor.PostAsync("answer", new() { ["q-issue"] = "路灯太暗", ["q-urgent"] = "5" });
        visitor.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, visitor.Text);
        visitor.Answer.Headers.Location!.ToString().Should().EndWith("/survey-thanks");
        await visitor.FollowAsync();
        visitor.Text.Should().Contain("谢谢").And.NotContain("路灯");
        await visitor.GetAsync(address);
        visitor.Text.Should().Contain("已经收到回答");
        visitor.Page.QuerySelector("form[data-guard]").Should().BeNull();
        visitor.GoBackTo(form);
        await visitor.PostAsync("answer", new() { ["q-issue"] = "再来一次", ["q-urgent"] = "5" });
        visitor.Text.Should().Contain("已经收到回答");
    }

    private static async Task Paper(DeskBrowser secretary, string page)
    {
        await secretary.GetAsync($"{page}/paper");
        var form = secretary.Page;
        var values = new Dictionary<string, string> { ["q-issue"] = "河边没有护栏", ["q-urgent"] = "4" };
        await secretary.PostAsync("paper", values);
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        secretary.GoBackTo(form);
        await secretary.PostAsync("paper", values);
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, "a doubled post is one answer");
    }

    private async Task Close(DeskBrowser secretary, string page, string address)
    {
        await secretary.GetAsync(page);
        await secretary.PostAsync("close", []);
        secretary.Page.QuerySelectorAll(".error-summary a").Should().NotBeEmpty("a reason is asked for");
        await secretary.PostAsync("close", new() { ["reason"] = "已经够了" });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await desk.Services.GetRequiredService<SurveyWorker>().TurnAsync(default);
        using var late = desk.Browser();
        await late.GetAsync(address);
        late.Text.Should().Contain("问卷已经结束");
        await secretary.GetAsync($"{desk.Case}");
        secretary.Text.Should().Contain("2 份");
    }

    private static List<string> Keys(DeskBrowser browser) =>
    [
        .. browser.Page.QuerySelectorAll("input[type=hidden]")
            .Where(one => one.GetAttribute("name") is { } name && name.StartsWith("key", StringComparison.Ordinal)
                && char.IsAsciiDigit(name[^1]) && !name.StartsWith("keys", StringComparison.Ordinal))
            .Select(one => one.GetAttribute("value")!),
    ];
}
