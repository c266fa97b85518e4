using System.Collections.Concurrent;
using System.Threading.Channels;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Rehearsals;
using Consultation.Storage;

namespace Consultation.Server.Rehearsals;

/// <summary>
/// Rehearsals of this process: at most two at once, each beside the request that asked for it. What they came to is
/// kept in memory until a few newer ones are there; a seed brings it back at any time.
/// </summary>
internal sealed class RehearsalHouse(
    Database database, IConfiguration configuration, TimeProvider time, IHostApplicationLifetime lifetime,
    ILogger<RehearsalHouse> log) : BackgroundService, IRehearsals
{
    /// <summary>Most rehearsals at once, and most that are kept.</summary>
    private const int AtOnce = 2, Kept = 12;

    /// <summary>Longest time of one play, and of waiting for a place.</summary>
    private static readonly TimeSpan LongestPlay = TimeSpan.FromSeconds(60);

    private static readonly LocalText Busy = new(
        "已有两场演练正在进行，请等其中一场结束后再试。", "Two rehearsals are being played; try again when one is over.");

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly ConcurrentDictionary<Guid, Running> _jobs = [];
    private readonly Channel<Running> _begun = Channel.CreateUnbounded<Running>();

    public RehearsalStart Begin(OrganisationId organisation, RehearsalSettings settings, PersonId by)
    {
        if (settings.Check(Today()) is { Count: > 0 } errors) return new RehearsalStart.Refused(errors);
        if (!_places.Wait(0)) return new RehearsalStart.Refused([new FieldError("", Busy)]);
        var running = Add(organisation, settings, by);
        _begun.Writer.TryWrite(running);
        return new RehearsalStart.Begun(running.Job.Id);
    }

    public RehearsalJob? Find(OrganisationId organisation, Guid job) =>
        _jobs.GetValueOrDefault(job)?.Job is { } known && known.OrganisationId == organisation ? known : null;

    public IReadOnlyList<RehearsalJob> Recent(OrganisationId organisation) =>
    [
        .. _jobs.Values.Select(running => running.Job)
            .Where(job => job.OrganisationId == organisation && job.ById is not null).OrderByDescending(job => job.At),
    ];

    public bool Cancel(OrganisationId organisation, Guid job)
    {
        if (_jobs.GetValueOrDefault(job) is not { Job.IsOver: false } running
            || running.Job.OrganisationId != organisation) return false;
        running.Stop.Cancel();
        return true;
    }

    public async Task<RehearsalJob> PlayAsync(
        OrganisationId organisation, RehearsalSettings settings, CancellationToken cancellationToken)
    {
        var running = new Running(JobOf(organisation, settings, null));
        if (settings.Check(Today()) is [{ } first, ..])
        {
            return running.Job with { IsOver = true, Error = first.Message };
        }

        if (!await _places.WaitAsync(LongestPlay, cancellationToken))
        {
            return running.Job with { IsOver = true, Error = Busy };
        }

        try
        {
            await using var stops = cancellationToken.Register(running.Stop.Cancel);
            await RunAsync(running);
            cancellationToken.ThrowIfCancellationRequested();
            return running.Job;
        }
        finally
        {
            _places.Release();
            running.Stop.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => TakeAsync(stoppingToken)));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    private async Task TakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var running in _begun.Reader.ReadAllAsync(stoppingToken))
            {
                await RunAsync(running);
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was being played is not kept anyway.
        }
    }

    private async Task RunAsync(Running running)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            running.Stop.Token, lifetime.ApplicationStopping);
        var settings = running.Job.Settings;
        try
        {
            await using var theatre = await Theatre.OpenAsync(
                database, configuration, running.Job.OrganisationId, settings, time.GetUtcNow(), stop.Token);
            var plays = new List<PlaySummary>();
            for (var number = 0; number < settings.Plays; number++)
            {
                var play = await PlayOnceAsync(theatre, settings.Seed + number, stop.Token);
                plays.Add(play.Summary);
                running.Job = running.Job with
                {
                    Done = number + 1,
                    Play = running.Job.Play ?? play,
                    Spread = new([.. plays]),
                };
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            running.Job = running.Job with { IsCancelled = true };
        }
        catch (CannotRehearseException refused)
        {
            running.Job = running.Job with { Error = refused.Reason };
        }
#pragma warning disable CA1031 // Whatever a play meets, the page says that it failed and the host goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.RehearsalFailed(failure, settings.DefinitionId);
            running.Job = running.Job with
            {
                Error = new("演练没有完成，原因已记入日志。", "The rehearsal failed; the log says why."),
            };
        }
        finally
        {
            running.Job = running.Job with { IsOver = true };
        }
    }

    private async Task<RehearsalPlay> PlayOnceAsync(Theatre theatre, int seed, CancellationToken cancellationToken)
    {
        using var longest = new CancellationTokenSource(LongestPlay, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        try
        {
            return await theatre.PlayAsync(seed, both.Token);
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested)
        {
            throw new CannotRehearseException(new(
                $"种子 {seed} 的演练超过一分钟，已停止。", $"The play of seed {seed} took longer than a minute and was stopped."));
        }
    }

    private Running Add(OrganisationId organisation, RehearsalSettings settings, PersonId by)
    {
        foreach (var old in _jobs.Values.Where(one => one.Job.IsOver).OrderByDescending(one => one.Job.At)
            .Skip(Kept - 1).ToList())
        {
            if (_jobs.TryRemove(old.Job.Id, out _)) old.Stop.Dispose();
        }

        var running = new Running(JobOf(organisation, settings, by));
        _jobs[running.Job.Id] = running;
        return running;
    }

    private RehearsalJob JobOf(OrganisationId organisation, RehearsalSettings settings, PersonId? by) => new()
    {
        Id = Guid.NewGuid(),
        OrganisationId = organisation,
        Settings = settings,
        ById = by,
        At = time.GetUtcNow(),
    };

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private sealed class Running(RehearsalJob job)
    {
        private volatile RehearsalJob _job = job;

        public RehearsalJob Job
        {
            get => _job;
            set => _job = value;
        }

        public CancellationTokenSource Stop { get; } = new();
    }
}
