using System.Diagnostics;
using System.Net;
using Consultation.Cases.Workflows;
using Consultation.Server.Rehearsals;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Rehearsals;

/// <summary>Rehearsing at the desk, in both languages and without script, and from a script.</summary>
public sealed class RehearsalPageTests(RehearsalDesk desk) : IClassFixture<RehearsalDesk>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task The_secretary_plays_a_workflow_and_reads_what_comes_of_it_in_both_languages()
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync("/rehearse");
        browser.Page.QuerySelector($"a[href='/rehearse/{WorkflowKeys.SixSteps}']").Should().NotBeNull();
        await browser.GetAsync($"/rehearse/{WorkflowKeys.SixSteps}");
        await browser.PostAsync("rehearse", new()
        {
            ["start"] = "2026-03-09",
            ["plays"] = "2",
            ["share-Late"] = "40",
        });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        await UntilOverAsync(browser);

        browser.Text.Should().Contain("走完").And.Contain("时间线").And.Contain("每人每周的任务")
            .And.Contain("2 次演练");
        browser.Page.QuerySelectorAll("svg.gantt .gantt-bar").Length.Should().BeGreaterThan(20);
        browser.Page.QuerySelector("svg.gantt .gantt-tick").Should().NotBeNull("mails are ticks");
        browser.Page.QuerySelectorAll("table.heat td").Should().NotBeEmpty();
        var address = browser.Answer.RequestMessage!.RequestUri!.PathAndQuery;
        await browser.GetAsync($"{address.Split('?')[0]}?lang=en");
        browser.Text.Should().Contain("Came to its end").And.Contain("Timeline")
            .And.Contain("Tasks per person and week").And.NotMatchRegex(@"\[[a-z-]+\.[\w.-]+\]");
    }

    [Fact]
    public async Task Wrong_entries_are_said_at_their_fields()
    {
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync($"/rehearse/{WorkflowKeys.TenWeekPlan}");

        await browser.PostAsync(
            "rehearse", new() { ["plays"] = "900", ["share-Late"] = "80", ["share-Silent"] = "40" });

        browser.Text.Should().Contain("演练次数为 1 到 200").And.Contain("合计不超过 100");
    }

    [Fact]
    public async Task Whoever_does_not_run_the_office_does_not_rehearse()
    {
        using var browser = await desk.AsAsync("member");

        await browser.GetAsync("/rehearse");

        browser.Answer.StatusCode.Should().NotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_command_prints_a_summary_and_ends_with_one_at_a_dead_end()
    {
        var id = await desk.SaveDeadEndAsync("stuck-command");
        var command = desk.Services.GetRequiredService<RehearseCommand>();
        using var console = new StringWriter();
        await using (var db = desk.Open())
        {
            // The host made an organisation at its own start; the command plays on the first.
            db.RemoveRange(db.Organisations.Where(one => !one.IsSample));
            await db.SaveChangesAsync();
        }

        var bad = await command.RunAsync([RehearseCommand.Option, id, "--start", "2026-03-09"], console, default);
        var good = await command.RunAsync(
            [RehearseCommand.Option, WorkflowKeys.SixSteps, "--start", "2026-03-09", "--seed", "3"], console, default);
        var wrong = await command.RunAsync([RehearseCommand.Option, "--seed", "x"], console, default);

        (bad, good, wrong).Should().Be((1, 0, 1), console.ToString());
        console.ToString().Should().Contain("停在“等通知”").And.Contain("seed 3").And.Contain("usage");
        RehearseCommand.Without(["--sample", RehearseCommand.Option, id, "--seed", "3", "--Urls=x"])
            .Should().Equal("--sample", "--Urls=x");
    }

    private static async Task UntilOverAsync(DeskBrowser browser)
    {
        var waited = Stopwatch.StartNew();
        await browser.FollowAsync();
        while (browser.Answer.Headers.Contains("Refresh"))
        {
            waited.Elapsed.Should().BeLessThan(Patience);
            await browser.GetAsync(browser.Answer.RequestMessage!.RequestUri!.PathAndQuery);
        }
    }
}
