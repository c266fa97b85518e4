using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Consultation.Web.Assets;

/// <summary>
/// Style sheets, scripts and icons of the desk, embedded in this assembly and served under /assets with their hash in
/// the name, so that browsers keep them for a year and never show an old one.
/// </summary>
public static class DeskAssets
{
    private static readonly Assembly Here = typeof(DeskAssets).Assembly;
    private static readonly FrozenDictionary<string, Asset> ByUrl = Load();
    private static readonly FrozenDictionary<string, string> UrlByName =
        ByUrl.Values.ToFrozenDictionary(asset => asset.Name, asset => asset.Url);

    /// <summary>Address of an asset by its file name, e.g. "desk.css". Unknown names are a programming error.</summary>
    public static string Url(string name) => UrlByName[name];

    /// <summary>Names of everything that is served.</summary>
    public static IEnumerable<string> Names => UrlByName.Keys;

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], Serve).AllowAnonymous()
            .DisableHttpMetrics();

    private static IResult Serve(string name, HttpContext http)
    {
        if (!ByUrl.TryGetValue("/assets/" + name, out var asset))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (bytes, encoding) = accepted.Contains("br", StringComparison.OrdinalIgnoreCase)
            && asset.Brotli.Value is { } brotli
            ? (brotli, "br")
            : (asset.Bytes, null);
        if (encoding is not null)
        {
            http.Response.Headers.ContentEncoding = encoding;
        }

        return Results.Bytes(
            bytes, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}{encoding}\""));
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        const string prefix = "assets/";
        return Here.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => new Asset(resource[prefix.Length..], Read(resource)))
            .ToFrozenDictionary(asset => asset.Url);
    }

    internal static byte[] Read(string resource)
    {
        using var stream = Here.GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException("No such embedded file.", resource);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class Asset
    {
        public Asset(string name, byte[] bytes)
        {
            Name = name;
            Bytes = bytes;
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
            Url = $"/assets/{Path.GetFileNameWithoutExtension(name)}.{Hash}{Path.GetExtension(name)}";
            ContentType = Path.GetExtension(name) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".woff2" => "font/woff2",
                _ => "application/octet-stream",
            };
            Brotli = new(() => Compress(bytes));
        }

        public string Name { get; }
        public byte[] Bytes { get; }
        public string Hash { get; }
        public string Url { get; }
        public string ContentType { get; }
        public Lazy<byte[]?> Brotli { get; }

        private static byte[]? Compress(byte[] bytes)
        {
            using var buffer = new MemoryStream();
            using (var brotli = new BrotliStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
            {
                brotli.Write(bytes);
            }

            return buffer.Length < bytes.Length ? buffer.ToArray() : null;
        }
    }
}
