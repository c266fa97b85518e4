using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Tests.Cases;
using Consultation.Web.Drawing;
using Consultation.Web.Plans;

namespace Consultation.Tests.Web;

public sealed class PlanTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private readonly District _district = new();

    [Fact]
    public void Today_is_a_line_days_off_are_shaded_and_gates_are_diamonds()
    {
        var chart = Chart(
            new GanttRow(BarKind.Phase, "准备", Monday, Monday.AddDays(13), BarState.Open, "准备"),
            new GanttRow(BarKind.Gate, "小结", Monday.AddDays(11), Monday.AddDays(11), BarState.Ahead, "小结"));

        var svg = GanttSvg.Draw(chart);

        svg.Should().Contain("gantt-today").And.Contain("gantt-gate is-ahead").And.Contain("gantt-phase is-open");
        Count(svg, "gantt-off").Should().Be(4, "two weekends lie in two weeks");
        Count(svg, "class=\"gantt-head\"").Should().Be(2);
    }

    [Fact]
    public void A_bar_is_as_long_as_its_days()
    {
        var chart = Chart(new GanttRow(BarKind.Task, "调研", Monday.AddDays(1), Monday.AddDays(3), BarState.Open, "调研"));

        var svg = GanttSvg.Draw(chart);

        var (from, width) = (GanttSvg.X(chart, Monday.AddDays(1)), 3 * chart.DayWidth);
        svg.Should().Contain(
            $"class=\"gantt-bar\" x=\"{SvgText.Number(from)}\" y=\"55\" width=\"{SvgText.Number(width)}\"");
    }

    [Fact]
    public void Days_of_an_earlier_version_are_an_outline_and_the_chart_is_wide_enough_for_them()
    {
        var row = new GanttRow(
            BarKind.Task, "调研", Monday.AddDays(5), Monday.AddDays(8), BarState.Open, "调研",
            Was: (Monday.AddDays(1), Monday.AddDays(3)));
        var chart = Chart(row, row with { Kind = BarKind.Gate }, row with { Was = null });

        var svg = GanttSvg.Draw(chart);

        Count(svg, "gantt-ghost").Should().Be(2);
        svg.Should()
            .Contain($"""class="gantt-ghost" x="{SvgText.Number(GanttSvg.X(chart, Monday.AddDays(1)))}" """.TrimEnd());
    }

    [Fact]
    public void On_a_phone_names_stand_above_their_bars_and_the_last_ones_end_at_the_edge()
    {
        var chart = Chart(
            new GanttRow(BarKind.Task, "调研", Monday, Monday.AddDays(1), BarState.Open, "调研"),
            new GanttRow(BarKind.Task, "归档", Monday.AddDays(13), Monday.AddDays(13), BarState.Ahead, "归档")) with
        { Narrow = true };

        var svg = GanttSvg.Draw(chart);

        svg.Should().Contain("""class="gantt-label" x="2" """.TrimEnd());
        svg.Should().Contain(
            $"""x="{SvgText.Number(GanttSvg.X(chart, Monday.AddDays(14)))}" y="104" text-anchor="end" """.TrimEnd());
    }

    [Fact]
    public void Today_outside_of_the_plan_draws_no_line() =>
        GanttSvg.Draw(Chart(new GanttRow(BarKind.Task, "a", Monday, Monday, BarState.Ahead, "a"))
            with
        { Today = Monday.AddDays(-30) })
            .Should().NotContain("gantt-today");

    [Fact]
    public void A_late_task_reaches_to_today_and_planned_work_waits_behind_it()
    {
        var task = Task("Survey", openedAt: District.Now, dueAt: District.Now.AddDays(3));
        var outline = new PlanOutline(TenWeeks.Steps,
        [
            new PlannedWork("Survey", new("开展问卷调查"), false, "weeks-1-2", null, true),
            new PlannedWork("Gate1", new("小结"), true, "weeks-1-2", null, false),
        ]);
        var drawing = new PlanDrawing(Plan(), _district.Calendar, District.Now.AddDays(6), "zh");

        var rows = drawing.Rows([], [task], outline);

        rows.Count(row => row.Kind == BarKind.Phase).Should().Be(4);
        rows[1].Should().Match<GanttRow>(
            row => row.State == BarState.Late && row.To == new DateOnly(2026, 3, 8) && row.Href != null);
        rows[2].Should().Match<GanttRow>(
            row => row.Kind == BarKind.Gate && row.State == BarState.Ahead && row.To == new DateOnly(2026, 3, 13));
    }

    [Fact]
    public void What_a_change_of_the_plan_moved_stands_on_its_new_day_with_the_old_one_behind()
    {
        var outline = new PlanOutline(
            TenWeeks.Steps, [new PlannedWork("Survey", new("满意度问卷"), false, "weeks-9-10", Days(44), true)]);
        var plan = Plan();
        plan.PlanShifts[PlanPart.OfPhase("weeks-9-10")] = 5;
        DateMove moved = new(new(2026, 5, 5), new(2026, 5, 12), Work: "Survey");

        var row = new PlanDrawing(plan, _district.Calendar, District.Now, "zh", subject => subject == "Survey"
            ? moved
            : null).Rows([], [], outline)[^1];

        row.Should().Match<GanttRow>(one => one.Label == "满意度问卷" && one.To == _district.Calendar.Add(Monday, Days(49)));
        row.Was!.Value.To.Should().Be(moved.Before);
    }

    [Fact]
    public void The_chart_shows_all_ten_weeks_from_a_monday()
    {
        var drawing = new PlanDrawing(Plan(start: new DateOnly(2026, 3, 4)), _district.Calendar, District.Now, "zh");

        var (from, to) = drawing.Span(drawing.Rows([], [], TenWeeks));

        from.Should().Be(Monday);
        to.Should().BeOnOrAfter(new DateOnly(2026, 5, 12));
    }

    [Theory]
    [InlineData("", "start")]
    [InlineData("2026-02-30", "start")]
    [InlineData("2030-03-02", "start")]
    [InlineData("2026-03-07", "start")]
    public void A_start_date_that_is_no_working_day_of_the_coming_year_is_refused(string start, string field) =>
        (Asked() with { Start = start }).Check(_district.Directory, _district.Calendar, Monday)
            .Should().ContainSingle().Which.Field.Should().Be(field);

    [Fact]
    public void A_weekend_start_names_the_next_working_day() =>
        (Asked() with { Start = "2026-03-07" }).Check(_district.Directory, _district.Calendar, Monday)
            .Single().Message.Zh
            .Should().Contain("2026-03-09");

    [Fact]
    public void A_group_without_lead_or_members_is_refused_with_what_to_mend()
    {
        var empty = _district.Unit("空小组", UnitKind.WorkGroup);

        var error = (Asked() with { Group = empty.Id }).Check(_district.Directory, _district.Calendar, Monday).Single();

        error.Field.Should().Be("group");
        error.Message.Zh.Should().Contain("组长");
    }

    [Fact]
    public void A_plan_with_everything_in_order_is_accepted() =>
        Asked().Check(_district.Directory, _district.Calendar, Monday).Should().BeEmpty();

    private static WorkingDuration Days(int count) => new(count, DayCount.WorkingDays);

    private static readonly PlanOutline TenWeeks = new(
    [
        new PlannedPhase("weeks-1-2", 1, new("准备阶段"), 1, 2), new PlannedPhase("weeks-3-4", 2, new("会议召开阶段"), 3, 4),
        new PlannedPhase("weeks-5-8", 3, new("决策实施阶段"), 5, 8), new PlannedPhase("weeks-9-10", 4, new("评估总结阶段"), 9, 10),
    ], []);

    private NewPlan Asked()
    {
        var group = _district.Unit("工作小组", UnitKind.WorkGroup);
        _district.Person("组长", Role.WorkGroupLead, group);
        _district.Person("成员", Role.WorkGroupMember, group);
        return new NewPlan("停车难协商", "2026-03-02", "community", group.Id);
    }

    private Case Plan(DateOnly? start = null) => new()
    {
        OrganisationId = _district.Id,
        Id = CaseId.New(),
        Kind = CaseKind.TenWeekPlan,
        Title = "计划",
        StartDate = start ?? Monday,
        OpenedAt = District.Now,
    };

    private WorkTask Task(string activity, DateTimeOffset openedAt, DateTimeOffset dueAt) => new()
    {
        OrganisationId = _district.Id,
        Id = TaskId.New(),
        CaseId = CaseId.New(),
        Number = "R1",
        InstanceId = "i",
        BookmarkId = "b",
        ActivityId = activity,
        Kind = TaskKind.Work,
        Title = new("开展问卷调查"),
        Mode = GateMode.AnyOne,
        Outcomes = [],
        Assignees = [],
        OpenedAt = openedAt,
        DueAt = dueAt,
    };

    [Fact]
    public void Planned_work_does_not_begin_before_the_work_that_it_needs()
    {
        var outline = new PlanOutline(TenWeeks.Steps,
        [
            new PlannedWork("Survey", new("开展问卷调查"), false, "weeks-1-2", Days(3), true) { After = ["Sort"] },
            new PlannedWork("Sort", new("梳理问题"), false, "weeks-1-2", Days(4), true) { After = ["Survey"] },
        ]);

        var rows = new PlanDrawing(Plan(), _district.Calendar, District.Now, "zh").Rows([], [], outline);

        rows.Single(row => row.Label == "梳理问题").From.Should().Be(rows.Single(row => row.Label == "开展问卷调查").To);
    }

    [Fact]
    public void The_plan_names_who_has_each_task_and_who_will_be_asked()
    {
        var task = Task("Survey", District.Now, District.Now.AddDays(3));
        task.Assignees.Add(new TaskAssignee { Id = Guid.NewGuid(), PersonId = _district.Ma.Id });
        var outline = new PlanOutline(TenWeeks.Steps,
        [
            new PlannedWork("Survey", new("开展问卷调查"), false, "weeks-1-2", null, true),
            new PlannedWork("Gate1", new("小结"), true, "weeks-1-2", null, false) { Who = "role:Secretary" },
            new PlannedWork("Own", new("自定"), false, "weeks-1-2", null, false) { Who = "person:somebody" },
        ]);

        var rows = new PlanDrawing(Plan(), _district.Calendar, District.Now, "zh",
            nameOf: person => _district.Directory.Find(person)?.Name).Rows([], [task], outline);

        rows.Select(row => (row.Label, row.Who)).Should().Contain(
            [("开展问卷调查", _district.Ma.Name), ("小结", "秘书"), ("自定", "")]);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static GanttChart Chart(params GanttRow[] rows) => new()
    {
        Title = "计划图",
        Rows = rows,
        From = Monday,
        To = Monday.AddDays(13),
        Today = Monday.AddDays(3),
        TodayLabel = "今天",
        Week = week => $"第{week}周",
        IsWorkingDay = day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
    };
}
