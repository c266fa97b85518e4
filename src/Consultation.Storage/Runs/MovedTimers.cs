using Consultation.Cases;
using Consultation.Cases.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>
/// Sets the timers of what a step moved, in whatever run, in the step's own transaction. A timer that fires meanwhile
/// makes the step lose its race and start again.
/// </summary>
internal static class MovedTimers
{
    public static async Task FollowAsync(
        ConsultationDb db, CaseFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (file.MovedDues.Count + file.MovedPhases.Count == 0 && file.MovedMeeting is null) return;
        var instances = file.MovedDues.Select(move => move.Task.InstanceId).Append(file.Case.InstanceId ?? "")
            .Concat(await RunsOfAsync(db, file, cancellationToken)).Distinct().ToList();
        var timers = await db.Bookmarks.Where(
            row => instances.Contains(row.InstanceId) && row.DueAt != null && row.DueBasis != null)
            .ToListAsync(cancellationToken);
        // A timer that this step used up or set itself is tracked already, as it left it.
        DueTimes.Follow(file, timers.Where(timer => db.Entry(timer).State is EntityState.Unchanged), now);
    }

    /// <summary>Runs of all cases that a moved meeting consults on: each may wait for a day of it.</summary>
    private static async Task<IReadOnlyList<string>> RunsOfAsync(
        ConsultationDb db, CaseFile file, CancellationToken cancellationToken)
    {
        if (file.MovedMeeting is not { } meeting) return [];
        var cases = meeting.Topics.Select(topic => topic.CaseId.ToString()).ToList();
        return await db.Runs.Where(run => cases.Contains(run.CorrelationId!)).Select(run => run.Id)
            .ToListAsync(cancellationToken);
    }
}
