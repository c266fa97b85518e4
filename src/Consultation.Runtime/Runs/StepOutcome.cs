using Consultation.Engine.Running;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Runs;

/// <summary>What one message came to inside a session that is not saved yet.</summary>
/// <param name="Result">What the sender is told once it is saved.</param>
/// <param name="Changed">True when the session holds something to save because of it.</param>
internal readonly record struct StepOutcome(StimulusResult Result, bool Changed)
{
    /// <summary>The step behind it, or null.</summary>
    public StepResult? Step { get; init; }

    /// <summary>
    /// The call that spoilt the step: the session must be thrown away and the step taken again, knowing of it. Null as
    /// a rule.
    /// </summary>
    public FailedCall? SpoiltBy { get; init; }

    /// <summary>True when it put work into the inbox that is due now.</summary>
    public bool HasNewWork { get; init; }

    public static StepOutcome Spoilt(FailedCall by) => new(new StimulusResult.Contended(), false) { SpoiltBy = by };

    public static StepOutcome Unchanged(StimulusResult result) => new(result, false);
}
