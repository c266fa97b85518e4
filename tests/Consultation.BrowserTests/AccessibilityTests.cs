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
        "/t/no-such-link", "/p/sample/list/asked", "/p/sample/list/prepared", "/p/sample/list/ahead",
        "/p/sample/reply", "/p/sample/thanks", "/p/sample/follow?n=SX2026-1&s=wrong",
    ];

    private static readonly string[] Pages =
    [
        "/", "/tasks", "/matters", "/matters/new", "/matters/import", "/cases", "/cases/new", "/plans", "/plans/new",
        "/tracking", "/tracking/annex", "/publishing", "/opinions", "/opinions?state=Refused",
        "/matters/ranking", "/matters/common", "/matters/halls", "/matters/talk", "/material", "/search?q=停车",
        "/policies/rules/common-count",
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
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var found = new List<string>();
        var visitor = await chromium.VisitorAsync(phone, language);
        // The page of thanks shows number and code to whoever handed something in.
        await visitor.GotoAsync("/p/sample/new");
        await visitor.FillAsync("[name=title]", "无障碍检查用的事项");
        await visitor.FillAsync("[name=text]", "看看收到以后的页面。");
        await visitor.SetCheckedAsync("[name=consent]", true);
        await visitor.ClickAsync("main form button[type=submit]");
        await visitor.WaitForURLAsync(url => url.EndsWith("/p/sample/thanks", StringComparison.Ordinal));
        (await visitor.Locator(".big-secret").CountAsync()).Should().Be(1);
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
        string[] addresses =
        [
            .. (await LivingSample.WalkAsync(browser, ofEachKind: 1)).Keys, .. await IntakeAsync(browser),
        ];
        var found = new List<string>();
        var page = await chromium.SignedInAsync(
            "secretary", sample.SamplePassword, phone, language, at: sample.ClientOptions.BaseAddress);
        var visitor = await chromium.VisitorAsync(phone, language);

        foreach (var address in addresses) await LookAsync(page, address, found);
        foreach (var address in await EntriesAsync(browser))
        {
            await LookAsync(visitor, new Uri(sample.ClientOptions.BaseAddress, address).ToString(), found);
        }

        await page.Context.CloseAsync();
        await visitor.Context.CloseAsync();

        await File.WriteAllLinesAsync(
            Chromium.ShotFile($"axe-work-{(phone ? "phone" : "wide")}-{language[..2]}.txt"), found);
        addresses.Should().HaveCountGreaterThan(20);
        found.Where(IsGrave).Should().BeEmpty();
    }

    /// <summary>What is done with matters, files and publications: pages that links with a choice lead to.</summary>
    private static async Task<IEnumerable<string>> IntakeAsync(DeskBrowser browser)
    {
        await browser.GetAsync("/matters");
        var matters = browser.Page.QuerySelectorAll("input[name=matter]").Take(3)
            .Select(box => box.GetAttribute("value")!).ToList();
        var all = string.Join('&', matters.Select(id => $"matter={id}"));
        await browser.GetAsync("/publishing");
        var publication = browser.Page.QuerySelector("td a[href^='/publishing/']")!.GetAttribute("href")!;
        await browser.GetAsync(publication);
        var correct = browser.Page.QuerySelector("a[href*='/publish/']")!.GetAttribute("href")!;
        await browser.GetAsync("/matters/halls");
        var poster = browser.Page.QuerySelector("a[href$='/poster']")!.GetAttribute("href")!;
        string[] acts = ["decline", "answer", "pass", "ask", "score", "route"];
        return
        [
            .. acts.Select(act => $"/matters/act/{act}?{all}"), $"/matters/merge?{all}",
            $"/matters/{matters[0]}", $"/matters/{matters[0]}/edit", $"/files/add?matter={matters[0]}", publication,
            correct, poster, "/matters/halls", "/matters/ranking", "/matters/common", "/material",
        ];
    }

    /// <summary>Every kind of public page that the sample has: hall, topic, meeting, result.</summary>
    private static async Task<IEnumerable<string>> EntriesAsync(DeskBrowser browser)
    {
        var found = new List<string> { "/p/sample" };
        foreach (var list in (string[])["asked", "prepared", "ahead", "results"])
        {
            await browser.GetAsync($"/p/sample/list/{list}");
            found.Add($"/p/sample/list/{list}");
            if (browser.Page.QuerySelector("h3 a[href*='/x/']") is { } link) found.Add(link.GetAttribute("href")!);
        }

        found.Should().HaveCountGreaterThan(7);
        return found;
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
