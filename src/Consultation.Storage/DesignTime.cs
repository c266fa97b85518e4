using Consultation.Storage.PostgreSql;
using Consultation.Storage.Sqlite;
using Consultation.Storage.SqlServer;
using Microsoft.EntityFrameworkCore.Design;

namespace Consultation.Storage;

/// <summary>How dotnet-ef opens each context when it makes a migration; no database is reached for that.</summary>
internal static class DesignTime
{
    internal sealed class Sqlite : IDesignTimeDbContextFactory<SqliteDb>
    {
        public SqliteDb CreateDbContext(string[] args) =>
            Open<SqliteDb>(DatabaseProvider.Sqlite, "Data Source=:memory:");
    }

    internal sealed class PostgreSql : IDesignTimeDbContextFactory<PostgreSqlDb>
    {
        public PostgreSqlDb CreateDbContext(string[] args) =>
            Open<PostgreSqlDb>(DatabaseProvider.PostgreSql, "Host=localhost;Database=design");
    }

    internal sealed class SqlServer : IDesignTimeDbContextFactory<SqlServerDb>
    {
        public SqlServerDb CreateDbContext(string[] args) =>
            Open<SqlServerDb>(
                DatabaseProvider.SqlServer, "Server=localhost;Database=design;TrustServerCertificate=true");
    }

    private static TContext Open<TContext>(DatabaseProvider provider, string connectionString)
        where TContext : ConsultationDb =>
        (TContext)new Database(new StorageOptions { Provider = provider, ConnectionString = connectionString }).Open();
}
