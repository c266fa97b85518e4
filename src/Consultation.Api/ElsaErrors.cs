using System.Text;
using Consultation.Api.Endpoints;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consultation.Api;

/// <summary>
/// The machines' door takes empty parameters as absent and answers in JSON, whatever goes wrong: a request that cannot
/// be read gets 400 with a sentence, an unforeseen failure 500 with one that gives nothing away.
/// </summary>
public static partial class ElsaErrors
{
    /// <summary>Stands after the host's own middleware and before the endpoints.</summary>
    public static void UseElsaErrors(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
            && !http.Request.Path.StartsWithSegments(WorkflowEndpoints.Root, StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }

        if (http.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase))
        {
            DropEmptyParameters(http.Request);
        }
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
            {
                await Unreadable(http).ExecuteAsync(http);
            }
            else if (http.Response is { HasStarted: false, ContentType: null } && Bare(http) is { } words)
            {
                await words.ExecuteAsync(http);
            }
        }
        catch (Exception unreadable) when (!http.Response.HasStarted && IsUnreadable(unreadable))
        {
            await Unreadable(http).ExecuteAsync(http);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !http.Response.HasStarted)
        {
            Failed(app.Logger, failure, http.Request.Method, http.Request.Path);
            http.Response.Clear();
            await Answers.Failed(http, "系统出了问题，已记入日志；请稍后再试。",
                "Something went wrong and was logged; try again in a while.").ExecuteAsync(http);
        }
    });

    /// <summary>
    /// The request is at fault, and not we: it is cut short, or a form in it is none, or a part of it is in a character
    /// set that nobody reads any more (UTF-7).
    /// </summary>
    private static bool IsUnreadable(Exception failure) =>
        failure is BadHttpRequestException or AntiforgeryValidationException
        || (failure is NotSupportedException && failure.TargetSite?.DeclaringType == typeof(Encoding));

    /// <summary>
    /// Clients write "Page=" for a page that they do not ask for; a number could not be read from it.
    /// </summary>
    private static void DropEmptyParameters(HttpRequest request)
    {
        if (request.Query.Any(parameter => parameter.Value.All(string.IsNullOrEmpty)))
        {
            request.Query =
                new QueryCollection(request.Query.Where(parameter => !parameter.Value.All(string.IsNullOrEmpty))
                .ToDictionary(
                    parameter => parameter.Key, parameter => parameter.Value, StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>What routing refuses by a number alone is said in words too.</summary>
    private static IResult? Bare(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Answers.NotFound(
            http, "没有这个接口地址。", "There is no such address."),
        StatusCodes.Status405MethodNotAllowed => Answers.Words(
            http, StatusCodes.Status405MethodNotAllowed, "这个地址不接受这种请求方法。",
            "This address does not take this method."),
        StatusCodes.Status415UnsupportedMediaType => Answers.Words(
            http, StatusCodes.Status415UnsupportedMediaType, "请求内容须为 JSON。", "The request has to carry JSON."),
        _ => null,
    };

    private static IResult Unreadable(HttpContext http) => Answers.Invalid(http, new Engine.Describing.BilingualText(
        "请求内容无法读取：不是有效的 JSON，或嵌套过深。", "The request cannot be read: it is no valid JSON, or nested too deep."));

    [LoggerMessage(6001, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger logger, Exception failure, string method, string path);
}
