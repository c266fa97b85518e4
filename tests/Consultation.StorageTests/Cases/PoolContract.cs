using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Storage.Cases;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Consultation.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Cases;

/// <summary>
/// Matters of the pool become a case together with its run, or not at all, on every database product (P19, Q64).
/// </summary>
public abstract class PoolContract(TestDatabase database)
{
    [SkippableFact]
    public async Task Several_matters_of_the_pool_go_into_one_case_with_the_start_of_its_run()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var orders = new[] { await OrderAsync(host), await OrderAsync(host), await OrderAsync(host) };
        var left = await OrderAsync(host);
        var @case = Case(host);

        (await Store(host).OpenAsync(@case, orders, Nothing, CancellationToken.None)).Should().BeTrue();

        await using var db = host.Database.Open();
        var taken = await db.Matters.Where(row => row.CaseId == @case.Id).ToListAsync();
        taken.Select(matter => matter.Id).Should().BeEquivalentTo(orders);
        taken.Should().OnlyContain(matter => matter.State == MatterState.InCase);
        (await db.Matters.SingleAsync(row => row.Id == left)).State.Should().Be(MatterState.Pooled);
        (await db.Inbox.SingleAsync()).Body.Should().Contain(@case.Id.ToString());
        (await db.Cases.SingleAsync()).InstanceId.Should().Be((await db.Inbox.SingleAsync()).InstanceId);
    }

    [SkippableFact]
    public async Task What_was_merged_goes_along_with_its_leading_matter()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (leading, merged) = (await OrderAsync(host), await OrderAsync(host));
        await host.Register.MergeAsync(
            host.Seed.Organisation.Id, leading, [merged], host.Person("secretary").Id, CancellationToken.None);
        var @case = Case(host);

        await Store(host).OpenAsync(@case, [leading], Nothing, CancellationToken.None);

        await using var db = host.Database.Open();
        var row = await db.Matters.SingleAsync(one => one.Id == merged);
        (row.CaseId, row.State).Should().Be((@case.Id, MatterState.Merged));
    }

    [SkippableFact]
    public async Task A_matter_that_is_in_a_case_keeps_the_whole_second_case_out()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (taken, free) = (await OrderAsync(host), await OrderAsync(host));
        var first = Case(host);
        await Store(host).OpenAsync(first, [taken], Nothing, CancellationToken.None);

        (await Store(host).OpenAsync(Case(host), [free, taken], Nothing, CancellationToken.None)).Should().BeFalse();

        await using var db = host.Database.Open();
        ((await db.Cases.CountAsync()), (await db.Inbox.CountAsync())).Should().Be((1, 1));
        (await db.Matters.SingleAsync(row => row.Id == free)).Should()
            .BeEquivalentTo(new { State = MatterState.Pooled, CaseId = (CaseId?)null });
        (await db.Matters.SingleAsync(row => row.Id == taken)).CaseId.Should().Be(first.Id);
    }

    [SkippableFact]
    public async Task Of_two_who_take_one_matter_at_once_one_gets_it()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var matter = await OrderAsync(host);

        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => Store(host).OpenAsync(Case(host), [matter], Nothing, CancellationToken.None))));

        opened.Should().ContainSingle(one => one);
        await using var db = host.Database.Open();
        (await db.Cases.CountAsync()).Should().Be(1);
    }

    private static readonly Dictionary<string, object?> Nothing = [];

    private static DeskStore Store(TemporaryHost host) =>
        new(host.Database, host.Directories, new CaseFileLoader(host.Directories, Scenario.AnyCatalog), host.Clock,
            new WakeUp());

    private static Case Case(TemporaryHost host) => new()
    {
        OrganisationId = host.Seed.Organisation.Id,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = "小区停车难",
        InstanceId = InstanceId.New().Value,
        DefinitionId = "six-step-procedure",
        OpenedAt = TemporaryHost.Now,
    };

    private static async Task<MatterId> OrderAsync(TemporaryHost host) =>
        ((RegisterResult.Registered)await host.Register.RegisterAsync(
        new MatterEntry
        {
            OrganisationId = host.Seed.Organisation.Id,
            Source = MatterSource.Hotline,
            Title = "小区停车难",
            Text = "晚上没有地方停车",
            OperationId = Guid.NewGuid().ToString("N"),
        },
        CancellationToken.None)).MatterId;
}

public sealed class SqlitePoolTests(SqliteDatabase database) : PoolContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlPoolTests(PostgreSqlDatabase database)
    : PoolContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerPoolTests(SqlServerDatabase database)
    : PoolContract(database), IClassFixture<SqlServerDatabase>;
