using Consultation.Cases;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.People;
using Consultation.Cases.People.Import;
using Consultation.Testing;

namespace Consultation.Tests.Cases.People.Import;

/// <summary>What a workbook of units and people does, row by row, before and when it is confirmed.</summary>
public sealed class DirectoryImportTests
{
    private static readonly string[] Head = ["姓名", "职务", "单位", "邮箱", "电话", "角色", "界别", "登录名"];
    private static readonly string[] UnitHead = ["单位名称", "类型", "上级单位", "指导专委会", "协商议事厅名称"];
    private readonly District _district = new();
    private readonly MemoryOrganisation _organisation;

    public DirectoryImportTests() => _organisation = new(_district);

    [Fact]
    public async Task New_units_and_people_come_with_their_roles_and_may_name_one_another()
    {
        var plan = await PlanAsync(
            [["东湖工作站", "委员工作站（室）", "东湖街道", "城建委", "东湖议事厅"], ["东湖街道", "镇（街）", "", "", ""]],
            [["钱新", "站长", "东湖工作站", "qian@example.org", "138 0000 0001", "平台负责人；平台专人（东湖工作站）、政协委员", "工商界", ""]]);

        plan.Rows.Should().OnlyContain(row => row.Fate == RowFate.New);
        (plan.NewWithMail, plan.NewWithoutMail).Should().Be((1, 0));
        plan.Rows[2].Says.Select(says => says.Zh).Should().Contain("角色：平台负责人（东湖工作站）").And.Contain("角色：政协委员");

        (await ConfirmAsync(plan)).Should().BeOfType<EditResult.Saved>();

        var (station, town) = (Unit("东湖工作站"), Unit("东湖街道"));
        (station.ParentId, station.GuidedById, station.HallName).Should()
            .Be((town.Id, _district.Committee.Id, "东湖议事厅"));
        var person = _district.People.Single(one => one.Name == "钱新");
        (person.UnitId, person.Email, person.UserName).Should().Be((station.Id, "qian@example.org", null));
        _district.Grants.Where(grant => grant.PersonId == person.Id).Select(grant => (grant.Role, grant.UnitId))
            .Should().BeEquivalentTo([(Role.PlatformHead, (UnitId?)station.Id), (Role.PlatformOfficer, station.Id),
                (Role.Member, (UnitId?)null)]);
        _organisation.Written.OfType<DirectoryChange>().Should().HaveCount(4, "each row, and the import, is noted");
    }

    [Fact]
    public async Task Who_is_known_is_changed_where_a_cell_says_something_else_and_left_where_it_is_blank()
    {
        (_district.Ma.Email, _district.Ma.Title, _district.Ma.Phone) = ("ma@example.org", "委员", "13800000002");

        var plan = await PlanAsync([],
        [
            ["马委员", "", "", "MA@example.org", "", "", "", ""],
            ["那委员", "副主任", "城建委", "", "", "专委会成员", "", ""],
            ["孙秘书", "", "", "", "", "", "", ""],
        ]);

        // Written with other capitals it is the same address, and is stored as it is typed.
        plan.Rows.Select(row => row.Fate).Should().Equal(RowFate.Changed, RowFate.Changed, RowFate.Same);
        plan.Rows[1].Says.Should().ContainSingle(says => says.Zh == "职务：— → 副主任", "the role is there already");
        await ConfirmAsync(plan);

        (_district.Ma.Title, _district.Ma.Phone).Should().Be(("委员", "13800000002"));
        _district.Na.Title.Should().Be("副主任");
    }

