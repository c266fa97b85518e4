using Consultation.Engine.BuiltIns;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Reading.Runs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Endpoints;

/// <summary>
/// The door of <c>Elsa.HttpEndpoint</c>: a request below <c>/endpoints</c> starts the published workflow with that path
/// and method, or wakes the run that waits for it, and is answered by the <c>Elsa.WriteHttpResponse</c> of the same
/// step.
/// </summary>
internal static class WorkflowEndpoints
{
    public const string Root = "/endpoints";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.Map(Root + "/{**path}", TakeAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> TakeAsync(
        HttpContext http, string? path, EndpointReader reader, IDefinitionStore store, WorkflowCache cache,
        RunReader runs, StimulusSender sender,
        IAuthorizationService authorization, IAntiforgery antiforgery, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        path = path?.Trim('/') ?? "";
        var hashes = EndpointRoutes.Hashes(path, http.Request.Method);
        if (hashes.Count == 0) return Unknown(http);
        var (correlation, instance) = (Named(http, "X-Correlation-Id", "correlationId"),
            Named(http, "X-Workflow-Instance-Id", "workflowInstanceId"));
        var places = (await reader.FindAsync(hashes, correlation, instance, cancellationToken))
            .ToLookup(place => place.Hash);
        var found = new List<Found>();
        foreach (var hash in hashes)
        {
            foreach (var place in places[hash])
            {
                if (await FindAsync(http, place, path, store, cache, cancellationToken) is { } one) found.Add(one);
            }

            if (found.Count > 0) break;
        }

        if (found.Count != 1) return found.Count == 0 ? Unknown(http) : Ambiguous(found);
        var (at, endpoint, routeData) = found[0];
        if (endpoint.AsksForSignIn && await RefuseAsync(
            http, at, endpoint, runs, authorization, antiforgery, cancellationToken) is { } refusal)
        {
            return refusal;
        }
        // A run that starts for a case reads all of it: only who may see the case starts one.
        return at.InstanceId is not null
            || await runs.MayServeAsync(ElsaAccess.ViewerOf(http.User), correlation, cancellationToken)
                ? await SendAsync(http, at, endpoint, path, routeData, correlation, sender, clock)
                : Unknown(http);
    }

    private sealed record Found(EndpointPlace Place, HttpEndpoint Endpoint, Dictionary<string, object?> RouteData);

    private static async Task<Found?> FindAsync(
        HttpContext http, EndpointPlace place, string path, IDefinitionStore store, WorkflowCache cache,
        CancellationToken cancellationToken)
    {
        if (await store.FindVersionKeyAsync(place.VersionId, cancellationToken) is not { } key
            || (await cache.FindAsync(key, cancellationToken))?.Workflow?.FindNode(
                place.NodeId)?.Activity is not HttpEndpoint endpoint)
        {
            return null;
        }

        // A path that an expression gave was hashed as it is: there is nothing to take from it.
        if (endpoint.Template is not { } template) return new Found(place, endpoint, []);
        return EndpointRoutes.Match(http, template, path) is { } values ? new Found(place, endpoint, values) : null;
    }

    /// <summary>
    /// Where a sign-in is asked for: the person must be signed in, fulfil the named rule, see the run, and, for
    /// anything but reading, come from our own page.
    /// </summary>
    private static async Task<IResult?> RefuseAsync(
        HttpContext http, EndpointPlace place, HttpEndpoint endpoint, RunReader runs,
        IAuthorizationService authorization, IAntiforgery antiforgery,
        CancellationToken cancellationToken)
    {
        if (http.User.Identity?.IsAuthenticated is not true)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }
        try
        {
            if (endpoint.Policy is { } policy && !(await authorization.AuthorizeAsync(http.User, policy)).Succeeded)
            {
                return NotYou(http);
            }
        }
        catch (InvalidOperationException)
        {
            // The host has no rule of that name: nobody fulfils it.
            return NotYou(http);
        }

        if (place.InstanceId is { } instance
            && await runs.FindAsync(ElsaAccess.ViewerOf(http.User), instance, cancellationToken) is null)
        {
            return Unknown(http);
        }
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            || HttpMethods.IsOptions(http.Request.Method);
        return reads || await antiforgery.IsRequestValidAsync(http) ? null : Answers.Invalid(http, new BilingualText(
            $"请求须带页面的防伪标记（{ElsaApi.AntiforgeryHeader}）。",
            $"The request must carry the page's anti-forgery token ({ElsaApi.AntiforgeryHeader})."));
    }

