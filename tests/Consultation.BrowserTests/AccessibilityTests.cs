using Consultation.ServerTests;
using Consultation.ServerTests.Sample;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Consultation.BrowserTests;

/// <summary>Every page of the desk as axe sees it, wide and on a phone: what shuts people out is not there.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    private static readonly string[] Public =
    [
        "/", "/sign-in", "/p/sample", "/p/sample/list/results", "/p/sample/new", "/p/sample/follow", "/about",
        "/t/no-such-link",
    ];

    private static readonly string[] Pages =
    [
        "/", "/tasks", "/matters", "/matters/new", "/matters/import", "/cases", "/cases/new", "/plans", "/plans/new",
        "/tracking", "/tracking/annex", "/publishing", "/opinions",
        "/people", "/people/new", "/units", "/units/new", "/duties", "/delegations", "/calendar?year=2026",
        "/calendar/2026-10-08",
        "/calendar/import", "/policies", "/policies/ladders/standard", "/policies/reminders/standard", "/policies/tags",
        "/mail-templates",
        "/mail-templates/approval-request/zh", "/outbox", "/workflows", "/workflows/import", "/status", "/account",
        "/account/password",
        "/no-such-page",
    ];

    [SkippableTheory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "en-GB")]
    public async Task No_page_shuts_anybody_out(bool phone, string language)
    {
        var found = new List<string>();
        var visitor = await chromium.VisitorAsync(phone, language);
        foreach (var address in Public) await LookAsync(visitor, address, found);
        var page = await chromium.SampleAdministratorAsync(phone, language);
        foreach (var address in Pages) await LookAsync(page, address, found);
        await visitor.Context.CloseAsync();
        await page.Context.CloseAsync();

        await File.WriteAllLinesAsync(
            Chromium.ShotFile($"axe-{(phone ? "phone" : "wide")}-{language[..2]}.txt"), found);
        found.Where(IsGrave).Should().BeEmpty();
    }

    /// <summary>
    /// Cases, tasks, plans, items and mails are there only in an organisation at work: the pages that its secretary
    /// reaches, one of each kind.
    /// </summary>
    [SkippableTheory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "en-GB")]
    public async Task No_page_of_an_organisation_at_work_shuts_anybody_out(bool phone, string language)
    {
        chromium.SkipWithoutChromium();
        await using var sample = new LivingSample();
        sample.UseKestrel(0);
        sample.StartServer();
        await sample.InitializeAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = sample.ClientOptions.BaseAddress };
        using var browser = new DeskBrowser(client);
        (await browser.SignInAsync("secretary", sample.SamplePassword)).Should().BeTrue();
        var addresses = (await LivingSample.WalkAsync(browser, ofEachKind: 1)).Keys;
        var found = new List<string>();
        var page = await chromium.SignedInAsync(
            "secretary", sample.SamplePassword, phone, language, at: sample.ClientOptions.BaseAddress);

        foreach (var address in addresses) await LookAsync(page, address, found);
        await page.Context.CloseAsync();

        await File.WriteAllLinesAsync(
            Chromium.ShotFile($"axe-work-{(phone ? "phone" : "wide")}-{language[..2]}.txt"), found);
        addresses.Should().HaveCountGreaterThan(20);
        found.Where(IsGrave).Should().BeEmpty();
    }

    private static bool IsGrave(string finding) =>
        finding.StartsWith("critical", StringComparison.Ordinal)
        || finding.StartsWith("serious", StringComparison.Ordinal);

    private static async Task LookAsync(IPage page, string address, List<string> found)
    {
        await page.GotoAsync(address);
        // The preview of a mail is a frame in which no script runs, so axe would wait in it for ever.
        await page.EvaluateAsync("() => document.querySelectorAll('iframe').forEach(frame => frame.remove())");
        var result = await page.RunAxe();
        result.Passes.Should().NotBeEmpty($"{address} is a page");
        found.AddRange(result.Violations.SelectMany(item => item.Nodes.Select(node =>
            $"{item.Impact ?? "minor"} {item.Id} {address} {node.Target}: {item.Help}")));
    }
}
