using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consultation.StorageTests.Runs;

/// <summary>
/// A web server on a free port of this machine, which notes what it is asked and answers as the test says.
/// </summary>
internal sealed class LocalServer
{
    private readonly WebApplication _server;

    public LocalServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            Calls.Enqueue(new Call(
                http.Request.Method, http.Request.Path, body,
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
            await Answer(http);
        });
    }

    public sealed record Call(string Method, string Path, string Body, Dictionary<string, string> Headers);

    public ConcurrentQueue<Call> Calls { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = http => http.Response.WriteAsync("ok");

    public string Address => _server.Urls.Single();

    public int Port => new Uri(Address).Port;

    public Task StartAsync() => _server.StartAsync();

    public ValueTask StopAsync() => _server.DisposeAsync();

    /// <summary>Answers 503.</summary>
    public static Task UnavailableAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    /// <summary>Answers nothing until whoever asked has gone away.</summary>
    public static Task AbortedAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        http.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }
}
