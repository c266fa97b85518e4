using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.Moves;

/// <summary>
/// One open execution of an activity on its way to another version: what the activity is asked about it, and what it
/// says.
/// </summary>
public sealed class ActivityMove
{
    internal ActivityMove(
        ActivityExecution execution, ActivityNode from, ActivityNode to, object? host, DateTimeOffset now,
        bool isPreview) =>
        (Execution, From, To, Host, Now, IsPreview) = (execution, from, to, host, now, isPreview);

    /// <summary>What waits.</summary>
    public ActivityExecution Execution { get; }

    /// <summary>Its node in the version that is left.</summary>
    public ActivityNode From { get; }

    /// <summary>Its node in the version that is moved to.</summary>
    public ActivityNode To { get; }

    /// <summary>What the host floors gave to the step, or null.</summary>
    public object? Host { get; }

    /// <summary>The time of the step.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>True while the move is only looked at: nothing may be changed.</summary>
    public bool IsPreview { get; }

    internal List<BilingualText> Refusals { get; } = [];

    internal List<BilingualText> Again { get; } = [];

    /// <summary>The run cannot move, for this reason.</summary>
    public void Refuse(BilingualText why) => Refusals.Add(why);

    /// <summary>This is asked once more, or in another way than before.</summary>
    public void AskAgain(BilingualText what) => Again.Add(what);
}
