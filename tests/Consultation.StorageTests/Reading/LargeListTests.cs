using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Storage;
using Consultation.Storage.Reading.People;

namespace Consultation.StorageTests.Reading;

/// <summary>
/// Counts and short lists stay right among ten thousand cases; how quick they are is measured, see the benchmark
/// "pages".
/// </summary>
public sealed class LargeListTests : IAsyncLifetime
{
    private const int Cases = 10_000;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("large").FullName;
    private readonly OrganisationId _organisation = OrganisationId.New();
    private readonly UnitId _committee = UnitId.New();
    private readonly Person _secretary;
    private readonly Person _director;
    private Database _database = null!;
    private OrganisationDirectory _directory = null!;

    public LargeListTests()
    {
        _secretary = new Person { OrganisationId = _organisation, Id = PersonId.New(), Name = "秘书" };
        _director = new Person { OrganisationId = _organisation, Id = PersonId.New(), Name = "主任" };
    }

    [Fact]
    public async Task The_home_page_counts_what_is_mine_among_ten_thousand_cases()
    {
        var reader = new HomeReader(_database);

        var (tasks, counts) = await reader.ReadAsync(CaseScope.Of(_director.Id, _directory), Now, default);
        var (_, all) = await reader.ReadAsync(CaseScope.Of(_secretary.Id, _directory), Now, default);

        // The director has every hundredth task; every third of them is open, all due on the same day of the round of
        // twenty.
        counts.MyTasks.Should().Be(34);
        counts.MyLateTasks.Should().Be(34);
        tasks.Should().HaveCount(8).And.OnlyContain(task => task.CaseTitle.StartsWith("停车 "));
        all.OpenCases.Should().Be(3_334);
        counts.OpenCases.Should().BePositive().And.BeLessThan(3_334, "those of the own committee");
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _database =
            new Database(
                new StorageOptions
                {
                    ConnectionString = $"Data Source={Path.Combine(_folder, "large.db")}",
                    FlushEveryCommit = false,
                });
        await _database.MigrateAsync(default);
        var organisation = new Organisation { Id = _organisation, Name = new("大区政协"), Slug = "large", CreatedAt = Now };
        _directory = new OrganisationDirectory(organisation, [], [_secretary, _director],
            [Grant(_secretary, Role.Secretary, null), Grant(_director, Role.CommitteeDirector, _committee)], []);
        await using var db = _database.ForOrganisation(_organisation);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var number = 0; number < Cases; number++)
        {
            var file = NewCase(number);
            db.Add(file);
            db.Add(NewTask(file, number));
        }

        await db.SaveChangesAsync();
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private RoleGrant Grant(Person person, Role role, UnitId? unit) =>
        new()
        {
            OrganisationId = _organisation,
            Id = Guid.CreateVersion7(),
            PersonId = person.Id,
            Role = role,
            UnitId = unit,
        };

    private Case NewCase(int number) => new()
    {
        OrganisationId = _organisation,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Number = $"协〔2026〕{number}号",
        Title = $"停车 {number}",
        State = number % 3 == 0 ? CaseState.Open : CaseState.Closed,
        CommitteeId = number % 20 == 0 ? _committee : null,
        Restricted = number % 50 == 0,
        OpenedAt = Now.AddMinutes(-number),
    };

    private WorkTask NewTask(Case file, int number) => new()
    {
        OrganisationId = _organisation,
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
        Assignees =
            [new TaskAssignee { Id = Guid.CreateVersion7(), PersonId = number % 100 == 0
                ? _director.Id
                : _secretary.Id }],
        OpenedAt = Now,
        DueAt = Now.AddDays((number % 20) - 2),
        State = number % 3 == 0 ? TaskState.Open : TaskState.Done,
    };
}
