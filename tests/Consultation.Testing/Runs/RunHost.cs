using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Consultation.Testing.Runs;

/// <summary>
/// Runtime over a real database, as a process of the product has it. Several hosts over one database are several nodes.
/// </summary>
public sealed class RunHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Wires a host; starts no loop.</summary>
    public RunHost(
        StorageOptions storage, TimeProvider clock, IEnumerable<ActivityType>? activities = null,
        Action<RuntimeOptions>? configure = null,
        Action<IServiceCollection>? add = null)
    {
        var options = new RuntimeOptions();
        configure?.Invoke(options);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(clock);
        services.AddSingleton(new ActivityCatalog([.. BuiltInActivities.Types, .. activities ?? []]));
        services.AddStorage(storage).AddRuntime(options);
        add?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    public Database Database => _services.GetRequiredService<Database>();

    public StimulusSender Sender => _services.GetRequiredService<StimulusSender>();

    public WorkLoop Loop => _services.GetRequiredService<WorkLoop>();

    public DefinitionEditing Definitions => _services.GetRequiredService<DefinitionEditing>();

    public IRunStore Store => _services.GetRequiredService<IRunStore>();

    public RunJournal Journal => _services.GetRequiredService<RunJournal>();

    /// <summary>Stores and publishes a definition.</summary>
    public async Task PublishAsync(WorkflowDefinition definition)
    {
        var change =
            await Definitions.SaveAsync(definition, publish: true, DefinitionAuthor.Host, CancellationToken.None);
        if (change is not DefinitionChange.Stored)
        {
            throw new InvalidOperationException($"{definition.DefinitionId} was not published: {change}");
        }
    }

    /// <summary>Sends and expects a committed step.</summary>
    public async Task<StimulusResult.Applied> ApplyAsync(StimulusMessage message) =>
        await Sender.SendAsync(message, CancellationToken.None) switch
        {
            StimulusResult.Applied applied => applied,
            var other => throw new InvalidOperationException($"{message} came to {other}."),
        };

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
