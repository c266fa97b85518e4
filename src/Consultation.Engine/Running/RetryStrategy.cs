using System.Globalization;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>How the pause grows from one retry to the next.</summary>
public enum RetryBackoff
{
    /// <summary>Always the same.</summary>
    Constant,

    /// <summary>Once, twice, three times the first pause, and so on.</summary>
    Linear,

    /// <summary>Doubles each time.</summary>
    Exponential,
}

/// <summary>
/// Elsa's resilience strategy for HTTP: how often, and after what pauses, a request that failed in passing is sent
/// again. Immutable. The plain form has the names of Elsa's <c>HttpResilienceStrategy</c>.
/// </summary>
public sealed record RetryStrategy
{
    /// <summary>The name of the kind, in Elsa's <c>$type</c>.</summary>
    public const string TypeName = "HttpResilienceStrategy";

    /// <summary>The category under which the designer asks for it.</summary>
    public const string Category = "HTTP";

    /// <summary>Name of the execution's property in which the retries are listed, as in Elsa.</summary>
    public const string AttemptsProperty = "RetryAttempts";

    /// <summary>Most retries that a strategy may ask for.</summary>
    public const int MostRetries = 100;

    /// <summary>How often is tried again where nothing else is said, as in Elsa.</summary>
    public const int UsualRetries = 3;

    /// <summary>The first pause where nothing else is said, as in Elsa.</summary>
    public static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause before a retry, whatever the strategy or the server asks for.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>What activities name it by.</summary>
    public required string Id { get; init; }

    /// <summary>What the designer shows.</summary>
    public required BilingualText DisplayName { get; init; }

    /// <summary>Retries after the first request, 0–<see cref="MostRetries"/>. Default 3.</summary>
    public int MaxRetryAttempts { get; init; } = UsualRetries;

    /// <summary>The first pause. Default 1 s.</summary>
    public TimeSpan Delay { get; init; } = UsualDelay;

    /// <summary>How the pause grows. Default exponential.</summary>
    public RetryBackoff BackoffType { get; init; } = RetryBackoff.Exponential;

    /// <summary>
    /// Whether each pause is made up to a quarter shorter or longer at random, so that many runs do not retry at once.
    /// Default false.
    /// </summary>
    public bool UseJitter { get; init; }

    /// <summary>The pause before a retry.</summary>
    /// <param name="retry">Which one, from 0.</param>
    /// <param name="random">From 0 up to but not including 1.</param>
    public TimeSpan PauseBefore(int retry, double random)
    {
        var factor = BackoffType switch
        {
            RetryBackoff.Constant => 1,
            RetryBackoff.Linear => retry + 1,
            _ => Math.Pow(2, Math.Min(retry, 62)),
        };
        var jitter = UseJitter ? 0.75 + (random / 2) : 1;
        return TimeSpan.FromSeconds(Math.Clamp(Delay.TotalSeconds * factor * jitter, 0, LongestPause.TotalSeconds));
    }

    /// <summary>Reads the plain form, names without regard to case; what is not given has its default.</summary>
    /// <exception cref="FormatException">It is of another kind, or a value does not fit.</exception>
    public static RetryStrategy From(IReadOnlyDictionary<string, object?> plain)
    {
        var map = new Dictionary<string, object?>(plain, StringComparer.OrdinalIgnoreCase);
        if (map.GetValueOrDefault("$type") is { } type && PlainData.ToText(type) != TypeName)
            throw new FormatException(
                $"不支持类型“{type}”，只支持 {TypeName} / The kind {type} is not supported, only {TypeName}.");
        var backoff = RetryBackoff.Exponential;
        if (map.GetValueOrDefault("backoffType") is { } named
            && !Enum.TryParse(PlainData.ToText(named), ignoreCase: true, out backoff))
            throw new FormatException(
                $"backoffType 不能是“{named}” / backoffType cannot be {named}; use Constant, Linear or Exponential.");
        var retries = map.GetValueOrDefault("maxRetryAttempts") is { } most ? PlainData.ToWhole(most) : UsualRetries;
        if (retries is < 0 or > MostRetries) throw new FormatException($"maxRetryAttempts: 0–{MostRetries}.");
        var id = map.GetValueOrDefault("id") as string ?? "";
        var name = map.GetValueOrDefault("displayName") as string ?? id;
        return new RetryStrategy
        {
            Id = id,
            DisplayName = new BilingualText(name, name),
            MaxRetryAttempts = (int)retries,
            Delay = map.GetValueOrDefault("delay") is { } delay ? PlainData.ToSpan(delay) : UsualDelay,
            BackoffType = backoff,
            UseJitter = PlainData.ToBoolean(map.GetValueOrDefault("useJitter")),
        };
    }

    /// <summary>The plain form, its name in the language of a culture.</summary>
    public Dictionary<string, object?> ToPlain(string culture = "zh") => new()
    {
        ["$type"] = TypeName,
        ["id"] = Id,
        ["displayName"] = DisplayName.In(culture),
        ["maxRetryAttempts"] = (long)MaxRetryAttempts,
        ["useJitter"] = UseJitter,
        ["delay"] = Delay.ToString("c", CultureInfo.InvariantCulture),
        ["backoffType"] = BackoffType.ToString(),
    };
}
