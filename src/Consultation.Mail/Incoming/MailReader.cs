using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.Mail.Incoming;

/// <summary>
/// Reads mail from the mailbox or folder of the settings. Any number of processes may run one; whoever holds the lease
/// reads. Mail is marked read only after it was taken, and taking it twice is taking it once: so a process or server
/// may stop at any point.
/// </summary>
public sealed class MailReader(
    IIncomingDesk desk, IReaderLease lease, MessageReader reader, MailOptions options, TimeProvider time,
    ILogger<MailReader> log) : BackgroundService
{
    /// <summary>A reader that says nothing for so long has stopped.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    /// <summary>The lease is prolonged at least so often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(10);

    private readonly string _name = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>The settings name a source that has to be looked into.</summary>
    public bool Looks => options.Incoming.Source is IncomingSource.Imap or IncomingSource.Folder;

    /// <summary>One look. Answers how many mails were taken; none while another process reads.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        await using var mailbox = Open();
        return await LookAsync(mailbox, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Looks) await TryAsync(() => lease.GiveBackAsync(_name, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Looks)
        {
            // What was posted and left behind by a process that died.
            while (options.Incoming.Source == IncomingSource.Post && !stoppingToken.IsCancellationRequested)
            {
                await TryAsync(() => desk.ResumeAsync(stoppingToken), stoppingToken);
                await PauseAsync(LongestWait, stoppingToken);
            }

            return;
        }

        await using var mailbox = Open();
        while (!stoppingToken.IsCancellationRequested)
        {
            var holds = false;
            var fine = await TryAsync(async () =>
            {
                holds = await HoldsAsync(stoppingToken);
                if (!holds) return;
                await LookAsync(mailbox, stoppingToken);
                await mailbox.WaitAsync(Least(options.Incoming.PollEvery, LongestWait), stoppingToken);
            }, stoppingToken);
            if (!fine) await mailbox.DisposeAsync();
            if (!fine || !holds) await PauseAsync(Least(options.Incoming.PollEvery, AfterTrouble), stoppingToken);
        }
    }

    private async Task<int> LookAsync(IMailbox mailbox, CancellationToken cancellationToken)
    {
        if (!await HoldsAsync(cancellationToken)) return 0;
        await desk.ResumeAsync(cancellationToken);
        var taken = await mailbox.ReadAsync(async (mail, stop) =>
        {
            await desk.TakeAsync(mail, stop);
            log.MailTaken(mail.Kind, mail.Closed);
            await HoldsAsync(stop);
        }, cancellationToken);
        return taken;
    }

    private Task<bool> HoldsAsync(CancellationToken cancellationToken) =>
        lease.TakeAsync(_name, LeaseLength, cancellationToken);

    private IMailbox Open() => options.Incoming.Source == IncomingSource.Imap
        ? new ImapMailbox(options, reader, time, log)
        : new FolderMailbox(options, reader, time, log);

    /// <summary>False when it failed; the loop outlives a server or database that is away for a while.</summary>
    private async Task<bool> TryAsync(Func<Task> what, CancellationToken stoppingToken)
    {
        try
        {
            await what();
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.ReadingFailed(failure);
            return false;
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stoppingToken) =>
        await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
