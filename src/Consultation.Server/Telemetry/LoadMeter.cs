using System.Diagnostics.Metrics;
using Consultation.Runtime.Runs;
using Consultation.Storage;
using Consultation.Storage.Reading.Health;
using Microsoft.Extensions.Options;

namespace Consultation.Server.Telemetry;

/// <summary>
/// Reads every few seconds how far behind the work is, and shows it. Every process on one database shows the same: take
/// the largest.
/// </summary>
internal sealed class LoadMeter : BackgroundService
{
    public const string Name = "Consultation.Host";

    private readonly LoadReader _loads;
    private readonly Database _database;
    private readonly TelemetryOptions _options;
    private readonly TimeProvider _time;
    private readonly Gauge<double> _overdue;
    private readonly Gauge<int> _inbox;
    private readonly Gauge<int> _outbox;
    private readonly Gauge<int> _failed;
    private readonly Gauge<int> _incidents;
    private readonly Gauge<int> _runs;

    public LoadMeter(LoadReader loads, Database database, IOptions<TelemetryOptions> options, IMeterFactory meters,
        TimeProvider time)
    {
        (_loads, _database, _options, _time) = (loads, database, options.Value, time);
        var meter = meters.Create(Name);
        _overdue = meter.CreateGauge<double>(
            "consultation.timers.overdue", "s", "How long the oldest due timer has waited.");
        _inbox = meter.CreateGauge<int>(
            "consultation.inbox.waiting", "{message}", "Messages for runs that could be taken now.");
        _outbox = meter.CreateGauge<int>("consultation.outbox.waiting", "{mail}", "Mails that could be sent now.");
        _failed = meter.CreateGauge<int>("consultation.outbox.failed", "{mail}", "Mails that were refused for good.");
        _incidents =
            meter.CreateGauge<int>("consultation.incidents.open", "{incident}", "Incidents that wait for people.");
        _runs = meter.CreateGauge<int>("consultation.runs.open", "{run}", "Workflow runs that have not ended.");
    }

    /// <summary>Reads once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var load = await _loads.ReadAsync(now, cancellationToken);
        _overdue.Record((now - (load.OldestDue ?? now)).TotalSeconds);
        _inbox.Record(load.WaitingMessages);
        _outbox.Record(load.PendingMails);
        _failed.Record(load.FailedMails);
        _incidents.Record(load.OpenIncidents);
        _runs.Record(load.RunningCases);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
                when (failure is StoreUnavailableException || _database.Explain(failure) is not null)
            {
                // The work loop meets the same and says so.
            }

            await Task.Delay(_options.ReadLoadEvery, _time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
