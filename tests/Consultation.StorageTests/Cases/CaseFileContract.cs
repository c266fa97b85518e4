using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.StorageTests.Crash;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Cases;

/// <summary>
/// What every database must do for cases: tenants apart, numbers without gaps, a step and its case in one transaction.
/// </summary>
public abstract class CaseFileContract(TestDatabase database)
{
    private readonly FakeClock _clock = new();

    [SkippableFact]
    public async Task A_step_writes_run_case_and_mail_together()
    {
        await using var host = await NewHostAsync();
        var organisation = await AddOrganisationAsync(host, "a");
        var @case = NewCase(organisation);

        var run = await host.ApplyAsync(Start(@case));

        await using var db = host.Database.Open();
        (await db.Cases.SingleAsync()).Should().BeEquivalentTo(@case);
        (await db.Runs.SingleAsync()).OrganisationId.Should().Be(@case.OrganisationId);
        (await db.Records.SingleAsync()).Fields["value"].Should().Be("1");
        (await db.Mails.SingleAsync()).Subject.Should().Be((await db.Bookmarks.SingleAsync()).Id);
        run.InstanceId.Value.Should().HaveLength(16);
    }

    [SkippableFact]
    public async Task A_step_that_cannot_be_stored_leaves_nothing_of_its_case()
    {
        await using var host = await NewHostAsync();
        var organisation = await AddOrganisationAsync(host, "a");
        var @case = NewCase(organisation);
        await host.ApplyAsync(Start(@case));

        // The same case once more: its key is taken, so that nothing of the second start may remain.
        var again = await host.Sender.SendAsync(Start(NewCase(organisation, @case.Id)), CancellationToken.None);

        again.Should().BeOfType<StimulusResult.Contended>();
        await using var db = host.Database.Open();
        (await db.Runs.CountAsync()).Should().Be(1);
        (await db.Mails.CountAsync()).Should().Be(1);
        (await db.NumberSeries.SingleAsync()).Last.Should().Be(1);
    }

