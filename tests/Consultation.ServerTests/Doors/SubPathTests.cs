using System.Net;
using System.Text.RegularExpressions;

namespace Consultation.ServerTests.Doors;

/// <summary>The desk below a path of a host that it shares, whether the proxy takes it off or leaves it.</summary>
public sealed partial class SubPathTests(SubPathTests.SharedHost host) : IClassFixture<SubPathTests.SharedHost>
{
    private const string Root = "/xieshang";

    /// <summary>A host whose public address has a path.</summary>
    public sealed class SharedHost() : DeskHost([new("Mail:PublicBaseUrl", $"http://localhost{Root}/")]);

    [Fact]
    public async Task Every_address_that_the_desk_names_lies_below_the_path()
    {
        using var browser = host.Browser();
        await browser.GetAsync(Root + "/people");
        var asked = Where(browser);
        await browser.GetAsync(Root + "/sign-in");
        await browser.PostAsync("sign-in", new()
        {
            ["user"] = DeskHost.Administrator,
            ["password"] = DeskHost.FirstPassword,
        });
        var cookies = browser.Answer.Headers.GetValues("Set-Cookie").ToList();
        var signedIn = Where(browser);
        await browser.GetAsync(Root + "/account/password");
        await browser.PostAsync("password", new()
        {
            ["present-password"] = DeskHost.FirstPassword,
            ["new-password"] = DeskHost.Password,
            ["repeat-password"] = DeskHost.Password,
        });
        var changed = Where(browser);

        new[] { asked, signedIn, changed }.Should().OnlyContain(to => to.StartsWith(Root + "/"));
        cookies.Should().Contain(cookie => cookie.Contains($"path={Root}"));
        foreach (var page in new[] { "/", "/people", "/units/new", "/calendar", "/outbox", "/workflows", "/status" })
        {
            await browser.GetAsync(Root + page);
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, page);
            Addresses(browser.Page.DocumentElement.OuterHtml).Should()
                .NotBeEmpty().And.OnlyContain(to => to == Root || to.StartsWith(Root + "/"), page);
        }

        var style = browser.Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        (await browser.Client.GetAsync(style)).StatusCode.Should().Be(HttpStatusCode.OK);
        var list = await browser.Client.GetAsync(Root + "/people/export?format=xlsx");
        (await list.Content.ReadAsByteArrayAsync())[..2].Should().Equal("PK"u8.ToArray());
    }

    [Fact]
    public async Task A_proxy_may_take_the_path_off()
    {
        using var client = host.CreateClient();

        var page = await client.GetStringAsync("/sign-in");

        Addresses(page).Should().NotBeEmpty().And.OnlyContain(to => to.StartsWith(Root + "/"));
    }

    private static string Where(DeskBrowser browser)
    {
        var to = browser.Answer.Headers.Location;
        to.Should().NotBeNull(browser.Text);
        return to!.IsAbsoluteUri ? to.AbsolutePath : to.ToString();
    }

    private static IEnumerable<string> Addresses(string html) =>
        Rooted().Matches(html).Select(match => match.Groups["to"].Value);

    [GeneratedRegex(@"\s(?:href|src|action)=""(?<to>/(?!/)[^""]*)""")]
    private static partial Regex Rooted();
}
