using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Cases.People;

/// <summary>What an edit of the organisation does, and what it refuses.</summary>
public sealed class OrganisationEditsTests
{
    private readonly District _district = new();
    private readonly MemoryOrganisation _store;

    public OrganisationEditsTests() => _store = new MemoryOrganisation(_district);

    private OrganisationEdits Edits => _store.Edits;

    [Fact]
    public async Task An_edit_raises_the_version_and_says_what_was_changed()
    {
        var saved = Saved(
            await Edits.SaveUnitAsync(_store.Edit(), new UnitEntry(null, new(" 教育局 "), UnitKind.Department), default));

        var change = _store.Written.OfType<DirectoryChange>().Single();
        (saved.DirectoryVersion, change.Version, _district.Organisation.DirectoryVersion).Should().Be((2, 2, 2));
        (change.Subject, change.Text.Zh, change.Text.En).Should()
            .Be(($"unit:{saved.Id:N}", "新增单位教育局", "added unit 教育局"));
        _district.Units.Last().Name.Zh.Should().Be("教育局");
    }

    [Fact]
    public async Task A_platform_keeps_the_procedure_that_its_matters_start()
    {
        var platform = _district.Platform;

        await Edits.SaveUnitAsync(
            _store.Edit(),
            new UnitEntry(platform.Id, platform.Name, platform.Kind, Procedure: " own-procedure "), default);
        platform.Procedure.Should().Be("own-procedure");

        await Edits.SaveUnitAsync(
            _store.Edit(), new UnitEntry(platform.Id, platform.Name, platform.Kind, Procedure: ""), default);
        platform.Procedure.Should().BeNull("the product's own is meant");
    }

    [Fact]
    public async Task Whoever_looked_before_the_last_change_of_the_same_thing_is_told_of_it()
    {
        var chair = _district.Chair;
        await Edits.SavePersonAsync(_store.Edit(seen: 1), new PersonEntry(chair.Id, "陈主任", "主任委员"), default);

        var late = await Edits.SavePersonAsync(_store.Edit(seen: 1), new PersonEntry(chair.Id, "陈主任", "代主任"), default);
        var other =
            await Edits.SavePersonAsync(_store.Edit(seen: 1), new PersonEntry(_district.Ma.Id, "马委员", "委员"), default);

        late.Should().BeOfType<EditResult.Conflict>().Which.Message.Zh.Should()
            .StartWith("孙秘书已于 2026-03-02 10:00 修改过（修改人员陈主任）");
        chair.Title.Should().Be("主任委员");
        other.Should().BeOfType<EditResult.Saved>("that is another person");
    }

    [Fact]
    public async Task The_last_administrator_keeps_role_log_in_and_activity()
    {
        var (administrator, grant) = Administrator("管理员");

        (await Edits.RevokeAsync(_store.Edit(), grant, default)).Should().BeOfType<EditResult.Refused>();
        (await Edits.SavePersonAsync(_store.Edit(), new PersonEntry(administrator.Id, "管理员", Active: false), default))
            .Should().BeOfType<EditResult.Refused>().Which.Errors.Single().Field.Should().Be("active");
        (await Edits.SaveLogInAsync(_store.Edit(), new LogInEntry(administrator.Id, null, null), default))
            .Should().BeOfType<EditResult.Refused>().Which.Errors.Single().Field.Should().Be("user-name");

        Administrator("第二位管理员");
        (await Edits.RevokeAsync(_store.Edit(), grant, default)).Should().BeOfType<EditResult.Saved>();
    }

    [Fact]
    public async Task A_log_in_name_that_somebody_else_has_is_refused()
    {
        _store.TakenNames.Add("chen.ming");

        (await Edits.SaveLogInAsync(_store.Edit(), new LogInEntry(_district.Chair.Id, "chen.ming", "hash"), default))
            .Should().BeOfType<EditResult.Refused>().Which.Errors.Single().Message.Zh.Should().Contain("chen.ming");
        _district.Chair.UserName.Should().BeNull();
    }

    [Fact]
    public async Task A_new_log_in_ends_the_sessions_of_the_person()
    {
        var before = _district.Chair.SecurityStamp;

        await Edits.SaveLogInAsync(_store.Edit(), new LogInEntry(_district.Chair.Id, "chen.ming", "hash"), default);

        (_district.Chair.UserName, _district.Chair.PasswordHash, _district.Chair.MustChangePassword).Should()
            .Be(("chen.ming", "hash", true));
        _district.Chair.SecurityStamp.Should().NotBe(before);
    }

