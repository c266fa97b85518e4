using System.Net.Sockets;
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

    private protected override FailureMeaning MeaningOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException error:
                    return Judge(error.SqlState);
                case NpgsqlException or SocketException or IOException or TimeoutException:
                    return FailureMeaning.Unavailable(
                        "连接不上 PostgreSQL；请检查服务器是否运行、网络和连接字符串",
                        "PostgreSQL cannot be reached; check that the server runs, the network and the connection "
                            + "string");
            }
        }

        return FailureMeaning.Other;
    }

    private static FailureMeaning Judge(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable => FailureMeaning.Conflict,
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => FailureMeaning.Unavailable(
            "数据库服务器的磁盘或内存已满，未保存任何内容；请腾出空间",
            "The database server is out of disk or memory and nothing was stored; free some space"),
        PostgresErrorCodes.TooManyConnections => FailureMeaning.Unavailable(
            "数据库连接数已满；请调大 max_connections 或减少进程",
            "The database takes no more connections; raise max_connections or run fewer processes"),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            FailureMeaning.Unavailable(
            "数据库拒绝登录；请检查用户名和密码", "The database refused the log-in; check user name and password"),
        PostgresErrorCodes.InvalidCatalogName => FailureMeaning.Unavailable(
            "数据库不存在；请先创建", "The database does not exist; create it first"),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            FailureMeaning.Unavailable(
            "数据库正在停止或启动；请稍候", "The database is stopping or starting; wait a moment"),
        PostgresErrorCodes.ReadOnlySqlTransaction => FailureMeaning.Unavailable(
            "数据库为只读（备用节点）；请连接主节点", "The database is read-only (a standby); connect to the primary"),
        _ => FailureMeaning.Other,
    };
}
