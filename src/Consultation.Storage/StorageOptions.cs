using System.ComponentModel.DataAnnotations;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Consultation.Storage;

/// <summary>Which database product holds the data.</summary>
public enum DatabaseProvider
{
    /// <summary>One file beside the program; for one machine. The default.</summary>
    Sqlite,
    /// <summary>PostgreSQL 13 or newer.</summary>
    PostgreSql,
    /// <summary>SQL Server 2019 or newer, Azure SQL.</summary>
    SqlServer,
}

/// <summary>What can be wrong with the settings of the database.</summary>
public enum StorageFault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>There is no such product.</summary>
    UnknownProvider,
    /// <summary>No connection string, or that of SQLite's own file for a server.</summary>
    NoConnection,
    /// <summary>The connection string is none of this product's.</summary>
    ForeignConnection,
}

/// <summary>Where the data is; section "Storage" of the configuration.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Storage";

    private const string OwnFile = "Data Source=data/consultation.db";

    /// <summary>The database product. Default Sqlite.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// Connection string of the product. Default: the file data/consultation.db under the working folder.
    /// </summary>
    [Required]
    public string ConnectionString { get; set; } = OwnFile;

    /// <summary>
    /// SQLite only. True flushes the log at every commit: nothing acknowledged is lost even when the power fails. False
    /// is faster and loses at most the last moments in a power cut, never in a crash of the program. Default true.
    /// </summary>
    public bool FlushEveryCommit { get; set; } = true;

    /// <summary>What keeps these settings from being used; the host says it in words.</summary>
    public StorageFault FindFault()
    {
        if (!Enum.IsDefined(Provider)) return StorageFault.UnknownProvider;
        if (string.IsNullOrWhiteSpace(ConnectionString)
            || (Provider != DatabaseProvider.Sqlite && ConnectionString == OwnFile))
        {
            return StorageFault.NoConnection;
        }

        return IsReadable() ? StorageFault.None : StorageFault.ForeignConnection;
    }

    private bool IsReadable()
    {
        try
        {
            _ = Provider switch
            {
                DatabaseProvider.Sqlite => new SqliteConnectionStringBuilder(ConnectionString).ConnectionString,
                DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(ConnectionString).ConnectionString,
                _ => new SqlConnectionStringBuilder(ConnectionString).ConnectionString,
            };
            return true;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException
            or OverflowException or KeyNotFoundException)
        {
            return false;
        }
    }
}
