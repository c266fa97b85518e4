using Consultation.Engine.Definitions;
using Consultation.Engine.Moves;

namespace Consultation.Engine.Running;

/// <summary>
/// What one node of a workflow does. There is one object per node of a compiled definition, shared by all runs and
/// threads: it binds its inputs in the constructor and does not change afterwards. All that belongs to a run is in the
/// <see cref="ActivityContext"/>; an activity reads no clock, waits for nothing and touches nothing outside it.
/// </summary>
public abstract class Activity
{
    /// <summary>
    /// Does the activity's work. Ends in one of: <see cref="ActivityContext.Complete()"/> or another completion,
    /// a bookmark, a scheduled child, an exception (which becomes an incident). An activity that does none of these
    /// stays running for ever.
    /// </summary>
    public abstract void Execute(ActivityContext context);

    /// <summary>Called when one of the activity's bookmarks is resumed. Default: completes with <c>Done</c>.</summary>
    /// <param name="context">The activity's context.</param>
    /// <param name="bookmark">The bookmark; already removed if it burns itself.</param>
    /// <param name="payload">What the resumer sent, as plain data; null for a timer.</param>
    public virtual void Resume(ActivityContext context, Bookmark bookmark, object? payload) => context.Complete();

    /// <summary>
    /// Called when a child that this activity scheduled has completed. Default: completes with <c>Done</c>.
    /// </summary>
    /// <param name="context">The context of this activity, not of the child.</param>
    /// <param name="child">The child's finished execution, with its outcomes.</param>
    public virtual void OnChildCompleted(ActivityContext context, ActivityExecution child) => context.Complete();

    /// <summary>Called when a child was cancelled while this activity goes on. Default: does nothing.</summary>
    public virtual void OnChildCanceled(ActivityContext context, ActivityExecution child)
    {
    }

    /// <summary>
    /// Called when a child that goes on wants connections of an outcome followed. Default: nothing follows.
    /// </summary>
    internal virtual void OnChildOutcomes(
        ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
    }

    /// <summary>
    /// Called when this activity is cancelled, after its children and bookmarks are gone. Default: does nothing.
    /// </summary>
    public virtual void OnCanceled(ActivityContext context)
    {
    }

    /// <summary>
    /// Called when an execution that waits moves to this node from that of another version. Says what speaks against
    /// it, and unless it is a preview takes over what it keeps outside the run. Default: does nothing.
    /// </summary>
    public virtual void OnMoving(ActivityMove move)
    {
    }

    /// <summary>
    /// What starts a workflow at this node, when it is marked "can start workflow"; nothing if it is no trigger.
    /// </summary>
    public virtual IEnumerable<TriggerDescription> DescribeTriggers(TriggerContext context) => [];

    /// <summary>Called just before this activity's completion is written down. Default: does nothing.</summary>
    internal virtual void OnCompleting(ActivityContext context)
    {
    }

    /// <summary>
    /// True for an activity that ends the flowchart or sequence it stands in (End, Finish, Break, Complete).
    /// </summary>
    internal virtual bool IsTerminal => false;

    /// <summary>True for a boundary of a definition: it catches <c>Complete</c> and holds inputs and outputs.</summary>
    internal virtual bool IsComposite => false;

    /// <summary>What a <c>Break</c> below this activity does here.</summary>
    internal virtual BreakHandling BreakHandling => BreakHandling.Pass;
}

/// <summary>What a <c>Break</c> does on its way up.</summary>
internal enum BreakHandling
{
    /// <summary>Not concerned; the break goes on to the parent.</summary>
    Pass,

    /// <summary>Stops scheduling further children; the break goes on to the parent.</summary>
    Mark,

    /// <summary>A loop: stops after the current turn; the break ends here.</summary>
    MarkAndStop,
}
