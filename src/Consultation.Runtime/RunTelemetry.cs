using System.Diagnostics;
using System.Diagnostics.Metrics;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime;

/// <summary>
/// What Runtime tells whoever measures: counts, times and spans of steps. Ids of runs and workflows and kinds of
/// stimuli only, never payloads. Costs next to nothing while nobody listens.
/// </summary>
public static class RunTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "Consultation.Runtime";

    private const string Kind = "consultation.stimulus";
    private const string Definition = "consultation.workflow";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Steps =
        Meter.CreateCounter<long>("consultation.steps", "{step}", "Steps committed, by workflow.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "consultation.step.duration", "s", "Time from taking a message to its commit, lost races included.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });

    private static readonly Counter<long> Conflicts =
        Meter.CreateCounter<long>(
            "consultation.conflicts", "{conflict}", "Steps thrown away because another was first.");

    private static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("consultation.retries", "{retry}", "Due work that failed and is tried again later.");

    private static readonly Counter<long> Incidents =
        Meter.CreateCounter<long>("consultation.incidents", "{incident}", "Incidents met by steps, by workflow.");

    /// <summary>Measures one message, or several in one transaction, until disposed.</summary>
    internal static Measured Measure(TimeProvider clock, string kind) => new(clock, kind);

    internal static string KindOf(StimulusMessage message) => message.GetType().Name;

    internal static string KindOf(DueWork work) =>
        work is DueWork.Inbox inbox ? KindOf(inbox.Message.Message) : work.GetType().Name;

    internal static void Committed(StepOutcome outcome)
    {
        if (outcome.Step is not { State: var state, NewIncidents.Count: var incidents }) return;
        var workflow = KeyValuePair.Create<string, object?>(Definition, state.DefinitionId);
        Steps.Add(1, workflow);
        if (incidents > 0) Incidents.Add(incidents, workflow);
        Activity.Current?.SetTag(Definition, state.DefinitionId).SetTag("consultation.run", state.InstanceId);
    }

    internal static void LostRace() => Conflicts.Add(1);

    internal static void TriedAgain(DueWork work) =>
        Retries.Add(1, KeyValuePair.Create<string, object?>(Kind, KindOf(work)));

    /// <summary>One measurement that is under way.</summary>
    internal sealed class Measured : IDisposable
    {
        private readonly TimeProvider _clock;
        private readonly long _began;
        private readonly KeyValuePair<string, object?> _kind;
        private readonly Activity? _span;

        public Measured(TimeProvider clock, string kind)
        {
            (_clock, _began, _kind) = (clock, clock.GetTimestamp(), new(Kind, kind));
            _span = Source.StartActivity("step");
            _span?.SetTag(Kind, kind);
        }

        public void Dispose()
        {
            Duration.Record(_clock.GetElapsedTime(_began).TotalSeconds, _kind);
            _span?.Dispose();
        }
    }
}
