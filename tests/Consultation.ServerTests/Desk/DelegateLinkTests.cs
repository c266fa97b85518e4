using System.Net;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>A director goes away after the task came: the delegate gets its mail and decides by the own link.</summary>
public sealed class DelegateLinkTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task A_delegate_gets_the_open_task_and_decides_by_the_link_as_delegated()
    {
        var (gate, _) = await _moves.JudgedReportAsync();
        var (director, member) = (await desk.PersonAsync("director"), await desk.PersonAsync("member"));
        var now = desk.Services.GetRequiredService<TimeProvider>().GetUtcNow();

        (await desk.Services.GetRequiredService<OrganisationEdits>().DelegateAsync(
            new(desk.Organisation, null, null, "delegate"),
            new(director.Id, member.Id, now.AddMinutes(-1), now.AddDays(7), Reason: "出差"), default))
            .Should().BeOfType<EditResult.Saved>();
        await desk.UntilAsync(async db => await db.Mails.AnyAsync(
            mail => mail.TaskId == gate.Id.Value && mail.PersonId == member.Id.Value), "the delegate is mailed");
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + await _moves.TokenAsync(gate, member.Id));
        browser.Text.Should().Contain("审定调研报告").And.Contain("步道全长三公里", "what is judged is shown");
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);

        await using var db = desk.Open();
        var seat = (await db.Tasks.AsNoTracking().SingleAsync(task => task.Id == gate.Id)).Assignees.Single();
        (seat.PersonId, seat.AnsweredById, seat.Delegated).Should().Be((director.Id, member.Id, true));
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{gate.Id.Value}");
        secretary.Text.Should().Contain($"受{director.Name}").And.Contain("委托答复");
    }
}
