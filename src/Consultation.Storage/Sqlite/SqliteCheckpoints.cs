using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Sqlite;

/// <summary>
/// Carries the write-ahead log over into the database file beside the work. Otherwise a commit does it, and whoever's
/// decision that is waits for it. Nothing depends on it for durability: a commit is safe in the log.
/// </summary>
internal sealed class SqliteCheckpoints(Database database, TimeProvider clock, ILogger<SqliteCheckpoints> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Carries over what readers allow; writers are not held up. Returns how many pages the log still holds that are
    /// not in the file.
    /// </summary>
    public async Task<int> CarryOverAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        await using var answer = await command.ExecuteReaderAsync(cancellationToken);
        return await answer.ReadAsync(cancellationToken) ? answer.GetInt32(1) - answer.GetInt32(2) : 0;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, clock, stoppingToken);
                await CarryOverAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (SqliteException failure)
            {
                // Commits carry it over themselves once the log is long.
                log.CheckpointFailed(failure);
            }
        }
    }
}
