using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage;
using Consultation.Testing.Databases;

namespace Consultation.StorageTests.Reading;

/// <summary>A district with fifty cases in a SQLite file of its own, made once for the class.</summary>
public abstract class ReadingDistrict(TestDatabase server) : IAsyncLifetime
{
    internal const string FollowedNumber = "SX2026-000001";
    internal const string Secret = "abcd-efgh";
    internal static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    internal static readonly DateOnly Today = new(2026, 3, 2);

    private readonly Dictionary<Role, PersonId> _people = [];

    /// <summary>The database with the district in it; skips the test where the product is not to be had.</summary>
    internal Database Database
    {
        get
        {
            Skip.If(server.WhyNot is not null, server.WhyNot);
            return field!;
        }

        private set;
    }

    internal OrganisationId Id { get; } = OrganisationId.New();
    internal UnitId Committee { get; } = UnitId.New();
    internal UnitId Platform { get; } = UnitId.New();
    internal UnitId Department { get; } = UnitId.New();
    internal OrganisationDirectory Directory { get; private set; } = null!;
    internal List<Case> Cases { get; } = [];
    internal List<WorkTask> Tasks { get; } = [];
    internal List<TrackedItem> Items { get; } = [];
    internal List<Matter> Matters { get; } = [];

    internal PersonId PersonOf(Role role) => _people[role];

    /// <summary>The same rows in memory.</summary>
    internal CaseTables Tables =>
        new(Cases.AsQueryable(), Tasks.AsQueryable(), Items.AsQueryable(), Matters.AsQueryable());

    internal CaseScope Scope(Role role) => CaseScope.Of(_people[role], Directory);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (server.WhyNot is null) Database = new Database(server.NewDatabase());
        var organisation = new Organisation { Id = Id, Name = new("阅读区政协"), Slug = "reading", CreatedAt = Now };
        var units = new[]
        {
            Unit(Committee, UnitKind.SpecialCommittee),
            Unit(Platform, UnitKind.MemberStation),
            Unit(Department, UnitKind.Department),
        };
        var grants = new List<RoleGrant>();
        var people = new List<Person>();
        foreach (var (role, unit) in new (Role, UnitId?)[]
        {
            (Role.Secretary, null), (Role.Administrator, null), (Role.CommitteeDirector, Committee),
                (Role.PlatformOfficer, Platform),
            (Role.DepartmentContact, Department), (Role.Member, null),
        })
        {
            var person = new Person { OrganisationId = Id, Id = PersonId.New(), Name = role.ToString() };
            people.Add(person);
            _people[role] = person.Id;
            grants.Add(new RoleGrant
            {
                OrganisationId = Id,
                Id = Guid.CreateVersion7(),
                PersonId = person.Id,
                Role = role,
                UnitId = unit,
            });
        }

        Directory = new OrganisationDirectory(organisation, units, people, grants, []);
        for (var number = 1; number <= 50; number++)
        {
            AddCase(number);
        }

        for (var number = 1; number <= 6; number++)
        {
            Matters.Add(NewMatter(number, null, "停车管理"));
        }

        if (server.WhyNot is not null) return;
        await using var db = Database.ForOrganisation(Id);
        db.Add(organisation);
        db.AddRange(units);
        db.AddRange(people);
        db.AddRange(grants);
        db.AddRange(Cases);
        db.AddRange(Tasks);
        db.AddRange(Items);
        db.AddRange(Matters);
        await db.SaveChangesAsync();
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        (server as IDisposable)?.Dispose();
        return Task.CompletedTask;
    }

    private void AddCase(int number)
    {
        var file = new Case
        {
            OrganisationId = Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Number = $"协〔2026〕{number}号",
            Title = $"协商事项 {number}",
            State = number % 9 == 0 ? CaseState.Closed : number % 7 == 1 ? CaseState.Suspended : CaseState.Open,
            Step = number % 2 == 0 ? "topic" : "research",
            StepNumber = 1 + (number % 6),
            StepName = new("步骤"),
            CommitteeId = number % 3 == 0 ? Committee : UnitId.New(),
            PlatformId = number % 4 == 0 ? Platform : null,
            Restricted = number % 10 == 0,
            IsPublic = number % 5 == 0,
            OpenedAt = Now.AddDays(-number),
        };
        Cases.Add(file);
        for (var copy = 0; copy <= number % 3; copy++)
        {
            Tasks.Add(NewTask(file, Tasks.Count + 1, copy == 2 ? TaskState.Done : TaskState.Open,
                Now.AddDays((number % 8) - 3 + copy), number % 7 == 0 ? Role.Member : Role.CommitteeDirector));
        }

        Items.Add(NewItem(file, number));
        Matters.Add(NewMatter(100 + number, file.Id, null));
    }

    private WorkTask NewTask(Case file, int number, TaskState state, DateTimeOffset dueAt, Role role) => new()
    {
        OrganisationId = Id,
        Id = TaskId.New(),
        CaseId = file.Id,
        Number = $"R2026-{number:D5}",
        InstanceId = "i",
        BookmarkId = $"b{number}",
        ActivityId = "a",
        Kind = TaskKind.Work,
        Title = new("办理"),
        Mode = GateMode.AnyOne,
        Outcomes = [new("Done", new("完成", "Done"))],
        Assignees = [new TaskAssignee { Id = Guid.CreateVersion7(), PersonId = _people[role] }],
        OpenedAt = Now.AddDays(-5),
        DueAt = dueAt,
        State = state,
    };

    private TrackedItem NewItem(Case file, int number) => new()
    {
        OrganisationId = Id,
        Id = TrackedItemId.New(),
        CaseId = file.Id,
        Number = number,
        Year = 2026,
        Topic = "停车难",
        Advice = "增设车位",
        UndertakingUnitId = number % 2 == 0 ? Department : UnitId.New(),
        ResponsibleOfficeId = Committee,
        SupervisorId = number % 11 == 0 ? _people[Role.Member] : null,
        State = (TrackedItemState)(number % 6),
        Stall = number % 6 == 2 ? StallReason.NoEntry : null,
        Rung = number % 4,
        DueOn = number % 5 == 0 ? null : Today.AddDays((number % 30) - 10),
        OpenedAt = Now,
    };

    private Matter NewMatter(int number, CaseId? file, string? category) => new()
    {
        OrganisationId = Id,
        Id = MatterId.New(),
        Number = $"SX2026-{number:D6}",
        Source = category is null ? MatterSource.Desk : MatterSource.Hotline,
        Title = $"停车难 {number}",
        Text = "晚上没有车位",
        Place = "柳林社区",
        OrderCategory = category,
        OrderNumber = category is null ? null : $"G{number}",
        State = file is null ? MatterState.Pooled : MatterState.InCase,
        CaseId = file,
        FollowSecretHash = MatterRules.HashFollowSecret(Secret),
        RaisedAt = Now,
        ReceivedAt = Now,
    };

    private Unit Unit(UnitId id, UnitKind kind) =>
        new() { OrganisationId = Id, Id = id, Name = new(kind.ToString()), Kind = kind };
}

/// <summary>The district on SQLite.</summary>
public sealed class SqliteReadingDistrict() : ReadingDistrict(new SqliteDatabase());

/// <summary>The district on PostgreSQL.</summary>
public sealed class PostgreSqlReadingDistrict() : ReadingDistrict(new PostgreSqlDatabase());

/// <summary>The district on SQL Server.</summary>
public sealed class SqlServerReadingDistrict() : ReadingDistrict(new SqlServerDatabase());
