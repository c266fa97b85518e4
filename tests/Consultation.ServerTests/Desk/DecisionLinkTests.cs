using System.Net;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>Approving by a link in a mail: mail rules 1, 2 and 4, on the whole host.</summary>
public sealed class DecisionLinkTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Theory]
    [InlineData("/t/")]
    [InlineData("/link/")]
    public async Task Looking_changes_nothing_however_often(string door)
    {
        var (token, task) = await TokenAsync();
        var before = await StateAsync(task);
        using var browser = desk.Browser();

        for (var turn = 0; turn < 3; turn++)
        {
            await browser.GetAsync(door + token);
            using var head = new HttpRequestMessage(HttpMethod.Head, door + token);
            using var answer = await browser.Client.SendAsync(head);
        }

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty(browser.Text);
        browser.Answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        browser.Answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await StateAsync(task)).Should().Be(before);
    }

    [Theory]
    [InlineData("。")]
    [InlineData("）")]
    [InlineData("%20")]
    [InlineData("%20%20")]
    [InlineData("%E3%80%82")]
    [InlineData("。请尽快办理")]
    [InlineData("请尽快办理")]
    [InlineData(")")]
    [InlineData(").")]
    [InlineData("%3E")]
    [InlineData("%E2%80%8B")]
    [InlineData("?utm_source=mail")]
    [InlineData("。?from=wx")]
    public async Task A_link_opens_whatever_a_mail_program_makes_of_its_end(string end)
    {
        var (token, _) = await TokenAsync();
        using var browser = desk.Browser();

        await browser.GetAsync("/link/" + token + end);

        browser.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty(browser.Text);
        var outcome = browser.Page.QuerySelector("button[name=outcome]")!.GetAttribute("value")!;
        await browser.PostAsync("answer", new() { ["outcome"] = outcome });
        browser.Page.QuerySelectorAll("#answer, .error-summary").Should().NotBeEmpty("the answer arrives all the same");
    }

    [Fact]
    public async Task A_forged_link_tells_nothing()
    {
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + new string('A', 43));

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        browser.Text.Should().Contain("这个链接不能打开").And.NotContain("柳林");
    }

    [Fact]
    public async Task A_link_shows_neither_the_desk_s_navigation_nor_anything_from_elsewhere()
    {
        var (token, _) = await TokenAsync();
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + token);

        browser.Page.QuerySelector(".desk-nav").Should().BeNull();
        browser.Page.QuerySelectorAll("[src^=http],link[href^=http]").Should().BeEmpty();
    }

    [Fact]
    public async Task An_unfinished_answer_is_refused_with_words_and_the_link_stays_usable()
    {
        var (token, task) = await TokenAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var outcome = browser.Page.QuerySelector("button[name=outcome]")!.GetAttribute("value")!;

        await browser.PostAsync("answer", new() { ["outcome"] = outcome });

        browser.Page.QuerySelectorAll(".error-summary li").Should().NotBeEmpty();
        (await StateAsync(task)).State.Should().Be(TaskState.Open);
        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty(browser.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_shows_the_matters_it_asks_about_unless_the_case_is_restricted(bool restricted)
    {
        var (token, task) = await TokenAsync();
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var caseId = (await db.Set<WorkTask>().AsNoTracking().FirstAsync(one => one.Id == task)).CaseId;
        var matter = await db.Set<Matter>().AsNoTracking().FirstAsync(one => one.CaseId == caseId);
        await db.Cases.Where(one => one.Id == caseId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Restricted, restricted));
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + token);

        browser.Text.Contains(matter.Text, StringComparison.Ordinal).Should().Be(!restricted, browser.Text);
        await db.Cases.Where(one => one.Id == caseId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Restricted, false));
    }

    /// <summary>The link that the screening task's mail carries, and its task.</summary>
    private async Task<(string Token, TaskId Task)> TokenAsync()
    {
        var task = new TaskId(Guid.Parse(desk.Task.Split('/')[^1]));
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var link = await db.Set<ActionLink>().AsNoTracking().FirstAsync(one => one.TaskId == task.Value);
        return (desk.Services.GetRequiredService<ActionLinkMint>().TokenOf(link)!, task);
    }

    private async Task<(TaskState State, int Revision)> StateAsync(TaskId id)
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var task = await db.Set<WorkTask>().AsNoTracking().FirstAsync(one => one.Id == id);
        return (task.State, task.Revision);
    }
}
