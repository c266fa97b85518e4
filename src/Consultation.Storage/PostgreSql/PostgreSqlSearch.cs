using Consultation.Storage.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.PostgreSql;

/// <summary>
/// The index of characters on PostgreSQL: a GIN index over what a function of the database takes a text apart into, as
/// <see cref="SearchGrams"/> does. It needs no extension.
/// </summary>
internal static class PostgreSqlSearch
{
    // Any number that nothing else locks: nodes that start together make the indexes once.
    private const long Lock = 7_235_118_402;

    private const string MakeFunction = $"""
        CREATE OR REPLACE FUNCTION {SearchGrams.Function}(text) RETURNS text[]
          LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
          SELECT coalesce(array_agg(DISTINCT gram), ARRAY[]::text[]) FROM (
            SELECT unnest(ARRAY[one, one || two, CASE WHEN octet_length(five) = 5 THEN five END]) AS gram FROM (
              SELECT one, lead(one) OVER row AS two, one || lead(one) OVER row || lead(one, 2) OVER row
                || lead(one, 3) OVER row || lead(one, 4) OVER row AS five
              FROM unnest(string_to_array($1, NULL)) WITH ORDINALITY AS characters(one, at)
              WINDOW row AS (ORDER BY at)) AS rows) AS grams
          WHERE gram !~ '\s'
        $$
        """;

    /// <summary>Keys of the rows that hold all the pairs.</summary>
    public static IQueryable<long> Holding(DbContext db, string table, IReadOnlyList<string> grams)
    {
        var sql = $"SELECT \"{SearchColumn.Key}\" AS \"Value\" FROM \"{table}\" "
            + $"WHERE {SearchGrams.Function}(\"{SearchColumn.Name}\") @> {{0}}";
        return db.Database.SqlQueryRaw<long>(sql, new object[] { grams.ToArray() });
    }

    /// <summary>Makes what is missing.</summary>
    public static async Task MakeAsync(DbContext db, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var missing = tables.ToList();
        missing.RemoveAll((await IndexesAsync(db, cancellationToken)).Contains);
        if (missing.Count == 0) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        var there = await IndexesAsync(db, cancellationToken);
        await db.Database.ExecuteSqlRawAsync(MakeFunction, cancellationToken);
        foreach (var table in missing.Where(table => !there.Contains(table)))
        {
            var sql = $"CREATE INDEX \"{Index(table)}\" ON \"{table}\" "
                + $"USING gin ({SearchGrams.Function}(\"{SearchColumn.Name}\"))";
            await db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static string Index(string table) => $"IX_{table}_Pairs";

    /// <summary>The tables that have their index.</summary>
    private static async Task<HashSet<string>> IndexesAsync(DbContext db, CancellationToken cancellationToken) =>
        [.. (await db.Database.SqlQueryRaw<string>(
            "SELECT tablename::text AS \"Value\" FROM pg_indexes WHERE schemaname = current_schema() "
            + "AND indexname = 'IX_' || tablename || '_Pairs'").ToListAsync(cancellationToken))];
}
