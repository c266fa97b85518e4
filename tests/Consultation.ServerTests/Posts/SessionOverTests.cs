using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Consultation.ServerTests.Desk;
using Consultation.ServerTests.Doors;
using Consultation.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Posts;

/// <summary>
/// The session ends while somebody types, or somebody signs in in another tab: nothing typed is lost, and it is sent
/// after signing in. What another site made a browser post is not.
/// </summary>
public sealed class SessionOverTests(LiveDesk desk) : IClassFixture<LiveDesk>
{
    private const string Long = "写了很久的内容，不想再写一遍。";

    [Fact]
    public async Task What_was_typed_when_the_session_ended_is_sent_after_signing_in()
    {
        var cookies = new CookieContainer();
        using var browser = await desk.AsAsync("secretary", cookies);
        await browser.GetAsync("/matters/new");
        LiveDesk.Forget(cookies);

        await browser.PostAsync("matter", Matter("会话到期"));

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        browser.Text.Should().Contain("登录已经失效，填写的内容还在").And.Contain(Long);
        browser.Page.QuerySelector("label[for=typed-text]")!.TextContent.Should().Be("具体情况");
        (await CountAsync("会话到期")).Should().Be(0);

        await browser.PostAsync("sign-in", new() { ["user"] = "secretary", ["password"] = "wrong" });
        browser.Text.Should().Contain(Long, "a mistyped password loses nothing");
        await browser.PostAsync("sign-in", new() { ["user"] = "secretary", ["password"] = desk.CommonPassword });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain(Long);
        await browser.SendAgainAsync(browser.Page);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        (await CountAsync("会话到期")).Should().Be(1);
    }

    [Fact]
    public async Task Whoever_has_signed_in_in_another_tab_sends_it_by_one_press()
    {
        var cookies = new CookieContainer();
        using var browser = await desk.AsAsync("secretary", cookies);
        await browser.GetAsync("/matters/new");
        LiveDesk.Forget(cookies);
        var kept = await browser.PostAsync("matter", Matter("另一个标签"));
        using var otherTab = desk.Browser(cookies);
        (await otherTab.SignInAsync("secretary", desk.CommonPassword)).Should().BeTrue();

        await browser.SendAgainAsync(kept);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        (await CountAsync("另一个标签")).Should().Be(1);
    }

    [Fact]
    public async Task Somebody_else_who_signs_in_is_asked_before_anything_is_sent_by_that_name()
    {
        var cookies = new CookieContainer();
        using var browser = await desk.AsAsync("secretary", cookies);
        await browser.GetAsync("/matters/new");
        LiveDesk.Forget(cookies);
        await browser.PostAsync("matter", Matter("换了人登录"));

        await browser.PostAsync("sign-in", new() { ["user"] = "officer", ["password"] = desk.CommonPassword });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        await browser.SendAgainAsync(browser.Page);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        browser.Text.Should().Contain("的身份提交").And.Contain(Long);
        (await CountAsync("换了人登录")).Should().Be(0);
        await browser.SendAgainAsync(browser.Page);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        (await CountAsync("换了人登录")).Should().Be(1);
    }

    [Fact]
    public async Task A_link_page_opened_before_signing_in_in_another_tab_takes_the_answer()
    {
        var (_, token) = await new CaseMoves(desk.Services).JudgedReportAsync();
        var cookies = new CookieContainer();
        using var browser = desk.Browser(cookies);
        await browser.GetAsync("/t/" + token);
        var outcome = browser.Page.QuerySelector("button[name=outcome]")!.GetAttribute("value")!;
        var fields = browser.FieldsOf("answer", new() { ["outcome"] = outcome });
        using var otherTab = desk.Browser(cookies);
        (await otherTab.SignInAsync("officer", desk.CommonPassword)).Should().BeTrue();

        using var content = new FormUrlEncodedContent(fields);
        using var answer = await browser.Client.PostAsync("/t/" + token, content);

        answer.StatusCode.Should().NotBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("已经失效");
    }