    [Fact]
    public async Task Granting_a_role_twice_changes_nothing()
    {
        var first =
            Saved(await Edits.GrantAsync(_store.Edit(), _district.Outsider.Id, Role.Viewer, null, false, default));
        var second =
            Saved(await Edits.GrantAsync(_store.Edit(), _district.Outsider.Id, Role.Viewer, null, false, default));

        second.Should().Be(first);
        _store.Written.OfType<RoleGrant>().Should().ContainSingle();
    }

    [Fact]
    public async Task Somebody_who_leaves_vacates_the_seats_and_the_secretaries_are_told_once()
    {
        var (plain, restricted) = (_district.Task(GateMode.AnyOne, _district.ChairSeat()),
            _district.Task(GateMode.AnyOne, _district.ChairSeat()));
        _store.Tasks.AddRange([plain, restricted]);
        _store.Restricted.Add(restricted.CaseId);

        await Edits.SavePersonAsync(_store.Edit(), new PersonEntry(_district.Chair.Id, "陈主任", Active: false), default);

        _store.Tasks.Should().OnlyContain(task => task.Flag == Vacancies.Flag);
        _store.Written.OfType<HistoryEntry>().Should()
            .HaveCount(2).And.OnlyContain(line => line.Verb == "task.vacant" && line.Text.Zh.Contains("已离任"));
        _store.Written.OfType<RecordedMail.Letter>().Single().Tasks
            .Should().BeEquivalentTo(
                [new { Task = plain, Restricted = false }, new { Task = restricted, Restricted = true }]);

        await Edits.SavePersonAsync(_store.Edit(), new PersonEntry(_district.Chair.Id, "陈主任"), default);
        _store.Tasks.Should().OnlyContain(task => task.Flag == null, "who comes back is awaited again");
        _store.Written.OfType<RecordedMail.Letter>().Should().ContainSingle();
    }

    [Fact]
    public async Task Losing_the_role_by_which_a_task_came_vacates_it()
    {
        _store.Tasks.Add(_district.Task(GateMode.AnyOne, _district.ChairSeat()));
        var grant = _district.Grants.Single(one => one.PersonId == _district.Chair.Id);

        await Edits.RevokeAsync(_store.Edit(), grant.Id, default);

        _store.Tasks.Single().Flag.Should().Be(Vacancies.Flag);
    }

    [Fact]
    public async Task Ending_a_delegation_keeps_what_of_it_has_been()
    {
        _district.Delegate(_district.Chair, _district.Ma, District.Now.AddDays(-2), District.Now.AddDays(2));
        var running = _district.Delegations.Single();

        await Edits.EndDelegationAsync(_store.Edit(), running.Id, default);

        var kept = _district.Delegations.Single();
        (kept.StartsAt, kept.EndsAt, kept.ToId).Should().Be((running.StartsAt, District.Now, _district.Ma.Id));
        kept.Id.Should().NotBe(running.Id);
        Saved(await Edits.EndDelegationAsync(_store.Edit(), kept.Id, default)).Id.Should()
            .Be(kept.Id, "it is over already");
    }

    [Fact]
    public async Task A_calendar_edit_counts_what_it_moved()
    {
        var task = _district.Task(GateMode.AnyOne, _district.ChairSeat());
        var basis = Counted.From(_district.Calendar.DayOf(District.Now), workingDays: 3);
        (task.DueAt, task.DueBasis) = (basis.Due(_district.Calendar), basis);
        _store.Tasks.Add(task);

        Saved(await Edits.SaveCalendarAsync(_store.Edit(), [Day(3, CalendarDayKind.Holiday)], default));

        _store.Written.OfType<DirectoryChange>().Single().Text.Zh
            .Should().Be("更新日历 2026-03-03 至 2026-03-03，共 1 天，1项任务、0个督办事项、0个计划阶段改期");
        task.DueAt.Should().Be(basis.Due(_district.Calendar).AddDays(1));

        Saved(await Edits.RemoveCalendarDayAsync(_store.Edit(), new(2026, 3, 3), default));
        task.DueAt.Should().Be(basis.Due(_district.Calendar), "the day follows the week again");
    }

    [Fact]
    public async Task A_calendar_edit_without_days_and_a_reason_that_is_missing_are_refused()
    {
        (await Edits.SaveCalendarAsync(_store.Edit(), [], default)).Should().BeOfType<EditResult.Refused>();
        (await Edits.SaveAnnexFootAsync(_store.Edit(), null, 2026, "办公室", null, "", default))
            .Should().BeOfType<EditResult.Refused>();
        (await Edits.SaveAnnexFootAsync(_store.Edit(), UnitId.New(), 2026, "办公室", null, "换了部门", default))
            .Should().BeOfType<EditResult.Refused>();
        _store.Written.Should().BeEmpty();
    }

