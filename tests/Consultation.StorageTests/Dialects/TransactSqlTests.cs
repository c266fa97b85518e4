using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Consultation.StorageTests.Dialects;

/// <summary>
/// No SQL Server is at hand, so that at least the grammar of what it would be sent is checked, by Microsoft's own
/// parser.
/// </summary>
public sealed class TransactSqlTests
{
    [Fact]
    public void The_migration_script_is_transact_sql()
    {
        using var db = Open();

        var scripts = new[]
        {
            db.GetService<IMigrator>().GenerateScript(),
            db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent),
        };

        scripts.Should().AllSatisfy(script => ErrorsIn(script).Should().BeEmpty());
    }

    [Fact]
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
            db.Tasks.Where(task => task.OrganisationId == organisation && task.State == TaskState.Open
                && task.Assignees.Any(one => one.Active)),
            db.Definitions.Where(row => row.Name!.Contains("议事")).OrderByDescending(row => row.CreatedAt)
                .Skip(10).Take(10),
        ];

        queries.Should().AllSatisfy(query => ErrorsIn(query.ToQueryString()).Should().BeEmpty());
    }

    [Theory]
    [InlineData("SELECT 1 LIMIT 1")]
    [InlineData("DELETE FROM Runs RETURNING Id")]
    [InlineData("SELECT Id FROM Runs FOR UPDATE SKIP LOCKED")]
    [InlineData("SELECT Id,, Version FROM Runs")]
    public void What_is_not_transact_sql_is_found(string sql) => ErrorsIn(sql).Should().NotBeEmpty();

    private static ConsultationDb Open() => new Database(new StorageOptions
    {
        Provider = DatabaseProvider.SqlServer,
        ConnectionString = "Server=localhost;Database=none",
    }).Open();

    /// <summary>
    /// What SQL Server 2016 and later would refuse; GO separates batches, as in Microsoft's own tools.
    /// </summary>
    private static IEnumerable<string> ErrorsIn(string sql)
    {
        using var reader = new StringReader(sql);
        new TSql130Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Select(error => $"{error.Line}:{error.Column} {error.Message}");
    }
}
