using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Sqlite;

/// <summary>
/// Keeps the state of a SQLite database in memory and brings it back as often as wanted: every play of a rehearsal
/// begins from the same. Nobody else may use the database meanwhile.
/// </summary>
public sealed class PlayFile(Database database) : IAsyncDisposable
{
    private readonly SqliteConnection _kept = new("Data Source=:memory:");

    /// <summary>Keeps what is there now.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await _kept.OpenAsync(cancellationToken);
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync(cancellationToken);
        ((SqliteConnection)db.Database.GetDbConnection()).BackupDatabase(_kept);
    }

    /// <summary>Brings back what was kept.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync(cancellationToken);
        _kept.BackupDatabase((SqliteConnection)db.Database.GetDbConnection());
    }

    /// <summary>Forgets it, and closes the file that was played on, so that it can be deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _kept.DisposeAsync();
        await using var db = database.Open();
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
    }
}