    [Fact]
    public async Task The_foot_of_a_sheet_is_changed_where_it_stands()
    {
        await Edits.SaveAnnexFootAsync(_store.Edit(), _district.Platform.Id, 2026, "办公室", null, "换了部门", default);
        await Edits.SaveAnnexFootAsync(
            _store.Edit(), _district.Platform.Id, 2026, "提案委", new(2026, 3, 1), "又换了部门", default);

        _store.Written.OfType<AnnexFoot>().Should().ContainSingle().Which.FilledBy.Should().Be("提案委");
        _store.Written.OfType<DirectoryChange>().Last().Text.Zh.Should().Be("填报部门改为“提案委”，填报时间改为2026-03-01。原因：又换了部门");
    }

    [Theory]
    [InlineData("Asia/Shanghai", true)]
    [InlineData("Mars/Olympus", false)]
    public async Task A_time_zone_must_exist(string zone, bool fits) =>
        (await Edits.SaveOrganisationAsync(_store.Edit(), new("示例区政协"), zone, default) is EditResult.Saved)
            .Should().Be(fits);

    [Fact]
    public async Task A_form_posted_twice_is_one_edit_and_an_unknown_organisation_none()
    {
        var edit = _store.Edit(operation: "once");
        var first = await Edits.SavePersonAsync(edit, new PersonEntry(null, "钱新"), default);

        (await Edits.SavePersonAsync(edit, new PersonEntry(null, "钱新"), default)).Should().Be(first);
        _district.People.Count(person => person.Name == "钱新").Should().Be(1);
        (await Edits.SavePersonAsync(
            edit with { OrganisationId = OrganisationId.New() }, new PersonEntry(null, "钱新"), default))
            .Should().BeOfType<EditResult.Refused>();
    }

    private CalendarDay Day(int day, CalendarDayKind kind) =>
        new() { OrganisationId = _district.Id, Date = new(2026, 3, day), Kind = kind, Name = "", Source = "" };

    private (Person Person, Guid Grant) Administrator(string name)
    {
        var person = _district.Person(name, Role.Administrator);
        person.UserName = name;
        return (person, _district.Grants.Single(grant => grant.PersonId == person.Id).Id);
    }

    private static EditResult.Saved Saved(EditResult result) => result.Should().BeOfType<EditResult.Saved>().Which;

    [Fact]
    public async Task A_delegation_and_an_absence_are_told_to_the_open_tasks_and_nothing_else_is()
    {
        _store.Tasks.Add(_district.Task(GateMode.All, _district.ChairSeat()));
        var (from, until) = (District.Now, District.Now.AddDays(5));

        await Edits.SavePersonAsync(
            _store.Edit(), PersonEntry.Of(_district.Chair) with { Phone = "65550000" }, default);
        _store.File.Messages.Should().BeEmpty();
        await Edits.SavePersonAsync(
            _store.Edit(), PersonEntry.Of(_district.Chair) with { AbsentFrom = from, AbsentUntil = until }, default);
        _store.File.Messages.Should().ContainSingle();
        await Edits.DelegateAsync(_store.Edit(), new(_district.Chair.Id, _district.Ma.Id, from, until), default);
        _store.File.Messages.Should().ContainSingle();
        await Edits.EndDelegationAsync(_store.Edit(), _district.Delegations.Single().Id, default);
        _store.File.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task Fields_of_people_and_units_are_kept_once_each_and_make_what_topics_may_name()
    {
        await Edits.SavePersonAsync(
            _store.Edit(),
            PersonEntry.Of(_district.Ma) with { Expertise = FieldWords.Read("市政照明、 供热，市政照明"), Areas = ["河畔街道"] },
            default);
        await Edits.SaveUnitAsync(
            _store.Edit(),
            new UnitEntry(_district.Department.Id, _district.Department.Name, _district.Department.Kind)
            {
                HeadId = _district.Outsider.Id,
                Oversees = ["物业"],
            },
            default);

        _district.Ma.Expertise.Should().Equal("市政照明", "供热");
        _district.Directory.Fields.Should().BeEquivalentTo("市政照明", "供热", "河畔街道", "物业");
        (await Edits.SaveUnitAsync(
            _store.Edit(),
            new UnitEntry(_district.Department.Id, _district.Department.Name, _district.Department.Kind)
            {
                HeadId = PersonId.New(),
            },
            default)).Should().BeOfType<EditResult.Refused>()
            .Which.Errors.Should().Contain(error => error.Field == "head");
    }
}
