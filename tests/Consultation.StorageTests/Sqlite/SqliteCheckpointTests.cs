using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Storage.Sqlite;
using Consultation.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.StorageTests.Sqlite;

public sealed class SqliteCheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consultation-checkpoint-");

    [Fact]
    public async Task What_commits_leave_in_the_log_is_carried_over_beside_them()
    {
        var file = Path.Combine(_folder.FullName, "a.db");
        var database = new Database(new StorageOptions { ConnectionString = $"Data Source={file}" });
        await database.MigrateAsync(default);
        using var checkpoints =
            new SqliteCheckpoints(database, new FakeClock(), NullLogger<SqliteCheckpoints>.Instance);
        var before = new FileInfo(file).Length;
        await using (var db = database.Open())
        {
            db.AddRange(Enumerable.Range(0, 500).Select(number => new Organisation
            {
                Id = OrganisationId.New(),
                Name = new(new string('督', 200)),
                Slug = $"{number}",
                CreatedAt = DateTimeOffset.UnixEpoch,
            }));
            await db.SaveChangesAsync();
        }

        new FileInfo(file).Length.Should().Be(before, "a commit only writes the log");
        (await checkpoints.CarryOverAsync(default)).Should().Be(0);

        new FileInfo(file).Length.Should().BeGreaterThan(before);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
