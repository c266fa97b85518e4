using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Consultation.Testing.Mail;

/// <summary>A message as a gateway got it.</summary>
/// <param name="Headers">Header fields by name in lower case.</param>
/// <param name="Body">The body as it came.</param>
public sealed record GatewayMessage(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body read.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Id => Headers["webhook-id"];

    /// <summary>A member of the body as text.</summary>
    public string? this[string name] => Json.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>
/// A district's gateway on a free loopback port: a real web server, which checks signatures by the words of the guide
/// and not by our code, and answers as a test wants.
/// </summary>
public sealed class Gateway : IAsyncDisposable
{
    public const string Key = "a-key-of-the-gateway-that-nobody-guesses";
    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-").FullName;

    private Gateway(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Url => new($"{_app.Urls.Single()}/messages");

    /// <summary>A file with the key.</summary>
    public string KeyFile => FileWith(Key);

    /// <summary>The key that it checks with.</summary>
    public string CheckedWith { get; set; } = Key;

    /// <summary>Everything that was posted, whatever the answer.</summary>
    public ConcurrentQueue<GatewayMessage> Posted { get; } = [];

    /// <summary>What was taken, once for each id.</summary>
    public IReadOnlyList<GatewayMessage> Taken => [.. Posted.Where(Accepts).DistinctBy(message => message.Id)];

    /// <summary>How it answers what is signed rightly; null: 204.</summary>
    public Func<HttpContext, GatewayMessage, Task>? Answer { get; set; }

    /// <summary>Requests to any other address, e.g. where a redirection led to.</summary>
    public int Strays { get; private set; }

    public static async Task<Gateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var gateway = new Gateway(app);
        app.Run(gateway.TakeAsync);
        await app.StartAsync();
        return gateway;
    }

    /// <summary>A file with a key of one's own.</summary>
    public string FileWith(string key)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, key + "\n");
        return path;
    }

    /// <summary>A report as the guide tells gateways to write it.</summary>
    public static HttpRequestMessage Report(
        string id, string state, string words, DateTimeOffset at, string? key = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { version = 1, id, state, words });
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mark = Guid.NewGuid().ToString("N");
        var request = new HttpRequestMessage(HttpMethod.Post, "/channel/report")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", mark);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", Sign(key ?? Key, mark, time, body));
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private bool Accepts(GatewayMessage message) => message.Headers["webhook-signature"].Split(' ').Contains(
        Sign(CheckedWith, message.Id, message.Headers["webhook-timestamp"], message.Body));

    private async Task TakeAsync(HttpContext http)
    {
        if (http.Request.Path != "/messages")
        {
            Strays++;
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var message = new GatewayMessage(
            http.Request.Headers.ToDictionary(
                header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            body.ToArray());
        Posted.Enqueue(message);
        http.Response.StatusCode =
            Accepts(message) ? StatusCodes.Status204NoContent : StatusCodes.Status401Unauthorized;
        if (Accepts(message) && Answer is { } answer) await answer(http, message);
    }

    private static string Sign(string key, string id, string time, byte[] body) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(key), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body]));
}