    [Fact]
    public async Task The_sign_in_page_works_in_two_tabs()
    {
        var cookies = new CookieContainer();
        using var one = desk.Browser(cookies);
        using var two = desk.Browser(cookies);
        await one.GetAsync("/sign-in?to=/tasks");
        await two.GetAsync("/sign-in?to=/matters");
        var typed = new Dictionary<string, string> { ["user"] = "secretary", ["password"] = desk.CommonPassword };

        await one.PostAsync("sign-in", typed);
        await two.PostAsync("sign-in", typed);

        one.Answer.Headers.Location!.ToString().Should().EndWith("/tasks");
        two.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, two.Text);
        two.Answer.Headers.Location!.ToString().Should().EndWith("/matters");
    }

    [Fact]
    public async Task A_page_that_expired_is_sent_by_one_press()
    {
        var cookies = new CookieContainer();
        using var browser = await desk.AsAsync("secretary", cookies);
        await browser.GetAsync("/matters/new");

        await browser.PostAsync("matter", new(Matter("过期的页面")) { ["_token"] = "" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        browser.Text.Should().Contain(Long).And.Contain("没有保存任何东西");
        (await CountAsync("过期的页面")).Should().Be(0);
        await browser.SendAgainAsync(browser.Page);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        (await CountAsync("过期的页面")).Should().Be(1);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    public async Task What_another_site_made_the_browser_post_is_shown_and_not_offered_to_be_sent(
        string header, string value)
    {
        using var browser = await desk.AsAsync("secretary");
        var page = await PostFromElsewhereAsync(browser, header, value);
        page.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var text = await page.Content.ReadAsStringAsync();
        text.Should().Contain(Long).And.NotContain("<form method=\"post\" action=\"/matters/new\"");

        using var nobody = desk.Browser();
        var led = await PostFromElsewhereAsync(nobody, header, value);
        led.StatusCode.Should().Be(HttpStatusCode.Redirect);
        led.Headers.Location!.ToString().Should().Contain("/sign-in");
    }

    [Fact]
    public async Task A_password_that_was_typed_when_the_session_ended_is_not_kept()
    {
        var cookies = new CookieContainer();
        using var browser = await desk.AsAsync("secretary", cookies);
        await browser.GetAsync("/account/password");
        LiveDesk.Forget(cookies);

        await browser.PostAsync("password", new() { ["present-password"] = "geheim-1", ["new-password"] = "geheim-2" });

        (await browser.Answer.Content.ReadAsStringAsync()).Should().NotContain("geheim");
    }

    [Fact]
    public async Task Files_must_be_chosen_again_and_the_page_says_so()
    {
        var cookies = new CookieContainer();
        using var browser = await desk.AsAsync("secretary", cookies);
        await browser.GetAsync("/calendar/import?year=2026");
        LiveDesk.Forget(cookies);

        using var content = new MultipartFormDataContent
        {
            { new StringContent("read"), "_handler" }, { new StringContent(Long), "text" },
            { new ByteArrayContent([1, 2, 3]), "file", "c.ics" },
        };
        using var answer = await browser.Client.PostAsync("/calendar/import", content);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(Long).And.Contain("附件需要重新选择");
    }

    [Fact]
    public async Task Who_may_not_do_what_was_posted_gets_the_text_back()
    {
        using var browser = await desk.AsAsync("viewer");
        await browser.GetAsync("/delegations");
        var token = browser.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;

        using var content = new FormUrlEncodedContent(
            [new("_token", token), new("_handler", "matter"), new("text", Long)]);
        using var answer = await browser.Client.PostAsync("/matters/new", content);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(Long).And.Contain("没有进入这一页的权限");
    }

    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/cases/{0}/retry")]
    public async Task A_post_without_its_token_is_answered_in_words_and_goes_through_when_sent_again(string address)
    {
        using var browser = await desk.AsAsync("secretary");
        var there = address.Replace("{0}", desk.Case.Split('/')[^1], StringComparison.Ordinal);
        foreach (var token in new[] { "", "junk" })
        {
            using var content = new FormUrlEncodedContent([new("_token", token)]);
            using var answer = await browser.Client.PostAsync(there, content);
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).Should().Contain("没有保存任何东西");
        }

        await browser.GetAsync("/about");
        using var last = new FormUrlEncodedContent([]);
        using var expired = await browser.Client.PostAsync(there, last);
        await browser.SendAgainAsync(
            new HtmlParser().ParseDocument(await expired.Content.ReadAsStringAsync()));
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
    }

    [Fact]
    public async Task Signing_out_twice_ends_on_the_sign_in_page()
    {
        using var nobody = desk.Browser();
        using var content = new FormUrlEncodedContent([]);

        using var answer = await nobody.Client.PostAsync("/sign-out", content);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().EndWith("/sign-in");
    }

    [Fact]
    public void Every_address_that_takes_posts_asks_for_the_token_or_is_named_here() =>
        DoorTableTests.Endpoints(desk.Services)
            .Where(endpoint => !Regex.IsMatch(DoorTableTests.Pattern(endpoint), "^/(elsa|health)/"))
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: var methods }
                || methods.Contains("POST"))
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
            .Select(DoorTableTests.Pattern).Distinct()
            .Should().BeEquivalentTo("/channel/report", "/digest/leave/{token?}", "/endpoints/{**path}", "/mail/post");

    private static async Task<HttpResponseMessage> PostFromElsewhereAsync(
        DeskBrowser browser, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/matters/new")
        {
            Content = new FormUrlEncodedContent([new("_handler", "matter"), .. Matter("别的网站")]),
        };
        request.Headers.Add(header, value);
        return await browser.Client.SendAsync(request);
    }

    private static Dictionary<string, string> Matter(string title) =>
        new() { ["title"] = title, ["text"] = Long, ["source"] = "Counter" };

    private async Task<int> CountAsync(string title)
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        return await db.Matters.CountAsync(matter => matter.Title == title);
    }
}
