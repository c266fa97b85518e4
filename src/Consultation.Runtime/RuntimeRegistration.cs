using System.ComponentModel.DataAnnotations;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Outside;
using Consultation.Runtime.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Consultation.Runtime;

/// <summary>Wires this floor.</summary>
public static class RuntimeRegistration
{
    /// <summary>
    /// Adds what makes runs durable. Needs <see cref="IRunStore"/> and <see cref="IDefinitionStore"/> (AddStorage) and
    /// an <see cref="ActivityCatalog"/>. The loop itself is started by <see cref="AddRuntimeLoops"/>.
    /// </summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddRuntime(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(RuntimeOptions.Section).Get<RuntimeOptions>() ?? new RuntimeOptions();
        return services.AddRuntime(
            options, configuration.GetSection(ResilienceOptions.Section).Get<ResilienceOptions>());
    }

    /// <summary>The same with options at hand.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddRuntime(
        this IServiceCollection services, RuntimeOptions options, ResilienceOptions? resilience = null)
    {
        resilience ??= new ResilienceOptions();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        Validator.ValidateObject(resilience, new ValidationContext(resilience), validateAllProperties: true);
        services.AddSingleton(resilience);
        services.AddSingleton(new AllowedHosts(options.HttpHosts));
        services.AddHttpClient(HttpRequests.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(
                provider => HttpConnections.Handler(provider.GetRequiredService<AllowedHosts>()));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<WakeUp>();
        services.AddSingleton<RunFeed>();
        services.AddSingleton<WorkflowCache>();
        services.AddSingleton<DefinitionEditing>();
        services.AddSingleton<IOutsideHandler, HttpRequests>();
        services.AddSingleton<StepRequests>();
        services.AddSingleton<StepTaker>();
        services.AddSingleton(provider => new RunWorker(
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<StepTaker>(),
            provider.GetRequiredService<StepRequests>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<WakeUp>(),
            provider.GetRequiredService<RunFeed>(),
            provider.GetRequiredService<RuntimeOptions>(),
            provider.GetRequiredService<ILogger<RunWorker>>()));
        services.AddSingleton<StimulusSender>();
        services.AddSingleton<WorkLoop>();
        return services;
    }

    /// <summary>
    /// Starts the loop with the host. A process without it only answers pages; its inbox rows are taken by others.
    /// </summary>
    public static IServiceCollection AddRuntimeLoops(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<WorkLoop>());
}
