using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Workflows;
using static Consultation.Cases.Calendar.IsoDay;

namespace Consultation.Cases.Calendar;

/// <summary>
/// Moves what a calendar edit or a change of a plan moves: due times of open tasks, their due timers, next reminders
/// and next rungs; reports and due days of tracked items; planned days of phases. Everything that a calendar edit moved
/// gets a line of history; nothing moves into the past. Pure: changes the objects given.
/// </summary>
public static class DueTimes
{
    /// <summary>
    /// Moves all that differs under the new calendar; answers how many of each moved, and the lines of history for it.
    /// </summary>
    public static (MovedDates Moved, IReadOnlyList<HistoryEntry> Lines) Move(
        DatedWork work, WorkingCalendar before, WorkingCalendar after, PolicySet policies, PersonId? actor,
        DateTimeOffset now)
    {
        var edit = new CalendarEdit(work, before, after, policies, actor, now);
        var shifts = edit.MoveTasks();
        // A step that waits for a working day computes it anew whenever its timer fires, so it is enough to wake it.
        foreach (var timer in work.Timers.Where(timer => timer.Name == StepTypes.Wait && timer.DueAt > now))
        {
            timer.DueAt = now;
        }

        var items = edit.MoveItems(shifts);
        var phases = edit.MovePhases();
        return (new MovedDates(shifts.Count, items, phases), edit.Lines);
    }

    /// <summary>
    /// Sets the timers of what a step moved (<see cref="CaseFile.MovedDues"/>, <see cref="CaseFile.MovedPhases"/>) in
    /// whatever run. Give it the timers of those runs that the step itself neither used up nor set.
    /// </summary>
    public static void Follow(CaseFile file, IEnumerable<IRunTimer> timers, DateTimeOffset now)
    {
        foreach (var timer in timers.Where(timer => timer.DueBasis is not null))
        {
            foreach (var move in file.MovedDues.Where(
                move => move.Task.InstanceId == timer.InstanceId && move.Task.ActivityId == timer.ActivityId))
            {
                Set(timer, TimerShift.Of(
                    TimerBasis.Read(timer.DueBasis), move, file.Policies, file.Calendar, file.Calendar, now));
            }

            if (file.MovedMeeting is { } meeting && CountsFrom(TimerBasis.Read(timer.DueBasis), meeting.Id))
            {
                // Whoever waits for a day of the meeting reckons anew when woken.
                timer.DueAt = now;
            }

            if (timer.InstanceId != file.Case.InstanceId) continue;
            if (timer.Name == StepTypes.Wait && timer.DueAt > now) timer.DueAt = now;
            foreach (var phase in file.MovedPhases)
            {
                Set(timer, TimerShift.OfSlip(
                    TimerBasis.Read(timer.DueBasis), phase.Before, phase.After, file.Calendar, now));
            }
        }
    }

    /// <summary>
    /// A meeting was moved: whatever counts from its day moves with it, in every run of its cases, with a line of
    /// history each. A day that has passed becomes the next working day, though not one after the meeting. What
    /// somebody had moved by hand stays. Answers the tasks that moved; their timers are set by <see cref="Follow"/>.
    /// </summary>
    public static IReadOnlyList<DueMove> MoveWith(
        Meeting meeting, IEnumerable<WorkTask> tasks, WorkingCalendar calendar, PersonId actor, DateTimeOffset now,
        Action<HistoryEntry> tell)
    {
        var moves = new List<DueMove>();
        foreach (var task in tasks.Where(task => task is { State: TaskState.Open, DueAt: not null }
            && task.DueBasis?.Meeting == meeting.Id))
        {
            var (before, basis) = (task.DueAt!.Value, task.DueBasis!);
            if (basis.PassedOn is null && task.DueBeforeRest is null && basis.Due(calendar) != before) continue;
            var counted = OfMeeting(basis.Within, meeting, calendar, now);
            if (counted.At == before && counted.Basis == basis) continue;
            (task.DueAt, task.DueBasis, task.DueBeforeRest) = (counted.At, counted.Basis, null);
            moves.Add(new DueMove(task, before, basis));
            var (was, day) = (calendar.DayOf(before), calendar.DayOf(counted.At));
            if (was == day) continue;
            tell(new HistoryEntry
            {
                OrganisationId = task.OrganisationId,
                Id = OrderedGuid.New(now),
                CaseId = task.CaseId,
                TaskId = task.Id,
                At = now,
                ActorId = actor,
                Verb = HistoryVerbs.TaskDueMoved,
                Text = new(
                    $"会议改期，“{task.Title.Zh}”的时限由{Iso(was)}改为{Iso(day)}。",
                    $"The meeting was moved: “{task.Title.For("en")}” is now due {Iso(day)} instead of {Iso(was)}."),
                Moved = new DateMove(was, day),
            });
        }

        return moves;
    }

