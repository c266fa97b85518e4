namespace Consultation.Engine.Running;

/// <summary>
/// Thrown by an activity that cannot go on for a reason it can put in words; becomes an incident. The message goes to
/// people, so it says what is wrong and what to mend.
/// </summary>
public sealed class ActivityFaultException : Exception
{
    public ActivityFaultException(
        string message, string code = "0", string category = "General", string type = "System", Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        Category = category;
        Type = type;
    }

    public string Code { get; }

    public string Category { get; }

    public string Type { get; }

    /// <summary>The input whose value could not be had, or null.</summary>
    public string? InputName { get; init; }

    /// <summary>
    /// Whether retrying the incident executes the activity from its beginning, although it failed while it handled a
    /// resumption: what it was resumed with will never do. Default false.
    /// </summary>
    public bool RetriesFromStart { get; init; }
}
