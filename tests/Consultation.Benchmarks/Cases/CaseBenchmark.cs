using System.Diagnostics;
using Consultation.Activities;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Mail;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Loops;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Consultation.Storage.Keys;
using Consultation.Testing.Mail;
using Consultation.Testing.Scenarios;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Consultation.Benchmarks.Cases;

/// <summary>
/// Six-step cases to their end on a SQLite file: the shipped workflow files, all steps, runtime and storage are real,
/// only the clock is turned by hand and people are a policy. Mails are composed and stored, not sent. Says whether
/// anything is stuck.
/// </summary>
internal sealed class CaseBenchmark : IAsyncDisposable
{
    private const int OpenedInDays = 30;
    private const int LastDay = 400;

    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-cases-").FullName;
    private readonly MailClock _clock = new(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
    private readonly District _district = new();
    private readonly ServiceProvider _services;
    private readonly People _people;

    private CaseBenchmark()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "cases.db")}",
            ["Mail:LinkKeyFile"] = Path.Combine(_folder, "keys.json"),
            ["Mail:PickupFolder"] = Path.Combine(_folder, "outbox"),
        }).Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error)).AddSingleton<TimeProvider>(_clock)
            .AddStorage(configuration).AddRuntime(configuration).AddMail(configuration).AddActivities()
            .AddDataProtection().PersistKeysToDatabase().Services
            .BuildServiceProvider();
        var database = Get<Database>();
        _people = new People(
            database, new SampleRows(database), Get<ITaskAnswers>(), Get<IMeetingActs>(), _clock, _district);
    }

    private StatementTimes? Statements { get; init; }

    private OrganisationId Organisation => _district.Organisation.Id;

    /// <summary>Runs so many cases; true when every one of them came to an end and nothing was left over.</summary>
    public static async Task<bool> RunAsync(int count, bool statements)
    {
        await using var benchmark = new CaseBenchmark { Statements = statements ? StatementTimes.Listen() : null };
        return await benchmark.SimulateAsync(count);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> SimulateAsync(int count)
    {
        Console.WriteLine(
            $"{count:N0} cases of one district, opened over {OpenedInDays} days; SQLite flushed at every commit; one "
                + "turn of the loop a day");
        await PrepareAsync(count);
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var report = TimeSpan.Zero;
        var paces = new StepPace(Get<Database>());
        var opened = 0;
        var day = 0;
        for (; day < LastDay && (opened < count || await AnyOpenAsync()); day++)
        {
            for (var until = Math.Min(count, (int)((long)count * (day + 1) / OpenedInDays)); opened < until; opened++)
            {
                await OpenAsync(opened);
            }
            await Get<WorkLoop>().DrainAsync(default);
            while (await _people.WorkAsync() > 0) await Get<WorkLoop>().DrainAsync(default);
            _clock.Now += TimeSpan.FromDays(1);
            if (watch.Elapsed - report < TimeSpan.FromSeconds(30)) continue;
            report = watch.Elapsed;
            Console.WriteLine(
                $"  {report.TotalSeconds,5:F0} s: day {day}, {opened:N0} cases, {_people.Answers:N0} answers; "
                    + $"{await paces.NextAsync()} since the last line");
        }

        watch.Stop();
        return await ReportAsync(count, day, watch.Elapsed, Environment.CpuUsage.TotalTime - processor);
    }

    private async Task PrepareAsync(int count)
    {
        await Get<Database>().MigrateAsync(default);
        await using (var db = Get<Database>().Open())
        {
            var directory = _district.Directory;
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.Add(_district.Organisation);
            db.AddRange(directory.Units);
            db.AddRange(directory.People);
            db.AddRange(directory.Grants);
            db.AddRange(PolicyDefaults.Reminders(Organisation));
            db.AddRange(PolicyDefaults.Ladders(Organisation));
            for (var number = 0; number < count; number++) db.Add(NewMatter(number));
            await db.SaveChangesAsync();
        }

        foreach (var file in WorkflowFiles.LoadAll(
            Path.Combine(AppContext.BaseDirectory, "workflows"), Get<ActivityCatalog>()))
        {
            var definition = file.Definition
                ?? throw new InvalidOperationException($"{file.FileName}: {file.Findings[0].Message}");
            if (await Get<DefinitionEditing>()
                .ImportAsync(definition, publish: true, default) is not (null or DefinitionChange.Stored))
                throw new InvalidOperationException($"{file.FileName} was not published.");
        }
    }

    private async Task OpenAsync(int number)
    {
        var result = await Get<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = Organisation,
            DefinitionId = "six-step-procedure",
            Kind = CaseKind.SixStep,
            Title = TitleOf(number),
            Matters = [MatterOf(number)],
            PlatformId = _district.Platform.Id,
            ActorId = _district.Secretary.Id,
            OperationId = $"open-{number}",
        }, default);
        if (result is not OpenCaseResult.Opened)
        {
            throw new InvalidOperationException($"Case {number} was not opened: {result}");
        }
    }

    private async Task<bool> AnyOpenAsync()
    {
        await using var db = Get<Database>().Open();
        return await db.Cases.AnyAsync(row => row.OrganisationId == Organisation
            && (row.State == CaseState.Open || row.State == CaseState.Suspended));
    }

    private async Task<bool> ReportAsync(int count, int days, TimeSpan took, TimeSpan processor)
    {
        await using var db = Get<Database>().Open();
        var states = await db.Cases.GroupBy(row => row.State)
            .Select(group => new { State = group.Key, Count = group.Count() }).ToListAsync();
        var steps = await db.Journal.CountAsync();
        var history = await db.History.CountAsync();
        var mails = await db.Mails.CountAsync();
        var documents = await db.Documents.CountAsync();
        var climbed = await db.Tasks.CountAsync(task => task.Rung > 0);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var bytes = new FileInfo(Path.Combine(_folder, "cases.db")).Length;
        Console.WriteLine(
            $"  {took.TotalSeconds:F0} s for {days} virtual days; {steps:N0} steps, {steps / took.TotalSeconds:F0} "
                + $"steps/s, {_people.Answers:N0} answers of people; "
            + $"processor {processor.TotalSeconds:F0} s, {processor.TotalMilliseconds / steps:F1} ms per step with "
            + "the simulation's own part");
        Console.WriteLine(
            $"  answer to committed next step: p50 {_people.Percentile(50):F1} ms, p99 {_people.Percentile(99):F1} ms");
        Console.WriteLine(
            $"  first third of the answers {_people.MeanOf(0):F2} ms each on average, last third "
                + $"{_people.MeanOf(2):F2} ms");
        Console.WriteLine(
            $"  {bytes / 1048576.0:F0} MB, {bytes / 1024.0 / count:F0} KB per case; per case "
                + $"{steps / (double)count:F1} steps, {history / (double)count:F1} lines of history, "
            + $"{mails / (double)count:F1} mails, {documents / (double)count:F1} documents; {climbed:N0} tasks "
            + "climbed the ladder");
        Statements?.Print(25, steps);
        Console.WriteLine($"  cases: {string.Join(", ", states.Select(one => $"{one.State} {one.Count:N0}"))}");

        var left = new (string What, int Count)[]
        {
            ("cases not at an end",
                count - states.Where(one => one.State is CaseState.Closed or CaseState.Excluded or CaseState.Rejected)
                    .Sum(one => one.Count)),
            ("runs still going", await db.Runs.CountAsync(run => run.Status == "Running")),
            ("open tasks", await db.Tasks.CountAsync(task => task.State == TaskState.Open)),
            ("bookmarks", await db.Bookmarks.CountAsync()),
            ("inbox rows", await db.Inbox.CountAsync()),
            ("incidents", await db.Incidents.CountAsync()),
            ("answers refused", _people.Refused),
            ("matters still in a case", await db.Matters.CountAsync(matter => matter.State == MatterState.InCase)),
        };
        foreach (var (what, number) in left.Where(one => one.Count != 0))
        {
            Console.WriteLine($"  WRONG: {number:N0} {what}");
        }
        foreach (var incident in await db.Incidents.Take(5).ToListAsync())
        {
            Console.WriteLine($"    {incident.NodeId}: {incident.Message}");
        }
        foreach (var task in await db.Tasks.Where(task => task.State == TaskState.Open).Take(5).ToListAsync())
            Console.WriteLine(
                $"    open: {task.ActivityId} ({task.FormKey}), {task.Assignees.Count} asked, due "
                    + $"{task.DueAt:yyyy-MM-dd}");
        return left.All(one => one.Count == 0);
    }

    private Matter NewMatter(int number) => new()
    {
        OrganisationId = Organisation,
        Id = MatterOf(number),
        Number = $"SX2026-{number + 1:D6}",
        Source = MatterSource.PublicForm,
        Title = TitleOf(number),
        Text = "河边步道夜间没有照明,老人孩子不敢走。",
        ProposerName = "居民 刘洋",
        ProposerEmail = "liu.yang@mail.example.com",
        RaisedAt = _clock.Now,
        ReceivedAt = _clock.Now,
    };

    private static MatterId MatterOf(int number) => new(new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));

    private static string TitleOf(int number) => $"河边步道夜间照明（第 {number + 1} 段）";

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
