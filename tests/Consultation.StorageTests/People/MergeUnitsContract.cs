using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Storage;
using Consultation.Storage.People;
using Consultation.Storage.Reading.People;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.People;

/// <summary>What every database must do when two entries of a unit become one.</summary>
public abstract class MergeUnitsContract(TestDatabase database)
{
    [SkippableFact]
    public async Task Every_row_that_names_the_other_unit_names_the_one_kept_and_its_contact_is_asked_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (old, kept) = await DoubledAsync(host);
        var @case = await AddWorkAsync(host, old, kept);
        var held = await new HoldingsReader(host.Database).OfAsync(host.Seed.Organisation.Id, old, default);
        held.Should().Be(new UnitHoldings(Tasks: 1, Items: 1, Cases: 1, Matters: 1, Meetings: 0));

        (await MergeAsync(host, old, kept)).Should().BeOfType<EditResult.Saved>();

        await using var db = host.Database.Open();
        foreach (var (table, column) in UnitColumns.Of(db).Where(one => one.Column.Name != nameof(Unit.MergedIntoId)))
        {
            var left = await CountAsync(db, table.ClrType, column.Name, old);
            left.Should().Be(0, $"{table.ClrType.Name}.{column.Name} names the unit that went");
        }

        var topic = await db.Topics.SingleAsync(one => one.CaseId == @case.Id);
        (topic.LeadUnitId, topic.HelpingUnitIds.Count).Should().Be((kept, 0));
        var item = await db.TrackedItems.SingleAsync(one => one.CaseId == @case.Id);
        (item.UndertakingUnitId, item.CoUnits.Count).Should().Be((kept, 0));
        (await db.Tasks.SingleAsync(one => one.CaseId == @case.Id)).Assignees.Single().UnitId.Should().Be(kept);
        (await db.Matters.SingleAsync()).PlatformId.Should().Be(kept);
        (await new HoldingsReader(host.Database).OfAsync(host.Seed.Organisation.Id, old, default)).Should()
            .Be(new UnitHoldings(0, 0, 0, 0, 0));

