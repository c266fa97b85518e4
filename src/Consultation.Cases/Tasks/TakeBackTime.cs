namespace Consultation.Cases.Tasks;

/// <summary>
/// The timer at the end of which a held decision takes effect (mail rule 1); its basis names the task, so that pages
/// can show it.
/// </summary>
public static class TakeBackTime
{
    /// <summary>What such a timer says it was computed from.</summary>
    public static string BasisOf(WorkTask task) => $"take-back of {task.Number}";
}
