using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Engine.Running;

namespace Consultation.Activities.Work;

/// <content>
/// Turns where the chair decides last (O2): the members are asked first and have the node's time without what is kept
/// for the chair; then the chair has the rest. The task's due time is that of whose turn it is, so that reminders, the
/// ladder, edits of the calendar and suspensions follow the turn.
/// </content>
internal abstract partial class PeopleTask
{
    /// <summary>How much of the time is kept for the chair where the node does not say.</summary>
    public const string UsualChairTime = "2wd";

    private const string ChairTimeProperty = "chairTime";

    /// <summary>How much of the time is kept for the chair.</summary>
    protected virtual WorkingDuration ChairTime(ActivityContext context, CaseFile file) =>
        DueTime.Read(UsualChairTime, file);

    /// <summary>
    /// When the members' time is over: so long before the whole time is as the chair needs, but a working day is theirs
    /// in any case. One seat decides, the others give opinions.
    /// </summary>
    private DueTime? MembersFirst(ActivityContext context, CaseFile file, List<TaskAssignee> seats, DueTime? whole)
    {
        var chair = seats.Find(seat => seat.IsChair) ?? seats[0];
        foreach (var seat in seats) seat.IsChair = seat == chair;
        context.SetProperty(ChairTimeProperty, 0L);
        if (whole is null) return null;
        var calendar = file.Calendar;
        var (today, last) = (calendar.DayOf(context.Now), calendar.DayOf(whole.At));
        var wanted = calendar.WorkingDaysBetween(
            calendar.DayOf(calendar.Shift(whole.At, ChairTime(context, file), -1)), last);
        var kept = Math.Clamp(wanted, 0, Math.Max(0, calendar.WorkingDaysBetween(today, last) - 1));
        if (kept == 0) return whole;
        context.SetProperty(ChairTimeProperty, (long)kept);
        return Moved(whole.At, whole.Basis, -kept, file);
    }

    /// <summary>A due time so many working days later or earlier, with what it counts from.</summary>
    private static DueTime Moved(DateTimeOffset at, DueBasis? basis, int workingDays, CaseFile file)
    {
        var calendar = file.Calendar;
        var moved = calendar.Shift(
            at, new WorkingDuration(Math.Abs(workingDays), DayCount.WorkingDays), Math.Sign(workingDays));
        var counted = basis is { Within.Count: DayCount.WorkingDays, PassedOn: null }
            ? basis with { Within = basis.Within with { Days = basis.Within.Days + workingDays } }
            : null;
        if (counted is not null && (counted.Meeting is not null || counted.Within.Days >= 0))
        {
            return new DueTime(moved, counted);
        }

        var (from, days) = workingDays < 0 ? (calendar.DayOf(moved), 0) : (calendar.DayOf(at), workingDays);
        return new DueTime(moved, new DueBasis(new WorkingDuration(days, DayCount.WorkingDays), from));
    }

    /// <summary>
    /// The chair's turn comes with the last opinion; when one is taken back while its time is not over, it is the
    /// members' turn again.
    /// </summary>
    private void FollowTurns(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (GateTurns.ChairOf(task) is not { } chair || task.State != TaskState.Open
            || context.GetProperty(HeldProperty) is not null)
        {
            return;
        }

        switch (task.ChairSince, GateTurns.SilentMembers(task).Count)
        {
            case (null, 0):
                BeginChairsTurn(context, file, task);
                break;
            case (not null, > 0) when chair.Outcome is null:
                BackToMembers(context, file, task, chair);
                break;
        }
    }

    private void BeginChairsTurn(ActivityContext context, CaseFile file, WorkTask task)
    {
        var kept = KeptForChair(context);
        task.ChairSince = context.Now;
        if (task.DueAt is { } due)
        {
            if (kept > 0)
            {
                var whole = Moved(due, task.DueBasis, kept, file);
                (task.DueAt, task.DueBasis) = (whole.At, whole.Basis);
                if (task.DueBeforeRest is { } rested) task.DueBeforeRest = Moved(rested, null, kept, file).At;
            }

            if (task.DueAt <= context.Now)
            {
                task.DueAt = file.Calendar.DueAfter(context.Now, new WorkingDuration(1, DayCount.WorkingDays));
                task.DueBasis = task.DueBasis! with { PassedOn = file.Calendar.DayOf(context.Now) };
            }
        }

        task.Revision++;
        var say = GateTurns.Say(task, GateTurns.ChairOf(task)!, file.Directory)!;
        Tell(context, file, HistoryVerbs.TaskTurn,
            new($"“{task.Title.Zh}”：{say.Zh}", $"“{task.Title.For("en")}”: {say.For("en")}"), task.Id);
        BeginClock(context, file, task);
        Announce(context, file, task, TemplateOf(task.Kind));
    }

    private void BackToMembers(ActivityContext context, CaseFile file, WorkTask task, TaskAssignee chair)
    {
        var kept = KeptForChair(context);
        if (task.DueAt is { } due)
        {
            var before = kept == 0 ? new DueTime(due, task.DueBasis!) : Moved(due, task.DueBasis, -kept, file);
            if (before.At <= context.Now || task.DueBasis is { PassedOn: not null }) return;
            (task.DueAt, task.DueBasis) = (before.At, before.Basis);
            if (task.DueBeforeRest is { } rested && kept > 0) task.DueBeforeRest = Moved(rested, null, -kept, file).At;
        }

        task.ChairSince = null;
        foreach (var contact in SeatContacts.Of(task, chair, file.Directory, context.Now))
        {
            file.CancelMailTo.Add((task.Id, contact.Person.Id));
        }

        var names = string.Join('、', GateTurns.SilentMembers(task).Select(seat => NameOf(file, seat.PersonId)));
        Tell(context, file, HistoryVerbs.TaskTurn, new(
            $"“{task.Title.Zh}”：等待{names}重新发表意见，然后再请{NameOf(file, chair.PersonId)}决定。",
            $"“{task.Title.For("en")}”: waiting for a new opinion of {names} before {NameOf(file, chair.PersonId)} "
                + "decides."), task.Id);
        BeginClock(context, file, task);
    }

    /// <summary>Reminders and rungs are those of whose turn it is, from the first on.</summary>
    private void BeginClock(ActivityContext context, CaseFile file, WorkTask task)
    {
        (task.RemindersSent, task.Rung, task.RungName) = (0, 0, null);
        TaskClock.Stop(context);
        TaskClock.Start(context, file, task, _reminders.Get(context), _ladder.Get(context));
    }

    private static int KeptForChair(ActivityContext context) =>
        Convert.ToInt32(context.GetProperty(ChairTimeProperty) ?? 0, CultureInfo.InvariantCulture);
}
