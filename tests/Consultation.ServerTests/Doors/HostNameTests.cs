using System.Net;

namespace Consultation.ServerTests.Doors;

/// <summary>What a caller says about the address by which he came: nothing that others are led to.</summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("/people", "/sign-in?to=%2Fpeople")]
    [InlineData("/health", "/health/ready")]
    [InlineData("/sign-in/", null)]
    public async Task A_redirection_does_not_lead_to_a_host_that_the_caller_named(string path, string? expected)
    {
        await using var host = new DeskHost();
        using var client = host.CreateClient(new() { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "evil.example" } };

        using var answer = await client.SendAsync(request);

        answer.Headers.Location?.OriginalString.Should().Be(expected);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("evil.example");
    }

    [Fact]
    public async Task Signing_in_leads_on_without_the_name_of_the_host()
    {
        await using var host = new DeskHost();
        using var browser = host.Browser();
        browser.Client.DefaultRequestHeaders.Host = "evil.example";

        (await browser.SignInAsync(DeskHost.Administrator, DeskHost.FirstPassword)).Should().BeTrue();

        browser.Answer.Headers.Location!.OriginalString.Should().Be("/account/password");
    }

    [Fact]
    public async Task Where_hosts_are_named_others_are_turned_away()
    {
        await using var host = new DeskHost([new("AllowedHosts", "desk.example")]);
        using var client = host.CreateClient(new() { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/people") { Headers = { Host = "evil.example" } };

        (await client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Behind_https_browsers_are_told_to_stay_there_and_cookies_go_nowhere_else(string scheme, bool safe)
    {
        await using var host = new DeskHost([new("Host:BehindProxy", "true")]);
        using var browser = host.Browser();
        browser.Client.DefaultRequestHeaders.Host = "desk.example";
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);

        await browser.GetAsync("/sign-in?lang=en");
        var cookies = browser.Answer.Headers.GetValues("Set-Cookie").ToList();
        var token = browser.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(
            [
                new("_handler", "sign-in"), new("_token", token), new("user", DeskHost.Administrator),
                new("password", DeskHost.FirstPassword),
            ]),
            Headers = { { "Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])) } },
        };
        using var bare = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        bare.DefaultRequestHeaders.Host = "desk.example";
        bare.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var signedIn = await bare.SendAsync(request);

        signedIn.StatusCode.Should().Be(HttpStatusCode.Redirect);
        cookies.AddRange(signedIn.Headers.GetValues("Set-Cookie"));
        cookies.Select(cookie => cookie.Split('=')[0]).Should()
            .Contain(["consultation-form", "language", "consultation", "consultation-browser"]);
        cookies.Should().OnlyContain(
            cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase) == safe
                && cookie.Contains("; httponly", StringComparison.OrdinalIgnoreCase));
        browser.Answer.Headers.Contains("Strict-Transport-Security").Should().Be(safe);
    }
}
