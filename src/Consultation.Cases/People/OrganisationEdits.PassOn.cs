using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>A task that its assignee passes on, as the page behind a link hands it in.</summary>
/// <param name="TaskId">Which task.</param>
/// <param name="ToId">Who acts.</param>
/// <param name="LastDay">
/// The last day on which all duties of the person are passed on; null passes on this task alone.
/// </param>
/// <param name="Reason">Why, shown to both.</param>
public sealed record PassOnEntry(TaskId TaskId, PersonId ToId, DateOnly? LastDay, string Reason);

/// <content>Passing on a task to a delegate.</content>
public sealed partial class OrganisationEdits
{
    /// <summary>Longest time for which duties are passed on by a link.</summary>
    private const int MostDays = 92;

    /// <summary>
    /// The actor passes on a task, or all duties for a time, to somebody who may act (<see cref="Delegates"/>). Checked
    /// against the task and the directory as of the commit: the task still waits for the actor's own answer. The
    /// delegate is mailed by the task's step; the actor hears of it too, because the link may be in other hands.
    /// </summary>
    public Task<EditResult> PassOnAsync(
        OrganisationEdit edit, PassOnEntry entry, CancellationToken cancellationToken) =>
        RunAsync(edit, null, async (session, now) =>
        {
            var (directory, me) = (session.File.Directory, edit.ActorId ?? default);
            var task = (await session.TasksWaitingForAsync(me, cancellationToken))
                .FirstOrDefault(one => one.Id == entry.TaskId);
            if (task is null || Delegates.SeatOf(task, me) is not { } seat
                || directory.Find(me) is not { Active: true })
            {
                return new EditOutcome.Wrong(
                    "", "这项任务现在不等您本人答复，不能转托。",
                    "This task does not wait for your own answer now, so it cannot be passed on.");
            }

            if (Check(entry, task, seat, directory, now) is { Count: > 0 } errors) return new EditOutcome.Wrong(errors);
            var row = session.File.Add(new Delegation
            {
                OrganisationId = edit.OrganisationId,
                Id = OrderedGuid.New(now),
                FromId = me,
                ToId = entry.ToId,
                StartsAt = now,
                // What is about one task ends with the task; a year is beyond any.
                EndsAt = entry.LastDay is { } last ? directory.Organisation.EndOf(last) : now.AddDays(366),
                Scope = entry.LastDay is null ? null : seat.Role,
                Reason = entry.Reason.Trim(),
                SeatId = entry.LastDay is null ? seat.Id : null,
                TaskNumber = entry.LastDay is null ? task.Number : null,
            });
            await PassOnAsync(session, me, $"delegation {row.Id:N}", cancellationToken, row.SeatId);
            var restricted = await session.RestrictedAmongAsync([task.CaseId], cancellationToken);
            foreach (var told in mail.PassedOn(row, task, restricted.Count > 0, directory, now)) session.File.Add(told);
            return Changed("delegation", row.Id, "新增委托：", "added a delegation:",
                $"{directory.Find(me)!.Name} → {directory.Find(entry.ToId)!.Name}");
        }, cancellationToken);

    private static List<FieldError> Check(
        PassOnEntry entry, WorkTask task, TaskAssignee seat, OrganisationDirectory directory, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        var today = directory.Organisation.DayOf(now);
        if (Delegates.For(task, seat, directory, now).All(one => one.Id != entry.ToId))
        {
            errors.Add(new("to", new("请从名单中选择一位可以代办的人。", "Choose somebody from the list who may act.")));
        }
        else if (Delegates.Of(seat, directory, now).Any(one => one.ToId == entry.ToId && one.InForce(now)))
        {
            errors.Add(new("to", new("您已经委托这位同志办理。", "This person acts for you already.")));
        }

        if (entry.Reason.Trim().Length is 0 or > Delegates.LongestReason)
        {
            errors.Add(new("reason", new(
                $"请写明委托的原因，不超过 {Delegates.LongestReason} 字。",
                $"Say why, in at most {Delegates.LongestReason} characters.")));
        }

        if (entry.LastDay is { } last && (last < today || last > today.AddDays(MostDays)))
        {
            errors.Add(new("last", new(
                $"委托的最后一天应当在今天之后，最长 {MostDays} 天。", $"The last day is today or later, at most {MostDays} days on.")));
        }

        return errors;
    }
}
