using System.ComponentModel.DataAnnotations;

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

/// <summary>Where the data is; section "Storage" of the configuration.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Storage";

    /// <summary>The database product. Default Sqlite.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// Connection string of the product. Default: the file data/consultation.db under the working folder.
    /// </summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/consultation.db";

    /// <summary>
    /// SQLite only. True flushes the log at every commit: nothing acknowledged is lost even when the power fails. False
    /// is faster and loses at most the last moments in a power cut, never in a crash of the program. Default true.
    /// </summary>
    public bool FlushEveryCommit { get; set; } = true;
}
