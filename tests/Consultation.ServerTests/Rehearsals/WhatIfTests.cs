using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Workflows;
using Consultation.Runtime.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Rehearsals;

/// <summary>A running case is played on from its present state, and never touched.</summary>
public sealed class WhatIfTests(RehearsalDesk desk) : IClassFixture<RehearsalDesk>
{
    [Fact]
    public async Task A_running_case_is_played_to_its_end_and_stays_as_it_was()
    {
        var running = await OpenAsync();
        var before = await desk.ChecksumsAsync();

        var play = await desk.PlayAsync(new RehearsalSettings
        {
            DefinitionId = WorkflowKeys.SixSteps,
            CaseId = running.Value,
        });

        (await desk.ChecksumsAsync()).Should().Equal(before);
        (play.End, play.State).Should().Be(
            (PlayEnd.Over, CaseState.Closed), string.Join('\n', play.Findings.Select(one => one.Text.Zh)));
        play.Tasks.Should().Contain(task => task.ActivityId == "Screen", "the task that was open went on");
    }

    [Fact]
    public async Task The_button_stands_on_the_cases_page_and_leads_to_the_play()
    {
        var running = await OpenAsync();
        using var browser = await desk.AsAsync("secretary");
        await browser.GetAsync($"/cases/{running.Value}");

        browser.Page.QuerySelector($"a[href='/cases/{running}/what-if']").Should().NotBeNull();
        await browser.GetAsync($"/cases/{running.Value}/what-if");

        browser.Text.Should().Contain("真实事项不受影响");
    }

    private async Task<CaseId> OpenAsync()
    {
        await using var db = desk.Open();
        var platform = await db.Units.FirstAsync(
            unit => unit.OrganisationId == desk.Organisation && unit.Kind == UnitKind.MemberStation);
        var registered = (RegisterResult.Registered)await desk.Services.GetRequiredService<MatterRegister>()
            .RegisterAsync(new MatterEntry
            {
                OrganisationId = desk.Organisation,
                Source = MatterSource.PublicForm,
                Title = "河边步道照明",
                Text = "河边步道晚上没有路灯，老人孩子不敢走。",
                ProposerName = "刘女士",
                ProposerEmail = "liu@example.org",
                PlatformId = platform.Id,
                OperationId = Guid.NewGuid().ToString("N"),
            }, default);
        await desk.Services.GetRequiredService<WorkLoop>().DrainAsync(default);
        return (await db.Matters.SingleAsync(matter => matter.Id == registered.MatterId)).CaseId!.Value;
    }
}