    /// <summary>
    /// So long before or after a meeting's day. A day that has passed becomes the next working day, which the basis
    /// says; what belongs before the meeting is due at the latest when it begins.
    /// </summary>
    public static (DateTimeOffset At, DueBasis Basis) OfMeeting(
        WorkingDuration within, Meeting meeting, WorkingCalendar calendar, DateTimeOffset now)
    {
        var basis = new DueBasis(within, meeting.On, Meeting: meeting.Id);
        var at = basis.Due(calendar);
        if (at > now) return (at, basis);
        var next = calendar.DueAfter(now, new WorkingDuration(1, DayCount.WorkingDays));
        var begins = meeting.Begins(calendar);
        return (within.Days < 0 && begins > now && begins < next ? begins : next, basis with
        {
            PassedOn = calendar.DayOf(now),
        });
    }

    /// <summary>True for a timer that waits for a day of the meeting or for its beginning.</summary>
    public static bool CountsFrom(TimerBasis? basis, MeetingId meeting) => basis switch
    {
        TimerBasis.WorkingDay { Meeting: { } of } => of == meeting,
        TimerBasis.MeetingBegins { Meeting: var of } => of == meeting,
        _ => false,
    };

    private static void Set(IRunTimer timer, TimerSetting? setting)
    {
        if (setting is not null) (timer.DueAt, timer.DueBasis) = (setting.At, setting.Basis.Write());
    }

