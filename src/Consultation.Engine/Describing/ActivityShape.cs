namespace Consultation.Engine.Describing;

/// <summary>What an activity is, as far as its shape on a drawn flowchart goes.</summary>
public enum ActivityShape
{
    /// <summary>Anything that is done: a box.</summary>
    Step,

    /// <summary>People decide: a box with a double edge.</summary>
    Gate,

    /// <summary>The workflow chooses a way: a diamond.</summary>
    Choice,

    /// <summary>Start or end: a pill.</summary>
    Terminal,

    /// <summary>Ways part or meet: a narrow box.</summary>
    Junction,

    /// <summary>
    /// Begins a step or phase, named by its inputs <c>Key</c>, <c>Number</c> and <c>StepName</c>: a box with a band.
    /// What follows it up to the next one belongs to that step.
    /// </summary>
    Milestone,

    /// <summary>Another workflow runs inside: a box with a second frame.</summary>
    Part,
}

/// <summary>Whom an activity asks for something, so that a run waits for people there.</summary>
/// <param name="Who">Name of the input that says whom.</param>
/// <param name="OnlyIf">Name of the Boolean input that must be set for it to ask anybody; null when it always
/// does.</param>
public sealed record ActivityAsking(string Who, string? OnlyIf = null);
