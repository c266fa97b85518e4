using System.Net;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The page behind a link inside WeChat's and QQ's browsers, which run no downloads and open no windows; as every page
/// it needs no script.
/// </summary>
public sealed class InAppBrowserTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private const string WeChat =
        "Mozilla/5.0 (Linux; Android 8.1.0; vivo Y83A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
            + "Chrome/86.0.4240.99 XWEB/4425 MMWEBSDK/20230202 Mobile Safari/537.36 MMWEBID/1234 "
            + "MicroMessenger/8.0.33.2320 WeChat/arm64";

    private const string QQ =
        "Mozilla/5.0 (Linux; U; Android 7.1.2; zh-cn; OPPO R9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
            + "MQQBrowser/6.2 TBS/045230 Mobile Safari/537.36 V1_AND_SQ_8.4.1_1442_YYB_D QQ/8.4.1.4680";

    private readonly CaseMoves _moves = new(desk.Services);

    [Theory]
    [InlineData(WeChat)]
    [InlineData(QQ)]
    public async Task A_document_is_read_as_a_page_where_downloads_are_blocked_and_the_answer_is_given_there(
        string agent)
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        browser.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);

        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelectorAll("a[download], a[target], [onclick]").Should().BeEmpty();
        var read = browser.Page.QuerySelector(".material .document-list a")!.GetAttribute("href")!;
        await browser.GetAsync(read);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelector(".paper-sheet")!.TextContent.Should().Contain("末段没有路灯")
            .And.Contain("在浏览器打开", "it says how to keep the file");
        browser.Page.QuerySelectorAll("a[download]").Should().BeEmpty();
        browser.Answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        await browser.GetAsync(browser.Page.QuerySelector(".form-buttons a.btn-primary")!.GetAttribute("href")!);
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).HeldUntil.Should().NotBeNull();
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; U; Android 4.4.4; zh-cn; HM NOTE 1LTE) AppleWebKit/534.30 (KHTML, like Gecko) "
        + "Version/4.0 Mobile Safari/534.30")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 9_3 like Mac OS X) AppleWebKit/601.1.46 (KHTML, like Gecko) "
        + "Mobile/13E233 MicroMessenger/6.3.16 NetType/WIFI Language/zh_CN")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 9; zh-cn; MI 8) AppleWebKit/537.36 Version/4.0 Chrome/66.0.3359.126 "
        + "MQQBrowser/10.1 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/78.0 Mobile Safari/537.36 QQMail/6.4.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 7.0) AppleWebKit/537.36 Chrome/57.0 Mobile wxwork/3.0.31 "
        + "MicroMessenger/7.0.1")]
    [InlineData("Nokia5230/40.0.003 SymbianOS/9.4 UCBrowser/8.0")]
    public async Task Every_page_of_a_link_stands_without_script_window_or_download_in_old_and_built_in_browsers(
        string agent)
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        browser.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        var isBuiltIn = agent.Contains("MicroMessenger") || agent.Contains("QQ");
        foreach (var address in new[] { "/t/" + token, $"/t/{token}/calendar", "/t/" + token[..30], "/n/" + token })
        {
            await browser.GetAsync(address);
            browser.Page.QuerySelectorAll("a[target], [onclick], a[href^=javascript], iframe, embed, object").Should()
                .BeEmpty($"{address} opens no window");
            browser.Page.QuerySelectorAll("main form").Should().NotContain(
                form => form.GetAttribute("method") != "post");
            browser.Answer.Content.Headers.ContentDisposition.Should().BeNull($"{address} is a page");
            if (isBuiltIn) browser.Page.QuerySelectorAll("a[download]").Should().BeEmpty($"{address}: {agent}");
        }

        await browser.GetAsync("/t/" + token);
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).HeldUntil.Should().NotBeNull();
    }

    [Fact]
    public async Task In_a_browser_of_its_own_the_file_is_offered_too()
    {
        var (_, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        browser.Client.DefaultRequestHeaders.TryAddWithoutValidation(
            "User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1");

        await browser.GetAsync("/t/" + token);

        browser.Page.QuerySelectorAll(".material a[download]").Should().NotBeEmpty();
    }

    [Fact]
    public async Task What_is_pressed_with_a_thumb_is_a_link_a_button_or_a_fold_of_html_and_needs_no_script()
    {
        var (_, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + token);

        foreach (var button in browser.Page.QuerySelectorAll("main button"))
        {
            button.GetAttribute("type").Should().Be("submit");
            button.ClassList.Should().Contain("btn", "the style of a button is at least 44 pixels high");
        }

        browser.Page.QuerySelectorAll("main form").Should().OnlyContain(form => form.GetAttribute("method") == "post");
        browser.Page.QuerySelector("a.to-answer-near")!.GetAttribute("href").Should().Be("#answer");
        browser.Page.QuerySelectorAll("main [onclick], main a[href^=javascript]").Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_asked_stands_first_then_what_the_others_said_then_the_answers()
    {
        var (_, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + token);

        var html = browser.Page.DocumentElement.OuterHtml;
        var places = new[] { "task-face", "seat-list", "id=\"answer\"", "id=\"ask\"" }
            .Select(mark => html.IndexOf(mark, StringComparison.Ordinal)).ToList();
        places.Should().NotContain(-1).And.BeInAscendingOrder();
    }
}