    /// <summary>One edit of the calendar.</summary>
    private sealed class CalendarEdit(
        DatedWork work, WorkingCalendar before, WorkingCalendar after, PolicySet policies, PersonId? actor,
        DateTimeOffset now)
    {
        private readonly List<IRunTimer> _timers =
            [.. work.Timers.Where(timer => timer.DueAt is not null && timer.DueBasis is not null)];

        public List<HistoryEntry> Lines { get; } = [];

        public List<DueShift<WorkTask>> MoveTasks()
        {
            var shifts = DueShifts.Of(work.Tasks, task => (task.DueAt, task.DueBasis), before, after, now)
                .ToDictionary(shift => shift.Subject.Id);
            var timers = _timers.ToLookup(timer => (timer.InstanceId, timer.ActivityId));
            foreach (var task in work.Tasks)
            {
                var move = new DueMove(task, task.DueAt!.Value, task.DueBasis);
                if (shifts.GetValueOrDefault(task.Id) is { } shift)
                {
                    Lines.Add(Line(shift));
                    (task.DueAt, task.DueBasis) = (shift.After, BasisOf(shift));
                }

                foreach (var timer in timers[(task.InstanceId, task.ActivityId)])
                {
                    Set(timer, TimerShift.Of(
                        TimerBasis.Read(timer.DueBasis), move, policies, before, after, now));
                }
            }

            return [.. shifts.Values];
        }

        public int MoveItems(List<DueShift<WorkTask>> shifts)
        {
            var reports = shifts.Where(shift => shift.Subject.TrackedItemId is not null)
                .ToLookup(shift => shift.Subject.TrackedItemId);
            var moved = 0;
            foreach (var item in work.Items)
            {
                if (reports[item.Id].FirstOrDefault(shift => shift.Before == item.NextEntryDueAt) is { } report)
                {
                    item.NextEntryDueAt = report.After;
                }
                if (item.DueOn is not { } due || DueShifts.Named(due, before, after) is var day && day == due) continue;
                item.DueOn = day;
                moved++;
                Lines.Add(Line(item, due, day));
            }

            return moved;
        }

        public int MovePhases()
        {
            var moved = 0;
            var slips = new List<(string? Instance, DateOnly Before, DateOnly After)>();
            foreach (var (phase, start, instance) in work.Phases)
            {
                var from = DueShifts.Planned(phase.PlannedFrom, start, before, after);
                var to = DueShifts.Planned(phase.PlannedTo, start, before, after);
                slips.Add((instance, phase.PlannedTo, to));
                if (from == phase.PlannedFrom && to == phase.PlannedTo) continue;
                moved++;
                Lines.Add(Line(phase, from, to));
                (phase.PlannedFrom, phase.PlannedTo) = (from, to);
            }

            MoveSlips(slips);
            return moved;
        }

        /// <summary>
        /// The watch over a phase warns by its planned end: a phase that ends earlier now is warned about earlier.
        /// </summary>
        private void MoveSlips(List<(string? Instance, DateOnly Before, DateOnly After)> slips)
        {
            var byRun = slips.ToLookup(slip => slip.Instance);
            foreach (var timer in _timers)
            {
                Set(timer, byRun[timer.InstanceId].Select(
                    slip => TimerShift.OfSlip(
                        TimerBasis.Read(timer.DueBasis), slip.Before, slip.After, after, now))
                    .FirstOrDefault(setting => setting is not null));
            }
        }

        private DueBasis? BasisOf(DueShift<WorkTask> shift) => shift.Passed
            ? shift.Subject.DueBasis! with { PassedOn = after.DayOf(now) }
            : shift.Subject.DueBasis;

        private HistoryEntry Line(DueShift<WorkTask> shift)
        {
            var (task, was, day) = (shift.Subject, after.DayOf(shift.Before), after.DayOf(shift.After));
            var zhPassed = shift.Passed ? "（按新日历计算的日期已过，改为下一个工作日）" : "";
            var enPassed = shift.Passed ? " (the date by the new calendar has passed, so the next working day)" : "";
            return Line(
                task.OrganisationId, task.CaseId, HistoryVerbs.TaskDueMoved, new DateMove(was, day),
                task.TrackedItemId, task.Id, new(
                    $"工作日历修改，“{task.Title.Zh}”的时限由{Iso(was)}改为{Iso(day)}{zhPassed}。",
                    $"The working calendar changed: “{task.Title.For("en")}” is now due {Iso(day)} instead of "
                        + $"{Iso(was)}{enPassed}."));
        }

        private HistoryEntry Line(TrackedItem item, DateOnly was, DateOnly day) => Line(
            item.OrganisationId, item.CaseId, HistoryVerbs.ItemDueMoved, new DateMove(was, day), item.Id, null, new(
                $"工作日历修改，督办事项{item.Year}-{item.Number}的办结期限{Iso(was)}不再是工作日，改为{Iso(day)}。",
                $"The working calendar changed: the due day {Iso(was)} of tracked item {item.Year}-{item.Number} is "
                    + $"no working day any more; it is due {Iso(day)}."));

        private HistoryEntry Line(PlanPhase phase, DateOnly from, DateOnly to) => Line(
            phase.OrganisationId, phase.CaseId, HistoryVerbs.PhaseMoved,
            new DateMove(phase.PlannedTo, to, phase.PlannedFrom, from, phase.Key), null, null, new(
                $"工作日历修改，{phase.Name.Zh}由{Iso(phase.PlannedFrom)}至{Iso(phase.PlannedTo)}改为{Iso(from)}至{Iso(to)}。",
                $"The working calendar changed: {phase.Name.For("en")} is planned from {Iso(from)} to {Iso(to)} "
                    + $"instead of {Iso(phase.PlannedFrom)} to {Iso(phase.PlannedTo)}."));

        private HistoryEntry Line(
            OrganisationId organisation, CaseId caseId, string verb, DateMove moved, TrackedItemId? item, TaskId? task,
            LocalText text) => new()
            {
                OrganisationId = organisation,
                Id = OrderedGuid.New(now),
                CaseId = caseId,
                TrackedItemId = item,
                TaskId = task,
                At = now,
                ActorId = actor,
                Verb = verb,
                Text = text,
                Moved = moved,
            };
    }
}
