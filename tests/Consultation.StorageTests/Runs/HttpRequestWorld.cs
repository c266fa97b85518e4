using System.Text.Json.Nodes;
using Consultation.Engine.Running;
using Consultation.Runtime;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Testing;
using Consultation.Testing.Runs;
using Microsoft.Data.Sqlite;

namespace Consultation.StorageTests.Runs;

/// <summary>A host whose workflows send requests, and a server on this machine that answers them.</summary>
public abstract class HttpRequestWorld : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consultation-http-");
    private protected FakeClock Clock { get; } = new();
    private protected LocalServer Server { get; } = new();

    public Task InitializeAsync() => Server.StartAsync();

    public async Task DisposeAsync()
    {
        await Server.StopAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private protected Task<RunHost> HostAsync(params string[] allowed) =>
        HostAsync(null, allowed.Length == 0 ? ["127.0.0.1"] : allowed);

    private protected async Task<RunHost> HostAsync(Action<RuntimeOptions>? configure, params string[] allowed)
    {
        var storage = new StorageOptions
        {
            ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "test.db")}",
        };
        var host = new RunHost(storage, Clock, configure: options =>
        {
            options.HttpHosts = allowed;
            configure?.Invoke(options);
        });
        await host.Database.MigrateAsync(default);
        return host;
    }

    private protected JsonObject Send(string path, params (string Name, string Type, object Value)[] inputs) =>
        Flows.Activity(
            "send", "Elsa.FlowSendHttpRequest",
            [("url", "String", path.StartsWith('/') ? Server.Address + path : path), .. inputs]);

    /// <summary>
    /// The activity with one of the host's strategies, or with one of its own: so many retries, 10 s apart.
    /// </summary>
    private protected static JsonObject Retrying(JsonObject send, string strategy, int? retries = null)
    {
        send["customProperties"] = new JsonObject
        {
            ["resilienceStrategy"] = retries is null
                ? new JsonObject { ["mode"] = "Identifier", ["strategyId"] = strategy }
                : new JsonObject
                {
                    ["mode"] = "Expression",
                    ["expression"] = new JsonObject
                    {
                        ["type"] = "JavaScript",
                        ["value"] =
                            $"({{ $type: 'HttpResilienceStrategy', maxRetryAttempts: {retries}, delay: '00:00:10', "
                                + $"backoffType: '{strategy}' }})",
                    },
                },
        };
        return send;
    }

    private protected static async Task<Consultation.Runtime.Runs.InstanceId> StartAsync(RunHost host, JsonObject send)
    {
        var id = $"flow-{Guid.NewGuid():N}";
        await host.PublishAsync(Flows.Sequence(id, send));
        return (await host.ApplyAsync(new StimulusMessage.StartRun(id))).InstanceId;
    }

    private protected static async Task<Consultation.Runtime.Runs.InstanceId> RunAsync(RunHost host, JsonObject send)
    {
        var run = await StartAsync(host, send);
        await host.Loop.DrainAsync(default);
        return run;
    }

    /// <summary>Lets time go by, so that whatever is due in it is done.</summary>
    private protected async Task PassAsync(RunHost host, TimeSpan span)
    {
        for (var turn = 0; turn < 10; turn++)
        {
            Clock.Advance(span / 10);
            await host.Loop.DrainAsync(default);
        }
    }

    private protected static async Task<(IReadOnlyList<string> Outcomes, IReadOnlyDictionary<string, object?> Outputs,
        ActivityExecutionRecord Execution)> ResultAsync(
        RunHost host, Consultation.Runtime.Runs.InstanceId run)
    {
        var execution = (await host.Journal.ExecutionsAsync(run.Value, default))
            .Single(one => one.ActivityId == "send");
        return (execution.Outcomes ?? [], execution.Outputs ?? new Dictionary<string, object?>(), execution);
    }

    private protected static async Task<IReadOnlyList<string>> LinesAsync(
        RunHost host, Consultation.Runtime.Runs.InstanceId run, string eventName) =>
        [.. (await host.Journal.LinesAsync(run.Value, line => line.EventName == eventName, 0, null, default)).Lines
            .Select(line => line.Message ?? "")];
}
