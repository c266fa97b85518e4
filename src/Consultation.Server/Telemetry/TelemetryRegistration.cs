using System.Diagnostics;
using System.Reflection;
using Consultation.Mail.Outgoing;
using Consultation.Runtime;
using Consultation.Web.Links;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Consultation.Server.Telemetry;

/// <summary>Wires measurements and traces: nothing at all unless the settings ask for it.</summary>
internal static class TelemetryRegistration
{
    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Doors of machines that call every few seconds, and files of the look: a trace of them says nothing.
    /// </summary>
    private static readonly PathString[] NotTraced = ["/health", "/assets", "/metrics"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, NoAddressesInLogs>();
        var configuration = builder.Configuration;
        var options = configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>()
            ?? new TelemetryOptions();
        builder.Services.AddOptions<TelemetryOptions>()
            .BindConfiguration(TelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (options.OtlpEndpoint is { } endpoint) configuration[StandardEndpoint] = endpoint;
        var sends = configuration[StandardEndpoint] is { Length: > 0 };
        if (!sends && !options.Metrics) return;

        builder.Services.AddSingleton<LoadMeter>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LoadMeter>());
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                configuration["OTEL_SERVICE_NAME"] ?? "consultation",
                serviceVersion: typeof(
                    Program).Assembly
                    .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion))
            .WithMetrics(metrics => Measure(metrics, options.Metrics, sends));
        if (sends) telemetry.WithTracing(Trace);
    }

    /// <summary>The door for Prometheus, when it is asked for.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        var options = app.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>()
            ?? new TelemetryOptions();
        if (!options.Metrics) return;
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().Add(endpoint =>
        {
            var scrape = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => MetricsDoor.AnswerAsync(http, options.MetricsToken, scrape);
        });
    }

    private static void Measure(MeterProviderBuilder metrics, bool shows, bool sends)
    {
        metrics.AddMeter(
            RunTelemetry.Name, MailTelemetry.Name, LinkTelemetry.Name, LoadMeter.Name, "Microsoft.EntityFrameworkCore")
            .AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
        if (shows) metrics.AddPrometheusExporter();
        if (sends) metrics.AddOtlpExporter();
    }

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource(RunTelemetry.Name, MailTelemetry.Name)
        .AddAspNetCoreInstrumentation(web =>
        {
            web.Filter = IsTraced;
            // Each component would begin a trace of its own and tear the post from its step.
            web.EnableRazorComponentsSupport = false;
        })
        // A command outside of any request, step or mail is a look for due work: there are many, and they say nothing.
        .AddEntityFrameworkCoreInstrumentation(
            database => database.Filter = (_, _) => Activity.Current?.Parent is not null)
        .AddProcessor(new AddressCleaner())
        .AddOtlpExporter();

    private static bool IsTraced(HttpContext http) =>
        !Array.Exists(NotTraced, door => http.Request.Path.StartsWithSegments(door));
}