    [SkippableFact]
    public async Task Numbers_have_no_gap_when_many_take_them_at_once()
    {
        await using var host = await NewHostAsync();
        var organisation = await AddOrganisationAsync(host, "a");

        await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => Task.Run(() => host.ApplyAsync(Start(NewCase(organisation))))));

        await using var db = host.Database.Open();
        var numbers = (await db.Records.ToListAsync())
            .Select(record => int.Parse(record.Fields["value"], System.Globalization.CultureInfo.InvariantCulture));
        numbers.Order().Should().Equal(Enumerable.Range(1, 30));
    }

    [SkippableFact]
    public async Task A_step_waits_for_the_one_before_it_in_its_organisation_instead_of_racing_it()
    {
        await using var host = await NewHostAsync();
        var organisation = await AddOrganisationAsync(host, "a");
        var (one, other) =
            (await host.ApplyAsync(Start(NewCase(organisation))), await host.ApplyAsync(Start(NewCase(organisation))));
        await using var first = host.Store.Begin();
        await using var second = host.Store.Begin();

        ((CaseFile)(await first.LoadAsync(one.InstanceId, default))!.Host!).NextNumber("task", 2026).Should().Be(3);
        var waiting = second.LoadAsync(other.InstanceId, default);
        (await first.SaveAsync(default)).Should().Be(SaveResult.Saved);

        ((CaseFile)(await waiting)!.Host!).NextNumber("task", 2026).Should().Be(4);
        (await second.SaveAsync(default)).Should().Be(SaveResult.Saved);
    }

    [SkippableFact]
    public async Task Two_sessions_that_want_each_others_organisation_do_not_wait_for_ever()
    {
        await using var host = await NewHostAsync();
        var a = await host.ApplyAsync(Start(NewCase(await AddOrganisationAsync(host, "a"))));
        var b = await host.ApplyAsync(Start(NewCase(await AddOrganisationAsync(host, "b"))));
        await using var first = host.Store.Begin();
        await using var second = host.Store.Begin();
        await first.LoadAsync(a.InstanceId, default);
        await second.LoadAsync(b.InstanceId, default);

        await first.Invoking(session => session.LoadAsync(b.InstanceId, default)).Should().ThrowAsync<Exception>()
            .WithMessage("*turn*");
        await first.DisposeAsync();
        (await second.LoadAsync(a.InstanceId, default)).Should().NotBeNull();
    }

    [SkippableFact]
    public async Task An_organisation_sees_and_writes_its_own_rows_only()
    {
        await using var host = await NewHostAsync();
        var (a, b) = (await AddOrganisationAsync(host, "a"), await AddOrganisationAsync(host, "b"));
        await host.ApplyAsync(Start(NewCase(a)));
        await host.ApplyAsync(Start(NewCase(b)));

        await using var db = host.Database.ForOrganisation(a);
        (await db.Cases.SingleAsync()).OrganisationId.Should().Be(a);
        (await db.Organisations.SingleAsync()).Id.Should().Be(a);
        (await db.Mails.SingleAsync()).OrganisationId.Should().Be(a.Value);
        (await db.Runs.SingleAsync()).OrganisationId.Should().Be(a);
        db.Add(NewCase(b));
        await db.Invoking(one => one.SaveChangesAsync()).Should().ThrowAsync<InvalidOperationException>();
    }

    [SkippableFact]
    public void Every_table_of_a_tenant_is_filtered_and_keyed_by_it()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        using var db = new Database(database.SharedDatabase).Open();

        var tenants = db.Model.GetEntityTypes()
            .Where(type => type.ClrType.Namespace!.StartsWith("Consultation.Cases", StringComparison.Ordinal)
                || type.ClrType.Namespace!.StartsWith("Consultation.Mail", StringComparison.Ordinal)).ToList();

        tenants.Should().HaveCountGreaterThan(20);
        foreach (var type in tenants)
        {
            var first = type.FindPrimaryKey()!.Properties[0].Name;
            first.Should().Be(type.ClrType == typeof(Organisation) ? "Id" : "OrganisationId", type.ClrType.Name);
            if (!type.IsOwned()) type.GetDeclaredQueryFilters().Should().NotBeEmpty(type.ClrType.Name);
        }
    }

    [SkippableFact]
    public async Task What_a_task_holds_comes_back_as_it_was()
    {
        await using var host = await NewHostAsync();
        var organisation = await AddOrganisationAsync(host, "a");
        var task = new WorkTask
        {
            OrganisationId = organisation,
            Id = TaskId.New(),
            CaseId = CaseId.New(),
            Number = "R2026-00001",
            InstanceId = "i",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = TaskKind.Approval,
            Title = new("确定议题", "Confirm the topic"),
            Mode = GateMode.ChairLast,
            Outcomes = [new TaskOutcome("Confirm", new("同意")), new TaskOutcome("Return", new("退回"), NeedsReason: true)],
            Assignees = [new TaskAssignee { Id = Guid.CreateVersion7(), PersonId = PersonId.New(), IsChair = true }],
            Prefill = new() { ["议题"] = "停车" },
            OpenedAt = _clock.GetUtcNow(),
            DueAt = _clock.GetUtcNow().AddDays(3),
        };
        await using (var db = host.Database.Open())
        {
            db.Add(task);
            await db.SaveChangesAsync();
        }

        await using (var db = host.Database.Open())
        {
            var stored = await db.Tasks.SingleAsync(
                one => one.Assignees.Any(assignee => assignee.PersonId == task.Assignees[0].PersonId));
            stored.Should().BeEquivalentTo(task);
            stored.Prefill["地点"] = "小区";
            stored.Assignees.Add(new TaskAssignee { Id = Guid.CreateVersion7(), PersonId = PersonId.New() });
            await db.SaveChangesAsync();
        }

        await using var after = host.Database.Open();
        var changed = await after.Tasks.SingleAsync();
        changed.Assignees.Should().HaveCount(2);
        changed.Prefill.Should().HaveCount(2);
    }

    private async Task<RunHost> NewHostAsync()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        var host = new RunHost(database.NewDatabase(), _clock, [CrashFlow.Decision], options =>
        {
            options.ConflictPause = TimeSpan.Zero;
            options.ConflictRetries = 200;
        });
        await host.PublishAsync(CrashFlow.Definition);
        return host;
    }

    private async Task<OrganisationId> AddOrganisationAsync(RunHost host, string slug)
    {
        await using var db = host.Database.Open();
        var organisation = new Organisation
        {
            Id = OrganisationId.New(),
            Name = new(slug),
            Slug = slug,
            CreatedAt = _clock.GetUtcNow(),
        };
        db.Add(organisation);
        await db.SaveChangesAsync();
        return organisation.Id;
    }

    private Case NewCase(OrganisationId organisation, CaseId? id = null) => new()
    {
        OrganisationId = organisation,
        Id = id ?? CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = "停车难",
        OpenedAt = _clock.GetUtcNow(),
    };

    private static StimulusMessage.StartRun Start(Case @case) =>
        new("crash") { CorrelationId = @case.Id.ToString(), MakeEntities = () => [@case] };
}

public sealed class SqliteCaseFileTests(SqliteDatabase database)
    : CaseFileContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlCaseFileTests(PostgreSqlDatabase database)
    : CaseFileContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerCaseFileTests(SqlServerDatabase database)
    : CaseFileContract(database), IClassFixture<SqlServerDatabase>;
