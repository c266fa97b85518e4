using System.ComponentModel.DataAnnotations;

namespace Consultation.Server.Telemetry;

/// <summary>
/// Settings of measurements (section "Telemetry"). All off by default; what leaves carries ids, names of pages and
/// workflows, and times, never people's data, addresses of requests or tokens of links.
/// </summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Telemetry";

    private const int ShortestToken = 16;

    /// <summary>True shows measurements at /metrics, for Prometheus. Default false.</summary>
    public bool Metrics { get; set; }

    /// <summary>
    /// What a caller of /metrics sends as Authorization: Bearer, at least 16 characters; best kept in the secrets
    /// folder. Null: only callers on this machine that come through no proxy. Default null.
    /// </summary>
    public string? MetricsToken { get; set; }

    /// <summary>
    /// Address of a collector that traces and measurements are sent to by OTLP, e.g. http://127.0.0.1:4317. Null: none,
    /// unless the standard variable OTEL_EXPORTER_OTLP_ENDPOINT names one; protocol, headers and sampling are set by
    /// the standard OTEL_ variables in any case. Default null.
    /// </summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>
    /// How often queue lengths and the age of the oldest due timer are read. Default 15 s, 1 s to 10 min.
    /// </summary>
    public TimeSpan ReadLoadEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MetricsToken is { Length: < ShortestToken })
        {
            yield return new(
                $"Telemetry:MetricsToken: 至少 {ShortestToken} 个字符 / at least {ShortestToken} characters",
                [nameof(MetricsToken)]);
        }

        if (OtlpEndpoint is { } address
            && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return new(
                $"Telemetry:OtlpEndpoint: “{address}”不是 http(s) 地址 / “{address}” is no http(s) address",
                [nameof(OtlpEndpoint)]);
        }

        if (ReadLoadEvery < TimeSpan.FromSeconds(1) || ReadLoadEvery > TimeSpan.FromMinutes(10))
        {
            yield return new("Telemetry:ReadLoadEvery: 00:00:01 – 00:10:00", [nameof(ReadLoadEvery)]);
        }
    }
}
