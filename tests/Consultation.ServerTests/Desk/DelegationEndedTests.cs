using System.Net;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>Somebody comes back before the delegation is over, and ends it.</summary>
public sealed class DelegationEndedTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task A_delegation_ended_early_gives_the_task_back_with_a_link_that_works_and_the_delegates_link_dies()
    {
        var (gate, _) = await _moves.JudgedReportAsync();
        var (director, member) = (await desk.PersonAsync("director"), await desk.PersonAsync("member"));
        var (edits, now) = (desk.Services.GetRequiredService<OrganisationEdits>(),
            desk.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await edits.DelegateAsync(new(desk.Organisation, null, null, "delegate early"),
            new(director.Id, member.Id, now.AddMinutes(-1), now.AddDays(7), Reason: "出差"), default);
        await desk.UntilAsync(async db => await db.Mails.AnyAsync(
            mail => mail.TaskId == gate.Id.Value && mail.PersonId == member.Id.Value), "the delegate is mailed");
        var (old, before) = (await TokenAsync(gate, member), await MailsToAsync(gate, director));
        await using var db = desk.Open();
        var delegation = await db.Delegations.AsNoTracking().SingleAsync(
            row => row.FromId == director.Id && row.ToId == member.Id && row.EndsAt > now);

        (await edits.EndDelegationAsync(new(desk.Organisation, null, null, "end early"), delegation.Id, default))
            .Should().BeOfType<EditResult.Saved>();
        await desk.UntilAsync(async _ => await MailsToAsync(gate, director) > before, "the principal is mailed");

        using var stale = desk.Browser();
        await stale.GetAsync("/t/" + old);
        stale.Text.Should().NotContain("name=\"outcome\"").And.NotContain("步道全长三公里", "the task is not theirs any more");
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + await TokenAsync(gate, director));
        browser.Text.Should().Contain("步道全长三公里");
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        var seat = (await db.Tasks.AsNoTracking().SingleAsync(task => task.Id == gate.Id)).Assignees.Single();
        (seat.PersonId, seat.AnsweredById, seat.Delegated).Should().Be((director.Id, null, false));
    }

    private async Task<string> TokenAsync(WorkTask gate, Person person)
    {
        await using var db = desk.Open();
        var links = await db.ActionLinks.AsNoTracking().Where(
            link => link.TaskId == gate.Id.Value && link.PersonId == person.Id.Value).ToListAsync();
        return desk.Services.GetRequiredService<ActionLinkMint>().TokenOf(links.MaxBy(link => link.CreatedAt)!)!;
    }

    private async Task<int> MailsToAsync(WorkTask gate, Person person)
    {
        await using var db = desk.Open();
        return await db.Mails.CountAsync(
            mail => mail.TaskId == gate.Id.Value && mail.PersonId == person.Id.Value);
    }
}
