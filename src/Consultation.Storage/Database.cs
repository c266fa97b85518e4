using System.Data.Common;
using Consultation.Cases;
using Consultation.Engine.Describing;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Storage.Mapping;
using Consultation.Storage.PostgreSql;
using Consultation.Storage.Sqlite;
using Consultation.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Consultation.Storage;

/// <summary>
/// The database of this host: hands out contexts, brings the schema up to date, says whether it can be used.
/// Thread-safe.
/// </summary>
public sealed class Database
{
    private readonly Func<ConsultationDb> _rent;
    private readonly StorageOptions _options;

    private string? File =>
        Provider == DatabaseProvider.Sqlite ? SqliteSetup.FileOf(_options.ConnectionString) : null;

    /// <summary>Takes the options; opens nothing yet.</summary>
    public Database(StorageOptions options)
    {
        _options = options;
        _rent = options.Provider switch
        {
            DatabaseProvider.Sqlite => Pool<SqliteDb>(
                builder => SqliteSetup.Configure(builder, options.ConnectionString, options.FlushEveryCommit)),
            DatabaseProvider.PostgreSql =>
                Pool<PostgreSqlDb>(builder => PostgreSqlDb.Configure(builder, options.ConnectionString)),
            DatabaseProvider.SqlServer =>
                Pool<SqlServerDb>(builder => SqlServerDb.Configure(builder, options.ConnectionString)),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "Not a database product."),
        };
    }

    /// <summary>Which product it is.</summary>
    public DatabaseProvider Provider => _options.Provider;

    /// <summary>The folder that this host keeps the database in; null when a server keeps it.</summary>
    public string? Folder => Path.GetDirectoryName(File);

    /// <summary>The files of the database, whether or not they are there now; none when a server keeps it.</summary>
    public IReadOnlyList<string> Files => File is { } file ? [file, $"{file}-wal", $"{file}-shm"] : [];

    /// <summary>Signalled when this process has committed mails that can leave now.</summary>
    internal WakeUp MailWritten { get; } = new();

    /// <summary>A context over all organisations, for workers and the host itself. Dispose it.</summary>
    public ConsultationDb Open() => Rent(null);

    /// <summary>A context that sees and writes one organisation's rows only, for pages. Dispose it.</summary>
    public ConsultationDb ForOrganisation(OrganisationId organisation) => Rent(organisation);

    /// <summary>Creates the database where it is missing and brings its schema up to date.</summary>
    /// <exception cref="StoreUnavailableException">It is away, or not of this program.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (Folder is { Length: > 0 } folder) MakePrivate(folder);
        await using var db = Open();
        try
        {
            var isThere = await db.Database.CanConnectAsync(cancellationToken);
            var known = isThere && await CheckHistoryAsync(db, cancellationToken);
            if (isThere && !known && await db.HasOwnTablesAsync(cancellationToken))
            {
                throw new StoreUnavailableException(StoreTrouble.SchemaUnknown);
            }

            await db.Database.MigrateAsync(cancellationToken);
            await db.MakeSearchAsync(SearchColumn.Indexed(db.Model), cancellationToken);
        }
        catch (Exception failure) when (db.Judge(failure) is { Kind: FailureKind.Unavailable } meaning)
        {
            throw meaning.Exception(failure);
        }
    }

    /// <summary>
    /// Null when the database can be used; otherwise what is wrong and how to mend it, in Chinese and English.
    /// </summary>
    public async Task<BilingualText?> FindTroubleAsync(CancellationToken cancellationToken)
    {
        await using var db = Open();
        try
        {
            if (!await CheckHistoryAsync(db, cancellationToken) && await db.HasOwnTablesAsync(cancellationToken))
            {
                return new StoreUnavailableException(StoreTrouble.SchemaUnknown).Words;
            }

            var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
            return pending.Any() ? new StoreUnavailableException(StoreTrouble.SchemaOld).Words : null;
        }
        catch (StoreUnavailableException trouble)
        {
            return trouble.Words;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return db.Judge(failure) is { Kind: FailureKind.Unavailable } meaning
                ? meaning.Exception(failure).Words
                : new StoreUnavailableException(StoreTrouble.Unknown).Words;
        }
    }

    /// <summary>
    /// Why the database could not be used, when that is what a failure means; null for other failures.
    /// </summary>
    public LocalText? Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is StoreUnavailableException known) return known.Words.Local();
            // Only what the product's driver says is judged: a broken file elsewhere is not the database's fault.
            if (cause is not (DbException or DbUpdateException)) continue;
            using var db = Open();
            return db.Judge(cause) switch
            {
                { Kind: FailureKind.Unavailable } meaning => meaning.Exception(cause).Words.Local(),
                { Kind: FailureKind.Conflict } => StoreTroubles.Contended.Local(),
                _ => null,
            };
        }

        return null;
    }

    // What lies beside the program is for its account only: people's data, password hashes, keys.
    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>
    /// Refuses a history with migrations that this program does not know: later ones are those of a newer program, and
    /// earlier ones of a build that does not carry over. False when there is no history at all.
    /// </summary>
    private static async Task<bool> CheckHistoryAsync(ConsultationDb db, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken))
            .Order(StringComparer.Ordinal).ToList();
        var unknown = applied.Except(known, StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return applied.Count > 0;
        // The name of a migration begins with the time at which it was made.
        var isNewer = string.CompareOrdinal(unknown[^1], known[^1]) > 0;
        throw new StoreUnavailableException(
            isNewer ? StoreTrouble.SchemaNewer : StoreTrouble.SchemaForeign, unknown[^1]);
    }

    private static Func<ConsultationDb> Pool<TDb>(Action<DbContextOptionsBuilder> configure)
        where TDb : ConsultationDb
    {
        var builder = new DbContextOptionsBuilder<TDb>();
        configure(builder);
        // A context is never used by two threads: sessions say so, and checking costs at every command.
        builder.EnableThreadSafetyChecks(false);
        var factory = new PooledDbContextFactory<TDb>(builder.Options, poolSize: 256);
        return factory.CreateDbContext;
    }

    private ConsultationDb Rent(OrganisationId? organisation)
    {
        var db = _rent();
        db.ScopeTo(organisation);
        db.MailWritten = MailWritten;
        return db;
    }
}
