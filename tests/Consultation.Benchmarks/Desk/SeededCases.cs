using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.ActionLinks;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// Many cases written straight into the sample organisation: a third open with a task, a tracked item for each second
/// one, ten lines of history each, and as many matters, half of them waiting in the pool.
/// </summary>
internal sealed class SeededCases
{
    private const int PerSave = 500;

    private readonly List<PersonId> _people;
    private readonly List<UnitId> _committees;
    private readonly List<UnitId> _departments;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private SeededCases(OrganisationId organisation, List<Unit> units, List<Person> people)
    {
        Organisation = organisation;
        Platform = units.First(unit => unit.IsPlatform && unit.GuidedById is not null).Id;
        Secretary = people.First(person => person.UserName == "secretary").Id;
        _people = people.Where(person => person.UserName is "secretary" or "director" or "officer" or "contact"
            or "member").Select(person => person.Id).ToList();
        _committees = units.Where(unit => unit.Kind == UnitKind.SpecialCommittee).Select(unit => unit.Id).ToList();
        _departments = units.Where(unit => unit.Kind == UnitKind.Department).Select(unit => unit.Id).ToList();
    }

    public OrganisationId Organisation { get; }

    public UnitId Platform { get; }

    public PersonId Secretary { get; }

    public int Tasks { get; private set; }

    public int Items { get; private set; }

    public int Matters { get; private set; }

    /// <summary>Matters that wait in the pool.</summary>
    public List<MatterId> Pool { get; } = [];

    public static async Task<SeededCases> AddAsync(Database database, OrganisationId organisation, int count)
    {
        List<Unit> units;
        List<Person> people;
        await using (var db = database.ForOrganisation(organisation))
        {
            units = await db.Units.AsNoTracking().ToListAsync();
            people = await db.People.AsNoTracking().ToListAsync();
        }

        var seed = new SeededCases(organisation, units, people);
        for (var first = 0; first < count; first += PerSave)
        {
            await using var db = database.ForOrganisation(organisation);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var number = first; number < Math.Min(count, first + PerSave); number++) seed.Add(db, number);
            await db.SaveChangesAsync();
        }

        return seed;
    }

    /// <summary>Only open tasks, each in a case of its own and with a link in somebody's mail.</summary>
    public static async Task AddOpenTasksAsync(
        Database database, OrganisationId organisation, int count, ActionLinkMint mint)
    {
        var seed = await AddAsync(database, organisation, 0);
        for (var first = 0; first < count; first += PerSave)
        {
            await using var db = database.ForOrganisation(organisation);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var number = first; number < Math.Min(count, first + PerSave); number++)
            {
                var file = seed.NewCase(number, open: true);
                var task = seed.NewTask(file, number, open: true);
                db.Add(file);
                db.Add(task);
                db.Add(mint.Issue(
                    organisation.Value, task.Id.Value, task.Assignees[0].PersonId.Value, ["Done"], task.Revision,
                    seed._now.AddDays(90), seed._now));
            }

            await db.SaveChangesAsync();
        }
    }

    private void Add(ConsultationDb db, int number)
    {
        var open = number % 3 == 0;
        var file = NewCase(number, open);
        db.Add(file);
        db.Add(NewTask(file, number, open));
        Tasks++;
        if (number % 2 == 0)
        {
            db.Add(NewItem(file, number, open));
            Items++;
        }

        var matter = NewMatter(number, number % 4 < 2 ? file : null);
        db.Add(matter);
        if (matter.State == MatterState.Pooled) Pool.Add(matter.Id);
        Matters++;
        for (var line = 0; line < 10; line++)
        {
            db.Add(new HistoryEntry
            {
                OrganisationId = Organisation,
                Id = Guid.CreateVersion7(),
                CaseId = file.Id,
                At = file.OpenedAt.AddMinutes(line),
                ActorId = Secretary,
                Verb = "task.decided",
                Text = new("已办理。", "Done."),
            });
        }
    }

    private Case NewCase(int number, bool open) => new()
    {
        OrganisationId = Organisation,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Number = $"协〔2025〕{number}号",
        Title = $"老旧小区停车 {number}",
        State = open ? CaseState.Open : CaseState.Closed,
        Step = "follow-up",
        StepNumber = 6,
        StepName = new("督办落实", "Follow-up"),
        PlatformId = Platform,
        CommitteeId = _committees[number % _committees.Count],
        OpenedAt = _now.AddHours(-number),
    };

    private WorkTask NewTask(Case file, int number, bool open) => new()
    {
        OrganisationId = Organisation,
        Id = TaskId.New(),
        CaseId = file.Id,
        Number = $"R2025-{number:D5}",
        InstanceId = $"seeded-{number}",
        BookmarkId = $"b{number}",
        ActivityId = "seeded",
        Kind = TaskKind.Work,
        Title = new("办理", "Work"),
        Mode = GateMode.AnyOne,
        Outcomes = [new("Done", new("完成", "Done"))],
        // Nobody has a thousand tasks on the desk: every hundredth is one person's, the rest are spread over others.
        Assignees =
            [new TaskAssignee { Id = Guid.CreateVersion7(), PersonId = number % 100 < _people.Count
                ? _people[number % 100]
                : PersonId.New() }],
        OpenedAt = file.OpenedAt,
        DueAt = _now.AddDays((number % 20) - 5),
        State = open ? TaskState.Open : TaskState.Done,
    };

    private TrackedItem NewItem(Case file, int number, bool open) => new()
    {
        OrganisationId = Organisation,
        Id = TrackedItemId.New(),
        CaseId = file.Id,
        Number = number + 1,
        Year = 2025,
        Topic = "停车难",
        Advice = "增设车位",
        UndertakingUnitId = _departments[number % _departments.Count],
        ResponsibleOfficeId = file.CommitteeId,
        State = open ? TrackedItemState.InProgress : TrackedItemState.Done,
        DueOn = DateOnly.FromDateTime(_now.UtcDateTime).AddDays((number % 40) - 10),
        OpenedAt = file.OpenedAt,
        ClosedAt = open ? null : _now,
    };

    private Matter NewMatter(int number, Case? file) => new()
    {
        OrganisationId = Organisation,
        Id = MatterId.New(),
        Number = $"SX2025-{number:D6}",
        Source = MatterSource.Hotline,
        Title = $"停车难 {number}",
        Text = "晚上没有车位,车停在消防通道上。",
        Place = "柳林社区",
        OrderCategory = "停车管理",
        OrderNumber = $"SEED{number}",
        State = file is null ? MatterState.Pooled : MatterState.InCase,
        CaseId = file?.Id,
        RaisedAt = _now.AddHours(-number),
        ReceivedAt = _now.AddHours(-number),
    };
}
