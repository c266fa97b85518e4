using Consultation.Storage;

namespace Consultation.Testing.Databases;

/// <summary>A database of one product for one test class: empty, with the schema in place.</summary>
public abstract class TestDatabase
{
    private readonly Lock _gate = new();
    private StorageOptions? _options;

    /// <summary>Why the product cannot be used here, or null when it can.</summary>
    public abstract string? WhyNot { get; }

    /// <summary>Options of a fresh database with the schema in place.</summary>
    public StorageOptions NewDatabase()
    {
        var options = Make($"test_{Guid.NewGuid():N}");
        new Database(options).MigrateAsync(CancellationToken.None).GetAwaiter().GetResult();
        return options;
    }

    /// <summary>Options of one database that the whole class shares.</summary>
    public StorageOptions SharedDatabase
    {
        get
        {
            lock (_gate) return _options ??= NewDatabase();
        }
    }

    /// <summary>Options of an empty database of that name, without schema.</summary>
    protected abstract StorageOptions Make(string name);
}

/// <summary>SQLite in a file of the temporary folder.</summary>
public sealed class SqliteDatabase : TestDatabase, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-sqlite-").FullName;

    /// <inheritdoc />
    public override string? WhyNot => null;

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A file is still open; the folder for temporary files is cleaned by the system.
        }
    }

    /// <inheritdoc />
    protected override StorageOptions Make(string name) => new()
    {
        Provider = DatabaseProvider.Sqlite,
        ConnectionString = $"Data Source={Path.Combine(_folder, name)}.db",
        // Tests end processes, never the machine: what the system was given is there afterwards.
        FlushEveryCommit = false,
    };
}

/// <summary>PostgreSQL on the server that the tests start.</summary>
public sealed class PostgreSqlDatabase : TestDatabase
{
    /// <inheritdoc />
    public override string? WhyNot
    {
        get
        {
            PostgreSqlCluster.TryGet(out var whyNot);
            return whyNot;
        }
    }

    /// <inheritdoc />
    protected override StorageOptions Make(string name) => new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = PostgreSqlCluster.TryGet(out var whyNot)
            ?.ConnectionTo(name) ?? throw new InvalidOperationException(whyNot),
    };
}

/// <summary>
/// SQL Server: no server is to be had on a plain Debian machine, so it must be named by an environment variable.
/// </summary>
public sealed class SqlServerDatabase : TestDatabase
{
    /// <summary>
    /// Connection string without database, e.g. "Server=...;User Id=...;Password=...;TrustServerCertificate=true".
    /// </summary>
    public const string Variable = "CONSULTATION_SQLSERVER";

    /// <inheritdoc />
    public override string? WhyNot => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }
        ? null
        : $"No SQL Server here; name one in the environment variable {Variable}.";

    /// <inheritdoc />
    protected override StorageOptions Make(string name) => new()
    {
        Provider = DatabaseProvider.SqlServer,
        ConnectionString = $"{Environment.GetEnvironmentVariable(Variable)};Database={name}",
    };
}
