using Consultation.ServerTests;
using Consultation.ServerTests.SignIn;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// Signing in and out by OpenID Connect as a browser does it: it keeps to the page's policy, which counts where a form
/// leads on to.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class OpenIdVisitTests(Chromium chromium)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_by_the_button_and_out_through_the_provider(bool script)
    {
        chromium.SkipWithoutChromium();
        await using var provider = await IdentityProvider.StartAsync();
        using var host = new DeskHost(provider.Settings);
        host.UseKestrel(0);
        host.StartServer();
        var desk = host.ClientOptions.BaseAddress;
        await provider.TrustAsync(desk);
        var page = await chromium.VisitorAsync(script: script);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync(new Uri(desk, "/sign-in?to=/people").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "统一身份认证登录" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(desk, "/people").ToString());
        await page.Locator("details.head-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(desk, "/sign-in").ToString());

        provider.SignOuts.Should().Be(1);
        complaints.Should().BeEmpty();
        await page.Context.CloseAsync();
    }
}
