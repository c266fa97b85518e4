using System.Net;
using AngleSharp.Dom;
using Consultation.Cases.Tasks;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// A gate whose chair decides last, on its pages: a member reads that he gives an opinion, the chair whose turn it is
/// and then the opinions above the buttons; whoever stands aside passes the decision on.
/// </summary>
public sealed class TurnPageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task Member_and_chair_read_whose_turn_it_is_and_the_chair_stands_aside_for_the_secretary()
    {
        var @case = await _moves.OpenAsync("turns", Flows.Activity("Gate", "Consultation.RequestApproval",
            ("approvers", "String", "role:CommitteeDirector@case.committee; role:PlatformOfficer@case.platform"),
            ("mode", "String", nameof(GateMode.ChairLast)), ("title", "String", "审定方案"), ("due", "String", "5wd")));
        var gate = await _moves.TaskAtAsync(@case, "Gate");
        var chair = gate.Assignees.Single(seat => seat.IsChair).PersonId;
        var member = gate.Assignees.First(seat => !seat.IsChair).PersonId;

        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{gate.Id.Value}");
        director.Text.Should().Contain("还没有轮到您").And.Contain("最后决定，尚未轮到");
        director.Page.QuerySelector("form[id=answer]").Should().BeNull();
        await director.GetAsync("/tasks");
        director.Text.Should().NotContain(gate.Number);

        using var link = desk.Browser();
        await link.GetAsync("/t/" + await _moves.TokenAsync(gate, member));
        link.Text.Should().Contain("您的意见").And.Contain("请您发表意见，最后由").And
            .Contain("供最后决定的人参考").And.Contain("不便决定？可以选择：弃权、回避");
        await link.PostAsync("answer", new() { ["outcome"] = "Return", ["reason"] = "缺少预算。" });
        link.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, link.Text);

        await desk.UntilAsync(async db => await db.Mails.AnyAsync(
            mail => mail.TaskId == gate.Id.Value && mail.PersonId == chair.Value), "the chair is mailed in turn");
        using var second = desk.Browser();
        await second.GetAsync("/t/" + await _moves.TokenAsync(gate, chair));
        var form = second.Page.QuerySelector("form[id=answer]")!;
        var opinions = form.QuerySelector(".answer-opinions")!;
        opinions.TextContent.Should().Contain("退回修改").And.Contain("缺少预算。");
        opinions.CompareDocumentPosition(form.QuerySelector(".answer-buttons")!)
            .Should().HaveFlag(DocumentPositions.Following, "the opinions stand above the buttons");
        form.QuerySelectorAll("button[name=outcome]").Select(button => button.GetAttribute("value")).Should()
            .Equal("Confirm", "Return", "Reject", "Recuse");
        await second.PostAsync("answer", new() { ["outcome"] = "Recuse", ["reason"] = "项目与本人有关。" });
        second.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, second.Text);

        WorkTask called;
        do called = await _moves.TaskAtAsync(@case, "Gate"); while (called.Id == gate.Id);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{called.Id.Value}");
        secretary.Text.Should().Contain("审定方案（提请您决定）").And.Contain("回避，没有人作最后决定").And
            .Contain("审定答复情况").And.Contain("项目与本人有关。");
        await secretary.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
    }
}
