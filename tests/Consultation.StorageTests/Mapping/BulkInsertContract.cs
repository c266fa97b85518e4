using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Storage.Mapping;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Mapping;

/// <summary>
/// Rows written past the change tracker are what the change tracker would have written, on every database product.
/// </summary>
public abstract class BulkInsertContract(TestDatabase database)
{
    [SkippableFact]
    public async Task More_rows_than_one_command_takes_are_read_back_as_they_were_long_texts_and_empty_cells_included()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var matters = Enumerable.Range(1, 131).Select(number => Matter(host.Seed.Organisation.Id, number)).ToList();
        await using var db = host.Database.Open();

        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.InsertAsync(matters, CancellationToken.None);
            await transaction.CommitAsync();
        }

        db.ChangeTracker.Entries().Should().BeEmpty("the context does not get to know them");
        (await db.Matters.AsNoTracking().OrderBy(row => row.Number).ToListAsync()).Should()
            .BeEquivalentTo(matters, options => options.WithStrictOrdering());
    }

    [SkippableFact]
    public async Task Rows_of_a_transaction_that_is_given_up_are_not_there()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        await using var db = host.Database.Open();

        await using (await db.Database.BeginTransactionAsync())
        {
            await db.InsertAsync([Matter(host.Seed.Organisation.Id, 1)], CancellationToken.None);
        }

        (await db.Matters.CountAsync()).Should().Be(0);
    }

    private static Matter Matter(OrganisationId organisation, int number) => new()
    {
        OrganisationId = organisation,
        Id = MatterId.New(),
        Number = $"SX2026-{number:000000}",
        Source = MatterSource.Hotline,
        Title = "小区停车难",
        Text = new string('停', number == 7 ? 6000 : 20),
        Place = number % 2 == 0 ? null : "幸福里",
        Tags = number % 3 == 0 ? ["七有", "“引号”"] : [],
        PlatformId = number == 9 ? UnitId.New() : null,
        State = number == 11 ? MatterState.Closed : MatterState.Pooled,
        OrderNumber = $"SL{number}",
        RaisedAt = TemporaryHost.Now.AddMinutes(-number),
        ReceivedAt = TemporaryHost.Now,
    };
}

public sealed class SqliteBulkInsertTests(SqliteDatabase database)
    : BulkInsertContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlBulkInsertTests(PostgreSqlDatabase database)
    : BulkInsertContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerBulkInsertTests(SqlServerDatabase database)
    : BulkInsertContract(database), IClassFixture<SqlServerDatabase>;
