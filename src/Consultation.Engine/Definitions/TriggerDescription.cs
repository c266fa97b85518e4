using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.Definitions;

/// <summary>What starts a workflow at one of its nodes.</summary>
/// <param name="Name">The stimulus name, normally the activity's type name.</param>
/// <param name="Stimulus">Plain data to match, or null.</param>
public sealed record TriggerDescription(string Name, object? Stimulus)
{
    /// <summary>
    /// For a trigger of time: the first moment after the given one at which it starts a run, in the given zone; null
    /// when there is none any more. Null for other triggers.
    /// </summary>
    public Func<DateTimeOffset, TimeZoneInfo, DateTimeOffset?>? NextDue { get; init; }
}

/// <summary>A trigger of a compiled workflow.</summary>
/// <param name="Node">The node that starts the workflow.</param>
/// <param name="Description">What it waits for.</param>
public sealed record WorkflowTrigger(ActivityNode Node, TriggerDescription Description)
{
    /// <summary>The stimulus name.</summary>
    public string Name => Description.Name;

    /// <summary>Plain data to match, or null.</summary>
    public object? Stimulus => Description.Stimulus;

    /// <summary>The key by which stores find it, as for bookmarks.</summary>
    public string Hash { get; } = BookmarkHash.Of(Description.Name, Description.Stimulus);
}

/// <summary>
/// Where a trigger's inputs are evaluated: no run exists yet, so only literals and self-contained scripts have
/// values.
/// </summary>
public sealed class TriggerContext
{
    internal TriggerContext(IExpressionScope scope) => Scope = scope;

    /// <summary>A scope with the definition's initial values.</summary>
    public IExpressionScope Scope { get; }

    /// <summary>Evaluates an input.</summary>
    public T Get<T>(InputBinding<T> input) => input.Get(Scope);
}
