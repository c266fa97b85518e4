using System.Net;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Runtime.Definitions;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// What people do when something goes otherwise, through the whole host: take back, reassign, answer for others, merge,
/// retry, cancel.
/// </summary>
public sealed class SteeringTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task A_decision_can_be_taken_back_until_the_time_that_the_page_says()
    {
        var @case = await desk.OpenCaseAsync();
        var task = await desk.TaskAsync(@case);
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{task.Id.Value}");
        await director.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        director.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, director.Text);

        await director.GetAsync($"/tasks/{task.Id.Value}/result");
        director.Text.Should().MatchRegex("[0-9]{1,2}:[0-9]{2}.{0,12}(之前|前)", "it says until when");
        await director.PostAsync("take-back", []);

        director.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, director.Text);
        var open = await desk.TaskAsync(@case);
        (open.State, open.Assignees[0].Outcome).Should().Be((TaskState.Open, null));
        await director.GetAsync($"/tasks/{task.Id.Value}");
        director.Page.QuerySelector("#answer").Should().NotBeNull("it can be answered anew");
        (await desk.HistoryAsync(@case)).Should().Contain("task.taken-back").And.NotContain("task.decided");
    }

    [Fact]
    public async Task After_that_time_taking_back_is_refused_with_words_and_the_decision_stands()
    {
        var @case = await desk.OpenCaseAsync();
        var task = await desk.TaskAsync(@case);
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{task.Id.Value}");
        await director.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        await director.GetAsync($"/tasks/{task.Id.Value}/result");

        desk.Pass(TimeSpan.FromMinutes(3));
        await desk.UntilAsync(db => db.Tasks.AnyAsync(row => row.Id == task.Id && row.State == TaskState.Done),
            "the decision takes effect");
        await director.PostAsync("take-back", []);

        director.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        director.Page.QuerySelector(".alert-warning")!.TextContent.Should().Contain("陈明").And.Contain("已");
        (await desk.TaskAsync(@case)).Outcome.Should().Be("Confirm");
    }

    [Fact]
    public async Task An_opinion_taken_back_by_link_leaves_every_link_usable_and_the_same_link_answers_anew()
    {
        await desk.Services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence("opinions", Flows.Activity("Gate", "Consultation.RequestApproval",
                ("approvers", "String", "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee"),
                ("mode", "String", nameof(GateMode.ChairLast)), ("title", "String", "审定方案"))),
            publish: true, DefinitionAuthor.Host, default);
        var @case = await desk.OpenAsync("opinions", "河边步道夜间照明");
        var tokens = await TokensAsync(await desk.TaskAsync(@case));
        var member = (await desk.TaskAsync(@case)).Assignees.First(seat => !seat.IsChair).PersonId.Value;
        using var other = desk.Browser();
        await other.GetAsync("/t/" + tokens.First(pair => pair.Key != member).Value);
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + tokens[member]);
        await browser.PostAsync("answer", new() { ["outcome"] = "Return", ["reason"] = "请补充" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);

        await browser.GetAsync("/t/" + tokens[member]);
        await browser.PostAsync("take-back", []);

        foreach (var token in tokens.Values)
        {
            using var fresh = desk.Browser();
            await fresh.GetAsync("/t/" + token);
            fresh.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty(fresh.Text);
        }

        await other.PostAsync("answer", new() { ["outcome"] = "Return", ["reason"] = "请写明预算" });
        other.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "what the page showed has changed");
        other.Page.QuerySelector("[name=reason]")!.TextContent.Should().Contain("请写明预算", "nothing typed is lost");
        await browser.GetAsync("/t/" + tokens[member]);
        await browser.PostAsync("answer", new() { ["outcome"] = "Return", ["reason"] = "请补充" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        (await desk.TaskAsync(@case)).Assignees.Single(seat => seat.PersonId.Value == member).Outcome.Should()
            .Be("Return");
    }

    /// <summary>The tokens of the links that the mails of a task carry, by the person they were sent to.</summary>
    private async Task<Dictionary<Guid, string>> TokensAsync(WorkTask task)
    {
        await using var db = desk.Open();
        var links = await db.Set<ActionLink>().AsNoTracking().Where(link => link.TaskId == task.Id.Value).ToListAsync();
        var mint = desk.Services.GetRequiredService<ActionLinkMint>();
        // Who will act for somebody else too has a second link.
        return links.OrderBy(link => link.Id).DistinctBy(link => link.PersonId)
            .ToDictionary(link => link.PersonId, link => mint.TokenOf(link)!);
    }

    [Fact]
    public async Task A_reassigned_task_goes_to_the_new_person_and_leaves_the_old_one()
    {
        var @case = await desk.OpenCaseAsync();
        var task = await desk.TaskAsync(@case);
        var other = await desk.PersonAsync("director2");
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{task.Id.Value}");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{task.Id.Value}/assign");

        await secretary.PostAsync("assign", new() { ["to"] = other.Id.Value.ToString("N") });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await director.PostAsync("answer", new() { ["outcome"] = "Confirm" });

        director.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        director.Text.Should().Contain("周敏", "the page says who decides now");
        using var taker = await desk.AsAsync("director2");
        await taker.GetAsync($"/tasks/{task.Id.Value}");
        await taker.PostAsync("answer", new() { ["outcome"] = "Return", ["reason"] = "请补充预算" });
        taker.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, taker.Text);
        (await desk.TaskAsync(@case)).Assignees.Single(seat => seat.PersonId == other.Id).Outcome.Should().Be("Return");
        (await desk.HistoryAsync(@case)).Should().Contain("task.reassigned");
    }

    [Fact]
    public async Task An_answer_that_the_secretary_enters_is_recorded_as_on_behalf()
    {
        var @case = await desk.OpenCaseAsync();
        var task = await desk.TaskAsync(@case);
        var director = await desk.PersonAsync("director");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{task.Id.Value}?behalf=1");

        await secretary.PostAsync(
            "answer", new() { ["outcome"] = "Confirm", ["for"] = director.Id.Value.ToString("N") });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        var seat = (await desk.TaskAsync(@case)).Assignees.Single();
        seat.Channel.Should().Be("on-behalf");
        seat.AnsweredById.Should().Be((await desk.PersonAsync("secretary")).Id);
        await secretary.GetAsync($"/cases/{@case}?tab=history");
        secretary.Text.Should().Contain("孙静（代陈明）");
    }

    [Fact]
    public async Task Matters_are_merged_once_and_a_merged_one_is_refused_with_words()
    {
        List<MatterId> pool;
        await using (var db = desk.Open())
        {
            pool = await db.Matters.Where(
                row => row.OrganisationId == desk.Organisation && row.State == MatterState.Pooled)
                .OrderBy(row => row.Number).Select(row => row.Id).Take(3).ToListAsync();
        }

        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/matters/merge?matter={pool[0].Value},{pool[1].Value}");
        await secretary.PostAsync("merge", new() { ["into"] = pool[0].Value.ToString() });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);

        await using var after = desk.Open();
        var merged = await after.Matters.SingleAsync(row => row.Id == pool[1]);
        (merged.State, merged.MergedIntoId).Should().Be((MatterState.Merged, pool[0]));
        await secretary.GetAsync($"/matters/merge?matter={pool[0].Value},{pool[1].Value}");
        await secretary.PostAsync("merge", new() { ["into"] = pool[0].Value.ToString() });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, "the same once more is as it was wanted");
        await secretary.GetAsync($"/matters/merge?matter={pool[1].Value},{pool[2].Value}");
        await secretary.PostAsync("merge", new() { ["into"] = pool[2].Value.ToString() });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        secretary.Page.QuerySelector(".error-summary").Should().NotBeNull();
    }

    [Fact]
    public async Task A_step_that_failed_for_want_of_people_is_retried_from_the_page()
    {
        await SetActiveAsync("director", false);
        CaseId @case;
        using var secretary = await desk.AsAsync("secretary");
        try
        {
            @case = await desk.OpenCaseAsync();
            await secretary.GetAsync($"/cases/{@case}");
            secretary.Page.QuerySelector(".alert-danger")!.TextContent.Should().Contain("没有可办理的人");
            secretary.Text.Should().Contain("步骤出错");
            secretary.Page.QuerySelector(".alert-danger .alert-title")!.TextContent.Should()
                .Contain("审定方案").And.NotContain("Gate");
            secretary.Page.QuerySelector(".alert-danger p")!.TextContent.Should().NotContain("Nobody");
            secretary.Page.QuerySelector(".alert-danger details")!.TextContent
                .Should().Contain("Gate", "whoever maintains the workflow finds the node");
            await secretary.GetAsync($"/cases/{@case}?lang=en");
            secretary.Page.QuerySelector(".alert-danger p")!.TextContent.Should()
                .StartWith("Nobody can do this").And.NotContain("没有可办理的人");
            await secretary.GetAsync($"/cases/{@case}?lang=zh");
        }
        finally
        {
            await SetActiveAsync("director", true);
        }

        var form = secretary.Page.QuerySelector("form[action$='/retry']")!;
        using var fields = new FormUrlEncodedContent(form.QuerySelectorAll("input[name]")
            .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? ""));
        using var answer = await secretary.Client.PostAsync(form.GetAttribute("action"), fields);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await desk.TaskAsync(@case)).State.Should().Be(TaskState.Open);
        await secretary.GetAsync($"/cases/{@case}");
        secretary.Page.QuerySelector(".alert-danger").Should().BeNull();
    }

    [Fact]
    public async Task A_cancelled_case_says_why_and_takes_its_tasks_off_people()
    {
        var @case = await desk.OpenCaseAsync();
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/cases/{@case}/cancel");

        await secretary.PostAsync("confirm", new() { ["reason"] = "与另一协商事项重复" });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await desk.UntilAsync(db => db.Tasks.AllAsync(row => row.CaseId != @case || row.State == TaskState.Cancelled),
            "the task is withdrawn");
        await secretary.GetAsync($"/cases/{@case}");
        secretary.Text.Should().Contain("协商事项已撤销").And.Contain("与另一协商事项重复");
        await using var db = desk.Open();
        (await db.Runs.CountAsync(run => run.CorrelationId == @case.ToString() && run.Status == "Running"))
            .Should().Be(0);
    }

    [Fact]
    public async Task When_an_assignee_leaves_task_and_case_say_so_and_offer_to_reassign()
    {
        var @case = await desk.OpenCaseAsync();
        var task = await desk.TaskAsync(@case);
        using var secretary = await desk.AsAsync("secretary");
        try
        {
            await SetActiveAsync("director", false);

            await secretary.GetAsync($"/tasks/{task.Id.Value}");
            secretary.Page.QuerySelector(".alert-warning")!.TextContent.Should()
                .Contain("陈明已离任").And.Contain("请改派").And.Contain("现在没有人能够办理");
            secretary.Page.QuerySelector($".alert-warning a[href='/tasks/{task.Id.Value}/assign']").Should()
                .NotBeNull();
            await secretary.GetAsync($"/cases/{@case}");
            secretary.Page.QuerySelector(".waiting-now")!.TextContent.Should().Contain("陈明已离任");
            await secretary.GetAsync("/tasks?view=all&late=vacant");
            secretary.Page.QuerySelectorAll($"a[href='/tasks/{task.Id.Value}']").Should()
                .NotBeEmpty("the list of what has lost its assignee");
        }
        finally
        {
            await SetActiveAsync("director", true);
        }

        await secretary.GetAsync($"/tasks/{task.Id.Value}");
        secretary.Page.QuerySelector(".alert-warning").Should().BeNull();
    }

    private async Task SetActiveAsync(string user, bool active)
    {
        var person = await desk.PersonAsync(user);
        using var office = await desk.AsAsync("sample-admin");
        await office.GetAsync($"/people/{person.Id.Value:N}");
        await office.PostAsync("person", active ? new() { ["active"] = "true" } : new() { ["active"] = "" });
        office.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, office.Text);
        (await desk.PersonAsync(user)).Active.Should().Be(active);
    }
}
