using System.Buffers.Binary;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// What comes to a decision link with a real browser: a scanner that runs scripts and presses what can be pressed, and
/// people without script, on a phone, inside WeChat.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class LinkVisits(Chromium chromium)
{
    private const string WeChat =
        "Mozilla/5.0 (Linux; Android 10; HMA-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
        + "Chrome/66.0.3359.126 MQQBrowser/6.2 TBS/045223 Mobile Safari/537.36 MMWEBID/7103 "
        + "MicroMessenger/7.0.17.1720(0x2700113F) Process/tools";

    [SkippableFact]
    public async Task A_scanner_that_runs_scripts_and_presses_all_but_the_answers_decides_nothing()
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var moves = new CaseMoves(chromium.Services);
        var (gate, token) = await moves.JudgedReportAsync();
        var page = await chromium.VisitorAsync();
        await page.GotoAsync($"/t/{token}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        await page.EvaluateAsync("""
            for (const one of document.querySelectorAll(
              'summary, label, button:not([type=submit]), input, textarea, select'))
            {
              for (const kind of ['mouseover', 'mousedown', 'mouseup', 'click', 'focus', 'change', 'input', 'blur'])
                one.dispatchEvent(new Event(kind, { bubbles: true }));
            }
            """);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var links = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a[href]')].map(one => one.href).filter(one => "
            + "one.startsWith(location.origin))");
        foreach (var link in links.Distinct())
        {
            // Downloads end a visit without a page: that is an answer too.
            await page.GotoAsync(link, new() { WaitUntil = WaitUntilState.NetworkIdle }).ContinueWith(_ => { });
        }

        links.Should().HaveCountGreaterThan(3);
        var after = await moves.TaskAtAsync(gate.CaseId, "Gate");
        (after.Revision, after.Assignees.Single().Outcome, after.Questions.Count).Should().Be((gate.Revision, null, 0));
        await page.GotoAsync($"/t/{token}");
        (await page.Locator("button[name=outcome]").CountAsync()).Should().BePositive("the link is not burnt");
        await page.Context.CloseAsync();
    }

    [SkippableTheory]
    [InlineData("zh-CN", null)]
    [InlineData("zh-CN", WeChat)]
    [InlineData("en-GB", null)]
    public async Task Without_script_a_person_asks_passes_on_decides_and_takes_back(string language, string? agent)
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var moves = new CaseMoves(chromium.Services);
        var (gate, token) = await moves.JudgedReportAsync();
        var page = await chromium.VisitorAsync(phone: true, language, script: false, agent: agent);
        var mark = $"link-{(agent is null ? "plain" : "wechat")}-{language[..2]}";
        async Task LookAsync(string what)
        {
            await Chromium.ShootAsync(page, $"{mark}-{what}");
            (await FitsAsync(page)).Should().BeTrue($"{what} must not scroll sideways");
        }

        await page.GotoAsync($"/t/{token}?lang={language[..2]}");
        await LookAsync("1-asked");
        await page.Locator("#ask > summary").ClickAsync();
        await page.Locator("#ask textarea").FillAsync("第二段的数据从哪里来？");
        await page.Locator("#ask button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("said=asked", StringComparison.Ordinal));
        await LookAsync("2-question-asked");
        (await moves.TaskAtAsync(gate.CaseId, "Gate")).Questions.Should().ContainSingle();

        await page.Locator("#pass-on > summary").ClickAsync();
        await page.Locator("#pass-on [name=to]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#pass-on [name=reason]").FillAsync("本周出差，请代为审核");
        await page.Locator("#pass-on button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("said=passed", StringComparison.Ordinal));
        await LookAsync("3-passed-on");
        var given = page.Locator("form:has(input[value^=end-])");
        var count = await given.CountAsync();
        await given.First.Locator("button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("passed-back", StringComparison.Ordinal));
        (await given.CountAsync()).Should().Be(count - 1, "it is the person's own again");

        await page.Locator("button[name=outcome][value=Confirm]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("done=1", StringComparison.Ordinal));
        await LookAsync("4-decided");
        (await moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single().Outcome.Should().Be("Confirm");

        await page.Locator("form:has(input[value=take-back]) button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("said=taken-back", StringComparison.Ordinal));
        await LookAsync("5-taken-back");
        (await page.Locator(".next-card").CountAsync()).Should().Be(0, "nothing follows from what was taken back");
        (await moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single().Outcome.Should().BeNull();
        (await page.Locator("button[name=outcome]").CountAsync()).Should().BePositive("the link lives on");
        await page.Context.CloseAsync();
    }

    [SkippableTheory]
    [InlineData("zh-CN")]
    [InlineData("en-GB")]
    public async Task A_link_that_decides_no_more_says_why_and_how_things_stand(string language)
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var moves = new CaseMoves(chromium.Services);
        var (gate, token) = await moves.JudgedReportAsync();
        var page = await chromium.VisitorAsync(phone: true, language, script: false);
        await using var db = chromium.Services.GetRequiredService<Database>().Open();
        var links = db.ActionLinks.Where(link => link.TaskId == gate.Id.Value);
        async Task LookAsync(string address, string what)
        {
            await page.GotoAsync($"{address}?lang={language[..2]}");
            await Chromium.ShootAsync(page, $"link-{language[..2]}-{what}");
            (await page.Locator("button[name=outcome]").CountAsync()).Should().Be(0, what);
            (await page.Locator("h1, h2").AllInnerTextsAsync()).Should().NotBeEmpty();
        }

        await links.ExecuteUpdateAsync(set => set.SetProperty(link => link.ExpiresAt, DateTimeOffset.UnixEpoch));
        await LookAsync($"/t/{token}", "expired");
        await links.ExecuteUpdateAsync(set => set.SetProperty(link => link.TaskRevision, gate.Revision + 7));
        await LookAsync($"/t/{token}", "overtaken");
        await links.ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedAt, DateTimeOffset.UnixEpoch));
        await LookAsync($"/t/{token}", "revoked");
        await LookAsync($"/t/{token[..^9]}", "cut-off");
        await page.Context.CloseAsync();
    }

    // Without script the page cannot be asked for its own width.
    private static async Task<bool> FitsAsync(IPage page)
    {
        var picture = await page.ScreenshotAsync(new() { FullPage = true });
        return BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)) <= page.ViewportSize!.Width;
    }
}
