using System.Net;

namespace Consultation.ServerTests.Pages;

/// <summary>Every page of the desk answers, in both languages, with everything said and nothing left open.</summary>
public sealed class PageTests(DeskHost host) : IClassFixture<DeskHost>
{
    public static TheoryData<string> Pages =>
    [
        "/", "/people", "/people/new", "/units", "/units/new", "/duties", "/delegations", "/calendar",
        "/calendar?year=2026", "/calendar/2026-10-01",
        "/calendar/import?year=2026", "/policies", "/policies/reminders/standard",
        "/policies/ladders/standard", "/policies/rules/verify", "/policies/rules/vote-majority",
        "/policies/rules/roster-minimums", "/policies/rules/meeting-reply",
        "/mail-templates",
        "/mail-templates/approval-request/zh", "/mail-templates/approval-request/en", "/outbox",
        "/mail/incoming", "/mail/incoming?state=all", "/workflows",
        "/rehearse", "/rehearse/six-step-procedure",
        "/status", "/about", "/account", "/search", "/search?q=停车", "/search?q=停车&kind=Matter", "/search?q=zzzz",
        "/account/password",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_says_everything_in_both_languages(string address)
    {
        using var browser = await host.SignedInAsync();
        foreach (var language in new[] { "zh", "en" })
        {
            await browser.GetAsync(address + (address.Contains('?') ? '&' : '?') + "lang=" + language);

            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
            browser.Text.Should()
                .NotMatchRegex(@"\[[a-z-]+\.[\w.-]+\]", "a text that is missing shows its key in brackets");
            browser.Text.Should().NotContain("&#x", "Chinese is written as Chinese");
            browser.Page.QuerySelectorAll("main h1").Length.Should().Be(1);
            browser.Page.Title.Should().NotBeNullOrWhiteSpace();
            browser.Page.DocumentElement.GetAttribute("lang").Should().Be(language == "en" ? "en" : "zh-CN");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_works_under_the_strict_policy(string address)
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync(address);

        // Only the preview of a mail, whose looks stand in style attributes, may show those.
        browser.Answer.Headers.GetValues("Content-Security-Policy").Single()
            .Replace("; style-src-attr 'unsafe-inline'", "", StringComparison.Ordinal)
            .Should().Contain("default-src 'none'").And.NotContain("unsafe");
        browser.Page.QuerySelectorAll("[style],style,[onclick],script:not([src])").Should().BeEmpty();
        browser.Page.QuerySelectorAll("form[method=post]").Should().OnlyContain(
            form => form.QuerySelector("input[name=_token]") != null, "every post carries its token");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_field_has_a_name_that_people_can_read(string address)
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync(address);

        var nameless = browser.Page.QuerySelectorAll("input:not([type=hidden]),select,textarea")
            .Where(field => !field.HasAttribute("hidden") && field.Closest("label") is null
                && field.GetAttribute("aria-label") is null
                && browser.Page.QuerySelector($"label[for='{field.Id}']") is null)
            .Select(field => field.OuterHtml);
        nameless.Should().BeEmpty();
        browser.Page.All.Where(element => element.Id is { Length: > 0 }).Select(element => element.Id).Should()
            .OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task An_address_that_does_not_exist_gets_a_friendly_page_of_the_desk()
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync("/no-such-page");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        browser.Text.Should().Contain("找不到这一页");
    }

    [Fact]
    public async Task A_person_of_nobody_is_not_found()
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync($"/people/{Guid.NewGuid()}");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Assets_are_kept_for_ever_and_compressed()
    {
        using var browser = host.Browser();
        await browser.GetAsync("/sign-in");
        var style = browser.Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using var request = new HttpRequestMessage(HttpMethod.Get, style);
        request.Headers.Add("Accept-Encoding", "br");

        using var answer = await browser.Client.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.ToString().Should().Contain("immutable");
        answer.Content.Headers.ContentEncoding.Should().Equal("br");
    }
}
