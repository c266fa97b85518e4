using System.Globalization;
using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// The retries of an HTTP request: which strategy the activity chose, and when to send again. Kept in the execution's
/// own state, so that a restart of the host loses neither the pause nor the count. Without a strategy nothing is sent
/// twice.
/// </summary>
internal sealed class HttpRetries
{
    private const string ChosenProperty = "ResilienceStrategy";
    private const string CountProperty = "RetryAttemptsCount";

    /// <summary>What Elsa's older switch stands for.</summary>
    private static readonly RetryStrategy OfSwitch = new()
    {
        Id = "EnableResiliency",
        DisplayName = new BilingualText("失败后重试 8 次", "8 retries"),
        MaxRetryAttempts = 8,
    };

    private readonly ActivityNode _node;
    private readonly InputBinding<bool> _switch;
    private readonly string? _strategyId;
    private readonly InputBinding<object?>? _expression;

    public HttpRetries(ActivityNode node)
    {
        _node = node;
        _switch = node.Input("EnableResiliency", false);
        if (node.CustomProperties.Find("resilienceStrategy") is not JsonObject config) return;
        if (config.Find("mode")?.ToString() is "Expression" or "1")
        {
            _expression = node.Expression<object?>("ResilienceStrategy", config.Find("expression"));
        }
        else _strategyId = config.Find("strategyId")?.ToString();
    }

    /// <summary>Chooses the strategy for this execution, anew when an incident is retried.</summary>
    public void Begin(ActivityContext context)
    {
        context.SetProperty(ChosenProperty, Choose(context)?.ToPlain());
        context.SetProperty(CountProperty, 0L);
    }

    /// <summary>
    /// The pause after which to send again, written down as an attempt; null when this was the last word.
    /// </summary>
    public TimeSpan? PauseAfter(ActivityContext context, HttpAnswer answer)
    {
        if (!answer.IsPassing || context.GetProperty(ChosenProperty) is not Dictionary<string, object?> chosen)
        {
            return null;
        }
        var strategy = RetryStrategy.From(chosen);
        var retry = (int)PlainData.ToWhole(context.GetProperty(CountProperty) ?? 0L);
        if (retry >= strategy.MaxRetryAttempts) return null;

        var pause = strategy.PauseBefore(retry, strategy.UseJitter ? context.NextRandom() : 0);
        var asked = answer.RetryAfter(context.Now);
        if (asked > pause) pause = asked < RetryStrategy.LongestPause ? asked : RetryStrategy.LongestPause;
        context.SetProperty(CountProperty, (long)retry + 1);
        Record(context, answer, retry, pause);
        return pause;
    }

    /// <summary>How many retries there were; 0 when the first request was the only one.</summary>
    public static long CountOf(ActivityContext context) => PlainData.ToWhole(context.GetProperty(CountProperty) ?? 0L);

    private RetryStrategy? Choose(ActivityContext context)
    {
        if (_switch.Get(context)) return OfSwitch;
        var chosen = _expression is null ? _strategyId : _expression.Get(context);
        if (chosen is Dictionary<string, object?> own)
        {
            try
            {
                return RetryStrategy.From(own);
            }
            catch (FormatException unfit)
            {
                var why = Problems.Halves(unfit.Message);
                throw new ActivityFaultException($"重试策略有误：{why.Zh} / The resilience strategy is not valid: {why.En}")
                {
                    InputName = "ResilienceStrategy",
                };
            }
        }

        if (chosen is null || PlainData.ToText(chosen) is not { Length: > 0 } id) return null;
        if (context.FindRetryStrategy(id) is { } known) return known;

        // As in Elsa the request is sent all the same; but it is said.
        context.Journal("Warning",
            $"没有名为“{id}”的重试策略，本次请求失败后不会重试 / There is no resilience strategy \"{id}\": this request is not retried.");
        return null;
    }

    private void Record(ActivityContext context, HttpAnswer answer, int retry, TimeSpan pause)
    {
        var attempts = context.GetProperty(RetryStrategy.AttemptsProperty) as List<object?> ?? [];
        var wait = pause.ToString("c", CultureInfo.InvariantCulture);
        var details = new Dictionary<string, object?>();
        if (answer.StatusCode is { } code) details["StatusCode"] = code.ToString(CultureInfo.InvariantCulture);
        if (answer.Error is { } error) details["Error"] = error;
        foreach (var name in (string[])["Content-Type", "Date", "Retry-After"])
        {
            if (answer.Header(name) is { } value) details[name] = value;
        }

        attempts.Add(new Dictionary<string, object?>
        {
            ["id"] = context.NewId(),
            ["activityInstanceId"] = context.Execution.Id,
            ["activityId"] = _node.ActivityId,
            ["workflowInstanceId"] = context.InstanceId,
            ["attemptNumber"] = (long)retry,
            ["retryDelay"] = wait,
            ["details"] = details,
        });
        if (attempts.Count > RetryStrategy.MostRetries) attempts.RemoveAt(0);
        context.SetProperty(RetryStrategy.AttemptsProperty, attempts);
        context.Journal(
            "Retrying", $"{answer.Words}；{wait} 后第 {retry + 1} 次重试 / {answer.Words}; retry {retry + 1} after {wait}");
    }
}
