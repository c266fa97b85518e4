using System.Text;
using Consultation.Engine.Expressions;
using Microsoft.AspNetCore.Http;

namespace Consultation.Api.Endpoints;

/// <summary>
/// Sends what <c>Elsa.WriteHttpResponse</c> or <c>Elsa.WriteFileHttpResponse</c> wrote. The desk lies on the same
/// address, so the answer is kept in a sandbox: it can neither run scripts as the desk nor set its cookies.
/// </summary>
internal sealed class EndpointAnswer(Dictionary<string, object?> answer) : IResult
{
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-Security-Policy", "Content-Type", "Set-Cookie", "Transfer-Encoding",
            "Upgrade", "X-Content-Type-Options",
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.GetValueOrDefault("statusCode") is long and >= 200 and <= 599 and var code
            ? (int)code
            : 200;
        foreach (var (name, value) in answer.GetValueOrDefault("headers") as Dictionary<string, object?> ?? [])
        {
            var text = PlainData.ToText(value);
            if (!Ours.Contains(name) && IsToken(name) && text.All(one => one is >= ' ' and < '\u007f'))
            {
                response.Headers[name] = text;
            }
        }

        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        if (answer.GetValueOrDefault("files") is List<object?> files)
        {
            await EndpointFiles.SendAsync(httpContext, answer, files);
            return;
        }

        if (answer.GetValueOrDefault("content") is not { } content || HttpMethods.IsHead(httpContext.Request.Method))
        {
            // An answer without content is an answer: nobody after this may take it for a failure of the host.
            await response.StartAsync(httpContext.RequestAborted);
            return;
        }

        var type = answer.GetValueOrDefault("contentType") as string ?? "text/plain";
        response.ContentType = type.Contains("charset", StringComparison.OrdinalIgnoreCase)
            ? type
            : $"{type}; charset=utf-8";
        await response.WriteAsync(
            content as string ?? PlainData.ToJson(content), Encoding.UTF8, httpContext.RequestAborted);
    }

    private static bool IsToken(string name) =>
        name.Length > 0 && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_');
}
