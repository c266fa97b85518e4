using System.Net;
using System.Net.WebSockets;
using System.Text;
using Consultation.Storage;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>A live line of the designer asks for its cookie once; it is cut when its session ends.</summary>
public sealed class EndedSessionTests
{
    private static readonly Uri Base = new("http://localhost/");
    private readonly CookieContainer _cookies = new();

    [Fact]
    public async Task Signing_out_cuts_the_live_line_of_the_session_and_no_other()
    {
        await using var host = new DeskHost();
        using (await host.SignedInAsync())
        {
        }

        using var browser = await SignInAsync(host, _cookies);
        var others = new CookieContainer();
        using var other = await SignInAsync(host, others);
        using var line = await OpenAsync(host, _cookies);
        using var stays = await OpenAsync(host, others);

        await browser.GetAsync("/account");
        var token = browser.Page.QuerySelector("form[action='/sign-out'] input[name=_token]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("_token", token)]);
        (await browser.Client.PostAsync("/sign-out", content)).Dispose();

        await ClosedAsync(line);
        await stays.SendAsync(Message("""{"type":6}"""), WebSocketMessageType.Text, true, default);
        stays.State.Should().Be(WebSocketState.Open);
    }

    [Fact]
    public async Task A_session_that_was_revoked_elsewhere_loses_its_line()
    {
        await using var host = new DeskHost();
        using (await host.SignedInAsync())
        {
        }

        using var browser = await SignInAsync(host, _cookies);
        using var line = await OpenAsync(host, _cookies);
        await using (var db = host.Services.GetRequiredService<Database>().Open())
        {
            // As another process does it, or the page of people when a password is set anew.
            await db.People.ExecuteUpdateAsync(set => set.SetProperty(person => person.SecurityStamp, "another"));
        }

        await ClosedAsync(line);
    }

    private static async Task<DeskBrowser> SignInAsync(DeskHost host, CookieContainer cookies)
    {
        var browser = new DeskBrowser(host.CreateDefaultClient(Base, new CookieContainerHandler(cookies)));
        (await browser.SignInAsync(DeskHost.Administrator, DeskHost.Password)).Should().BeTrue(browser.Text);
        return browser;
    }

    private static async Task<WebSocket> OpenAsync(DeskHost host, CookieContainer cookies)
    {
        var client = host.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            request.Headers.Cookie = cookies.GetCookieHeader(Base);
            request.Headers.Origin = "http://localhost";
        };
        var line = await client.ConnectAsync(new Uri("ws://localhost/elsa/hubs/workflow-instance"), default);
        await line.SendAsync(
            Message("""{"protocol":"json","version":1}"""), WebSocketMessageType.Text, true, default);
        var buffer = new byte[4096];
        var answer = await line.ReceiveAsync(buffer, default);
        Encoding.UTF8.GetString(buffer, 0, answer.Count).Should().StartWith("{}");
        return line;
    }

    /// <summary>Reads on until the host closes the line; one that stays open for a minute fails the test.</summary>
    private static async Task ClosedAsync(WebSocket line)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var buffer = new byte[4096];
        try
        {
            while ((await line.ReceiveAsync(buffer, patience.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception cut) when (cut is WebSocketException or IOException)
        {
            // An aborted line closes without a word.
        }
    }

    private static ArraySegment<byte> Message(string text) => Encoding.UTF8.GetBytes(text + '\u001e');
}
