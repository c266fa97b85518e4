using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Instances;

/// <summary>
/// Tries one activity of a definition by itself (contract row A7). The step is computed and thrown away: nothing is
/// stored, sent or started, and an activity that needs a case says that it has none.
/// </summary>
internal static class ActivityTrial
{
    /// <summary>Most activities that a container on trial may run.</summary>
    private const int MostActivities = 1_000;

    /// <summary>Longest time of one trial; what is not done by then fails.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/tests/activities", TryAsync).AddEndpointFilter<DesignersOnly>();

    private sealed record DefinitionHandle(string? DefinitionId, string? DefinitionVersionId, string? VersionOptions);

    private sealed record ActivityHandle(string? ActivityId, string? ActivityNodeId);

    private sealed record TrialRequest(DefinitionHandle? WorkflowDefinitionHandle, ActivityHandle? ActivityHandle);

    private static async Task<IResult> TryAsync(
        HttpContext http, TrialRequest request, IDefinitionStore store, WorkflowCache cache, TimeProvider clock,
        TrialPlaces places, CancellationToken cancellationToken)
    {
        using var place = places.Take(ElsaAccess.NameOf(http.User));
        if (place is null)
        {
            return Answers.Words(http, StatusCodes.Status429TooManyRequests,
                $"您已有 {TrialPlaces.Most} 个测试在运行，请等其中一个结束后再试。",
                $"{TrialPlaces.Most} of your tests are running already; wait until one of them ends.");
        }

        var handle = request.WorkflowDefinitionHandle;
        var stored = handle switch
        {
            { DefinitionVersionId.Length: > 0 } =>
                await store.FindVersionAsync(handle.DefinitionVersionId, cancellationToken),
            { DefinitionId.Length: > 0 } =>
                await store.FindAsync(handle.DefinitionId, VersionOptions.Latest, cancellationToken),
            _ => null,
        };
        if (stored is null || Find(stored.Definition.Root, request.ActivityHandle) is not { } activity)
        {
            return Answers.NotFound(
                http, "找不到这个活动；请先保存流程再测试。", "There is no such activity; save the workflow, then try again.");
        }

        var compiled = await cache.CheckAsync(Alone(stored.Definition, activity), cancellationToken);
        if (compiled.Workflow is not { } workflow)
        {
            return Answers.Invalid(http, compiled.Findings);
        }

        var now = clock.GetUtcNow();
        using var late = new CancellationTokenSource(MostTime, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var state = RunState.New("trial", workflow.Definition, now);
        var result = Stepper.Run(workflow, state, new Stimulus.Start(), new StepEnvironment
        {
            Now = now,
            NewId = () => InstanceId.New().Value,
            NextRandom = Random.Shared.NextDouble,
            MaxActivities = MostActivities,
            MaxActivitiesPerRun = MostActivities,
            Stop = stop.Token,
        });
        var id = activity["id"]!.GetValue<string>();
        return result.ActivityExecutionRecords.LastOrDefault(record => record.ActivityId == id) is { } tried
            ? Answers.Ok(Report(tried))
            : Answers.Invalid(http, new BilingualText("活动没有运行。", "The activity did not run."));
    }

    private static object Report(ActivityExecutionRecord tried) => new
    {
        activityState = PlainData.ToNode(tried.ActivityState),
        outputs = PlainData.ToNode(tried.Outputs),
        payload = tried.Outcomes is { } outcomes ? new { Outcomes = outcomes } : null,
        exception = tried.FaultMessage is { } message ? new
        {
            type = tried.FaultType,
            message,
            stackTrace = (string?)null,
        } : null,
        status = tried.Status.ToString(),
    };

    /// <summary>
    /// The definition with this activity as its only one, and its variables at the values that the designer's test tab
    /// was given.
    /// </summary>
    private static WorkflowDefinition Alone(WorkflowDefinition definition, JsonObject activity) =>
        definition.With(json =>
    {
        json["root"] = new JsonObject
        {
            ["id"] = "Trial",
            ["nodeId"] = "Workflow1:Trial",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(activity.DeepClone()),
            ["connections"] = new JsonArray(),
        };
        var values = definition.CustomProperties["VariableTestValues"] as JsonObject;
        foreach (var variable in (json["variables"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (variable["id"]?.ToString() is { } id && values?[id] is { } value)
            {
                variable["value"] = value is JsonValue text ? text.ToString() : value.ToJsonString();
            }
        }
    });

    private static JsonObject? Find(JsonObject? root, ActivityHandle? handle)
    {
        var pending = new Stack<JsonNode?>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is JsonObject found && found["type"] is not null && found["version"] is not null
                && (Is(found["nodeId"], handle?.ActivityNodeId) || Is(found["id"], handle?.ActivityId)))
            {
                return found;
            }

            foreach (var child in node is JsonObject map ? map.Select(pair => pair.Value) : node as JsonArray ?? [])
            {
                if (child is JsonObject or JsonArray)
                {
                    pending.Push(child);
                }
            }
        }

        return null;
    }

    private static bool Is(JsonNode? node, string? wanted) => wanted is { Length: > 0 } && node?.ToString() == wanted;
}
