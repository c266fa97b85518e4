using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Links;

/// <summary>
/// Serves the desk below a path of a host that it shares: <c>https://example.gov.cn/xieshang/</c>. The path comes from
/// <c>Mail:PublicBaseUrl</c>, or with each request from a trusted proxy as X-Forwarded-Prefix; the proxy may take it
/// off or leave it. Pages and redirects name addresses from the root, and this one place puts the path before them, so
/// that no page has to think of it.
/// </summary>
public static partial class SubPath
{
    /// <summary>Adds it, before everything that looks at a path.</summary>
    public static void UseSubPath(this IApplicationBuilder app, string? publicBaseUrl)
    {
        var own = Uri.TryCreate(publicBaseUrl, UriKind.Absolute, out var address)
            ? PathString.FromUriComponent(address.AbsolutePath.TrimEnd('/'))
            : PathString.Empty;
        app.Use(next => http => InvokeAsync(http, own, next));
    }

    private static Task InvokeAsync(HttpContext http, PathString own, RequestDelegate next)
    {
        var request = http.Request;
        var root = request.PathBase.HasValue ? new PathString(request.PathBase.Value.TrimEnd('/')) : own;
        if (!root.HasValue) return next(http);
        if (request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            request.Path = rest.HasValue ? rest : "/";
        }

        request.PathBase = root;
        return BelowAsync(http, root.ToUriComponent(), next);
    }

    private static async Task BelowAsync(HttpContext http, string root, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            if (http.Response.Headers.Location is [{ Length: > 0 } to])
            {
                http.Response.Headers.Location = Below(to, root, $"{http.Request.Scheme}://{http.Request.Host}");
            }

            return Task.CompletedTask;
        });
        var body = http.Response.Body;
        await using var pages = new PageBody(http.Response, body);
        http.Response.Body = pages;
        try
        {
            await next(http);
            if (pages.Page is { } page)
            {
                await body.WriteAsync(Encoding.UTF8.GetBytes(LinksBelow(page, root)), http.RequestAborted);
            }
        }
        finally
        {
            http.Response.Body = body;
        }
    }

    /// <summary>Where a redirect leads; other hosts stay as they are.</summary>
    internal static string Below(string to, string root, string host)
    {
        var start = to.StartsWith(host + "/", StringComparison.OrdinalIgnoreCase) ? host.Length : 0;
        var path = to.AsSpan(start);
        return path is ['/', ..] and not ['/', '/' or '\\', ..] && !IsBelow(path, root)
            ? string.Concat(to.AsSpan(0, start), root, path)
            : to;
    }

    /// <summary>
    /// A page with the path before its addresses. What people typed cannot be mistaken for one: its quotes are encoded.
    /// </summary>
    internal static string LinksBelow(string page, string root) => RootedAddress().Replace(
        page, match => IsBelow(match.Groups["path"].ValueSpan, root) ? match.Value
            : $"{match.Groups["name"].ValueSpan}{root}{match.Groups["path"].ValueSpan}");

    private static bool IsBelow(ReadOnlySpan<char> path, string root) =>
        path.StartsWith(root, StringComparison.OrdinalIgnoreCase)
        && (path.Length == root.Length || path[root.Length] is '/' or '?' or '#');

    [GeneratedRegex("""(?<name>\s(?:href|src|action|formaction|poster|data-[a-z-]+)=")(?<path>/(?![/\\])[^"]*)""")]
    private static partial Regex RootedAddress();

    /// <summary>Keeps pages until they are whole; passes everything else on as it comes.</summary>
    private sealed class PageBody(HttpResponse response, Stream body) : Stream
    {
        private MemoryStream? _page;

        /// <summary>The page that was written, or null when the answer is none.</summary>
        public string? Page => _page is null ? null : Encoding.UTF8.GetString(_page.GetBuffer(), 0, (int)_page.Length);

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        private Stream Target
        {
            get
            {
                if (_page is null && !response.HasStarted
                    && response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
                {
                    response.ContentLength = null;
                    _page = new();
                }

                return _page ?? body;
            }
        }

        public override void Flush() => Target.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => Target.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => Target.Write(buffer, offset, count);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Target.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Target.WriteAsync(buffer, offset, count, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
