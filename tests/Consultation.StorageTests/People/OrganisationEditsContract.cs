using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.People;

/// <summary>What editing an organisation promises, on every database product.</summary>
public abstract class OrganisationEditsContract(TestDatabase database)
{
    [SkippableFact]
    public async Task An_edit_raises_the_version_and_the_next_snapshot_shows_it()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        await using var db = host.Database.Open();
        var before = await host.Directories.FindAsync(db, host.Seed.Organisation.Id, CancellationToken.None);

        var result = await host.Edits.SavePersonAsync(
            host.Edit(), new PersonEntry(null, "钱新", Email: "qian@example.org"), CancellationToken.None);

        var saved = result.Should().BeOfType<EditResult.Saved>().Which;
        var after = await host.Directories.FindAsync(db, host.Seed.Organisation.Id, CancellationToken.None);
        after!.Version.Should().Be(before!.Version + 1).And.Be(saved.DirectoryVersion);
        after.Directory.Find(new PersonId(saved.Id))!.Name.Should().Be("钱新");
    }

    [SkippableFact]
    public async Task A_form_posted_twice_makes_one_person()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var edit = host.Edit(operation: "once");

        var first = await host.Edits.SavePersonAsync(edit, new PersonEntry(null, "钱新"), CancellationToken.None);
        var second = await host.Edits.SavePersonAsync(edit, new PersonEntry(null, "钱新"), CancellationToken.None);

        second.Should().Be(first);
        await using var db = host.Database.Open();
        (await db.People.CountAsync(person => person.Name == "钱新")).Should().Be(1);
    }

    [SkippableFact]
    public async Task Who_was_quicker_is_named_and_other_peoples_edits_do_not_get_in_the_way()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (director, officer) = (host.Person("director"), host.Person("officer"));
        await host.Edits.SavePersonAsync(
            host.Edit(seen: 1), new PersonEntry(director.Id, "陈明", "主任委员"), CancellationToken.None);

        var conflict = await host.Edits.SavePersonAsync(
            host.Edit(seen: 1), new PersonEntry(director.Id, "陈明", "代主任"), CancellationToken.None);
        var other = await host.Edits.SavePersonAsync(
            host.Edit(seen: 1), new PersonEntry(officer.Id, "冯洁", "高级专人"), CancellationToken.None);

        conflict.Should().BeOfType<EditResult.Conflict>().Which.Message.Zh.Should()
            .Contain("孙静已于 2026-03-02 10:00 修改过");
        other.Should().BeOfType<EditResult.Saved>();
    }

    [SkippableFact]
    public async Task Edits_at_the_same_time_all_count()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(number =>
            host.Edits.SaveUnitAsync(
                host.Edit(), new UnitEntry(null, new($"新单位{number}"), UnitKind.Department), CancellationToken.None)));

        results.Cast<EditResult.Saved>().Select(saved => saved.DirectoryVersion).Order().Should().Equal(2, 3, 4);
    }

    [SkippableFact]
    public async Task Wrong_entries_are_refused_field_by_field()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        var result = await host.Edits.SavePersonAsync(
            host.Edit(), new PersonEntry(null, "", Email: "no address"), CancellationToken.None);

        result.Should().BeOfType<EditResult.Refused>().Which.Errors.Select(error => error.Field).Should()
            .Equal("name", "email");
    }

    [SkippableFact]
    public async Task The_first_administrator_is_made_once_and_the_last_one_stays()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var organisation = host.Seed.Organisation.Id;

        var first = await host.Setup.CreateFirstAdministratorAsync(
            organisation, "管理员", "admin", "hash", CancellationToken.None);
        (await host.Setup.CreateFirstAdministratorAsync(organisation, "管理员", "admin2", "hash", CancellationToken.None))
            .Should().BeNull();

        await using var db = host.Database.Open();
        var grant = await db.RoleGrants.SingleAsync(row => row.Role == Role.Administrator);
        grant.PersonId.Should().Be(first!.Value);
        (await host.Edits.RevokeAsync(host.Edit(), grant.Id, CancellationToken.None))
            .Should().BeOfType<EditResult.Refused>();
        (await host.Edits.SavePersonAsync(
            host.Edit(), new PersonEntry(first, "管理员", Active: false), CancellationToken.None))
            .Should().BeOfType<EditResult.Refused>();
    }

    [SkippableFact]
    public async Task A_log_in_name_is_taken_over_the_whole_host()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var member = host.Person("member");

        var taken = await host.Edits.SaveLogInAsync(
            host.Edit(), new LogInEntry(member.Id, "director", "hash"), CancellationToken.None);
        var free = await host.Edits.SaveLogInAsync(
            host.Edit(), new LogInEntry(member.Id, "xuqing", "hash"), CancellationToken.None);

        taken.Should().BeOfType<EditResult.Refused>().Which.Errors.Single().Field.Should().Be("user-name");
        free.Should().BeOfType<EditResult.Saved>();
    }

    [SkippableFact]
    public async Task Grants_delegations_calendar_and_policies_are_stored()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (director, member) = (host.Person("director"), host.Person("member"));
        var committee = host.Seed.Units.First(unit => unit.Kind == UnitKind.SpecialCommittee).Id;

        var grant = (EditResult.Saved)await host.Edits.GrantAsync(
            host.Edit(), member.Id, Role.CommitteeMember, committee, false, CancellationToken.None);
        var again = (EditResult.Saved)await host.Edits.GrantAsync(
            host.Edit(), member.Id, Role.CommitteeMember, committee, false, CancellationToken.None);
        var delegation = (EditResult.Saved)await host.Edits.DelegateAsync(
            host.Edit(),
            new DelegationEntry(director.Id, member.Id, TemporaryHost.Now.AddDays(-1), TemporaryHost.Now.AddDays(1)),
            CancellationToken.None);
        await host.Edits.EndDelegationAsync(host.Edit(), delegation.Id, CancellationToken.None);
        await host.Edits.SaveCalendarAsync(
            host.Edit(),
            StateCouncilCalendar.For(host.Seed.Organisation.Id, [new(new(2026, 5, 1), CalendarDayKind.Holiday, "劳动节")]),
            CancellationToken.None);
        var ladder = PolicyDefaults.Ladders(host.Seed.Organisation.Id)[0];
        ladder.Rungs.RemoveAt(3);
        await host.Edits.SaveLadderAsync(host.Edit(), ladder, CancellationToken.None);

        again.Id.Should().Be(grant.Id);
        await using var db = host.Database.Open();
        var snapshot = await host.Directories.FindAsync(db, host.Seed.Organisation.Id, CancellationToken.None);
        snapshot!.Directory.DelegationsTo(member.Id, TemporaryHost.Now).Should().BeEmpty();
        snapshot.Directory.DelegationsTo(member.Id, TemporaryHost.Now.AddMinutes(-1)).Should()
            .ContainSingle("the record of the past stays true");
        snapshot.Calendar.IsWorkingDay(new(2026, 5, 1)).Should().BeFalse();
        snapshot.Policies.Ladders["standard"].Rungs.Should().HaveCount(3);
    }

    [SkippableFact]
    public async Task The_sample_is_created_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        (await host.Setup.CreateAsync(host.Seed, CancellationToken.None)).Should().BeFalse();
    }
}

public sealed class SqliteOrganisationEditsTests(SqliteDatabase database)
    : OrganisationEditsContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlOrganisationEditsTests(PostgreSqlDatabase database)
    : OrganisationEditsContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerOrganisationEditsTests(SqlServerDatabase database)
    : OrganisationEditsContract(database), IClassFixture<SqlServerDatabase>;