    [Theory]
    [InlineData("赵一,,没有的单位,,,,,", "没有叫“没有的单位”的单位")]
    [InlineData("赵一,,,,,没有的角色,,", "没有“没有的角色”这种角色")]
    [InlineData("赵一,,,,,专委会主任,,", "要指定单位")]
    [InlineData("赵一,,,,12,,,", "电话号码不正确")]
    [InlineData(",主任,,,,,,", "没有姓名")]
    [InlineData("赵一,,,chen@example.org,,,,", "属于“陈主任”")]
    [InlineData("赵一,,,,,系统管理员,,", "只有系统管理员")]
    [InlineData("赵一,,,,,,,zhaoyi", "只有系统管理员可以设置登录名")]
    public async Task A_row_that_cannot_be_stored_is_left_out_and_says_why(string row, string why)
    {
        _district.Chair.Email = "chen@example.org";

        var plan = await PlanAsync([], [row.Split(','), ["周二", "", "", "", "", "", "", ""]]);

        plan.Rows[0].Fate.Should().Be(RowFate.Refused);
        plan.Rows[0].Says.Should().Contain(says => says.Zh.Contains(why)).And.OnlyContain(says => says.En != null);
        await ConfirmAsync(plan);
        _district.People.Select(person => person.Name).Should().Contain("周二").And.NotContain("赵一");
    }

    [Fact]
    public async Task Rows_that_name_somebody_twice_are_refused_with_the_first_row()
    {
        var plan = await PlanAsync([],
        [
            ["赵一", "", "", "a@example.org", "", "", "", ""],
            ["赵一", "", "城建委", "a@example.org", "", "", "", ""],
            ["周二", "", "城建委", "", "", "", "", ""],
            ["周 二", "", "城建委", "", "", "", "", ""],
            ["马委员", "", "城建委", "", "", "", "", ""],
            ["马委员", "", "城建委", "", "", "", "", ""],
        ]);

        plan.Rows.Where(row => row.Fate == RowFate.Refused).Select(row => row.Line).Should().Equal(3, 5, 7);
        plan.Rows[1].Says[0].Zh.Should().Contain("第 2 行");
    }

    [Fact]
    public async Task A_second_person_of_one_name_elsewhere_is_new_and_pointed_out()
    {
        var plan = await PlanAsync([], [["马委员", "", "住建委", "", "", "", "", ""]]);

        plan.Rows[0].Fate.Should().Be(RowFate.New);
        plan.Rows[0].Says.Should().ContainSingle(says => says.Zh.StartsWith("注意：已有同名人员"));
    }

    [Fact]
    public async Task A_preview_that_is_no_longer_true_is_not_carried_out()
    {
        var plan = await PlanAsync([], [["赵一", "", "住建委", "", "", "", "", ""]]);
        _district.Person("赵一", unit: _district.Department);

        var result = await ConfirmAsync(plan);

        result.Should().BeOfType<EditResult.Refused>().Which.Errors[0].Message.Zh.Should().Contain("预览之后");
        _district.People.Count(person => person.Name == "赵一").Should().Be(1);
    }

    [Fact]
    public async Task Confirming_twice_stores_once_and_the_file_is_gone()
    {
        var plan = await PlanAsync([], [["赵一", "", "", "", "", "", "", ""]]);

        var first = await ConfirmAsync(plan);
        var second = await ConfirmAsync(plan);

        second.Should().Be(first);
        _district.People.Count(person => person.Name == "赵一").Should().Be(1);
        (_organisation.Imports[0].State, _organisation.Imports[0].Content).Should().Be((ImportState.Done, null));
    }

    [Fact]
    public async Task The_name_of_a_merged_unit_means_the_one_kept_and_its_own_row_says_so()
    {
        var old = _district.Unit("建设局", UnitKind.Department);
        (old.MergedIntoId, old.Active) = (_district.Department.Id, false);

        var plan = await PlanAsync(
            [["建设局", "区直部门", "", "", ""]], [["赵一", "", "建设局", "", "", "承办单位联系人（建设局）", "", ""]]);

        plan.Rows[0].Fate.Should().Be(RowFate.Refused);
        plan.Rows[0].Says[0].Zh.Should().Contain("已并入“住建委”");
        await ConfirmAsync(plan);
        _district.People.Single(person => person.Name == "赵一").UnitId.Should().Be(_district.Department.Id);
        _district.Grants.Should().ContainSingle(grant => grant.Role == Role.DepartmentContact)
            .Which.UnitId.Should().Be(_district.Department.Id);
    }

