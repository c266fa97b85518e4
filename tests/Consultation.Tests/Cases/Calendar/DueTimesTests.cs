using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Cases.Calendar;

/// <summary>What an edit of the working calendar moves.</summary>
public sealed class DueTimesTests
{
    private static readonly DateOnly Holiday = new(2026, 3, 5);

    private readonly District _district = new();
    private readonly WorkingCalendar _after;

    public DueTimesTests() => _after = new(
        [new CalendarDay
        {
            OrganisationId = _district.Id,
            Date = Holiday,
            Kind = CalendarDayKind.Holiday,
            Name = "",
            Source = "",
        }],
        _district.Calendar.Zone);

    [Fact]
    public void A_holiday_moves_a_task_its_due_timer_and_says_so()
    {
        var task = Task(days: 3);
        var timer = new Timer { ActivityId = task.ActivityId, DueAt = task.DueAt, DueBasis = Written(task) };
        var other = new Timer { ActivityId = "elsewhere", DueAt = task.DueAt, DueBasis = Written(task) };

        var (moved, lines) = Move(new([task], [], [], [timer, other]));

        moved.Should().Be(new MovedDates(1, 0, 0));
        _after.DayOf(task.DueAt!.Value).Should().Be(new DateOnly(2026, 3, 6));
        timer.DueAt.Should().Be(task.DueAt);
        _after.DayOf(other.DueAt!.Value).Should().Be(Holiday, "it belongs to another activity");
        var line = lines.Should().ContainSingle().Subject;
        (line.Verb, line.TaskId, line.ActorId).Should().Be(("task.due-moved", task.Id, _district.Secretary.Id));
        line.Moved.Should().Be(new DateMove(Holiday, new(2026, 3, 6)));
        line.Text.Zh.Should().Be("工作日历修改，“确定议题”的时限由2026-03-05改为2026-03-06。");
    }

    [Fact]
    public void A_report_moves_with_its_task_and_a_named_day_off_becomes_the_next_working_day()
    {
        var item = Item(Holiday);
        var task = Task(days: 3, item.Id);
        item.NextEntryDueAt = task.DueAt;

        var (moved, lines) = Move(new([task], [item], [], []));

        moved.Should().Be(new MovedDates(1, 1, 0));
        (item.DueOn, item.NextEntryDueAt).Should().Be((new DateOnly(2026, 3, 6), task.DueAt));
        lines.Select(line => line.Verb).Should().Equal("task.due-moved", "item.due-moved");
    }

    [Fact]
    public void A_phase_is_planned_by_as_many_working_days_and_its_watch_warns_accordingly()
    {
        var phase = Phase(new(2026, 3, 2), new(2026, 3, 13));
        var watch = new Timer
        {
            InstanceId = "plan",
            DueAt = District.Now.AddDays(14),
            DueBasis = Watch(phase.PlannedTo),
        };

        var (moved, lines) = Move(new([], [], [new(phase, phase.PlannedFrom, "plan")], [watch]));

        moved.Should().Be(new MovedDates(0, 0, 1));
        (phase.PlannedFrom, phase.PlannedTo).Should().Be((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 16)));
        watch.DueBasis.Should().Be(Watch(new(2026, 3, 16)));
        lines.Single().Moved.Should()
            .Be(new DateMove(new(2026, 3, 13), new(2026, 3, 16), new(2026, 3, 2), new(2026, 3, 2), "weeks-1-2"));
    }

    [Fact]
    public void A_step_that_waits_for_a_working_day_is_woken_and_one_that_is_due_already_is_left()
    {
        var waiting = new Timer { Name = "Consultation.Wait", DueAt = District.Now.AddDays(3) };
        var due = new Timer { Name = "Consultation.Wait", DueAt = District.Now.AddHours(-1) };

        Move(new([], [], [], [waiting, due]));

        (waiting.DueAt, due.DueAt).Should().Be((District.Now, District.Now.AddHours(-1)));
    }

    [Fact]
    public void What_the_edit_does_not_reach_stays_without_a_word()
    {
        var (task, item) = (Task(days: 1), Item(new(2026, 3, 4)));
        var before = task.DueAt;

        var (moved, lines) = Move(new([task], [item], [], []));

        moved.Should().Be(new MovedDates(0, 0, 0));
        lines.Should().BeEmpty();
        (task.DueAt, item.DueOn).Should().Be((before, new DateOnly(2026, 3, 4)));
    }

    [Fact]
    public void A_step_that_moved_a_task_takes_its_timers_along_in_whatever_run()
    {
        var task = Task(days: 3);
        var file = File();
        var (was, basis) = (task.DueAt!.Value, task.DueBasis!);
        var timer = new Timer { ActivityId = task.ActivityId, DueAt = was, DueBasis = Written(task) };
        task.DueAt = was.AddDays(1);
        file.MovedDues.Add(new(task, was, basis));

        DueTimes.Follow(file, [timer], District.Now);

        timer.DueAt.Should().Be(task.DueAt);
    }

    /// <summary>The basis of the due timer of a task, as it is stored.</summary>
    private static string Written(WorkTask task) => new TimerBasis.Due(task.DueBasis).Write();

    /// <summary>The basis of the watch over a phase that ends on that day.</summary>
    private static string Watch(DateOnly end) => new TimerBasis.PhaseEnd(Counted.Working(2), end).Write();

    private (MovedDates Moved, IReadOnlyList<HistoryEntry> Lines) Move(DatedWork work) =>
        DueTimes.Move(work, _district.Calendar, _after, PolicySet.None, _district.Secretary.Id, District.Now);

    private WorkTask Task(int days, TrackedItemId? item = null)
    {
        var basis = Counted.From(_district.Calendar.DayOf(District.Now), days);
        return new()
        {
            OrganisationId = _district.Id,
            Id = TaskId.New(),
            CaseId = CaseId.New(),
            TrackedItemId = item,
            Number = "R2026-00001",
            InstanceId = "i",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = TaskKind.Work,
            Title = new("确定议题", "Confirm the topic"),
            Mode = GateMode.AnyOne,
            Outcomes = [],
            Assignees = [],
            OpenedAt = District.Now,
            DueAt = basis.Due(_district.Calendar),
            DueBasis = basis,
        };
    }

    private TrackedItem Item(DateOnly due) => new()
    {
        OrganisationId = _district.Id,
        Id = TrackedItemId.New(),
        CaseId = CaseId.New(),
        Number = 1,
        Year = 2026,
        Topic = "停车",
        Advice = "增设车位",
        OpenedAt = District.Now,
        DueOn = due,
    };

    private PlanPhase Phase(DateOnly from, DateOnly to) => new()
    {
        OrganisationId = _district.Id,
        Id = Guid.NewGuid(),
        CaseId = CaseId.New(),
        Key = "weeks-1-2",
        Number = 1,
        Name = new("第一阶段", "Phase one"),
        PlannedFrom = from,
        PlannedTo = to,
    };

    private CaseFile File() => new(
        _district.Directory, _district.Calendar,
        new Case
        {
            OrganisationId = _district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车",
            OpenedAt = District.Now,
        }, [])
    {
        Policies = PolicySet.None,
    };

    private sealed class Timer : IRunTimer
    {
        public string InstanceId { get; init; } = "i";
        public string ActivityId { get; init; } = "a";
        public string Name { get; init; } = "Consultation.Timer";
        public DateTimeOffset? DueAt { get; set; }
        public string? DueBasis { get; set; }
    }
}
