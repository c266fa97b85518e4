using System.Linq.Expressions;

namespace Consultation.Cases.Tasks;

/// <summary>Says when an open task is late, the same for a task at hand and in a query.</summary>
public static class TaskLateness
{
    /// <summary>Calendar days before the end from which on a task is due soon.</summary>
    public const int SoonDays = 2;

    /// <summary>Open, and its time is over.</summary>
    public static Expression<Func<WorkTask, bool>> LateAt(DateTimeOffset now) => task =>
        task.State == TaskState.Open && task.DueAt < now;

    /// <summary>Something that is due then is late.</summary>
    public static bool IsLate(DateTimeOffset? dueAt, DateTimeOffset now) => dueAt < now;

    /// <summary>Something that is due then is not late, but will be within two calendar days.</summary>
    public static bool IsSoon(DateTimeOffset? dueAt, DateTimeOffset now) =>
        !IsLate(dueAt, now) && dueAt < now.AddDays(SoonDays);
}
