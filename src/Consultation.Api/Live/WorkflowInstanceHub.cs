using System.Collections.Concurrent;
using Consultation.Storage.Reading.Runs;
using Consultation.Storage.Runs;
using Microsoft.AspNetCore.SignalR;

namespace Consultation.Api.Live;

/// <summary>
/// Studio's live view of one instance (contract row H1): a viewer joins, and is told when to read again.
/// </summary>
public sealed class WorkflowInstanceHub(RunReader runs, RunJournal journal, Viewers viewers) : Hub
{
    /// <summary>
    /// Joins the watchers of an instance; ignored when the caller's organisation has no such instance.
    /// </summary>
    public async Task ObserveInstanceAsync(string workflowInstanceId)
    {
        if (Context.User is { } user && ElsaPermissions.Has(user, "read:workflow-instances")
            && await runs.FindAsync(
                ElsaAccess.ViewerOf(user), workflowInstanceId, Context.ConnectionAborted) is not null)
        {
            viewers.Join(Context.ConnectionId, workflowInstanceId);
            await Groups.AddToGroupAsync(Context.ConnectionId, workflowInstanceId, Context.ConnectionAborted);

            // The viewer has read the instance before it joined: what was committed in between would never be told.
            await InstanceWatcher.TellAsync(Clients.Caller, journal, workflowInstanceId, Context.ConnectionAborted);
        }
    }

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        viewers.Come(Context);
        return base.OnConnectedAsync();
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        viewers.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>
/// Which instances somebody looks at in this process, so that nothing is read for those that nobody does.
/// </summary>
public sealed class Viewers
{
    private readonly ConcurrentDictionary<string, string> _watched = new();
    private readonly ConcurrentDictionary<string, HubCallerContext> _open = new();

    /// <summary>Lines that are open; each belongs to somebody's session.</summary>
    internal IEnumerable<HubCallerContext> Open => _open.Values;

    internal void Come(HubCallerContext line) => _open[line.ConnectionId] = line;

    internal void Join(string connection, string instance) => _watched[connection] = instance;

    internal void Leave(string connection)
    {
        _watched.TryRemove(connection, out _);
        _open.TryRemove(connection, out _);
    }

    internal bool Watch(string instance) => _watched.Values.Contains(instance);
}
