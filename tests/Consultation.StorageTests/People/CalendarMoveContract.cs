using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Calendar;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Runs;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.People;

/// <summary>
/// What every database must do when the working calendar is edited: all that counts in working days moves, with a line
/// of history.
/// </summary>
public abstract class CalendarMoveContract(TestDatabase database)
{
    private static readonly DateOnly Start = new(2026, 3, 2);
    private static readonly DateOnly Holiday = new(2026, 3, 5);

    [SkippableFact]
    public async Task A_new_holiday_moves_tasks_reports_items_and_phases_and_says_so()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var calendar = await CalendarAsync(host);
        var (@case, item, task) = await AddCaseAsync(host, calendar);
        await using var read = host.Database.Open();
        var directory = (await host.Directories.FindAsync(read, @case.OrganisationId, default))!.Directory;
        var preview = await new CalendarReader(host.Database, host.Clock).WhatMovesAsync(
            CaseScope.Of(host.Person("secretary").Id, directory), calendar.Zone,
            new Dictionary<DateOnly, CalendarDayKind?> { [Holiday] = CalendarDayKind.Holiday }, CancellationToken.None);

        var result = await SetHolidayAsync(host, @case.OrganisationId);

        result.Should().BeOfType<EditResult.Saved>();
        preview.Should().HaveCount(3, "a task, an item and a phase");
        await using var db = host.Database.Open();
        var after = await CalendarAsync(host);
        var moved = await db.Tasks.SingleAsync(row => row.Id == task);
        moved.DueAt.Should()
            .Be(after.DueAfter(calendar.At(Start, new(9, 0)), new WorkingDuration(3, DayCount.WorkingDays)));
        var tracked = await db.TrackedItems.SingleAsync(row => row.Id == item);
        tracked.NextEntryDueAt.Should().Be(moved.DueAt, "the report is the task");
        tracked.DueOn.Should().Be(new DateOnly(2026, 3, 6), "the named day is off now");
        tracked.OriginalDueOn.Should().Be(Holiday);
        var phase = await db.PlanPhases.SingleAsync(row => row.CaseId == @case.Id);
        (phase.PlannedFrom, phase.PlannedTo).Should().Be((Start, new DateOnly(2026, 3, 16)));
        (await db.History.Where(line => line.CaseId == @case.Id).Select(line => line.Verb).ToListAsync())
            .Should().BeEquivalentTo("task.due-moved", "item.due-moved", "phase.moved");
        (await db.Set<DirectoryChange>().Where(change => change.Subject == "calendar").Select(change => change.Text)
            .ToListAsync())
            .Should().Contain(text => text.Zh.Contains("1项任务、1个督办事项、1个计划阶段改期"));
    }

    [SkippableFact]
    public async Task Moves_are_kept_as_days_and_the_plan_can_be_compared_with_what_it_was()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (@case, item, task) = await AddCaseAsync(host, await CalendarAsync(host));

        await SetHolidayAsync(host, @case.OrganisationId);

        var reader = new CaseReader(host.Database);
        var moves = await reader.MovesAsync(@case, CancellationToken.None);
        moves.Single(line => line.TrackedItemId == item && line.TaskId == null).Moved.Should()
            .Be(new DateMove(Holiday, new(2026, 3, 6)));
        moves.Single(line => line.TaskId == task).Moved.Should().Be(new DateMove(Holiday, new(2026, 3, 6)));
        moves.Single(line => line.Moved!.Phase == "weeks-1-2").Moved
            .Should().Be(new DateMove(new(2026, 3, 13), new(2026, 3, 16), Start, Start, "weeks-1-2"));
        var versions = PlanVersions.Of(
            @case, moves, PlanOutline.Empty, await reader.PhasesAsync(@case, CancellationToken.None),
            await reader.TasksAsync(@case, CancellationToken.None),
            await reader.ItemsAsync(@case, CancellationToken.None),
            await reader.RecordsAsync(@case, CancellationToken.None));
        versions.Should().HaveCount(2);
        versions[1].Moves.Should().HaveCount(3);
    }

    [SkippableFact]
    public async Task A_phase_that_ends_earlier_is_warned_about_earlier_and_one_that_ends_later_later()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (@case, _, _) = await AddCaseAsync(host, await CalendarAsync(host));
        await SetHolidayAsync(host, @case.OrganisationId);
        var calendar = await CalendarAsync(host);
        var grace = new WorkingDuration(2, DayCount.WorkingDays);
        var end = calendar.DueAfter(new DateOnly(2026, 3, 16), grace);
        await using (var db = host.Database.Open())
        {
            (await db.Cases.SingleAsync(row => row.Id == @case.Id)).InstanceId = "plan-run";
            db.Bookmarks.Add(new BookmarkRow
            {
                Id = "slip",
                InstanceId = "plan-run",
                ActivityId = "Watch1",
                NodeId = "Flow:Watch1",
                Name = "Consultation.Timer",
                Hash = "h",
                CreatedAt = TemporaryHost.Now,
                DueAt = end,
                DueBasis = new TimerBasis.PhaseEnd(grace, new(2026, 3, 16)).Write(),
            });
            await db.SaveChangesAsync();
        }

        await SetHolidayAsync(host, @case.OrganisationId, CalendarDayKind.MakeUpWorkday);

        await using var after = host.Database.Open();
        (await after.PlanPhases.SingleAsync(row => row.CaseId == @case.Id)).PlannedTo.Should()
            .Be(new DateOnly(2026, 3, 13));
        var timer = await after.Bookmarks.SingleAsync(row => row.Id == "slip");
        var plain = await CalendarAsync(host);
        (timer.DueAt, TimerBasis.Read(timer.DueBasis)).Should()
            .Be((plain.DueAfter(new DateOnly(2026, 3, 13), grace), new TimerBasis.PhaseEnd(grace, new(2026, 3, 13))));
    }

    [SkippableFact]
    public async Task A_run_that_waits_for_a_working_day_is_woken_to_reckon_anew()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (@case, _, _) = await AddCaseAsync(host, await CalendarAsync(host));
        var due = TemporaryHost.Now.AddDays(30);
        await using (var db = host.Database.Open())
        {
            foreach (var (
                run, organisation) in new[] { ("own", @case.OrganisationId), ("other", OrganisationId.New()) })
            {
                db.Add(new RunRow
                {
                    Id = run,
                    OrganisationId = organisation,
                    DefinitionId = "d",
                    DefinitionVersionId = "v",
                    CreatedAt = TemporaryHost.Now,
                });
                db.Add(new BookmarkRow
                {
                    Id = "wait",
                    InstanceId = run,
                    ActivityId = "Wait1",
                    NodeId = "Flow:Wait1",
                    Name = "Consultation.Wait",
                    Hash = "h",
                    CreatedAt = TemporaryHost.Now,
                    DueAt = due,
                    DueBasis = new TimerBasis.WorkingDay(new(20, DayCount.WorkingDays), new(2026, 3, 2)).Write(),
                });
            }

            await db.SaveChangesAsync();
        }

        await SetHolidayAsync(host, @case.OrganisationId);

        await using var after = host.Database.Open();
        (await after.Bookmarks.SingleAsync(row => row.InstanceId == "own")).DueAt.Should().Be(host.Clock.GetUtcNow());
        (await after.Bookmarks.SingleAsync(row => row.InstanceId == "other")).DueAt.Should()
            .Be(due, "its organisation has another calendar");
    }

    [SkippableFact]
    public async Task What_is_closed_or_belongs_to_another_organisation_stays()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var calendar = await CalendarAsync(host);
        var (@case, item, _) = await AddCaseAsync(host, calendar);
        await using (var db = host.Database.Open())
        {
            (await db.TrackedItems.SingleAsync(row => row.Id == item)).ClosedAt = TemporaryHost.Now;
            (await db.PlanPhases.SingleAsync(row => row.CaseId == @case.Id)).LeftAt = TemporaryHost.Now;
            var other = new Organisation
            {
                Id = OrganisationId.New(),
                Name = new("别处"),
                Slug = "elsewhere",
                CreatedAt = TemporaryHost.Now,
            };
            db.Add(other);
            db.Add(Item(other.Id, CaseId.New()));
            await db.SaveChangesAsync();
        }

        await SetHolidayAsync(host, @case.OrganisationId);

        await using var after = host.Database.Open();
        (await after.TrackedItems.Select(row => row.DueOn).ToListAsync()).Should().OnlyContain(due => due == Holiday);
        (await after.PlanPhases.SingleAsync(row => row.CaseId == @case.Id)).PlannedTo.Should()
            .Be(new DateOnly(2026, 3, 13));
    }

    private static Task<EditResult> SetHolidayAsync(
        TemporaryHost host, OrganisationId organisation, CalendarDayKind kind = CalendarDayKind.Holiday) =>
            host.Edits.SaveCalendarAsync(
        host.Edit(), StateCouncilCalendar.For(organisation, [new(Holiday, kind, "本地假日")]), CancellationToken.None);

    private static async Task<WorkingCalendar> CalendarAsync(TemporaryHost host)
    {
        await using var db = host.Database.Open();
        return (await host.Directories.FindAsync(db, host.Seed.Organisation.Id, CancellationToken.None))!.Calendar;
    }

    private static async Task<(Case Case, TrackedItemId Item, TaskId Task)> AddCaseAsync(
        TemporaryHost host, WorkingCalendar calendar)
    {
        var organisation = host.Seed.Organisation.Id;
        var given = calendar.At(Start, new(9, 0));
        var @case = new Case
        {
            OrganisationId = organisation,
            Id = CaseId.New(),
            Kind = CaseKind.TenWeekPlan,
            Title = "停车难",
            StartDate = Start,
            OpenedAt = given,
        };
        var item = Item(organisation, @case.Id);
        var basis = new DueBasis(new WorkingDuration(3, DayCount.WorkingDays), Start);
        item.NextEntryDueAt = basis.Due(calendar);
        var task = new WorkTask
        {
            OrganisationId = organisation,
            Id = TaskId.New(),
            CaseId = @case.Id,
            TrackedItemId = item.Id,
            Number = "R2026-90001",
            InstanceId = "calendar",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = TaskKind.Report,
            Title = new("填报进展", "Report"),
            Mode = GateMode.AnyOne,
            Outcomes = [],
            Assignees = [],
            OpenedAt = given,
            DueAt = basis.Due(calendar),
            DueBasis = basis,
        };
        await using var db = host.Database.Open();
        db.AddRange(@case, item, task, new PlanPhase
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(),
            CaseId = @case.Id,
            Number = 1,
            Key = "weeks-1-2",
            Name = new("第一阶段", "Phase one"),
            PlannedFrom = Start,
            PlannedTo = new(2026, 3, 13),
        });
        await db.SaveChangesAsync();
        return (@case, item.Id, task.Id);
    }

    private static TrackedItem Item(OrganisationId organisation, CaseId caseId) => new()
    {
        OrganisationId = organisation,
        Id = TrackedItemId.New(),
        CaseId = caseId,
        Number = 1,
        Year = 2026,
        Topic = "停车难",
        Advice = "增设车位",
        DueOn = Holiday,
        OriginalDueOn = Holiday,
        OpenedAt = TemporaryHost.Now,
    };
}

public sealed class SqliteCalendarMoveTests(SqliteDatabase database)
    : CalendarMoveContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlCalendarMoveTests(PostgreSqlDatabase database)
    : CalendarMoveContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerCalendarMoveTests(SqlServerDatabase database)
    : CalendarMoveContract(database), IClassFixture<SqlServerDatabase>;
