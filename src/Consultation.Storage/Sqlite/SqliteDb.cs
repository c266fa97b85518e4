using System.Collections.Concurrent;
using Consultation.Runtime.Runs;
using Consultation.Storage.Mapping;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Sqlite;

/// <summary>The model on SQLite, the embedded default.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : ConsultationDb(options)
{
    /// <summary>
    /// SQLite has one writer at a time. Writers of this process queue here, first come first served, instead of polling
    /// for the file's lock; other processes meet at the lock itself, within the busy timeout.
    /// </summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Writers = new();
    private SemaphoreSlim? _writer;

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Inside a transaction that is open already the lock is held; queueing then would wait for ourselves.
        if (Database.CurrentTransaction is not null)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        var writer = _writer ??= Writers.GetOrAdd(Database.GetConnectionString() ?? "", _ => new SemaphoreSlim(1));
        await writer.WaitAsync(cancellationToken);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            writer.Release();
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Guid>().HaveConversion<GuidBytes>();
        foreach (var id in DomainTypes.Ids)
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(IdBytes<>).MakeGenericType(id));
        }
    }

    internal override IQueryable<long> Holding(string table, IReadOnlyList<string> grams) =>
        SqliteSearch.Holding(this, table, grams);

    internal override Task MakeSearchAsync(IEnumerable<string> tables, CancellationToken cancellationToken) =>
        SqliteSearch.MakeAsync(this, tables, cancellationToken);

    private protected override string TablesQuery =>
        "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table'";

    private protected override FailureMeaning MeaningOf(Exception failure)
    {
        if (Find<SqliteException>(failure) is not { } error) return FailureMeaning.Other;
        return error.SqliteErrorCode switch
        {
            // BUSY and LOCKED: another process writes; CONSTRAINT: unique or primary key.
            5 or 6 => FailureMeaning.Conflict,
            19 when error.SqliteExtendedErrorCode is 1555 or 2067 => FailureMeaning.Conflict,
            8 or 3 or 23 => FailureMeaning.Unavailable(StoreTrouble.FileNotWritable),
            10 => FailureMeaning.Unavailable(StoreTrouble.FileFailing),
            11 or 26 => FailureMeaning.Unavailable(StoreTrouble.FileDamaged),
            13 => FailureMeaning.Unavailable(StoreTrouble.DiskFull),
            14 => FailureMeaning.Unavailable(StoreTrouble.FileNotOpened),
            _ => FailureMeaning.Other,
        };
    }

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found) return found;
        }

        return null;
    }
}
