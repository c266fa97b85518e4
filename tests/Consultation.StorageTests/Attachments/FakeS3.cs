using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Consultation.StorageTests.Attachments;

/// <summary>As much of S3 as the product uses.</summary>
internal sealed class FakeS3 : IDisposable
{
    private readonly HttpListener _listener = new();

    internal FakeS3()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        probe.Stop();
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    internal Uri Address { get; }
    internal ConcurrentDictionary<string, byte[]> Objects { get; } = [];
    internal ConcurrentBag<string> Signatures { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext one;
            try
            {
                one = await _listener.GetContextAsync();
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Signatures.Add(one.Request.Headers["Authorization"] ?? "");
            var path = one.Request.Url!.AbsolutePath;
            switch (one.Request.HttpMethod)
            {
                case "PUT":
                    using (var memory = new MemoryStream())
                    {
                        await one.Request.InputStream.CopyToAsync(memory);
                        Objects[path] = memory.ToArray();
                    }

                    one.Response.Headers["ETag"] = "\"x\"";
                    break;
                case "DELETE":
                    Objects.TryRemove(path, out _);
                    one.Response.StatusCode = 204;
                    break;
                case "GET" when Objects.TryGetValue(path, out var bytes):
                    one.Response.ContentLength64 = bytes.Length;
                    await one.Response.OutputStream.WriteAsync(bytes);
                    break;
                default:
                    one.Response.StatusCode = 404;
                    break;
            }

            one.Response.Close();
        }
    }
}
