using System.Net.Sockets;
using Consultation.Runtime.Runs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Consultation.Storage.PostgreSql;

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgreSqlDb(DbContextOptions<PostgreSqlDb> options) : ConsultationDb(options)
{
    /// <summary>Statements are prepared once they repeat: the same few run all day.</summary>
    internal static void Configure(DbContextOptionsBuilder builder, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 100;
            settings.AutoPrepareMinUsages = 2;
        }

        builder.UseNpgsql(settings.ConnectionString);
    }

    internal override IQueryable<long> Holding(string table, IReadOnlyList<string> grams) =>
        PostgreSqlSearch.Holding(this, table, grams);

    internal override Task MakeSearchAsync(IEnumerable<string> tables, CancellationToken cancellationToken) =>
        PostgreSqlSearch.MakeAsync(this, tables, cancellationToken);

    private protected override string TablesQuery =>
        "SELECT tablename::text AS \"Value\" FROM pg_tables WHERE schemaname = current_schema()";

    private protected override FailureMeaning MeaningOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException error:
                    return Judge(error.SqlState);
                case NpgsqlException or SocketException or IOException or TimeoutException:
                    return FailureMeaning.Unavailable(StoreTrouble.ServerUnreachable, "PostgreSQL");
            }
        }

        return FailureMeaning.Other;
    }

    private static FailureMeaning Judge(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable => FailureMeaning.Conflict,
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory =>
            FailureMeaning.Unavailable(StoreTrouble.ServerFull),
        PostgresErrorCodes.TooManyConnections => FailureMeaning.Unavailable(StoreTrouble.TooManyConnections),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            FailureMeaning.Unavailable(StoreTrouble.LogInRefused),
        PostgresErrorCodes.InvalidCatalogName => FailureMeaning.Unavailable(StoreTrouble.DatabaseMissing),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            FailureMeaning.Unavailable(StoreTrouble.ServerStopping),
        PostgresErrorCodes.ReadOnlySqlTransaction => FailureMeaning.Unavailable(StoreTrouble.ReadOnly),
        _ => FailureMeaning.Other,
    };
}
