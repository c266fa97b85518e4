namespace Consultation.Engine.Running;

/// <summary>What a step did, as data: all of it is committed together, or thrown away together.</summary>
public sealed class StepResult
{
    internal StepResult(RunState state) => State = state;

    /// <summary>
    /// The run after the step: the same object that went in, changed. A loser of a commit race throws it away and
    /// loads again.
    /// </summary>
    public RunState State { get; }

    /// <summary>
    /// The call that failed after it had taken hold of the host, or null. What it did there cannot be told from what
    /// others did, so this result must be thrown away, and the step taken again from fresh data with the call among
    /// <see cref="StepEnvironment.Failing"/>.
    /// </summary>
    public FailedCall? SpoiltBy { get; internal set; }

    /// <summary>False when the bookmark or incident no longer exists, or the run is over: nothing changed.</summary>
    public bool Matched { get; internal set; } = true;

    /// <summary>True when the step stopped at its limit of activities; send <see cref="Stimulus.Continue"/>.</summary>
    public bool HasMoreWork { get; internal set; }

    /// <summary>Activities executed in this step.</summary>
    public int ActivityCount { get; internal set; }

    /// <summary>Bookmarks that exist now and did not before the step.</summary>
    public List<Bookmark> CreatedBookmarks { get; } = [];

    /// <summary>Ids of bookmarks that existed before the step and do not any more.</summary>
    public List<string> RemovedBookmarkIds { get; } = [];

    /// <summary>New journal lines, in order.</summary>
    public List<JournalLine> JournalLines { get; } = [];

    /// <summary>One record per execution that the step touched, as it stands after the step.</summary>
    public List<ActivityExecutionRecord> ActivityExecutionRecords { get; } = [];

    public List<Incident> NewIncidents { get; } = [];

    /// <summary>Ids of incidents that a retry took up.</summary>
    public List<string> ResolvedIncidentIds { get; } = [];

    /// <summary>What to do after the commit, in order.</summary>
    public List<StepRequest> Requests { get; } = [];

    /// <summary>What an activity answers to the sender of the stimulus, or null.</summary>
    public object? Answer { get; internal set; }

    /// <summary>
    /// True when the answer says that nothing came of the stimulus, so that the same one may be sent again.
    /// </summary>
    public bool IsRefusal { get; internal set; }
}
