using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Runtime;
using Consultation.Storage.Reading.Runs;
using Consultation.Storage.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Resilience;

/// <summary>The retries that HTTP activities may choose, and those that happened (contract rows T14, A6).</summary>
internal static class ResilienceEndpoints
{
    /// <summary>The feature whose presence makes Studio show the tab and the retries.</summary>
    public const string Feature = "Elsa.Resilience";

    public static void Map(RouteGroupBuilder api)
    {
        // As in Elsa all are listed, whichever category is asked for; there is one kind only.
        api.MapGet("/resilience/strategies", (HttpContext http, ResilienceOptions options) =>
        {
            var items = options.All()
                .Select(strategy => PlainData.ToNode(strategy.ToPlain(Answers.Culture(http)))).ToArray();
            return Answers.Ok(new { items, count = items.Length });
        });
        api.MapGet("/resilience/retries/{activityInstanceId}", RetriesAsync);
    }

    /// <summary>
    /// Ids of executions in which something was tried again, and of those around them; Studio marks them.
    /// </summary>
    public static HashSet<string> Retried(IReadOnlyCollection<ActivityExecutionRecord> executions)
    {
        var retried = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, ActivityExecutionRecord>? all = null;
        foreach (var execution in executions)
        {
            if (AttemptsOf(execution).Count == 0) continue;
            all ??= executions.ToDictionary(one => one.Id);
            for (var one = execution; one is not null && retried.Add(one.Id);
                one = all.GetValueOrDefault(one.ParentId ?? ""))
            {
            }
        }

        return retried;
    }

    /// <summary>The mark as Studio reads it.</summary>
    public static IReadOnlyDictionary<string, object?> Mark(bool isRetried) =>
        isRetried ? new Dictionary<string, object?> { ["HasRetryAttempts"] = true } : new Dictionary<string, object?>();

    private static async Task<IResult> RetriesAsync(
        HttpContext http, string activityInstanceId, int? skip, int? take, RunReader runs, RunJournal journal,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<object?> attempts =
            await journal.FindExecutionAsync(activityInstanceId, cancellationToken) is { } execution
            && await runs.FindAsync(
                ElsaAccess.ViewerOf(http.User), execution.WorkflowInstanceId, cancellationToken) is not null
                ? AttemptsOf(execution)
                : [];
        return Answers.Ok(new
        {
            items = attempts.Skip(Math.Max(0, skip ?? 0)).Take(Math.Max(0, take ?? int.MaxValue))
                .Select(PlainData.ToNode),
            totalCount = attempts.Count,
        });
    }

    private static IReadOnlyList<object?> AttemptsOf(ActivityExecutionRecord execution) =>
        execution.Properties?.GetValueOrDefault(RetryStrategy.AttemptsProperty) as IReadOnlyList<object?> ?? [];
}
