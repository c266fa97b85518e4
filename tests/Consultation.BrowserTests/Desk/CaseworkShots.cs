using Microsoft.Playwright;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// Casework as people see it: wide and on a phone, in Chinese and English. Nothing sticks out on the right.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class CaseworkShots(Chromium chromium)
{
    [SkippableTheory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "zh-CN")]
    [InlineData(false, "en-GB")]
    [InlineData(true, "en-GB")]
    public async Task Pages_fit_the_screen(bool phone, string language)
    {
        var page = await chromium.SampleAdministratorAsync(phone, language);
        await page.GotoAsync($"/?lang={language[..2]}");
        var mark = $"{(phone ? "phone" : "wide")}-{language[..2]}";
        foreach (var address in new[]
        {
            "/matters", "/matters/new", "/matters/import", "/cases", "/cases/new", "/tasks", "/tracking", "/plans",
                "/plans/new", "/p/sample", "/p/sample/new", "/p/sample/follow",
        })
        {
            await page.GotoAsync(address);

            await Chromium.ShootAsync(page, $"{mark}{address.Replace('/', '-')}");
            (await Chromium.FitsAsync(page)).Should().BeTrue($"{address} must not scroll sideways at {mark}");
        }

        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task A_plan_is_started_and_drawn_without_script()
    {
        await chromium.LoadSampleAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword, phone: true, script: false);
        await page.GotoAsync("/plans/new");
        await page.FillAsync("[name=title]", "柳林社区停车难协商会议");
        await page.SelectOptionAsync("[name=group]", new SelectOptionValue { Index = 1 });

        await page.ClickAsync("main form button[type=submit]");

        (await page.Locator("svg.gantt-narrow .gantt-phase").CountAsync()).Should().Be(4);
        (await Chromium.FitsAsync(page)).Should().BeTrue("the chart scrolls within its card");
        await Chromium.ShootAsync(page, "phone-zh-plan");
        await page.Context.CloseAsync();
    }
}