    [Fact]
    public async Task Units_that_would_stand_above_one_another_are_refused()
    {
        var plan = await PlanAsync(
            [["甲局", "区直部门", "乙局", "", ""], ["乙局", "区直部门", "甲局", "", ""], ["住建委", "没有的类型", "", "", ""]], []);

        plan.Rows.Should().OnlyContain(row => row.Fate == RowFate.Refused);
    }

    [Fact]
    public async Task An_administrator_gives_log_in_names_that_nobody_has()
    {
        _district.Grant(_district.Secretary, Role.Administrator, null);
        var plan = await PlanAsync([],
            [["赵一", "", "", "", "", "", "", "zhaoyi"], ["周二", "", "", "", "", "", "", "taken"]], "taken");

        plan.Rows.Select(row => row.Fate).Should().Equal(RowFate.New, RowFate.Refused);
        await ConfirmAsync(plan, "taken");
        var person = _district.People.Single(one => one.Name == "赵一");
        (person.UserName, person.PasswordHash).Should().Be(("zhaoyi", null));
    }

    public static TheoryData<byte[], string> Unreadable => new()
    {
        { [1, 2, 3], "请上传 .xlsx" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "旧版 .xls" },
        { [0x50, 0x4B, 0x03, 0x04, 1, 2, 3], "文件无法打开" },
        { SampleWorkbooks.Of(("表", [["甲", "乙"], ["1", "2"]])), "没有找到表头" },
        { SampleWorkbooks.Of(("人员", [["姓名", "邮箱"], .. Enumerable.Range(0, 5001).Select(n => new[] { $"人{n}", "" })])),
            "行数太多" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_file_that_cannot_be_read_is_refused_in_words(byte[] file, string words)
    {
        var (plan, wrong) = await OrganisationEdits.PlanImportAsync(
            file, _district.Directory, _district.Secretary.Id, new RecordedMail(), _ => Task.FromResult(false));

        plan.Should().BeNull();
        wrong!.Zh.Should().Contain(words);
        wrong.En.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_template_reads_back_as_headers_without_rows_and_offers_the_own_lists()
    {
        _district.Ma.Sectors.Add("工商界");
        var template = DirectoryTemplate.Build(_district.Directory, text => text.Zh);

        var (plan, wrong) = await OrganisationEdits.PlanImportAsync(
            template, _district.Directory, _district.Secretary.Id, new RecordedMail(), _ => Task.FromResult(false));

        wrong.Should().BeNull();
        plan!.Rows.Should().BeEmpty("its lists are no people");
        var english = DirectoryTemplate.Build(_district.Directory, text => text.For("en"));
        (await OrganisationEdits.PlanImportAsync(
            english, _district.Directory, null, new RecordedMail(), _ => Task.FromResult(false))).Wrong
            .Should().BeNull();
    }

    private Unit Unit(string name) => _district.Units.Single(unit => unit.Name.Zh == name);

    private async Task<DirectoryPlan> PlanAsync(string[][] units, string[][] people, params string[] taken)
    {
        var sheets = new List<(string, string[][])>();
        if (units.Length > 0) sheets.Add(("单位", [UnitHead, .. units]));
        if (people.Length > 0) sheets.Add(("人员", [Head, .. people]));
        var content = SampleWorkbooks.Of([.. sheets]);
        _organisation.Imports.Clear();
        _organisation.Imports.Add(new DirectoryImport
        {
            OrganisationId = _district.Id,
            Id = Guid.NewGuid(),
            FileName = "名单.xlsx",
            Content = content,
            ById = _district.Secretary.Id,
            At = District.Now,
        });
        var (plan, wrong) = await OrganisationEdits.PlanImportAsync(
            content, _district.Directory, _district.Secretary.Id, new RecordedMail(),
            name => Task.FromResult(taken.Contains(name)));
        wrong.Should().BeNull();
        return plan!;
    }

    private Task<EditResult> ConfirmAsync(DirectoryPlan plan, params string[] taken)
    {
        _organisation.TakenNames.UnionWith(taken);
        return _organisation.Edits.ImportAsync(
            _organisation.Edit(), _organisation.Imports[0].Id, plan.Fingerprint, default);
    }
}
