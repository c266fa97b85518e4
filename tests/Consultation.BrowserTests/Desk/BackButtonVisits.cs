using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// What the browser itself brings back: the form behind the Back button, with what was typed and its hidden id.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class BackButtonVisits(Chromium chromium)
{
    [SkippableFact]
    public async Task A_second_matter_handed_in_after_the_back_button_is_stored_too()
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var page = await chromium.VisitorAsync();
        await page.GotoAsync("/p/sample/new");
        var operation = await page.InputValueAsync("[name=operation]");

        await HandInAsync(page, "门口路灯不亮了");
        var first = await page.InnerTextAsync(".big-number");
        await page.GoBackAsync();
        (await page.InputValueAsync("[name=title]")).Should().Be("门口路灯不亮了", "the browser gives back what was typed");
        var kept = await page.InputValueAsync("[name=operation]");
        await HandInAsync(page, "学校门口井盖丢了");

        (await page.InnerTextAsync(".big-number")).Should().NotBe(
            first, "the first receipt is not shown for the second matter");
        await using var db = chromium.Services.GetRequiredService<Database>().Open();
        (await db.Matters.CountAsync(one => one.Title == "门口路灯不亮了")).Should().Be(1);
        (await db.Matters.CountAsync(one => one.Title == "学校门口井盖丢了")).Should()
            .Be(1, $"the form had the id {operation} and came back with {kept}");
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task What_was_typed_when_the_session_ended_goes_out_by_itself_after_signing_in()
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword);
        await page.GotoAsync("/matters/new");
        await page.FillAsync("[name=title]", "登录到期时写的事项");
        await page.FillAsync("[name=text]", "写了很久的内容，不想再写一遍。");
        await page.Context.ClearCookiesAsync(new() { Name = "consultation" });

        await page.ClickAsync("main button[type=submit]");
        await page.FillAsync("[name=user]", "secretary");
        await page.FillAsync("[name=password]", chromium.SamplePassword);
        await page.ClickAsync("form:has([name=password]) button[type=submit]");
        await page.WaitForURLAsync(url => url.Contains("notice=notice.matter-saved", StringComparison.Ordinal));

        (await page.InnerTextAsync("main")).Should().Contain("登录到期时写的事项");
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task Back_after_a_refused_entry_that_was_then_accepted_shows_the_form_and_no_error_of_the_browser()
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword);
        await page.GotoAsync("/matters/new");
        await page.FillAsync("[name=title]", "退回一次的事项");
        await page.EvaluateAsync("document.querySelector('main form').noValidate = true");
        await page.ClickAsync("main form button[type=submit]");
        (await page.Locator(".alert-danger").CountAsync()).Should().BePositive("the text is missing");

        await page.FillAsync("[name=text]", "补上内容以后再提交一次。");
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync(url => url.Contains("notice=notice.matter-saved", StringComparison.Ordinal));
        await page.GoBackAsync();

        page.Url.Should().EndWith("/matters/new");
        (await page.Locator("[name=title]").CountAsync()).Should().Be(1);
        await page.Context.CloseAsync();
    }

    private static async Task HandInAsync(Microsoft.Playwright.IPage page, string title)
    {
        await page.FillAsync("[name=title]", title);
        await page.FillAsync("[name=text]", "晚上看不见路，老人和孩子都不敢走。");
        await page.SetCheckedAsync("[name=consent]", true);
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync(url => url.Contains("/thanks", StringComparison.Ordinal));
    }
}
