using System.Globalization;
using Consultation.Storage.Mapping;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Sqlite;

/// <summary>
/// The index of characters on SQLite: a full-text table beside each table that is searched, without a copy of the
/// texts, kept by triggers, which call a function of this program. Whatever else writes to those tables needs it.
/// </summary>
internal static class SqliteSearch
{
    /// <summary>Gives a connection the function that the triggers call.</summary>
    public static void AddFunction(SqliteConnection connection) =>
        connection.CreateFunction(SearchGrams.Function, (string? text) => Tokens(text), isDeterministic: true);

    /// <summary>Keys of the rows that hold all the grams.</summary>
    public static IQueryable<long> Holding(DbContext db, string table, IReadOnlyList<string> grams)
    {
        var sql = $"SELECT rowid AS \"Value\" FROM \"{Index(table)}\" WHERE \"{Index(table)}\" MATCH {{0}}";
        return db.Database.SqlQueryRaw<long>(sql, string.Join(" AND ", grams.Select(SearchGrams.Token)));
    }

    /// <summary>Makes what is missing, and reads in what stands in the tables already.</summary>
    public static async Task MakeAsync(DbContext db, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var there = await db.Database
            .SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'")
            .ToListAsync(cancellationToken);
        foreach (var table in tables.Where(table => !there.Contains(Deleting(table))))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(Making(table), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static string Tokens(string? text) =>
        string.Join(' ', SearchGrams.Of(text ?? "").Select(SearchGrams.Token));

    private static string Index(string table) => $"{table}Grams";

    private static string Deleting(string table) => $"{table}GramsDeleted";

    private static string Making(string table) => string.Create(CultureInfo.InvariantCulture, $"""
        CREATE VIRTUAL TABLE IF NOT EXISTS "{Index(table)}"
          USING fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
        DELETE FROM "{Index(table)}";
        INSERT INTO "{Index(table)}" (rowid, grams)
          SELECT "{SearchColumn.Key}", {SearchGrams.Function}("{SearchColumn.Name}") FROM "{table}";
        CREATE TRIGGER IF NOT EXISTS "{table}GramsAdded" AFTER INSERT ON "{table}" BEGIN
          INSERT INTO "{Index(table)}" (rowid, grams)
            VALUES (new."{SearchColumn.Key}", {SearchGrams.Function}(new."{SearchColumn.Name}"));
        END;
        CREATE TRIGGER IF NOT EXISTS "{table}GramsChanged" AFTER UPDATE OF "{SearchColumn.Name}" ON "{table}" BEGIN
          DELETE FROM "{Index(table)}" WHERE rowid = old."{SearchColumn.Key}";
          INSERT INTO "{Index(table)}" (rowid, grams)
            VALUES (new."{SearchColumn.Key}", {SearchGrams.Function}(new."{SearchColumn.Name}"));
        END;
        CREATE TRIGGER IF NOT EXISTS "{Deleting(table)}" AFTER DELETE ON "{table}" BEGIN
          DELETE FROM "{Index(table)}" WHERE rowid = old."{SearchColumn.Key}";
        END;
        """);
}
