namespace Consultation.BrowserTests;

/// <summary>
/// The office pages as people see them: wide and on a phone, in Chinese and English; pictures are kept for whoever
/// looks.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class OfficePagesTests(Chromium chromium)
{
    private static readonly (string Address, string Name)[] Pages =
    [
        ("/", "home"), ("/people", "people"), ("/people/new", "person-new"), ("/units", "units"), ("/duties", "duties"),
        ("/delegations", "delegations"),
        ("/calendar?year=2026", "calendar"), ("/calendar/2026-10-08", "calendar-day"), ("/policies", "policies"),
        ("/policies/ladders/standard", "ladder"),
        ("/mail-templates", "templates"), ("/mail-templates/approval-request/zh", "template"), ("/outbox", "outbox"),
        ("/workflows", "workflows"),
        ("/status", "status"), ("/about", "about"), ("/account", "account"), ("/account/password", "password"),
        ("/no-such-page", "not-found"),
    ];

    [SkippableTheory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "zh-CN")]
    [InlineData(false, "en-GB")]
    public async Task Every_office_page_fits_its_screen_and_keeps_to_the_policy(bool phone, string language)
    {
        var page = await chromium.SampleAdministratorAsync(phone, language);
        await page.GotoAsync(language == "en-GB" ? "/?lang=en" : "/?lang=zh");
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        foreach (var (address, name) in Pages)
        {
            await page.GotoAsync(address);
            (await Chromium.FitsAsync(page)).Should().BeTrue($"{address} must not stick out on the right");
            await Chromium.ShootAsync(page, $"{name}-{(phone ? "phone" : "wide")}-{language[..2]}");
        }

        complaints.Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task The_door_looks_as_it_should_and_works_without_script()
    {
        var page = await chromium.VisitorAsync(phone: true, script: false);

        await page.GotoAsync("/sign-in");
        await Chromium.ShootAsync(page, "sign-in-phone-zh");
        await page.FillAsync("[name=user]", "nobody");
        await page.FillAsync("[name=password]", "nothing-at-all");
        await page.ClickAsync("main button[type=submit]");

        (await page.Locator(".error-summary").InnerTextAsync()).Should().Contain("登录名或密码不对");
        await Chromium.ShootAsync(page, "sign-in-refused-phone-zh");
        await page.Context.CloseAsync();
    }
}
