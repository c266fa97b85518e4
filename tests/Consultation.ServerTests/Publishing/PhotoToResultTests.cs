using System.Net;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Testing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Publishing;

/// <summary>
/// From a resident's photo to a published result and his 基本满意, by the pages alone: handed in, given to a unit,
/// signed for, answered, looked at again, published, rated by the resident (P05 P16 Q37 Q60 Q80).
/// </summary>
public sealed class PhotoToResultTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task From_a_photo_to_a_published_result_and_mostly_satisfied()
    {
        using var resident = desk.Browser();
        var (number, code, id) = await HandInAsync(resident);
        await RouteAsync(id);
        using var unit = await desk.AsAsync("contact");
        using var secretary = await desk.AsAsync("secretary");
        await AnswerAsync(unit, "Sign", new() { ["outcome"] = "SignFor" });
        await AnswerAsync(unit, "Reply", new()
        {
            ["outcome"] = "Done",
            ["f.points"] = "您反映的东门夜间没有路灯的问题，已装路灯十二盏，昨天全部通电，请您再看一看。",
            ["f.done-by"] = "2026-01-05",
            ["f.signed"] = "承办单位",
            ["f.signed-on"] = "2026-01-05",
            ["f.contact"] = "值班电话 12345",
        });
        await AnswerAsync(secretary, "Quality", new()
        {
            ["outcome"] = "Confirm",
            ["f.points-answered"] = "yes",
            ["f.days-given"] = "yes",
            ["f.signature-there"] = "yes",
        });
        var @case = await PublishAsync(secretary, id);
        await RateAsync(resident, number, code);

        var matter = await UntilAsync(async db =>
            await db.Matters.AsNoTracking().SingleAsync(one => one.Id == id) is { State: MatterState.Closed } closed
                ? closed : null);
        matter.Satisfaction.Should().Be(Satisfaction.MostlySatisfied);
        await UntilAsync(async db => await db.Cases.AsNoTracking().SingleAsync(one => one.Id == @case) is
        { State: CaseState.Closed } closed ? closed : null);
        await resident.GetAsync($"/p/sample/follow?n={number}&s={code}");
        resident.Text.Should().Contain("已装路灯十二盏").And.Contain("东门路灯装好了");
        await resident.GetAsync("/p/sample");
        resident.Text.Should().Contain("东门路灯装好了", "the result stays readable when the case is closed");
    }

    private async Task<(string Number, string Code, MatterId Id)> HandInAsync(DeskBrowser resident)
    {
        await resident.GetAsync("/p/sample/new");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in resident.FieldsOf("hand-in", new()
        {
            ["title"] = "东门夜间没有路灯",
            ["text"] = "东门到公交站一路漆黑，照片里看得清楚，请尽快装灯。",
            ["consent"] = "true",
        }))
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(SampleFiles.Photo()), "files", "东门.jpg");
        await resident.SendAsync(form);
        resident.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, resident.Text);
        await resident.FollowAsync();
        var number = resident.Page.QuerySelector(".big-number")!.TextContent;
        var code = string.Concat(resident.Page.QuerySelectorAll(".big-secret span").Select(four => four.TextContent));
        await using var db = desk.Open();
        var matter = await db.Matters.AsNoTracking().SingleAsync(one => one.Number == number);
        (await db.Set<Attachment>().CountAsync(file => file.MatterId == matter.Id)).Should().Be(1);
        return (number, code, matter.Id);
    }

    private async Task RouteAsync(MatterId id)
    {
        var unit = (await desk.PersonAsync("contact")).UnitId!.Value;
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/matters/act/route?matter={id.Value}");
        await secretary.PostAsync("act", new() { ["lead-unit"] = unit.Value.ToString("N") });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
    }

    private async Task AnswerAsync(DeskBrowser browser, string step, Dictionary<string, string> values)
    {
        var task = await UntilAsync(async db => await db.Tasks.AsNoTracking()
            .FirstOrDefaultAsync(one => one.ActivityId == step && one.State == TaskState.Open));
        await browser.GetAsync($"/tasks/{task.Id.Value}");
        await browser.PostAsync("answer", values);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, $"{step}: {browser.Text}");
        // A decision can be taken back for two minutes; then the procedure goes on.
        desk.Pass(TimeSpan.FromMinutes(3));
    }

    private async Task<CaseId> PublishAsync(DeskBrowser secretary, MatterId id)
    {
        CaseId @case;
        await using (var db = desk.Open()) @case = (await db.Matters.SingleAsync(one => one.Id == id)).CaseId!.Value;
        await secretary.GetAsync($"/cases/{@case.Value}/publish/result");
        await secretary.PostAsync("publish", new()
        {
            ["f.title"] = "东门路灯装好了",
            ["f.asked"] = "居民反映东门到公交站夜间没有路灯。",
            ["f.asked-level"] = "public",
            ["f.advised"] = "由承办单位增设路灯。",
            ["f.advised-level"] = "public",
            ["f.done"] = "已装路灯十二盏，全部通电。",
            ["f.done-level"] = "public",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await using var read = desk.Open();
        var publication = await read.Publications.SingleAsync(one => one.CaseId == @case);
        using var second = await desk.AsAsync("sample-admin");
        await second.GetAsync($"/publishing/{publication.Id.Value:N}");
        await second.PostAsync("second", new() { ["agrees"] = "1" });
        second.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, second.Text);
        return @case;
    }

    /// <summary>The step that asks runs a moment after the look at the reply.</summary>
    private async Task RateAsync(DeskBrowser resident, string number, string code)
    {
        await UntilAsync(async db => await db.Cases.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Rating != null && one.Kind == CaseKind.Routing));
        await resident.GetAsync($"/p/sample/reply?n={number}&k={code}");
        resident.Text.Should().Contain("已装路灯十二盏");
        await resident.PostAsync("rate", new() { ["rating"] = nameof(Satisfaction.MostlySatisfied) });
        resident.Page.QuerySelectorAll(".error-summary a").Should().BeEmpty();
        resident.Text.Should().Contain("谢谢");
    }

    private async Task<T> UntilAsync<T>(Func<ConsultationDb, Task<T?>> look)
        where T : class
    {
        T? found = null;
        await desk.UntilAsync(async db => (found = await look(db)) is not null, "it does not come about");
        return found!;
    }
}
