using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Templates;
using Consultation.Storage.Reading.Tasks;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.People;

/// <summary>What every database must do at once when somebody on whom tasks wait leaves or loses a role (O6).</summary>
public abstract class VacatedSeatsContract(TestDatabase database)
{
    [SkippableFact]
    public async Task Deactivating_somebody_flags_the_open_tasks_and_writes_to_the_secretary()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var director = host.Person("director");
        var task = await AddTaskAsync(host, director, AssigneeBasis.Named);

        await DeactivateAsync(host, director, active: false);

        await using var db = host.Database.Open();
        (await db.Tasks.SingleAsync(row => row.Id == task)).Flag.Should().Be(Vacancies.Flag);
        (await db.History.SingleAsync(line => line.TaskId == task)).Text.Zh.Should()
            .Contain(director.Name).And.Contain("已离任").And.Contain("请改派");
        var mail = await db.Mails.SingleAsync(row => row.Purpose == "notice");
        mail.RecipientAddress.Should().Be(host.Person("secretary").Email);
        mail.Subject.Should().Contain(director.Name);
        mail.TextBody.Should().Contain("R2026-90002").And.Contain("确定议题");
        var rows = await new TaskReader(host.Database)
            .OpenAsync(await DirectoryAsync(host), host.Person("secretary").Id, TemporaryHost.Now, default);
        rows.Should().BeEmpty("the secretary holds no seat; the list of all tasks shows it");
    }

    [SkippableFact]
    public async Task Losing_a_role_flags_what_came_with_the_role_only_and_its_other_holder_is_asked()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (director, member) = (host.Person("director"), host.Person("member"));
        var committee =
            host.Seed.Grants.First(grant => grant.PersonId == director.Id && grant.Role == Role.CommitteeDirector);
        var byRole = await AddTaskAsync(host, director, AssigneeBasis.Of(Role.CommitteeDirector, committee.UnitId));
        var byName = await AddTaskAsync(host, director, AssigneeBasis.Named, "R2026-90003");
        await host.Edits.GrantAsync(host.Edit(), member.Id, Role.CommitteeDirector, committee.UnitId, false, default);

        await host.Edits.RevokeAsync(host.Edit(), committee.Id, default);

        await using var db = host.Database.Open();
        (await db.Tasks.SingleAsync(row => row.Id == byRole)).Flag.Should().Be(Vacancies.Flag);
        (await db.Tasks.SingleAsync(row => row.Id == byName)).Flag.Should().BeNull();
        var rows = await new TaskReader(host.Database)
            .OpenAsync(await DirectoryAsync(host), member.Id, TemporaryHost.Now, default);
        rows.Should().ContainSingle(row => row.Id == byRole, "who holds the role now finds it among the own tasks");
    }

    [SkippableFact]
    public async Task Coming_back_takes_the_flag_off_and_sends_nothing()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var director = host.Person("director");
        var task = await AddTaskAsync(host, director, AssigneeBasis.Named);
        await DeactivateAsync(host, director, active: false);

        await DeactivateAsync(host, director, active: true);

        await using var db = host.Database.Open();
        (await db.Tasks.SingleAsync(row => row.Id == task)).Flag.Should().BeNull();
        (await db.Mails.CountAsync(row => row.Purpose == "notice")).Should().Be(1);
    }

    [SkippableFact]
    public async Task A_restricted_case_is_named_by_number_only()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var director = host.Person("director");
        await AddTaskAsync(host, director, AssigneeBasis.Named, restricted: true);

        await DeactivateAsync(host, director, active: false);

        await using var db = host.Database.Open();
        (await db.Mails.SingleAsync(row => row.Purpose == "notice")).TextBody.Should()
            .Contain("R2026-90002").And.NotContain("确定议题");
    }

    [SkippableFact]
    public async Task A_delegation_tells_the_open_tasks_of_whom_it_is_for_with_the_edit_itself()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (director, member) = (host.Person("director"), host.Person("member"));
        await AddTaskAsync(host, director, AssigneeBasis.Named);
        var edit = host.Edit();
        var delegation = new DelegationEntry(
            director.Id, member.Id, TemporaryHost.Now, TemporaryHost.Now.AddDays(7), Reason: "出差");

        await host.Edits.DelegateAsync(edit, delegation, default);
        await host.Edits.DelegateAsync(edit, delegation, default);

        await using var db = host.Database.Open();
        (await db.Inbox.CountAsync()).Should().Be(1, "the same form posted twice delegates once");
    }

    [SkippableFact]
    public async Task The_leading_group_gets_one_summary_a_week_and_none_when_there_is_nothing()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        (await host.Summaries.TurnAsync(default)).Should().Be(0, "nothing is so late");
        var task = await AddTaskAsync(host, host.Person("director"), AssigneeBasis.Named);
        await using (var edit = host.Database.Open())
        {
            var row = await edit.Tasks.SingleAsync(one => one.Id == task);
            (row.DueAt, row.SummarisedFrom) = (TemporaryHost.Now.AddDays(-40), TemporaryHost.Now);
            await edit.SaveChangesAsync();
        }

        (await host.Summaries.TurnAsync(default)).Should().Be(0, "this week's has been looked at");
        host.Clock.Advance(TimeSpan.FromDays(7));
        (await host.Summaries.TurnAsync(default)).Should().Be(1);
        (await host.Summaries.TurnAsync(default)).Should().Be(0);

        await using var db = host.Database.Open();
        var mail = await db.Mails.SingleAsync(row => row.Purpose == "weekly-summary");
        mail.RecipientAddress.Should().Be(host.Person("leader").Email);
        mail.TextBody.Should().Contain("确定议题");
        mail.Attachments.Should().ContainSingle().Which.Name.Should()
            .Be("协汇〔2026〕1号每周督办汇总-2026-03-09.docx");
        mail.TextBody.Should().Contain("协汇〔2026〕1号").And.Contain(MailPlaceholder.Page, "its notice page leads there");
        var filed = await db.Documents.SingleAsync(row => row.Kind == "weekly-summary");
        (filed.CaseId, filed.Number).Should().Be((null, "协汇〔2026〕1号"), "a week without anything took no number");
        var series = await db.NumberSeries.Where(row => row.Last > 0).Select(row => row.Key).ToListAsync();
        series.Should().ContainSingle(key => key == "document:weekly-summary");
    }

    private static Task<EditResult> DeactivateAsync(TemporaryHost host, Person person, bool active) =>
        host.Edits.SavePersonAsync(
        host.Edit(), new PersonEntry(
            person.Id, person.Name, person.Title, person.Email, person.Phone, person.UnitId, Active: active), default);

    private static async Task<OrganisationDirectory> DirectoryAsync(TemporaryHost host)
    {
        await using var db = host.Database.Open();
        return (await host.Directories.FindAsync(db, host.Seed.Organisation.Id, default))!.Directory;
    }

    private static async Task<TaskId> AddTaskAsync(
        TemporaryHost host, Person person, AssigneeBasis basis, string number = "R2026-90002", bool restricted = false)
    {
        var organisation = host.Seed.Organisation.Id;
        var @case = new Case
        {
            OrganisationId = organisation,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车难",
            Restricted = restricted,
            OpenedAt = TemporaryHost.Now,
        };
        var task = new WorkTask
        {
            OrganisationId = organisation,
            Id = TaskId.New(),
            CaseId = @case.Id,
            Number = number,
            InstanceId = "vacant",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = TaskKind.Approval,
            Title = new("确定议题", "Confirm the topic"),
            Mode = GateMode.NamedPerson,
            Outcomes = [new TaskOutcome("Confirm", new("同意", "Confirm"))],
            Assignees = [new TaskAssignee
            {
                Id = Guid.CreateVersion7(),
                PersonId = person.Id,
                Role = basis.Role,
                UnitId = basis.UnitId,
            }],
            OpenedAt = TemporaryHost.Now,
        };
        await using var db = host.Database.Open();
        db.AddRange(@case, task);
        await db.SaveChangesAsync();
        return task.Id;
    }
}

public sealed class SqliteVacatedSeatsTests(SqliteDatabase database)
    : VacatedSeatsContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlVacatedSeatsTests(PostgreSqlDatabase database)
    : VacatedSeatsContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerVacatedSeatsTests(SqlServerDatabase database)
    : VacatedSeatsContract(database), IClassFixture<SqlServerDatabase>;
