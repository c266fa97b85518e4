using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Consultation.Storage.Definitions;
using Consultation.Storage.Runs;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Consultation.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Cases;

/// <summary>
/// What every database must do when a step carries a change of a plan out: the days, and the timers of whatever run
/// (P70).
/// </summary>
public abstract class PlanMoveContract(TestDatabase database)
{
    private const string Main = "plan-run", Other = "report-run";
    private static readonly DateOnly Start = new(2026, 3, 2);

    [SkippableFact]
    public async Task A_step_moves_phases_and_tasks_with_the_timers_of_every_run()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (caseId, task) = await AddPlanAsync(host);

        await ChangeAsync(
            host, caseId, new() { [PlanChange.Part] = "Phase.weeks-1-2", [PlanChange.Until] = "2026-03-20" });

        await using var db = host.Database.Open();
        var calendar =
            (await host.Directories.FindAsync(db, host.Seed.Organisation.Id, CancellationToken.None))!.Calendar;
        (await db.PlanPhases.Where(row => row.CaseId == caseId).OrderBy(row => row.Number)
            .Select(row => new { row.Key, row.PlannedFrom, row.PlannedTo }).ToListAsync())
            .Should().Equal(
                new { Key = "weeks-1-2", PlannedFrom = Start, PlannedTo = new DateOnly(2026, 3, 20) },
                new
                {
                    Key = "weeks-3-4",
                    PlannedFrom = new DateOnly(2026, 3, 23),
                    PlannedTo = new DateOnly(2026, 4, 3),
                });
        (await db.Cases.SingleAsync(row => row.Id == caseId)).PlanShifts.Should()
            .Equal(new Dictionary<string, int> { ["Phase.weeks-1-2"] = 5, ["Phase.weeks-3-4"] = 5 });
        var due = calendar.At(new(2026, 3, 17), new(18, 0));
        var counted = Counted.From(Start, workingDays: 11);
        (await db.Tasks.SingleAsync(row => row.Id == task))
            .Should().Match<WorkTask>(row => row.DueAt == due && row.DueBasis == counted);
        (await TimerAsync(db, Other, "due")).Should().Be((due, new TimerBasis.Due(counted)));
        (await TimerAsync(db, Other, "reminder")).Should().Be(
            (calendar.At(new(2026, 3, 16), new(18, 0)), new TimerBasis.Reminder("standard", new(2026, 3, 17))));
        (await TimerAsync(db, Main, "slip")).Should().Be(
            (calendar.At(new(2026, 3, 20), new(18, 0)), new TimerBasis.PhaseEnd(Counted.Working(0), new(2026, 3, 20))));
        (await TimerAsync(db, Main, "else")).Should().Be(
            (calendar.At(new(2026, 3, 9), new(9, 0)), new TimerBasis.LookAgain(LookAgainReason.Suspended)));
        (await TimerAsync(db, Main, "wait")).DueAt.Should().Be(TemporaryHost.Now, "it reckons its day anew");
    }

    [SkippableFact]
    public async Task A_timer_that_fired_meanwhile_lets_the_change_begin_again()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (caseId, task) = await AddPlanAsync(host);

        var act = () => ChangeAsync(
            host, caseId, new() { [PlanChange.Part] = "Phase.weeks-1-2", [PlanChange.Until] = "2026-03-20" },
            async () =>
            {
                await using var other = host.Database.Open();
                await other.Bookmarks.Where(row => row.Id == "reminder").ExecuteDeleteAsync();
            });

        await act.Should().ThrowAsync<DbUpdateConcurrencyException>();
        await using var db = host.Database.Open();
        (await db.Tasks.SingleAsync(row => row.Id == task)).DueBasis.Should()
            .Be(Counted.From(Start, workingDays: 6), "nothing of the step is written");
    }

    /// <summary>Loads the case's file as a step does, carries a change out and writes it.</summary>
    private static async Task ChangeAsync(
        TemporaryHost host, CaseId caseId, Dictionary<string, string> row, Func<Task>? meanwhile = null)
    {
        await using var db = host.Database.Open();
        var file = (await new CaseFileLoader(host.Directories, Scenario.AnyCatalog)
            .LoadAsync(db, caseId, Other, TemporaryHost.Now, CancellationToken.None))!;
        PlanChange.Apply(file, new Dictionary<string, string> { [PlanChange.Rows] = FormValues.Write([row]) },
            TemporaryHost.Now).Should().HaveCount(3);
        foreach (var added in file.Added) db.Add(added);
        await MovedTimers.FollowAsync(db, file, TemporaryHost.Now, CancellationToken.None);
        if (meanwhile is not null) await meanwhile();
        await db.SaveChangesAsync();
    }

    private static async Task<(DateTimeOffset? DueAt, TimerBasis? Basis)> TimerAsync(
        Storage.ConsultationDb db, string instance, string id)
    {
        var row = await db.Bookmarks.SingleAsync(one => one.InstanceId == instance && one.Id == id);
        return (row.DueAt, TimerBasis.Read(row.DueBasis));
    }

    /// <summary>A plan of two phases in its first one, and a task of it that another run gave.</summary>
    private static async Task<(CaseId Case, TaskId Task)> AddPlanAsync(TemporaryHost host)
    {
        var (organisation, caseId, task) = (host.Seed.Organisation.Id, CaseId.New(), TaskId.New());
        await using var db = host.Database.Open();
        var calendar = (await host.Directories.FindAsync(db, organisation, CancellationToken.None))!.Calendar;
        var due = calendar.At(new(2026, 3, 10), new(18, 0));
        db.AddRange(
            new DefinitionRow
            {
                Id = "plan-1",
                DefinitionId = "small-plan",
                Version = 1,
                CreatedAt = TemporaryHost.Now,
                Json = Definition,
            },
            new RunRow
            {
                Id = Main,
                DefinitionId = "small-plan",
                DefinitionVersionId = "plan-1",
                CreatedAt = TemporaryHost.Now,
            },
            new Case
            {
                OrganisationId = organisation,
                Id = caseId,
                Kind = CaseKind.TenWeekPlan,
                Title = "停车难",
                StartDate = Start,
                InstanceId = Main,
                OpenedAt = TemporaryHost.Now,
            },
            new PlanPhase
            {
                OrganisationId = organisation,
                Id = Guid.CreateVersion7(),
                CaseId = caseId,
                Number = 1,
                Key = "weeks-1-2",
                Name = new("准备阶段", "Preparation"),
                PlannedFrom = Start,
                PlannedTo = new(2026, 3, 13),
                EnteredAt = TemporaryHost.Now,
            },
            new WorkTask
            {
                OrganisationId = organisation,
                Id = task,
                CaseId = caseId,
                Number = "R2026-90001",
                InstanceId = Other,
                BookmarkId = "b",
                ActivityId = "Report",
                Kind = TaskKind.Report,
                Title = new("进展汇报", "Report"),
                Mode = GateMode.AnyOne,
                Outcomes = [],
                Assignees = [],
                Phase = "weeks-1-2",
                OpenedAt = TemporaryHost.Now,
                DueAt = due,
                DueBasis = Counted.From(Start, workingDays: 6),
            },
            Timer(Other, "due", "Report", due, new TimerBasis.Due(Counted.From(Start, workingDays: 6))),
            Timer(
                Other, "reminder", "Report", calendar.At(new(2026, 3, 9), new(18, 0)),
                new TimerBasis.Reminder("standard", new(2026, 3, 10))),
            Timer(
                Main, "slip", "Watch1", calendar.At(new(2026, 3, 13), new(18, 0)),
                new TimerBasis.PhaseEnd(Counted.Working(0), new(2026, 3, 13))),
            Timer(
                Main, "wait", "Wait", calendar.At(new(2026, 3, 12), new(9, 0)),
                new TimerBasis.WorkingDay(Counted.Working(8), Start), "Consultation.Wait"),
            Timer(
                Main, "else", "Watch1", calendar.At(new(2026, 3, 9), new(9, 0)),
                new TimerBasis.LookAgain(LookAgainReason.Suspended)));
        await db.SaveChangesAsync();
        return (caseId, task);
    }

    private static BookmarkRow Timer(
        string instance, string id, string activity, DateTimeOffset at, TimerBasis basis,
        string name = "Consultation.Timer") => new()
        {
            Id = id,
            InstanceId = instance,
            ActivityId = activity,
            NodeId = $"Flow:{activity}",
            Name = name,
            Hash = "h",
            CreatedAt = TemporaryHost.Now,
            DueAt = at,
            DueBasis = basis.Write(),
        };

    private const string Definition = """
        { "root": { "id": "Flow", "type": "Elsa.Flowchart", "connections": [], "activities": [
          { "id": "Phase1", "type": "Consultation.EnterStep",
            "key": { "expression": { "type": "Literal", "value": "weeks-1-2" } },
            "number": { "expression": { "type": "Literal", "value": 1 } },
            "fromWeek": { "expression": { "type": "Literal", "value": 1 } },
            "toWeek": { "expression": { "type": "Literal", "value": 2 } } },
          { "id": "Phase2", "type": "Consultation.EnterStep",
            "key": { "expression": { "type": "Literal", "value": "weeks-3-4" } },
            "number": { "expression": { "type": "Literal", "value": "2" } },
            "fromWeek": { "expression": { "type": "Literal", "value": "3" } },
            "toWeek": { "expression": { "type": "Literal", "value": "4" } } }
        ] } }
        """;
}

public sealed class SqlitePlanMoveTests(SqliteDatabase database)
    : PlanMoveContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlPlanMoveTests(PostgreSqlDatabase database)
    : PlanMoveContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerPlanMoveTests(SqlServerDatabase database)
    : PlanMoveContract(database), IClassFixture<SqlServerDatabase>;
