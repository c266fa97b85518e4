using System.Collections.Concurrent;
using Consultation.Api.Instances;
using Consultation.Runtime.Runs;
using Consultation.Storage.Runs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace Consultation.Api.Live;

/// <summary>
/// Tells the viewers of an instance that it moved. Each push makes a viewer read two to four times, so commits are
/// collected and told at most twice a second.
/// </summary>
internal sealed class InstanceWatcher(
    RunFeed feed, IHubContext<WorkflowInstanceHub> hub, Viewers viewers, RunJournal journal,
    TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, bool> _moved = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Committed += Note;
        try
        {
            using var timer = new PeriodicTimer(Pause, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TellAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; viewers reconnect to the next one.
        }
        finally
        {
            feed.Committed -= Note;
        }
    }

    /// <summary>Tells everybody what moved since the last time.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in _moved.Keys)
        {
            _moved.TryRemove(instance, out _);
            await TellAsync(hub.Clients.Group(instance), journal, instance, cancellationToken);
        }
    }

    /// <summary>Tells some viewers of an instance to read it again.</summary>
    public static async Task TellAsync(
        IClientProxy viewers, RunJournal journal, string instance, CancellationToken cancellationToken)
    {
        var executions = await journal.ExecutionsAsync(instance, cancellationToken);
        await viewers.SendAsync(
            "ActivityExecutionLogUpdatedAsync", new { stats = ExecutionReading.Stats(executions) }, cancellationToken);
        await viewers.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, cancellationToken);
        await viewers.SendAsync(
            "WorkflowInstanceUpdatedAsync", new { workflowInstanceId = instance }, cancellationToken);
    }

    private void Note(InstanceId instance)
    {
        if (viewers.Watch(instance.Value))
        {
            _moved[instance.Value] = true;
        }
    }
}
