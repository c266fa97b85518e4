using System.Globalization;

namespace Consultation.Engine.Running;

/// <summary>
/// Ids of activity executions: unique everywhere, made of the run's id and the number within the run.
/// </summary>
public static class ExecutionId
{
    /// <summary>The id of an execution.</summary>
    public static string Of(string instanceId, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{instanceId}-{number}");

    /// <summary>The run of an execution; null when the text is no such id.</summary>
    public static string? InstanceOf(string id)
    {
        var dash = id.LastIndexOf('-');
        return dash > 0 && IsNumber(id.AsSpan(dash + 1)) ? id[..dash] : null;
    }

    /// <summary>True when it is an execution of that run.</summary>
    public static bool IsOf(string instanceId, string id) => InstanceOf(id) == instanceId;

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
