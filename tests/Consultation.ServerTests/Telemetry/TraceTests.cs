using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Consultation.ServerTests.Telemetry;

/// <summary>
/// What a collector gets: a trace from the post to the commit, and to the mail that the step wrote; and nothing about
/// people, neither tokens of links nor names, addresses or what was typed.
/// </summary>
public sealed class TraceTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "what-nobody-else-may-read";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly SemaphoreSlim _ended = new(0);
    private readonly ActivityListener _listener;
    private Collector _collector = null!;
    private SampleDesk _desk = null!;

    public TraceTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name.StartsWith("Consultation.", StringComparison.Ordinal)
                || source.Name is "Microsoft.AspNetCore" or "OpenTelemetry.Instrumentation.EntityFrameworkCore",
            ActivityStopped = span =>
            {
                _spans.Enqueue(span);
                _ended.Release();
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _collector = await Collector.StartAsync();
        _desk = new SampleDesk(
        [
            new("Telemetry:OtlpEndpoint", _collector.Address), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            new("Mail:PollEvery", "00:00:00.1"), new("Logging:LogLevel:Default", "Trace"),
            new("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
            new("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            new("Logging:Lines:LogLevel:Default", "Trace"),
            new("Logging:Lines:LogLevel:Microsoft.AspNetCore.Routing", "Trace"),
            new("Logging:Lines:LogLevel:Microsoft.*.Diagnostics", "Trace"),
        ]);
        await _desk.InitializeAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _collector.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _ended.Dispose();
    }

    [Fact]
    public async Task A_post_its_step_the_commit_and_the_mail_hang_together_and_nothing_tells_about_people()
    {
        using var lines = new Lines();
        _desk.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        var (gate, token) = await new CaseMoves(_desk.Services).JudgedReportAsync();
        using var browser = _desk.Browser();
        foreach (var door in new[] { "/t/", "/link/" })
        {
            await browser.GetAsync(door + token);
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        await browser.PostAsync("answer", new() { ["outcome"] = "Return", ["f.opinion"] = Secret });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        await browser.GetAsync($"/t/{new string('A', 43)}?s={Secret}");
        await browser.GetAsync($"/no-such-page/{token}?s={Secret}");
        await browser.GetAsync($"/digest/leave/{token}");

        var mail = await UntilAsync(span => span.Source.Name == "Consultation.Mail"
            && _spans.Any(
                step => step.OperationName == "step" && step.TraceId == span.Links.FirstOrDefault().Context.TraceId));
        mail.GetTagItem("consultation.mail.result").Should().Be("Delivered");
        // Hosts of other tests are heard too, some from the middle of a step on: one step that is whole will do.
        var step = await UntilAsync(one => one.OperationName == "step"
            && one.GetTagItem("consultation.workflow") is "trial-judged"
            && _spans.Any(span => span.SpanId == one.ParentSpanId
                && span.DisplayName is "POST /t/{Token}" or "POST /link/{Token}")
            && _spans.Any(span => span.ParentSpanId == one.SpanId
                && span.Source.Name.EndsWith("EntityFrameworkCore", StringComparison.Ordinal)));
        step.Status.Should().NotBe(ActivityStatusCode.Error);

        _desk.Services.GetRequiredService<TracerProvider>().ForceFlush().Should().BeTrue();
        _desk.Services.GetRequiredService<MeterProvider>().ForceFlush().Should().BeTrue();
        string[] expected =
            ["POST /", "/t/{Token}", "consultation.workflow", "trial-judged", "SELECT", "consultation.mail.purpose"];
        foreach (var one in expected) _collector.Traces.Should().Contain(one);
        _collector.Metrics.Should().Contain("consultation.steps").And.Contain("http.server.request.duration")
            .And.Contain("consultation.timers.overdue").And.Contain("consultation.link.decisions");
        await NothingAboutPeopleAsync(_collector.Traces, token);
        await NothingAboutPeopleAsync(_collector.Metrics, token);
        lines.Text.Should().NotBeEmpty();
        lines.Text.Contains(token, StringComparison.Ordinal).Should().BeFalse(
            string.Join('\n', lines.All.Where(line => line.Contains(token, StringComparison.Ordinal)).Take(20)));
        gate.Title.Zh.Should().NotBeEmpty();
    }

    private async Task NothingAboutPeopleAsync(string said, string token)
    {
        said.Should().NotContain(token).And.NotContain(Secret);
        await using var db = _desk.Services.GetRequiredService<Database>().Open();
        var people = await db.People.AsNoTracking().Select(person => new { person.Name, person.Email }).ToListAsync();
        people.Select(person => person.Email).OfType<string>()
            .Where(address => said.Contains(address, StringComparison.Ordinal)).Should().BeEmpty();
        people.Select(person => person.Name).Where(name => said.Contains(name, StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    /// <summary>Looks whenever a span has ended.</summary>
    private async Task<Activity> UntilAsync(Func<Activity, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                if (_spans.FirstOrDefault(wanted) is { } found) return found;
                await _ended.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("The span did not come, only these: " + string.Join(
                ", ", _spans.CountBy(span => (span.Source.Name, span.DisplayName, span.Recorded))
                    .Select(one => $"{one.Key} {one.Value}")));
        }
    }

    /// <summary>All that is written to the log, scopes included.</summary>
    [ProviderAlias("Lines")]
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string[] All => [.. _lines];

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue(state is IEnumerable<KeyValuePair<string, object>> pairs
                ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"))
                : state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{eventId.Name}: {formatter(state, exception)} {exception}");
    }
}
