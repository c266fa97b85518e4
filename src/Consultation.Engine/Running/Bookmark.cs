using Consultation.Engine.Definitions;

namespace Consultation.Engine.Running;

/// <summary>What an activity wants to wait for.</summary>
public sealed record BookmarkRequest
{
    /// <summary>The stimulus name, normally the activity's type name; null takes that.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Plain data that the resumer has to match, for example the event's name; hashed together with the name.
    /// </summary>
    public object? Stimulus { get; init; }

    /// <summary>Plain data kept with the bookmark for whoever shows or resumes it.</summary>
    public object? Payload { get; init; }

    /// <summary>When a timer resumes the bookmark, or null for none.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether the first resumption removes the bookmark. Default true.</summary>
    public bool AutoBurn { get; init; } = true;

    /// <summary>The activity's own mark, to tell its bookmarks apart.</summary>
    public string? Tag { get; init; }

    /// <summary>The id to use; null makes a new one.</summary>
    public string? Id { get; init; }
}

/// <summary>A place where a run waits. It belongs to one execution of one activity.</summary>
public sealed class Bookmark
{
    internal Bookmark(string id, string name, object? stimulus, ulong hash, ActivityExecution execution)
    {
        Id = id;
        Name = name;
        Stimulus = stimulus;
        HashValue = hash;
        Execution = execution;
    }

    /// <summary>A unique id; secret enough to stand in a link only when signed.</summary>
    public string Id { get; }

    /// <summary>The stimulus name.</summary>
    public string Name { get; }

    /// <summary>What the resumer has to match, as plain data.</summary>
    public object? Stimulus { get; }

    /// <summary>
    /// The 16 hex digits of <see cref="BookmarkHash"/> over name and stimulus, to find the bookmark in a store.
    /// </summary>
    public string Hash => BookmarkHash.Text(HashValue);

    public object? Payload { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the runtime must send <see cref="Stimulus.TimerDue"/>, or null.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public bool AutoBurn { get; init; } = true;

    public string? Tag { get; init; }

    /// <summary>The execution that waits.</summary>
    public ActivityExecution Execution { get; }

    /// <summary>The node that waits; its id within the workflow.</summary>
    public string NodeId => Execution.NodeId;

    /// <summary>The node that waits, once the run is bound to its workflow.</summary>
    public ActivityNode Node => Execution.Node;

    internal ulong HashValue { get; }
}
