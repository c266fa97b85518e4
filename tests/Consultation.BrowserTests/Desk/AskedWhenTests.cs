using Microsoft.Playwright;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// The screening form asks for a reason only where an exclusion applies; without script it says in words what belongs
/// together.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class AskedWhenTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_reason_is_asked_once_an_exclusion_applies_and_what_was_typed_stays()
    {
        var page = await ScreeningAsync("核实噪声扰民问题");
        var reason = page.Locator("[name='f.excl-3-reason']");
        (await reason.IsVisibleAsync()).Should().BeFalse();
        (await page.Locator("[name='f.class']").First.IsVisibleAsync()).Should().BeTrue();

        await page.CheckAsync("[name='f.excl-3'][value=yes]", new() { Force = true });
        await page.FillAsync("[name='f.excl-3-reason']", "已向法院起诉");
        await page.CheckAsync("[name='f.excl-4'][value=yes]", new() { Force = true });
        await page.FillAsync("[name='f.excl-4-reason']", "记错了");
        await page.CheckAsync("[name='f.excl-4'][value=no]", new() { Force = true });
        await page.ClickAsync("button[name=outcome]");

        (await page.Locator(".error-summary").InnerTextAsync()).Should().Contain("情形 1").And.NotContain("情形 4");
        (await reason.InputValueAsync()).Should().Be("已向法院起诉");
        (await page.Locator("[name='f.excl-4-reason']").IsVisibleAsync()).Should().BeFalse();
        (await page.Locator("[name='f.class']").First.IsVisibleAsync()).Should().BeFalse();
        await Chromium.ShootAsync(page, "screening-asked-when");
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task Without_script_every_field_stands_there_with_its_condition_in_words()
    {
        var page = await ScreeningAsync("核实油烟扰民问题", script: false);

        (await page.Locator("[name='f.excl-3-reason']").IsVisibleAsync()).Should().BeTrue();
        (await page.GetByText("情形 3 选“是”的填写。").First.IsVisibleAsync()).Should().BeTrue();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> ScreeningAsync(string title, bool script = true)
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword, script: script);
        await page.GotoAsync("/cases/new");
        await page.FillAsync("[name=title]", title);
        await page.SelectOptionAsync("[name=platform]", new SelectOptionValue { Index = 1 });
        await page.SelectOptionAsync("[name=committee]", new SelectOptionValue { Index = 1 });
        await page.ClickAsync("main form button[type=submit]");
        var opened = page.Url;
        var task = page.Locator("main a[href^='/tasks/']").First;
        for (var look = 0; look < 100 && await task.CountAsync() == 0; look++)
        {
            await page.GotoAsync(opened);
        }

        await page.GotoAsync($"{await task.GetAttributeAsync("href")}?behalf=1");
        return page;
    }
}
