using Consultation.Runtime.Runs;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.SqlServer;

/// <summary>The model on SQL Server.</summary>
public sealed class SqlServerDb(DbContextOptions<SqlServerDb> options) : ConsultationDb(options)
{
    internal static void Configure(DbContextOptionsBuilder builder, string connectionString) =>
        builder.UseSqlServer(connectionString);

    private protected override string TablesQuery =>
        "SELECT name AS [Value] FROM sys.tables WHERE schema_id = SCHEMA_ID()";

    private protected override FailureMeaning MeaningOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqlException error) return Judge(error.Number);
        }

        return FailureMeaning.Other;
    }

    private static FailureMeaning Judge(int number) => number switch
    {
        // Unique index, primary key, deadlock, lock timeout, snapshot conflict.
        2601 or 2627 or 1205 or 1222 or 3960 => FailureMeaning.Conflict,
        1101 or 1105 or 9002 => FailureMeaning.Unavailable(StoreTrouble.LogFull),
        18456 or 4060 => FailureMeaning.Unavailable(StoreTrouble.LogInRefusedOrMissing),
        -2 or -1 or 2 or 53 or 233 or 10053 or 10054 or 10060 or 10061 or 40613 or 40197 or 40501 or 49918 =>
            FailureMeaning.Unavailable(StoreTrouble.ServerUnreachable, "SQL Server"),
        _ => FailureMeaning.Other,
    };
}
