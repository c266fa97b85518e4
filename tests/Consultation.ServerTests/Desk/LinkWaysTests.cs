using System.Net;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// What the page behind a link lets people do besides answering, without a log-in: pass the task on, and ask something
/// back. Nothing of it without a post, nothing by others.
/// </summary>
public sealed class LinkWaysTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task A_director_passes_on_one_task_and_the_delegate_decides_it_by_a_link_of_his_own()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var (director, deputy) = await DeputyAsync();
        var stranger = await desk.PersonAsync("contact");
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelectorAll("#pass-on option").Select(one => one.TextContent).Should()
            .Contain(label => label.Contains(deputy.Name)).And.NotContain(label => label.Contains(stranger.Name),
                "nobody outside reads the whole directory");

        await browser.PostAsync("pass-on", new() { ["to"] = deputy.Id.Value.ToString(), ["reason"] = "出差" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);

        await browser.GetAsync("/t/" + token);
        browser.Text.Should().Contain($"您已委托{deputy.Name}").And.Contain("只委托这一项任务");
        browser.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty("the person may still answer");
        await desk.UntilAsync(async db => await db.Mails.AnyAsync(
            mail => mail.TaskId == gate.Id.Value && mail.PersonId == deputy.Id.Value), "the delegate is mailed");
        await using var db = desk.Open();
        (await db.Mails.AsNoTracking().AnyAsync(mail => mail.PersonId == director.Id.Value
            && mail.Subject.Contains("您已委托"))).Should().BeTrue("the principal hears what the link did");

        using var other = desk.Browser();
        await other.GetAsync("/t/" + await _moves.TokenAsync(gate, deputy.Id));
        other.Text.Should().Contain($"您受{director.Name}").And.Contain("委托办理这项任务。原因：出差");
        other.Page.QuerySelector("#pass-on").Should().BeNull("a delegation does not cascade");
        await other.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        other.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, other.Text);

        var seat = (await db.Tasks.AsNoTracking().SingleAsync(task => task.Id == gate.Id)).Assignees.Single();
        (seat.PersonId, seat.AnsweredById, seat.Delegated).Should().Be((director.Id, deputy.Id, true));
        await EndAllAsync(director);
    }

    [Fact]
    public async Task Undone_while_undecided_the_delegate_s_link_decides_nothing()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var (director, deputy) = await DeputyAsync();
        await EndAllAsync(director);
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        await browser.PostAsync("pass-on", new() { ["to"] = deputy.Id.Value.ToString(), ["reason"] = "出差" });
        await desk.UntilAsync(async db => await db.ActionLinks.AnyAsync(
            link => link.TaskId == gate.Id.Value && link.PersonId == deputy.Id.Value), "the delegate has a link");
        using var other = desk.Browser();
        await other.GetAsync("/t/" + await _moves.TokenAsync(gate, deputy.Id));

        await browser.GetAsync("/t/" + token);
        var end = browser.Page.QuerySelectorAll("form input[name=_handler]").Select(one => one.GetAttribute("value")!)
            .Single(name => name.StartsWith("end-", StringComparison.Ordinal));
        await browser.PostAsync(end, []);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        await other.PostAsync("answer", new() { ["outcome"] = "Confirm" });

        other.Text.Should().Contain("这个链接已收回");
        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single().Outcome.Should().BeNull();
        await EndAllAsync(director);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", "出差", "", "to")]
    [InlineData("stranger", "出差", "", "to")]
    [InlineData("deputy", "", "", "reason")]
    [InlineData("deputy", "出差", "2020-01-01", "last")]
    [InlineData("deputy", "出差", "2999-01-01", "last")]
    [InlineData("deputy", "出差", "tomorrow", "last")]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_passed_on(
        string to, string reason, string last, string field)
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var (_, deputy) = await DeputyAsync();
        to = to switch
        {
            "deputy" => deputy.Id.Value.ToString(),
            "stranger" => (await desk.PersonAsync("contact")).Id.Value.ToString(),
            _ => to,
        };
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);

        await browser.PostAsync("pass-on", new() { ["to"] = to, ["reason"] = reason, ["last"] = last });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelector("#pass-on")!.HasAttribute("open").Should().BeTrue();
        browser.Page.QuerySelectorAll("#pass-on .error-summary a").Select(one => one.GetAttribute("href")).Should()
            .Contain(href => href!.EndsWith(field, StringComparison.Ordinal), browser.Text);
        await using var db = desk.Open();
        (await db.Delegations.AnyAsync(one => one.SeatId == gate.Assignees[0].Id)).Should().BeFalse();
    }

    [Fact]
    public async Task A_question_goes_to_the_organiser_whose_link_answers_it_and_nothing_else()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);

        await browser.PostAsync("ask", new() { ["question"] = "资金<b>落实</b>了吗？" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        var question = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Questions.Should().ContainSingle().Subject;
        using var organiser = desk.Browser();
        await organiser.GetAsync("/t/" + await _moves.TokenAsync(gate, question.ToIds[0]));
        organiser.Text.Should().Contain("资金<b>落实</b>了吗？", "it is shown as it was typed");
        organiser.Page.QuerySelector("#answer").Should().BeNull("the organiser decides nothing by it");
        organiser.Page.QuerySelector("#pass-on").Should().BeNull();
        await organiser.PostAsync($"reply-{question.Id:N}", new() { ["answer"] = "已列入预算。" });
        organiser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, organiser.Text);

        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelector("#questions")!.TextContent.Should().Contain("已列入预算。");
        browser.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty("the link stays usable");
        await using var db = desk.Open();
        (await db.Mails.AsNoTracking().SingleAsync(mail => mail.TaskId == gate.Id.Value
            && mail.Purpose == "question-answered")).PersonId.Should().Be(gate.Assignees[0].PersonId.Value);
    }

    [Fact]
    public async Task At_the_desk_it_is_asked_answered_and_prolonged_too()
    {
        var (gate, _) = await _moves.JudgedReportAsync();
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{gate.Id.Value}");
        await director.PostAsync("ask", new() { ["question"] = "能否延期？" });
        director.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, director.Text);
        var question = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Questions.Single();
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{gate.Id.Value}");
        var later = DateOnly.FromDateTime(DateTime.UnixEpoch.AddSeconds(
            gate.DueAt!.Value.ToUnixTimeSeconds())).AddDays(7);

        await secretary.PostAsync($"reply-{question.Id:N}", new()
        {
            ["answer"] = "可以。",
            ["until"] = later.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        var after = await _moves.TaskAtAsync(gate.CaseId, "Gate");
        after.DueAt.Should().BeAfter(gate.DueAt.Value.AddDays(6));
        after.Questions.Single().ProlongedTo.Should().Be(later);
        await director.GetAsync($"/tasks/{gate.Id.Value}");
        director.Page.QuerySelector("#questions")!.TextContent.Should().Contain("可以。").And.Contain("办理时限已延至");
    }

    [Fact]
    public async Task The_organiser_s_link_posts_no_decision_and_opens_nothing_once_the_task_is_decided()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        await browser.PostAsync("ask", new() { ["question"] = "资金落实了吗？" });
        var question = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Questions.Single();
        var asked = "/t/" + await _moves.TokenAsync(gate, question.ToIds[0]);
        using var organiser = desk.Browser();
        await organiser.GetAsync(asked);
        await browser.GetAsync("/t/" + token);
        var form = browser.Page;

        // The fields of the assignee's form, posted at the organiser's address.
        organiser.GoBackTo(form);
        await organiser.PostAsync("answer", new() { ["outcome"] = "Confirm" });

        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single().Outcome.Should().BeNull();
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        await organiser.GetAsync(asked);
        organiser.Page.QuerySelectorAll("form[id]").Should().BeEmpty();
    }

    [Fact]
    public async Task Looking_asks_and_passes_on_nothing()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var (director, deputy) = await DeputyAsync();
        using var browser = desk.Browser();

        await browser.GetAsync($"/t/{token}?_handler=ask&question=x&to={deputy.Id.Value}&reason=y");
        await browser.GetAsync($"/t/{token}?_handler=pass-on&question=x&to={deputy.Id.Value}&reason=y");
        using var head = await browser.Client.SendAsync(
            new(HttpMethod.Head, $"/t/{token}?_handler=pass-on&to={deputy.Id.Value}&reason=y"));

        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Questions.Should().BeEmpty();
        await using var db = desk.Open();
        (await db.Delegations.AnyAsync(one => one.FromId == director.Id && one.SeatId == gate.Assignees[0].Id))
            .Should().BeFalse();
    }

    [Fact]
    public async Task Of_a_restricted_case_nothing_is_asked_or_passed_on_by_link()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var before = browser.Page;
        await using var db = desk.Open();
        await db.Cases.Where(one => one.Id == gate.CaseId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Restricted, true));

        await browser.PostAsync("ask", new() { ["question"] = "机密" });
        browser.GoBackTo(before);
        await browser.PostAsync("pass-on", new() { ["to"] = Guid.NewGuid().ToString(), ["reason"] = "机密" });
        await browser.GetAsync("/t/" + token);

        browser.Page.QuerySelectorAll("#ask, #pass-on, #questions").Should().BeEmpty();
        (await db.Tasks.AsNoTracking().SingleAsync(one => one.Id == gate.Id)).Questions.Should().BeEmpty();
    }

    [Fact]
    public async Task After_the_answer_the_page_says_who_is_next_and_how_to_take_it_back()
    {
        var (_, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);

        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        await browser.GetAsync($"/t/{token}?done=1");

        browser.Page.QuerySelector(".next-card, form[action] , .alert-success").Should().NotBeNull();
        browser.Text.Should().Contain("您的答复已经记录");
        await browser.PostAsync("take-back", []);
        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty("the link is alive");
    }

    /// <summary>The director of the committee, and somebody of the same unit.</summary>
    private async Task<(Person Director, Person Deputy)> DeputyAsync()
    {
        var (director, member) = (await desk.PersonAsync("director"), await desk.PersonAsync("member"));
        await using var db = desk.Open();
        if (member.UnitId != director.UnitId)
        {
            var row = await db.People.SingleAsync(one => one.Id == member.Id);
            row.UnitId = director.UnitId;
            (await db.Organisations.SingleAsync(one => one.Id == desk.Organisation)).DirectoryVersion++;
            await db.SaveChangesAsync();
        }

        return (director, member);
    }

    private async Task EndAllAsync(Person director)
    {
        await using var db = desk.Open();
        db.RemoveRange(await db.Delegations.Where(one => one.FromId == director.Id).ToListAsync());
        (await db.Organisations.SingleAsync(one => one.Id == desk.Organisation)).DirectoryVersion++;
        await db.SaveChangesAsync();
    }
}
