using System.Text.Json;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Reading.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Instances;

/// <summary>Starting instances, one and many (contract rows D11 and D26).</summary>
internal static class InstanceStarting
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";

    /// <summary>Most instances that one request starts.</summary>
    private const int MostAtOnce = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var starts = api.MapGroup("/workflow-definitions/{definitionId}").AddEndpointFilter<DesignersOnly>();
        starts.MapPost("/execute", ExecuteAsync);
        starts.MapGet("/execute", ExecuteByGetAsync).WithMetadata(ChangesByGet.Here);
        starts.MapPost("/dispatch", DispatchAsync);
        starts.MapPost("/bulk-dispatch", BulkDispatchAsync);
    }

    /// <summary>Body of contract rows D11 and D26.</summary>
    private sealed record StartRequest(
        string? InstanceId, string? CorrelationId, string? Name, string? TriggerActivityId, string? VersionOptions,
        Dictionary<string, object?>? Input);

    /// <summary>The same in a query; the input is a JSON object in words.</summary>
    private sealed record StartQuery(
        string? CorrelationId, string? Name, string? TriggerActivityId, string? VersionOptions, string? Input);

    /// <summary>Body of a request for many of one definition.</summary>
    private sealed record BulkRequest(
        string? TriggerActivityId, string? VersionOptions, Dictionary<string, object?>? Input, int? Count);

    private static Task<IResult> ExecuteAsync(
        HttpContext http, string definitionId, StartRequest? request, RunReader runs, StimulusSender sender,
        IRunStore store, CancellationToken cancellationToken) =>
        StartAsync(http, definitionId, request, runs, sender, async instance =>
        {
            var state = await store.FindStateAsync(instance, cancellationToken);
            return Answers.Ok(new { workflowState = state?.ToElsaState() });
        }, cancellationToken);

    private static async Task<IResult> ExecuteByGetAsync(
        HttpContext http, string definitionId, [AsParameters] StartQuery query, RunReader runs, StimulusSender sender,
        IRunStore store, CancellationToken cancellationToken)
    {
        Dictionary<string, object?>? input = null;
        try
        {
            if (!string.IsNullOrWhiteSpace(query.Input))
            {
                input = JsonSerializer.Deserialize<Dictionary<string, object?>>(query.Input, Answers.Json);
            }
        }
        catch (JsonException)
        {
            return Answers.Invalid(http, new BilingualText(
                "输入（input）不是 JSON 对象。", "The input is no JSON object."));
        }

        return await ExecuteAsync(
            http, definitionId,
            new StartRequest(
                null, query.CorrelationId, query.Name, query.TriggerActivityId, query.VersionOptions, input),
            runs, sender, store, cancellationToken);
    }

    private static Task<IResult> DispatchAsync(
        HttpContext http, string definitionId, StartRequest? request, RunReader runs, StimulusSender sender,
        CancellationToken cancellationToken) =>
        StartAsync(http, definitionId, request, runs, sender,
            instance => Task.FromResult(Answers.Ok(new { workflowInstanceId = instance.Value })), cancellationToken);

    private static async Task<IResult> BulkDispatchAsync(
        HttpContext http, string definitionId, BulkRequest? request, IDefinitionStore definitions,
        StimulusSender sender, CancellationToken cancellationToken)
    {
        if (!Answers.VersionChoice(
            http, request?.VersionOptions, VersionOptions.Published, out var versions, out var refusal))
        {
            return refusal!;
        }

        var count = request?.Count ?? 1;
        if (count is < 0 or > MostAtOnce)
        {
            return Answers.Invalid(http, new BilingualText(
                $"一次可启动 0 到 {MostAtOnce} 个实例。", $"0 to {MostAtOnce} instances are started at once."));
        }

        if (await definitions.FindKeyAsync(definitionId, versions, cancellationToken) is not { } version)
        {
            return Unknown(http);
        }

        var input = PlainInput(request?.Input);
        var instances = new List<string>();
        for (var each = 0; each < count; each++)
        {
            var instance = await sender.EnqueueAsync(
                new StimulusMessage.StartRun(definitionId)
                {
                    VersionId = version.VersionId,
                    TriggerActivityId = Some(request?.TriggerActivityId),
                    Input = input,
                },
                null, cancellationToken);
            instances.Add(instance!.Value.Value);
        }

        return Answers.Ok(new { workflowInstanceIds = instances });
    }

    private static async Task<IResult> StartAsync(
        HttpContext http, string definitionId, StartRequest? request, RunReader runs, StimulusSender sender,
        Func<InstanceId, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (!await runs.MayServeAsync(ElsaAccess.ViewerOf(http.User), request?.CorrelationId, cancellationToken))
        {
            return Answers.Invalid(http, NotYourCase);
        }

        if (!Answers.VersionChoice(http, request?.VersionOptions, VersionOptions.Published, out _, out var refusal))
        {
            return refusal!;
        }

        var result = await sender.SendAsync(new StimulusMessage.StartRun(definitionId)
        {
            VersionOptions = Some(request?.VersionOptions) ?? "Published",
            InstanceId = Some(request?.InstanceId) is { } wanted ? new InstanceId(wanted) : null,
            CorrelationId = Some(request?.CorrelationId),
            Name = Some(request?.Name),
            TriggerActivityId = Some(request?.TriggerActivityId),
            Input = PlainInput(request?.Input),
        }, cancellationToken);
        switch (result)
        {
            case StimulusResult.Applied applied:
                http.Response.Headers[InstanceHeader] = applied.InstanceId.Value;
                return await answer(applied.InstanceId);
            case StimulusResult.CannotStart:
                http.Response.Headers["x-elsa-workflow-cannot-start"] = "true";
                return Results.Ok();
            case StimulusResult.UnknownDefinition unknown:
                return Answers.Invalid(http, unknown.Message);
            default:
                return Answers.Invalid(
                    http, new BilingualText("流程没有启动，请重试。", "The workflow was not started; try again."));
        }
    }

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Dictionary<string, object?>? PlainInput(Dictionary<string, object?>? input) =>
        input?.ToDictionary(
            pair => pair.Key,
            pair => pair.Value is JsonElement element ? PlainData.FromElement(element) : pair.Value);

    internal static readonly BilingualText NotYourCase = new(
        "关联编号（correlationId）是一个协商事项的编号，您不能以它运行流程。",
        "The correlation id is that of a case for which you may not run a workflow.");

    private static IResult Unknown(HttpContext http) => Answers.NotFound(
        http, "没有这个流程定义，或没有这样的版本。", "There is no such workflow definition, or no such version.");
}