    private static async Task<IResult> SendAsync(
        HttpContext http, EndpointPlace place, HttpEndpoint endpoint, string path,
        Dictionary<string, object?> routeData, string? correlation,
        StimulusSender sender, TimeProvider clock)
    {
        var rules = endpoint.Rules;
        using var late = rules.AnswerWithin is { } within
            ? new CancellationTokenSource(within, clock)
            : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        try
        {
            var (payload, problem) = await EndpointRequest.ReadAsync(http.Request, path, routeData, rules, both.Token);
            if (problem is { } broken)
            {
                if (!rules.Exposes(broken)) return Refusal(http, broken, rules);
                payload["problem"] = UploadRules.OutcomeOf(broken);
            }

            return await StepAsync(http, place, payload, correlation, sender, both.Token);
        }
        catch (FormatException broken)
        {
            return Answers.Invalid(
                http, new BilingualText(
                    $"请求内容无法读取：{broken.Message}", $"The request's content cannot be read: {broken.Message}"));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // What is not committed by now never will be.
            return Answers.Words(
                http, StatusCodes.Status408RequestTimeout, $"请求未能在 {rules.AnswerWithin:c} 内处理完。",
                $"The request was not handled within {rules.AnswerWithin:c}.");
        }
    }

    private static IResult Refusal(HttpContext http, UploadProblem problem, UploadRules rules) => problem switch
    {
        UploadProblem.RequestTooLarge => Answers.Words(
            http, StatusCodes.Status413PayloadTooLarge,
            $"请求最大 {Math.Min(rules.RequestBytes ?? EndpointRequest.MostBytes, EndpointRequest.MostBytes)} 字节。",
            $"The maximum request size allowed is "
                + $"{Math.Min(rules.RequestBytes ?? EndpointRequest.MostBytes, EndpointRequest.MostBytes)} bytes."),
        UploadProblem.FileTooLarge => Answers.Words(
            http, StatusCodes.Status413PayloadTooLarge,
            $"单个文件最大 {rules.FileBytes} 字节。", $"The maximum file size allowed is {rules.FileBytes} bytes."),
        UploadProblem.InvalidFileMimeType => Answers.Words(
            http, StatusCodes.Status415UnsupportedMediaType,
            $"只接受以下类型的文件：{string.Join("、", rules.AllowedTypes)}。",
            $"Only the following MIME types are allowed: {string.Join(", ", rules.AllowedTypes)}."),
        _ when rules.AllowedEndings.Count > 0 => Answers.Words(
            http, StatusCodes.Status415UnsupportedMediaType,
            $"只接受以下扩展名的文件：{string.Join("、", rules.AllowedEndings.Except(rules.BlockedEndings))}。",
            $"Only the following file extensions are allowed: "
                + $"{string.Join(", ", rules.AllowedEndings.Except(rules.BlockedEndings))}."),
        _ => Answers.Words(
            http, StatusCodes.Status415UnsupportedMediaType,
            $"不接受以下扩展名的文件：{string.Join("、", rules.BlockedEndings)}。",
            $"The following file extensions are not allowed: {string.Join(", ", rules.BlockedEndings)}."),
    };

    private static async Task<IResult> StepAsync(
        HttpContext http, EndpointPlace place, Dictionary<string, object?> payload, string? correlation,
        StimulusSender sender, CancellationToken cancellationToken)
    {
        StimulusMessage message = place is { InstanceId: { } instance, BookmarkId: { } bookmark }
            ? new StimulusMessage.Resume(new InstanceId(instance), bookmark, payload)
            : new StimulusMessage.StartRun(place.DefinitionId)
            {
                VersionId = place.VersionId,
                TriggerActivityId = place.ActivityId,
                TriggerPayload = payload,
                CorrelationId = correlation,
            };
        return await sender.SendAsync(message, cancellationToken) switch
        {
            StimulusResult.Applied { Answer: Dictionary<string, object?> answer } => new EndpointAnswer(answer),
            StimulusResult.Applied { SubStatus: RunSubStatus.Faulted } => Answers.Failed(
                http, "流程在处理请求时出错，已记为故障。",
                "The workflow failed while handling the request; the incident was recorded."),
            StimulusResult.Applied => Results.Ok(),
            StimulusResult.CannotStart => Results.Json(
                new { errorMessage = "The workflow's activation strategy allows no further instance now." },
                Answers.Json, statusCode: 409),
            StimulusResult.Contended => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            _ => Unknown(http),
        };
    }

    private static string? Named(HttpContext http, string header, string query) =>
        http.Request.Headers[header].ToString() is { Length: > 0 } given ? given
        : http.Request.Query[query].ToString() is { Length: > 0 } asked ? asked : null;

    private static IResult Ambiguous(List<Found> found) => Results.Json(
        new
        {
            errorMessage = "The call is ambiguous and matches multiple workflows.",
            workflows = found.Select(one => new { workflowDefinitionId = one.Place.DefinitionId }),
        },
        Answers.Json,
        statusCode: 500);

    private static IResult NotYou(HttpContext http) =>
        Answers.Forbidden(http, "您没有调用此地址的权限。", "You may not call this address.");

    private static IResult Unknown(HttpContext http) =>
        Answers.NotFound(http, "没有流程接收这个地址的请求。", "No workflow takes requests at this address.");
}
