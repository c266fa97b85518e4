using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consultation.ServerTests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP and keeps the bytes as they came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly StringBuilder _traces = new();
    private readonly StringBuilder _metrics = new();

    private Collector(WebApplication server) => _server = server;

    /// <summary>Where it listens.</summary>
    public string Address => _server.Urls.Single();

    /// <summary>All spans that came, as text: names and values stand in the messages as they are.</summary>
    public string Traces => Said(_traces);

    /// <summary>All measurements that came.</summary>
    public string Metrics => Said(_metrics);

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._server.MapPost("/v1/traces", http => KeepAsync(http, collector._traces));
        collector._server.MapPost("/v1/metrics", http => KeepAsync(http, collector._metrics));
        await collector._server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task KeepAsync(HttpContext http, StringBuilder kept)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        lock (kept)
        {
            kept.Append(Encoding.UTF8.GetString(body.ToArray()));
        }
    }

    private static string Said(StringBuilder kept)
    {
        lock (kept)
        {
            return kept.ToString();
        }
    }
}
