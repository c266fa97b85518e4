using Consultation.Storage;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Dialects;

/// <summary>
/// The schema of every product is that of the model, and a database that does not fit is refused with words for people.
/// </summary>
public sealed class MigrationTests(SqliteDatabase sqlite) : IClassFixture<SqliteDatabase>
{
    /// <summary>When this fails: run eng/add-migration.sh.</summary>
    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=:memory:")]
    [InlineData(DatabaseProvider.PostgreSql, "Host=localhost;Database=none")]
    [InlineData(DatabaseProvider.SqlServer, "Server=localhost;Database=none")]
    public void The_migrations_make_the_model_as_it_stands(DatabaseProvider provider, string connectionString)
    {
        using var db =
            new Database(new StorageOptions { Provider = provider, ConnectionString = connectionString }).Open();

        db.Database.HasPendingModelChanges().Should().BeFalse();
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_with_a_way_out()
    {
        var database = new Database(sqlite.NewDatabase());
        await using (var db = database.Open())
            await db.Database.ExecuteSqlRawAsync(
                "insert into \"__EFMigrationsHistory\" values ('29990101000000_Future', '99')");

        (await database.FindTroubleAsync(CancellationToken.None))!.ToString().Should()
            .Contain("更新版本").And.Contain("newer version");
        await database.Invoking(one => one.MigrateAsync(CancellationToken.None))
            .Should().ThrowAsync<Consultation.Runtime.Runs.StoreUnavailableException>();
    }

    [Theory]
    [InlineData("20250101000000_Initial")]
    [InlineData("00000000000000_Before")]
    public async Task A_database_of_an_earlier_build_that_does_not_carry_over_is_never_called_newer(string migration)
    {
        var database = new Database(sqlite.NewDatabase());
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlAsync(
                $"update \"__EFMigrationsHistory\" set \"MigrationId\" = {migration}");
        }

        var words = (await database.FindTroubleAsync(CancellationToken.None))!;
        words.Zh.Should().Contain("较早").And.Contain(migration).And.NotContain("更新版本");
        words.En.Should().Contain("earlier").And.Contain(migration).And.NotContain("newer");
        (await database.Invoking(one => one.MigrateAsync(CancellationToken.None))
            .Should().ThrowAsync<Consultation.Runtime.Runs.StoreUnavailableException>())
            .Which.Words.Should().Be(words);
    }

    [Theory]
    [InlineData("delete from \"__EFMigrationsHistory\"")]
    [InlineData("drop table \"__EFMigrationsHistory\"")]
    public async Task Tables_without_a_history_are_refused_in_words_and_left_as_they_are(string loss)
    {
        var database = new Database(sqlite.NewDatabase());
        await using (var db = database.Open()) await db.Database.ExecuteSqlRawAsync(loss);

        (await database.Invoking(one => one.MigrateAsync(CancellationToken.None))
            .Should().ThrowAsync<Consultation.Runtime.Runs.StoreUnavailableException>())
            .Which.Words.En.Should().Contain("no record");
        (await database.FindTroubleAsync(CancellationToken.None))!.Zh.Should().Contain("升级记录");
    }

    [Fact]
    public async Task A_history_that_was_begun_and_tables_of_others_are_no_hindrance()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("consultation-").FullName, "begun.db");
        var database = new Database(new StorageOptions { ConnectionString = $"Data Source={file}" });
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("create table \"Notes\" (\"Id\" integer)");
            await db.Database.ExecuteSqlRawAsync(
                "create table \"__EFMigrationsHistory\" (\"MigrationId\" text primary key, \"ProductVersion\" text)");
        }

        await database.MigrateAsync(CancellationToken.None);

        (await database.FindTroubleAsync(CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task A_database_that_cannot_be_used_says_why_in_both_languages()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("consultation-").FullName, "letter.db");
        await File.WriteAllTextAsync(file, new string('x', 4096));
        var noDatabase = new Database(new StorageOptions { ConnectionString = $"Data Source={file}" });
        var postgreSql = new Database(new StorageOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2",
        });

        (await noDatabase.FindTroubleAsync(CancellationToken.None))!.ToString().Should()
            .Contain("不是数据库").And.Contain("not a database");
        (await postgreSql.FindTroubleAsync(CancellationToken.None))!.ToString().Should()
            .Contain("PostgreSQL").And.Contain("连接");
    }
}
