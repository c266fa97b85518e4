using System.Collections.Concurrent;
using System.Net;
using Consultation.Web.Public;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.ServerTests.Desk;

/// <summary>The code by which a matter is followed stands on a page, and in no address and no log.</summary>
public sealed class ReceiptTests(ReceiptTests.LoggedDesk desk) : IClassFixture<ReceiptTests.LoggedDesk>
{
    [Fact]
    public async Task The_code_is_on_the_page_and_in_no_address_log_or_other_browser()
    {
        using var browser = desk.Browser();
        var said = new List<string>();
        await browser.GetAsync("/p/sample/new");
        await browser.PostAsync("hand-in", new()
        {
            ["title"] = "查询码不进地址栏",
            ["text"] = "地址会留在浏览器记录和日志里，查询码不应该在里面。",
            ["consent"] = "true",
        });
        Note(browser.Answer);
        browser.Answer.Headers.Location!.ToString().Should().Be("/p/sample/thanks");
        await browser.FollowAsync();
        Note(browser.Answer);
        var code = string.Concat(browser.Page.QuerySelectorAll(".big-secret span").Select(four => four.TextContent));
        var shown = browser.Page.DocumentElement.OuterHtml;
        await browser.GetAsync("/p/sample/thanks");
        browser.Page.QuerySelector(".big-secret").Should().NotBeNull("the page can be loaded again");
        await browser.PostAsync("follow", []);
        Note(browser.Answer);

        code.Should().HaveLength(8);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain("查询码不进地址栏");
        foreach (var link in (string[])["href", "src", "action"])
        {
            shown.Should().NotMatchRegex($"{link}=\"[^\"]*{code}");
        }

        said.Should().NotContain(line => line.Contains(code));
        desk.Lines.Should().NotBeEmpty().And.NotContain(line => line.Contains(code));
        using var other = desk.Browser();
        await other.GetAsync("/p/sample/thanks");
        other.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        other.Page.QuerySelector(".big-secret").Should().BeNull();

        void Note(HttpResponseMessage answer) =>
            said.AddRange(answer.Headers.Concat(answer.Content.Headers)
                .SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_receipt_shows_none(string cookie)
    {
        using var client = desk.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/p/sample/thanks");
        ask.Headers.Add("Cookie", $"{Receipt.Cookie}={cookie}");

        using var answer = await client.SendAsync(ask);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("big-secret");
    }

    /// <summary>The sample, with every line that is logged.</summary>
    public sealed class LoggedDesk : SampleDesk
    {
        private readonly Keeper _keeper = new();

        internal IEnumerable<string> Lines => _keeper.Lines;

        /// <inheritdoc/>
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_keeper)
                .SetMinimumLevel(LogLevel.Information).AddFilter<Keeper>(null, LogLevel.Information));
        }
    }

    private sealed class Keeper : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