        var snapshot = (await host.Directories.FindAsync(db, host.Seed.Organisation.Id, default))!;
        snapshot.Directory.Find(old)!.Id.Should().Be(kept);
        snapshot.Directory.Units.Should().NotContain(unit => unit.Id == old);
        var file = new CaseFile(snapshot.Directory, snapshot.Calendar, @case, [])
        {
            Policies = snapshot.Policies,
            Topic = topic,
        };
        // What a run carries along, it carries along as a text.
        foreach (var spec in new[] { "topic.units", "item.unit", $"unit:{old.Value:N}" })
        {
            Assignees.PeopleOf(spec, file, item, TemporaryHost.Now).Select(person => person.Name).Should()
                .BeEquivalentTo(["杨帆", "钱重"], spec);
        }
    }

    [SkippableFact]
    public async Task Whatever_is_written_later_under_the_other_unit_is_seen_by_the_contact_of_the_one_kept()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (old, kept) = await DoubledAsync(host);
        await MergeAsync(host, old, kept);
        var @case = await AddWorkAsync(host, old, kept);

        await using var db = host.Database.Open();
        var directory = (await host.Directories.FindAsync(db, host.Seed.Organisation.Id, default))!.Directory;
        var contact = host.Seed.People.Single(person => person.Name == "杨帆").Id;
        var scope = CaseScope.Of(contact, directory);
        (await scope.ItemsIn(new(db.Cases, db.Tasks, db.TrackedItems, db.Matters)).ToListAsync()).Should()
            .ContainSingle().Which.CaseId.Should().Be(@case.Id);
    }

    [SkippableFact]
    public async Task Two_merges_at_once_leave_one_and_the_same_form_twice_is_one()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (old, kept) = await DoubledAsync(host);
        var third = await AddUnitAsync(host, "区交通局（三）");

        var results = await Task.WhenAll(MergeAsync(host, old, kept), MergeAsync(host, old, third));

        results.OfType<EditResult.Saved>().Should().ContainSingle();
        results.OfType<EditResult.Refused>().Should().ContainSingle().Which.Errors[0].Message.Zh.Should()
            .Contain("已经合并");
        var twice = host.Edit(operation: "twice");
        var left = (await new DirectoryOf(host).ReadAsync()).Find(old)!.Id == kept ? third : kept;
        var into = left == third ? kept : third;
        var first = await host.Edits.MergeUnitsAsync(twice, left, into, default);
        (await host.Edits.MergeUnitsAsync(twice, left, into, default)).Should().Be(first);
        (await new DirectoryOf(host).ReadAsync()).Find(old)!.Id.Should().Be(into);
    }

    [SkippableFact]
    public async Task Merging_into_each_other_at_once_makes_no_circle()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (old, kept) = await DoubledAsync(host);

        var results = await Task.WhenAll(MergeAsync(host, old, kept), MergeAsync(host, kept, old));

        results.OfType<EditResult.Saved>().Should().ContainSingle();
        var directory = await new DirectoryOf(host).ReadAsync();
        directory.Find(old).Should().BeSameAs(directory.Find(kept));
    }

    [SkippableFact]
    public async Task A_unit_of_another_organisation_is_refused_and_only_an_administrator_merges()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (old, kept) = await DoubledAsync(host);
        var stranger = new Unit
        {
            OrganisationId = OrganisationId.New(),
            Id = UnitId.New(),
            Name = new("外地局"),
            Kind = UnitKind.Department,
        };
        await using (var db = host.Database.Open())
        {
            db.AddRange(stranger, new Organisation
            {
                Id = stranger.OrganisationId,
                Name = new("外地"),
                Slug = "elsewhere",
                CreatedAt = TemporaryHost.Now,
            });
            await db.SaveChangesAsync();
        }

        (await MergeAsync(host, old, stranger.Id)).Should().BeOfType<EditResult.Refused>();
        (await MergeAsync(host, stranger.Id, kept)).Should().BeOfType<EditResult.Refused>();
        (await host.Edits.MergeUnitsAsync(
            host.Edit() with { ActorId = host.Person("director").Id }, old, kept, default))
            .Should().BeOfType<EditResult.Refused>();
        await using var after = host.Database.Open();
        (await after.Units.IgnoreQueryFilters().CountAsync(unit => unit.MergedIntoId != null)).Should().Be(0);
    }

    private static Task<EditResult> MergeAsync(TemporaryHost host, UnitId from, UnitId into) =>
        host.Edits.MergeUnitsAsync(host.Edit(), from, into, default);

    /// <summary>A second entry of the transport department, with a contact of its own.</summary>
    private static async Task<(UnitId Old, UnitId Kept)> DoubledAsync(TemporaryHost host)
    {
        await host.Edits.GrantAsync(
            host.Edit(), host.Person("secretary").Id, Role.Administrator, null, false, default);
        var old = await AddUnitAsync(host, "区交通局");
        var contact = (EditResult.Saved)await host.Edits.SavePersonAsync(
            host.Edit(), new PersonEntry(null, "钱重", UnitId: old), default);
        await host.Edits.GrantAsync(
            host.Edit(), new PersonId(contact.Id), Role.DepartmentContact, old, false, default);
        return (old, host.Seed.Units.Single(unit => unit.Name.Zh.StartsWith("区交通局", StringComparison.Ordinal)).Id);
    }

    private static async Task<UnitId> AddUnitAsync(TemporaryHost host, string name) => new(
        ((EditResult.Saved)await host.Edits.SaveUnitAsync(
            host.Edit(), new UnitEntry(null, new(name), UnitKind.Department), default)).Id);

    private static async Task<Case> AddWorkAsync(TemporaryHost host, UnitId old, UnitId kept)
    {
        var organisation = host.Seed.Organisation.Id;
        var contact = host.Seed.People.Single(person => person.Name == "杨帆").Id;
        var @case = new Case
        {
            OrganisationId = organisation,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车难",
            OpenedAt = TemporaryHost.Now,
        };
        var topic = new Topic
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(),
            CaseId = @case.Id,
            Title = "停车难",
            LeadUnitId = old,
            HelpingUnitIds = [kept],
            DraftedById = contact,
            DraftedAt = TemporaryHost.Now,
        };
        var item = new TrackedItem
        {
            OrganisationId = organisation,
            Id = TrackedItemId.New(),
            CaseId = @case.Id,
            Number = 1,
            Year = 2026,
            Topic = "停车难",
            Advice = "增设车位",
            OpenedAt = TemporaryHost.Now,
            UndertakingUnitId = old,
            CoUnits = [new CoUnit { Id = Guid.CreateVersion7(), UnitId = kept }],
        };
        var task = new WorkTask
        {
            OrganisationId = organisation,
            Id = TaskId.New(),
            CaseId = @case.Id,
            Number = "R2026-90009",
            InstanceId = "merged",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = TaskKind.Approval,
            Title = new("填报", "Report"),
            Mode = GateMode.EachUnit,
            Outcomes = [new TaskOutcome("Confirm", new("同意", "Confirm"))],
            Assignees =
            [
                new TaskAssignee
                {
                    Id = Guid.CreateVersion7(),
                    PersonId = contact,
                    Role = Role.DepartmentContact,
                    UnitId = old,
                },
            ],
            OpenedAt = TemporaryHost.Now,
        };
        await using var db = host.Database.Open();
        db.AddRange(@case, topic, item, task);
        await db.SaveChangesAsync();
        await AddMatterAsync(host, old);
        return @case;
    }

    private static async Task AddMatterAsync(TemporaryHost host, UnitId platform)
    {
        var entered = await host.Register.RegisterAsync(new MatterEntry
        {
            OrganisationId = host.Seed.Organisation.Id,
            Source = MatterSource.Desk,
            Title = "路灯不亮",
            Text = "路灯不亮，请维修。",
            OperationId = "merge-units-lights",
        }, CancellationToken.None);
        entered.Should().NotBeNull();
        await using var db = host.Database.Open();
        await db.Matters.ExecuteUpdateAsync(set => set.SetProperty(one => one.PlatformId, (UnitId?)platform));
    }

    private static async Task<int> CountAsync(ConsultationDb db, Type type, string column, UnitId unit)
    {
        var method = typeof(MergeUnitsContract).GetMethod(
            nameof(CountOfAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return db.Model.FindEntityType(type) is { } entity && !entity.IsOwned()
            ? await (Task<int>)method.MakeGenericMethod(type).Invoke(null, [db, column, unit])!
            : 0;
    }

    private static Task<int> CountOfAsync<T>(ConsultationDb db, string column, UnitId unit)
        where T : class =>
        db.Set<T>().IgnoreQueryFilters().CountAsync(row => EF.Property<UnitId?>(row, column) == unit);

    private sealed class DirectoryOf(TemporaryHost host)
    {
        internal async Task<OrganisationDirectory> ReadAsync()
        {
            await using var db = host.Database.Open();
            return (await host.Directories.FindAsync(db, host.Seed.Organisation.Id, default))!.Directory;
        }
    }
}

public sealed class SqliteMergeUnitsTests(SqliteDatabase database)
    : MergeUnitsContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlMergeUnitsTests(PostgreSqlDatabase database)
    : MergeUnitsContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerMergeUnitsTests(SqlServerDatabase database)
    : MergeUnitsContract(database), IClassFixture<SqlServerDatabase>;
