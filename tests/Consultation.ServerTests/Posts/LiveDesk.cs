using System.Net;
using Consultation.ServerTests.Desk;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace Consultation.ServerTests.Posts;

/// <summary>
/// The sample desk as people have it: without what the framework tells developers in its answers, and with as many
/// posts as a test wants.
/// </summary>
public sealed class LiveDesk() : SampleDesk([new("Host:PublicPostsPerMinute", "100000")])
{
    /// <summary>Name of the cookie by which somebody is signed in.</summary>
    internal const string SessionCookie = "consultation";

    /// <summary>A browser whose cookies the test holds.</summary>
    internal DeskBrowser Browser(CookieContainer cookies) =>
        new(CreateDefaultClient(ClientOptions.BaseAddress, new CookieContainerHandler(cookies)));

    /// <summary>The same, with somebody of the sample signed in.</summary>
    internal async Task<DeskBrowser> AsAsync(string user, CookieContainer cookies)
    {
        var browser = Browser(cookies);
        (await browser.SignInAsync(user, CommonPassword)).Should().BeTrue(user);
        return browser;
    }

    /// <summary>The session is over: what the browser knows it by is gone.</summary>
    internal static void Forget(CookieContainer cookies)
    {
        foreach (Cookie cookie in cookies.GetAllCookies())
        {
            if (cookie.Name == SessionCookie) cookie.Expired = true;
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseEnvironment("Production");
    }
}
