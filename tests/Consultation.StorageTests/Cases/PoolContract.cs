using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Workflows;
using Consultation.Runtime.Runs;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
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

        var opened = (await OpenAsync(host, orders)).Should().BeOfType<OpenCaseResult.Opened>().Which.CaseId;

        await using var db = host.Database.Open();
        var taken = await db.Matters.Where(row => row.CaseId == opened).ToListAsync();
        taken.Select(matter => matter.Id).Should().BeEquivalentTo(orders);
        taken.Should().OnlyContain(matter => matter.State == MatterState.InCase);
        (await db.Matters.SingleAsync(row => row.Id == left)).State.Should().Be(MatterState.Pooled);
        (await db.Inbox.SingleAsync()).Body.Should().Contain(opened.ToString());
        (await db.Cases.SingleAsync()).InstanceId.Should().Be((await db.Inbox.SingleAsync()).InstanceId);
    }

    [SkippableFact]
    public async Task What_was_merged_goes_along_with_its_leading_matter()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (leading, merged) = (await OrderAsync(host), await OrderAsync(host));
        await host.Register.MergeAsync(
            host.Seed.Organisation.Id, leading, [merged], host.Person("secretary").Id, CancellationToken.None);

        var opened = (await OpenAsync(host, [leading])).Should().BeOfType<OpenCaseResult.Opened>().Which.CaseId;

        await using var db = host.Database.Open();
        var row = await db.Matters.SingleAsync(one => one.Id == merged);
        (row.CaseId, row.State).Should().Be((opened, MatterState.Merged));
    }

    [SkippableFact]
    public async Task A_matter_that_is_in_a_case_keeps_the_whole_second_case_out()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (taken, free) = (await OrderAsync(host), await OrderAsync(host));
        var first = (await OpenAsync(host, [taken])).Should().BeOfType<OpenCaseResult.Opened>().Which.CaseId;

        (await OpenAsync(host, [free, taken])).Should().BeOfType<OpenCaseResult.Refused>().Which.Errors.Should()
            .Contain(error => error.Field == "matters");

        await using var db = host.Database.Open();
        ((await db.Cases.CountAsync()), (await db.Inbox.CountAsync())).Should().Be((1, 1));
        (await db.Matters.SingleAsync(row => row.Id == free)).Should()
            .BeEquivalentTo(new { State = MatterState.Pooled, CaseId = (CaseId?)null });
        (await db.Matters.SingleAsync(row => row.Id == taken)).CaseId.Should().Be(first);
    }

    [SkippableFact]
    public async Task Of_two_who_take_one_matter_at_once_one_gets_it()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var matter = await OrderAsync(host);

        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => OpenAsync(host, [matter]))));

        opened.Should().ContainSingle(one => one is OpenCaseResult.Opened);
        await using var db = host.Database.Open();
        (await db.Cases.CountAsync()).Should().Be(1);
    }

    [SkippableFact]
    public async Task The_same_operation_opens_one_case()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var matter = await OrderAsync(host);

        var opened =
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => OpenAsync(host, [matter], "once"))));

        opened.Should().AllBeOfType<OpenCaseResult.Opened>();
        await using var db = host.Database.Open();
        opened.Distinct().Should().Equal(new OpenCaseResult.Opened((await db.Cases.SingleAsync()).Id));
    }

    private static Task<OpenCaseResult> OpenAsync(
        TemporaryHost host, IReadOnlyList<MatterId> matters, string? operation = null)
    {
        var id = operation ?? InstanceId.New().Value;
        return host.Opening.OpenAsync(
            new OpenCase
            {
                OrganisationId = host.Seed.Organisation.Id,
                DefinitionId = WorkflowKeys.SixSteps,
                Kind = CaseKind.SixStep,
                Title = "小区停车难",
                Matters = matters,
                PlatformId = host.Seed.Units.First(unit => unit is { IsPlatform: true, GuidedById: not null }).Id,
                OperationId = id,
            },
            id,
            CancellationToken.None);
    }

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
