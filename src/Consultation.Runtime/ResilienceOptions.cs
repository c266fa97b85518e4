using System.ComponentModel.DataAnnotations;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Microsoft.Extensions.Configuration;

namespace Consultation.Runtime;

/// <summary>
/// Which retries the activities that send HTTP requests may choose. Read once at start; section "Resilience", with the
/// names of an Elsa server's own configuration.
/// </summary>
public sealed class ResilienceOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Resilience";

    /// <summary>Offered when the operator names none.</summary>
    private static readonly RetryStrategy[] Usual =
    [
        new()
        {
            Id = "http-brief",
            DisplayName = new BilingualText("短暂重试：3 次，约 1、2、4 秒后", "Brief: 3 retries, after about 1, 2 and 4 seconds"),
            UseJitter = true,
        },
        new()
        {
            Id = "http-patient",
            DisplayName = new BilingualText(
                "耐心重试：6 次，从 30 秒起加倍，约半小时", "Patient: 6 retries, doubling from 30 seconds, about half an hour"),
            MaxRetryAttempts = 6,
            Delay = TimeSpan.FromSeconds(30),
            UseJitter = true,
        },
        new()
        {
            Id = "http-day",
            DisplayName = new BilingualText("每小时重试一次，最多一天", "Every hour, for a day"),
            MaxRetryAttempts = 24,
            Delay = TimeSpan.FromHours(1),
            BackoffType = RetryBackoff.Constant,
        },
    ];

    /// <summary>
    /// Strategies that the designer offers for HTTP requests, numbered from 0. Default three: http-brief, http-patient
    /// and http-day; those named here take their place.
    /// </summary>
    public RetryStrategySetting[] Strategies { get; set; } = [];

    /// <summary>What activities may choose from.</summary>
    public IReadOnlyList<RetryStrategy> All() =>
        Strategies.Length == 0 ? Usual : [.. Strategies.Select(setting => setting.ToStrategy())];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < Strategies.Length; at++)
        {
            var one = Strategies[at];
            var key = $"{Section}:Strategies:{at}";
            if (one.Type != RetryStrategy.TypeName)
            {
                yield return new($"{key}:$type: 只支持 / only {RetryStrategy.TypeName}");
            }
            if (string.IsNullOrWhiteSpace(one.Id)) yield return new($"{key}:Id: 不能为空 / must not be empty");
            else if (!ids.Add(one.Id)) yield return new($"{key}:Id: “{one.Id}”重复 / {one.Id} is used twice");
            if (one.MaxRetryAttempts is < 0 or > RetryStrategy.MostRetries)
            {
                yield return new($"{key}:MaxRetryAttempts: 0–{RetryStrategy.MostRetries}");
            }
            if (one.Delay < TimeSpan.Zero || one.Delay > RetryStrategy.LongestPause)
            {
                yield return new($"{key}:Delay: 00:00:00–{RetryStrategy.LongestPause:c}");
            }
            if (!Enum.IsDefined(one.BackoffType)) yield return new($"{key}:BackoffType: Constant, Linear, Exponential");
        }
    }
}

/// <summary>One resilience strategy as it stands in the configuration.</summary>
public sealed class RetryStrategySetting
{
    /// <summary>The kind, as Elsa names it. Only HttpResilienceStrategy.</summary>
    [ConfigurationKeyName("$type")]
    public string Type { get; set; } = RetryStrategy.TypeName;

    /// <summary>What workflows name it by.</summary>
    public string Id { get; set; } = "";

    /// <summary>What the designer shows; empty shows the id.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Retries after the first request, 0–100. Default 3.</summary>
    public int MaxRetryAttempts { get; set; } = RetryStrategy.UsualRetries;

    /// <summary>The first pause, at most a day. Default 1 s.</summary>
    public TimeSpan Delay { get; set; } = RetryStrategy.UsualDelay;

    /// <summary>How the pause grows. Default exponential.</summary>
    public RetryBackoff BackoffType { get; set; } = RetryBackoff.Exponential;

    /// <summary>Whether pauses differ a little at random. Default false.</summary>
    public bool UseJitter { get; set; }

    internal RetryStrategy ToStrategy() => new()
    {
        Id = Id,
        DisplayName = DisplayName.Length == 0 ? new BilingualText(Id, Id) : new BilingualText(DisplayName, DisplayName),
        MaxRetryAttempts = MaxRetryAttempts,
        Delay = Delay,
        BackoffType = BackoffType,
        UseJitter = UseJitter,
    };
}
