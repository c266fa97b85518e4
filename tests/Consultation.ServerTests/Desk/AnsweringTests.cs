using System.Net;
using AngleSharp.Html.Dom;
using Consultation.Cases;
using Consultation.Mail.ActionLinks;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// One task from the first, unfinished answer to its result: refused with words, mended, counted once, shown to
/// latecomers.
/// </summary>
public sealed class AnsweringTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public async Task An_answer_mended_after_a_refusal_counts_once_and_the_link_then_shows_who_decided()
    {
        var address = await LinkAsync();
        using var browser = desk.Browser();
        await browser.GetAsync(address);
        await browser.PostAsync("answer", new() { ["outcome"] = Outcome(browser) });
        browser.Page.QuerySelectorAll(".error-summary li").Should().NotBeEmpty("nothing was filled in");

        var filled = Filled(browser);
        await browser.PostAsync("answer", filled);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        await browser.GetAsync(address);
        browser.Text.Should().Contain("您已经通过这个链接答复过了").And.Contain("作出答复");
        browser.Page.QuerySelectorAll("button[name=outcome]").Should().BeEmpty();

        using var officer = await desk.AsAsync("officer");
        await officer.GetAsync(desk.Task);
        officer.Text.Should().Contain("作出答复");
        await officer.GetAsync($"{desk.Task}/result");
        officer.Text.Should().Contain("您的答复已经记录");
        officer.Page.QuerySelector(".waiting-now").Should().NotBeNull("the page says what happens next");
    }

    private async Task<string> LinkAsync()
    {
        var task = new TaskId(Guid.Parse(desk.Task.Split('/')[^1]));
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var link = await db.Set<ActionLink>().AsNoTracking().FirstAsync(one => one.TaskId == task.Value);
        return "/t/" + desk.Services.GetRequiredService<ActionLinkMint>().TokenOf(link);
    }

    private static string Outcome(DeskBrowser browser) =>
        browser.Page.QuerySelector("button[name=outcome]")!.GetAttribute("value")!;

    /// <summary>Everything filled in: "no" or the last choice, the first tick, and words.</summary>
    private static Dictionary<string, string> Filled(DeskBrowser browser)
    {
        var values = new Dictionary<string, string> { ["outcome"] = Outcome(browser) };
        foreach (var field in browser.Page.QuerySelectorAll(
            "#answer input[name^='f.'],#answer textarea[name^='f.'],#answer textarea[name=reason]"))
        {
            var name = field.GetAttribute("name")!;
            if (field is IHtmlInputElement { Type: "radio" } radio)
            {
                values[name] = radio.Value;
            }
            else if (field is IHtmlInputElement { Type: "checkbox" } box)
            {
                values.TryAdd(name, box.Value);
            }
            else
            {
                values[name] = "已到现场核实，情况属实。";
            }
        }

        return values;
    }
}
