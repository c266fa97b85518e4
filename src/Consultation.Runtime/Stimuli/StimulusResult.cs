using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;

namespace Consultation.Runtime.Stimuli;

/// <summary>What became of a stimulus. Every case is listed here.</summary>
public abstract record StimulusResult
{
    private StimulusResult()
    {
    }

    /// <summary>The step is committed.</summary>
    /// <param name="InstanceId">The run.</param>
    /// <param name="Answer">What the activity answered, as plain data, or null.</param>
    /// <param name="SubStatus">Where the run stands after the step.</param>
    /// <param name="IncidentIds">Incidents that the step met; empty when all went well.</param>
    /// <param name="IsRepeated">True when the operation id was seen before: nothing changed, the first answer is given
    /// again.</param>
    public sealed record Applied(
        InstanceId InstanceId, object? Answer, RunSubStatus SubStatus, IReadOnlyList<string> IncidentIds,
        bool IsRepeated = false) : StimulusResult;

    /// <summary>Handed on to so many receivers; they take it one after the other.</summary>
    public sealed record Published(int Receivers) : StimulusResult;

    /// <summary>Nobody waits for it yet: it lies in the inbox and is delivered when the bookmark appears.</summary>
    public sealed record Waiting : StimulusResult;

    /// <summary>
    /// The bookmark or incident is gone (answered before, cancelled), or the run is over; nothing changed.
    /// </summary>
    public sealed record NotWaiting : StimulusResult;

    /// <summary>No such run.</summary>
    public sealed record UnknownRun(InstanceId InstanceId) : StimulusResult;

    /// <summary>
    /// No such definition or version, or it cannot be compiled; the text says why.
    /// </summary>
    public sealed record UnknownDefinition(string DefinitionId, BilingualText Message) : StimulusResult;

    /// <summary>The definition's activation strategy forbids another run now.</summary>
    public sealed record CannotStart(string DefinitionId) : StimulusResult;

    /// <summary>The run was not moved to the other version, for these reasons.</summary>
    public sealed record CannotMove(IReadOnlyList<BilingualText> Reasons) : StimulusResult;

    /// <summary>
    /// Others changed the same data at the same moment, again and again; nothing was stored, try again.
    /// </summary>
    public sealed record Contended : StimulusResult;
}
