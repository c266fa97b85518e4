using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.People;
using Consultation.Cases.People.Import;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Storage.People;
using Consultation.Storage.Reading.People;
using Consultation.StorageTests.Matters;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.People;

/// <summary>What every database must do when a workbook of people is confirmed, and when two become one.</summary>
public abstract class DirectoryImportContract(TestDatabase database)
{
    [SkippableFact]
    public async Task A_preview_stores_nobody_and_a_confirmation_stores_all_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var imports = Imports(host);
        var people = Enumerable.Range(1, 500).Select(n => new[] { $"批量{n}", "政协委员", $"p{n}@example.org" });
        var ready = (DirectoryReading.Ready)await imports.PreviewAsync(
            host.Seed.Organisation.Id, host.Person("secretary").Id, "名单.xlsx",
            SampleWorkbooks.Of(("人员", [["姓名", "角色", "邮箱"], .. people, ["坏行", "没有的角色", ""]])), default);
        await using var db = host.Database.Open();
        var before = await db.People.CountAsync();

        (ready.Import.New, ready.Import.Bad).Should().Be((500, 1));
        var first = await host.Edits.ImportAsync(host.Edit(), ready.Import.Id, ready.Plan.Fingerprint, default);
        var second = await host.Edits.ImportAsync(host.Edit(), ready.Import.Id, ready.Plan.Fingerprint, default);

        first.Should().BeOfType<EditResult.Saved>().And.Be(second);
        (await db.People.CountAsync()).Should().Be(before + 500);
        (await db.RoleGrants.CountAsync(grant => grant.Role == Role.Member)).Should().BeGreaterThanOrEqualTo(500);
        var row = await db.Set<DirectoryImport>().AsNoTracking().SingleAsync();
        (row.State, row.Content, row.New, row.Bad).Should().Be((ImportState.Done, null, 500, 1));
        (await db.Mails.CountAsync()).Should().Be(0, "an import writes to nobody");
        (await imports.RecentAsync(host.Seed.Organisation.Id, 10, default)).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task A_preview_that_is_dropped_or_forgotten_leaves_no_file()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var imports = Imports(host);
        var content = SampleWorkbooks.Of(("人员", [["姓名", "邮箱"], ["赵一", ""]]));
        var (organisation, secretary) = (host.Seed.Organisation.Id, host.Person("secretary").Id);
        var dropped = (DirectoryReading.Ready)await imports.PreviewAsync(
            organisation, secretary, "a.xlsx", content, default);
        await imports.PreviewAsync(organisation, secretary, "b.xlsx", content, default);

        (await imports.CancelAsync(organisation, dropped.Import.Id, default)).Should().BeTrue();
        host.Clock.Advance(ImportJob.KeepPreviewsFor + TimeSpan.FromMinutes(1));
        await host.Worker.TidyAsync(default);

        await using var db = host.Database.Open();
        (await db.Set<DirectoryImport>().CountAsync(row => row.Content != null)).Should().Be(0);
        (await host.Edits.ImportAsync(host.Edit(), dropped.Import.Id, dropped.Plan.Fingerprint, default))
            .Should().BeOfType<EditResult.Refused>();
        (await db.People.CountAsync(person => person.Name == "赵一")).Should().Be(0);
    }

    [SkippableFact]
    public async Task A_merge_moves_open_tasks_links_and_the_log_in_at_once_and_ends_the_sessions()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (old, kept) = (host.Person("director"), host.Person("secretary"));
        await using (var db = host.Database.Open())
        {
            // Who stays has no log-in yet, so that the unique name moves within one transaction.
            (await db.People.SingleAsync(person => person.Id == kept.Id)).UserName = null;
            await db.SaveChangesAsync();
        }

        var task = await AddTaskAsync(host, old);
        await host.Edits.GrantAsync(host.Edit(), host.Person("leader").Id, Role.Administrator, null, false, default);
        var administrator = host.Edit() with { ActorId = host.Person("leader").Id };
        var result = await host.Edits.MergeAsync(administrator, old.Id, kept.Id, default);

        result.Should().BeOfType<EditResult.Saved>();
        await using var after = host.Database.Open();
        var moved = await after.Tasks.AsNoTracking().SingleAsync(row => row.Id == task);
        moved.Assignees.Should().ContainSingle(seat => seat.PersonId == kept.Id);
        moved.Revision.Should().Be(2);
        var link = await after.ActionLinks.AsNoTracking().SingleAsync();
        (link.PersonId, link.TaskRevision).Should().Be((kept.Id.Value, 2));
        (await after.Sessions.CountAsync(one => one.PersonId == old.Id)).Should().Be(0);
        var people = await after.People.AsNoTracking().ToDictionaryAsync(person => person.Id);
        (people[old.Id].UserName, people[old.Id].Active, people[old.Id].MergedIntoId).Should()
            .Be((null, false, kept.Id));
        people[kept.Id].UserName.Should().Be("director");
        (await after.RoleGrants.CountAsync(grant => grant.PersonId == old.Id)).Should().Be(0);
        (await after.History.SingleAsync(line => line.TaskId == task)).Text.Zh.Should().Contain("合并");
        var holdings = new HoldingsReader(host.Database);
        (await holdings.OfAsync(host.Seed.Organisation.Id, old.Id, default)).Total.Should().Be(0);
        (await holdings.OfAsync(host.Seed.Organisation.Id, kept.Id, default)).Tasks.Should().Equal("R2026-90009");
    }

    private static DirectoryImports Imports(TemporaryHost host) =>
        new(host.Database, host.Directories, new UseCaseMail(MailMaking.Composer()), host.Clock);

    private static async Task<TaskId> AddTaskAsync(TemporaryHost host, Person person)
    {
        var organisation = host.Seed.Organisation.Id;
        var @case = new Case
        {
            OrganisationId = organisation,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车难",
            OpenedAt = TemporaryHost.Now,
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
            Title = new("确定议题", "Confirm the topic"),
            Mode = GateMode.NamedPerson,
            Outcomes = [new TaskOutcome("Confirm", new("同意", "Confirm"))],
            Assignees = [new TaskAssignee { Id = Guid.CreateVersion7(), PersonId = person.Id }],
            OpenedAt = TemporaryHost.Now,
        };
        await using var db = host.Database.Open();
        db.AddRange(@case, task, new ActionLink
        {
            OrganisationId = organisation.Value,
            Id = Guid.CreateVersion7(),
            TaskId = task.Id.Value,
            PersonId = person.Id.Value,
            Outcomes = ["Confirm"],
            TaskRevision = 1,
            CreatedAt = TemporaryHost.Now,
            ExpiresAt = TemporaryHost.Now.AddDays(9),
            Nonce = [1],
            KeyId = "k",
            TokenHash = "merged",
            ReplyHash = "merged",
        });
        await db.SaveChangesAsync();
        return task.Id;
    }
}

public sealed class SqliteDirectoryImportTests(SqliteDatabase database)
    : DirectoryImportContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlDirectoryImportTests(PostgreSqlDatabase database)
    : DirectoryImportContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerDirectoryImportTests(SqlServerDatabase database)
    : DirectoryImportContract(database), IClassFixture<SqlServerDatabase>;
