using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Consultation.Storage.People;

/// <summary>
/// The columns that name a unit, as the model has them: a new one is among them by its type. Those of units, people and
/// roles are moved by the edit itself.
/// </summary>
internal static class UnitColumns
{
    /// <summary>Tables and their columns that name units.</summary>
    internal static IEnumerable<(IEntityType Table, IProperty Column)> Of(ConsultationDb db) =>
        from table in db.Model.GetEntityTypes()
        where table.GetTableName() is not null && table.FindProperty("OrganisationId") is not null
        from column in table.GetProperties()
        where (Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType) == typeof(UnitId)
            && !column.IsPrimaryKey()
        select (table, column);

    /// <summary>Makes every row that names one unit name the other, in the context's open transaction.</summary>
    internal static async Task MoveAsync(
        ConsultationDb db, OrganisationId owner, UnitId from, UnitId into, CancellationToken cancellationToken)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        foreach (var (table, column) in Of(db))
        {
            if (new[] { typeof(Unit), typeof(Person), typeof(RoleGrant) }.Contains(table.ClrType)) continue;
            var organisation = table.FindProperty("OrganisationId")!;
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            var (name, known) = (sql.DelimitIdentifier(column.GetColumnName()), sql.GenerateParameterName("known"));
            var text = $"UPDATE {sql.DelimitIdentifier(table.GetTableName()!, table.GetSchema())} "
                + $"SET {name} = {sql.GenerateParameterName("kept")} WHERE {name} = {known} "
                + $"AND {sql.DelimitIdentifier(organisation.GetColumnName())} = {sql.GenerateParameterName("owner")}";
            command.CommandText = text;
            Add(column, "kept", into);
            Add(column, "known", from);
            Add(organisation, "owner", organisation.ClrType == typeof(Guid) ? owner.Value : owner);
            await command.ExecuteNonQueryAsync(cancellationToken);

            void Add(IProperty property, string parameter, object value) => command.Parameters.Add(
                property.GetRelationalTypeMapping().CreateParameter(
                    command, sql.GenerateParameterName(parameter), value, property.IsNullable));
        }
    }
}
