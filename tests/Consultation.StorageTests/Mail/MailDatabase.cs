using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Storage;
using Consultation.Testing.Mail;

namespace Consultation.StorageTests.Mail;

/// <summary>A new database with one open task, on the product that a subclass names.</summary>
public abstract class MailDatabase : IAsyncLifetime
{
    public Database Database { get; private set; } = null!;

    /// <summary>Why the product cannot be used here; null when it can.</summary>
    public abstract string? Missing { get; }

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        Database = new Database(await CreateAsync());
        await Database.MigrateAsync(CancellationToken.None);
    }

    public abstract Task DisposeAsync();

    protected abstract Task<StorageOptions> CreateAsync();

    /// <summary>Writes rows as a step would.</summary>
    public async Task AddAsync(params object[] rows)
    {
        await using var db = Database.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    /// <summary>An open task of revision 1.</summary>
    public static WorkTask Task() => new()
    {
        OrganisationId = new(MailMaking.Organisation),
        Id = TaskId.New(),
        CaseId = CaseId.New(),
        Number = $"R{Guid.NewGuid():N}",
        InstanceId = "run",
        BookmarkId = "bookmark",
        ActivityId = "activity",
        Kind = TaskKind.Approval,
        Title = new("确定协商议题"),
        Mode = GateMode.NamedPerson,
        Outcomes = [],
        Assignees = [],
        OpenedAt = MailMaking.Noon,
    };
}

/// <summary>SQLite in a file that goes with the test.</summary>
public sealed class SqliteMailDatabase : MailDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-mail").FullName;

    public override string? Missing => null;

    public override Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return System.Threading.Tasks.Task.CompletedTask;
    }

    protected override Task<StorageOptions> CreateAsync() =>
        System.Threading.Tasks.Task.FromResult(new StorageOptions { ConnectionString = $"Data Source={_folder}/mail.db;Pooling=False" });
}
