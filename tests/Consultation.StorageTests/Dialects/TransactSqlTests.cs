using System.Diagnostics;
using System.Text.RegularExpressions;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Consultation.StorageTests.Dialects;

/// <summary>No SQL Server is at hand, so that at least the grammar of what it would be sent is checked (Debian package sqlfluff).</summary>
public sealed partial class TransactSqlTests
{
    [SkippableFact]
    public void The_migration_script_is_transact_sql()
    {
        using var db = Open();

        // GO separates batches for the client; the server never sees it.
        var script = db.GetService<IMigrator>().GenerateScript().Replace("GO\n", "\n", StringComparison.Ordinal);

        Parse(script.ReplaceLineEndings("\n"));
    }

    [SkippableFact]
    public void The_main_queries_are_transact_sql()
    {
        using var db = Open();
        var now = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var organisation = OrganisationId.New();
        var ids = new List<Guid> { Guid.NewGuid() };
        IQueryable[] queries =
        [
            db.Runs.IgnoreQueryFilters().Where(run => run.Id == "x"),
            db.Inbox.Where(row => row.AvailableAt <= now && (row.LeasedUntil == null || row.LeasedUntil < now))
                .OrderBy(row => row.AvailableAt).Take(10),
            db.Inbox.Where(row => ids.Contains(row.Id)),
            db.Bookmarks.Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).Take(10),
            db.Tasks.Where(task => task.OrganisationId == organisation && task.State == TaskState.Open && task.Assignees.Any(one => one.Active)),
            db.Definitions.Where(row => row.Name!.Contains("议事")).OrderByDescending(row => row.CreatedAt).Skip(10).Take(10),
        ];

        // This sqlfluff does not know OFFSET ... FETCH, which SQL Server has had since 2012.
        var sql = string.Join("\n", queries.Select(query => query.ToQueryString() + ";"));
        Parse(PageVariables().Replace(sql, ""));
    }

    [GeneratedRegex(@"OFFSET @\w+ ROWS FETCH NEXT @\w+ ROWS ONLY")]
    private static partial Regex PageVariables();

    private static ConsultationDb Open() => new Database(new StorageOptions
    {
        Provider = DatabaseProvider.SqlServer,
        ConnectionString = "Server=localhost;Database=none",
    }).Open();

    private static void Parse(string sql)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("consultation-sql-").FullName, "script.sql");
        File.WriteAllText(file, sql);
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("sqlfluff", ["parse", "--dialect", "tsql", file]) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException("sqlfluff is not installed (Debian package sqlfluff).");
        }

        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var unparsable = output.Split('\n').Where(line => line.Contains("unparsable", StringComparison.OrdinalIgnoreCase));
        process.ExitCode.Should().Be(0, string.Join('\n', unparsable.Take(10)));
    }
}
