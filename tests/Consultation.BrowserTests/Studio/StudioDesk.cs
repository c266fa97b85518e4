using Consultation.ServerTests.Elsa;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Studio;

/// <summary>
/// The designer of one host. Each person keeps one browser window for all journeys, so that the designer's files are
/// fetched once; each journey opens a tab of its own in it.
/// </summary>
public sealed class StudioDesk(Chromium chromium)
{
    private readonly Dictionary<(string User, string Language), IBrowserContext> _windows = [];
    private readonly Dictionary<string, ElsaClient> _clients = [];

    /// <summary>What the designer asked of the host in all journeys so far.</summary>
    public StudioTraffic Traffic { get; } = new(() => chromium.Host.Services);

    /// <summary>
    /// A tab in which somebody uses the designer; skipped where the browser or the designer's files are missing.
    /// </summary>
    public async Task<StudioVisit> VisitAsync(string user = "sample-admin", string language = "zh-CN")
    {
        Skip.IfNot(
            Directory.Exists(
                Path.Combine(
                    AppContext.BaseDirectory, "../../../../../src/Consultation.Server/wwwroot/studio/_framework")),
            "This build was made without the designer (WithStudio=false).");
        var window = await WindowAsync(user, language);
        var page = await window.NewPageAsync();
        await page.SetViewportSizeAsync(1600, 1000);
        return new(page, this, await ClientAsync(user));
    }

    /// <summary>
    /// The designer's interface by hand, as somebody: to prepare what a journey needs and to see what it left on the
    /// host.
    /// </summary>
    public async Task<ElsaClient> ClientAsync(string user)
    {
        if (!_clients.TryGetValue(user, out var client))
        {
            var window = await WindowAsync(user, "zh-CN");
            var cookies = (await window.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}");
            var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = chromium.Address };
            http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
            _clients[user] = client = await ElsaClient.EnterAsync(http);
        }

        return client;
    }

    private async Task<IBrowserContext> WindowAsync(string user, string language)
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        if (!_windows.TryGetValue((user, language), out var window))
        {
            var page = await chromium.SignedInAsync(user, chromium.PasswordOf(user), language: language);
            await page.GotoAsync($"/?lang={language[..2]}");
            await page.GotoAsync("/studio/host/host.css");
            _windows[(user, language)] = window = page.Context;
        }

        return window;
    }
}
