using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Consultation.Storage.Sqlite;

/// <summary>
/// Prepares each connection once: write-ahead log, durability as configured, waiting instead of failing when another
/// process writes.
/// </summary>
internal sealed class SqliteSetup(bool fullSync) : DbConnectionInterceptor
{
    private static readonly object Prepared = new();

    /// <summary>
    /// Native connections that are set up already; they outlive the objects that borrow them from the pool.
    /// </summary>
    private readonly ConditionalWeakTable<object, object> _handles = [];

    private readonly string _commands =
        $"PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous={(fullSync ? "FULL" : "NORMAL")}; "
            + "PRAGMA foreign_keys=ON; "
        // What another connection wrote empties this one's cache; mapped pages are read again without a system call and
        // a copy each. SQLite maps 2 GB at most.
        + "PRAGMA mmap_size=2147418112; PRAGMA cache_size=-8192; "
        // Carried over beside the work (SqliteCheckpoints); a commit does it only when the log is 64 MB long.
        + "PRAGMA wal_autocheckpoint=16000;";

    public static void Configure(DbContextOptionsBuilder builder, string connectionString, bool fullSync) =>
        builder.UseSqlite(connectionString).AddInterceptors(new SqliteSetup(fullSync));

    /// <summary>The database file; null when the database is no plain file.</summary>
    public static string? FileOf(string connectionString)
    {
        var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
        return file is "" or ":memory:" || file.StartsWith("file:", StringComparison.Ordinal)
            ? null
            : Path.GetFullPath(file);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Prepare(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare(connection);
        return Task.CompletedTask;
    }

    private void Prepare(DbConnection connection)
    {
        SqliteSearch.AddFunction((SqliteConnection)connection);
        if (((SqliteConnection)connection).Handle is not { } handle || _handles.TryGetValue(handle, out _)) return;
        using var command = connection.CreateCommand();
        command.CommandText = _commands;
        command.ExecuteNonQuery();
        _handles.AddOrUpdate(handle, Prepared);
    }
}
