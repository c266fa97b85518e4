using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Consultation.Storage.Mapping;

/// <summary>
/// Writes many new rows of one table in the context's open transaction, past its change tracker, which takes most of
/// the time: for an import, whose every second inside the transaction is one in which SQLite lets nobody else write.
/// Statement and values come from the model, so it is the same on every database.
/// </summary>
internal static class BulkInsert
{
    /// <summary>
    /// Rows of one command. A server is paid by the round trip, and SQL Server takes 2,100 parameters; SQLite has no
    /// way to go, but looks every parameter up by its name among all of the command.
    /// </summary>
    private const int RowsForServer = 60, RowsForSqlite = 1;

    /// <summary>
    /// Writes rows of a class that is one table of its own, without child tables; a column that is no property of the
    /// class is what lists look into (<see cref="SearchColumn"/>) or what matters are compared by (<see
    /// cref="LikenessColumn"/>). The context does not get to know them.
    /// </summary>
    public static async Task InsertAsync<T>(
        this ConsultationDb db, IEnumerable<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var columns = entity.GetProperties().Select(property => (
            Key: property.Name, Name: property.GetColumnName(), Mapping: property.GetRelationalTypeMapping(),
            property.IsNullable, Of: property.IsShadowProperty() ? null : property.GetGetter())).ToList();
        var sql = db.GetService<ISqlGenerationHelper>();
        var into = $"INSERT INTO {sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema())} "
            + $"({string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.Name)))}) VALUES ";
        var text = "";
        var written = 0;
        foreach (var chunk in rows.Chunk(db.Database.IsSqlite() ? RowsForSqlite : RowsForServer))
        {
            if (chunk.Length != written)
            {
                (text, written) = (into + Values(chunk.Length, columns.Count, sql), chunk.Length);
            }
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = text;
            foreach (var row in chunk)
            {
                foreach (var column in columns)
                {
                    var name = sql.GenerateParameterName($"p{command.Parameters.Count}");
                    command.Parameters.Add(
                        column.Mapping.CreateParameter(
                            command, name,
                            column.Of is { } of ? of.GetClrValue(row) : Filled(column.Key, row),
                            column.IsNullable));
                }
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static object Filled(string property, object row) =>
        property == LikenessColumn.Name ? LikenessColumn.Of(row) : SearchColumn.Of(property, row);

    private static string Values(int rows, int columns, ISqlGenerationHelper sql)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (")
                .AppendJoin(", ", Enumerable.Range(row * columns, columns)
                    .Select(number => sql.GenerateParameterName($"p{number}")))
                .Append(')');
        }

        return text.ToString();
    }
}
