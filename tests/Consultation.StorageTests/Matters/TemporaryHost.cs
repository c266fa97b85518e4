using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Samples;
using Consultation.Runtime.Loops;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Consultation.Storage.Matters;
using Consultation.Storage.People;
using Consultation.Storage.Tracking;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.StorageTests.Matters;

/// <summary>A database of its own, SQLite where none is named, with the sample organisation in it.</summary>
internal sealed class TemporaryHost : IAsyncDisposable
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consultation");

    private TemporaryHost(TestDatabase? database)
    {
        Skip.If(database?.WhyNot is not null, database?.WhyNot);
        Database = new Database(database?.NewDatabase()
            ?? new StorageOptions
            {
                ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "test.db")}",
            });
        Seed = SampleOrganisation.Create(Now, Array.Empty<CalendarDayEntry>());
        Setup = new OrganisationSetup(Database, Clock);
        var mail = Mail = new UseCaseMail(MailMaking.Composer());
        var intake = new IntakeStore(Database, Directories, new WakeUp(), Clock);
        Edits = new OrganisationEdits(new OrganisationStore(Database, Clock, new WakeUp()), mail, Clock);
        Register = new MatterRegister(intake, mail, Clock);
        Opening = new CaseOpening(intake, Clock);
        Import = new ImportJobs(Database, Directories, Progress, Clock);
        Worker = WorkerWith(Clock);
        Summaries = new SummaryWorker(Database, Directories, mail, Clock, NullLogger<SummaryWorker>.Instance);
    }

    internal Database Database { get; }
    internal IUseCaseMail Mail { get; }
    internal DirectoryCache Directories { get; } = new();
    internal OrganisationSeed Seed { get; }
    internal OrganisationSetup Setup { get; }
    internal OrganisationEdits Edits { get; }
    internal CaseOpening Opening { get; }
    internal MatterRegister Register { get; }
    internal ImportProgress Progress { get; } = new();
    internal ImportJobs Import { get; }
    internal ImportWorker Worker { get; }
    internal SummaryWorker Summaries { get; }
    internal FakeClock Clock { get; } = new(Now);

    internal static async Task<TemporaryHost> StartAsync(TestDatabase? database = null)
    {
        var host = new TemporaryHost(database);
        await host.Database.MigrateAsync(CancellationToken.None);
        (await host.Setup.CreateAsync(host.Seed, CancellationToken.None)).Should().BeTrue();
        return host;
    }

    internal Person Person(string userName) => Seed.People.Single(person => person.UserName == userName);

    internal OrganisationEdit Edit(long? seen = null, string? operation = null) =>
        new(Seed.Organisation.Id, Person("secretary").Id, seen, operation ?? Guid.NewGuid().ToString("N"));

    /// <summary>Another worker on the same database, by a clock of its own.</summary>
    internal ImportWorker WorkerWith(TimeProvider clock) =>
        new(Database, new ImportWriter(Database, Directories, Progress, clock), Progress, clock,
            NullLogger<ImportWorker>.Instance);

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
