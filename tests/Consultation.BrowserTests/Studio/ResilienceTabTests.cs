using static Consultation.BrowserTests.Studio.InputTests;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>The tab in which an HTTP activity gets its retries.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ResilienceTabTests(Chromium chromium)
{
    [SkippableFact]
    public async Task An_http_request_is_given_one_of_the_hosts_strategies_and_other_activities_have_no_such_tab()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync(
            "重试", [At(Activity("Send1", "Elsa.FlowSendHttpRequest"), 40), At(Activity("Line1", "Elsa.WriteLine"), 400)],
            definitionId: "retried-request");
        var editor = await StudioEditor.OpenAsync(visit, "retried-request");

        await editor.SelectAsync("Send1");
        await editor.OpenPanelAsync("容错");
        await editor.PickAsync("容错策略", "短暂重试：3 次，约 1、2、4 秒后");

        await editor.InputWhenAsync(
            "Send1", "customProperties", one => one["resilienceStrategy"]?["strategyId"]?.ToString() == "http-brief");
        await visit.ShootAsync("resilience-chosen");
        await editor.SelectAsync("Line1");
        await Expect(visit.Page.Locator(".mud-tab", new() { HasText = "容错" })).ToHaveCountAsync(0);
        await visit.LeaveAsync("resilience");
    }
}
