using Consultation.Cases.Calendar;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.Samples;

/// <summary>
/// A made-up district to try the product with (示例). Everything says that it is a sample: name, note, addresses at
/// example.org. Nobody in it exists.
/// </summary>
public static class SampleOrganisation
{
    /// <summary>Short name of the sample.</summary>
    public const string Slug = "sample";

    /// <summary>Shown beside the organisation's name on every page.</summary>
    public static readonly LocalText Note = new("示例数据，人员和单位均为虚构。", "Sample data; people and units are invented.");

    /// <summary>Log-in names of the sample and the role that each shows; the host sets their password.</summary>
    public static readonly IReadOnlyList<(string UserName, LocalText Shows)> LogIns =
    [
        ("secretary", new("秘书：在经办台办理协商事项", "Secretary: runs cases at the desk")),
        ("director", new("专委会主任：确定议题", "Committee director: confirms topics")),
        ("officer", new("平台专人：核实筛查", "Platform officer: screens matters")),
        ("head", new("平台负责人", "Platform head")),
        ("contact", new("承办单位联系人：填报进展", "Unit contact: enters progress")),
        ("supervisor", new("督办负责人", "Supervisor")),
        ("member", new("政协委员", "CPPCC member")),
        ("leader", new("政协党组", "Leading group")),
        ("lead", new("工作小组组长", "Work group lead")),
        ("designer", new("流程设计员", "Workflow designer")),
        ("publisher", new("发布人", "Publisher")),
    ];

    /// <summary>
    /// The whole sample, new ids each time; days come from the State Council's calendar where the host has it.
    /// </summary>
    /// <param name="now">When it is made.</param>
    /// <param name="days">Public holidays and make-up days.</param>
    public static OrganisationSeed Create(DateTimeOffset now, IReadOnlyList<CalendarDayEntry> days)
    {
        var sample = new Builder(now);
        sample.Fill();
        return new OrganisationSeed(
            sample.Organisation,
            sample.Units,
            sample.People,
            sample.Grants,
            sample.Delegations,
            StateCouncilCalendar.For(sample.Organisation.Id, days),
            PolicyDefaults.Reminders(sample.Organisation.Id),
            PolicyDefaults.Ladders(sample.Organisation.Id));
    }

    private sealed class Builder(DateTimeOffset now)
    {
        internal Organisation Organisation { get; } = new()
        {
            Id = OrganisationId.New(),
            Name = new("通河区政协（示例）", "Tonghe District CPPCC (sample)"),
            Slug = Slug,
            IsSample = true,
            CreatedAt = now,
        };

        internal List<Unit> Units { get; } = [];
        internal List<Person> People { get; } = [];
        internal List<RoleGrant> Grants { get; } = [];
        internal List<Delegation> Delegations { get; } = [];

        internal void Fill()
        {
            var district = Unit(UnitKind.Committee, "区政协办公室（示例）", "District committee office");
            var party = Unit(UnitKind.PartyGroup, "区政协党组（示例）", "Party group", district);
            var urban = Unit(UnitKind.SpecialCommittee, "城建环保委（示例）", "Committee for urban affairs", district);
            var social = Unit(UnitKind.SpecialCommittee, "社会民生委（示例）", "Committee for social affairs", district);
            var station = Unit(
                UnitKind.MemberStation, "河畔委员工作站（示例）", "Riverside members' station", district, urban, "河畔协商议事厅（示例）");
            var area = Unit(UnitKind.AreaGroup, "北苑地区活动组（示例）", "Beiyuan area group", district, social, "北苑协商议事厅（示例）");
            var sector =
                Unit(UnitKind.SectorGroup, "工商联界别活动组（示例）", "Business sector group", district, social, "同心协商议事厅（示例）");
            var housing = Unit(UnitKind.Department, "区住房城乡建设委（示例）", "Housing department");
            var transport = Unit(UnitKind.Department, "区交通局（示例）", "Transport department");
            housing.Oversees = ["物业管理", "市政工程"];
            transport.Oversees = ["道路交通"];
            var town = Unit(UnitKind.Town, "河畔街道办事处（示例）", "Riverside sub-district");
            var village = Unit(UnitKind.Village, "柳林社区居委会（示例）", "Liulin neighbourhood", town);
            var enterprise = Unit(UnitKind.Enterprise, "安居物业公司（示例）", "Anju property management");
            var group = Unit(UnitKind.WorkGroup, "柳林社区协商工作小组（示例）", "Liulin work group", town);

            var leader = Person("高书记", "党组书记", party, "leader", (Role.LeadingGroup, party), (Role.LeadingGroup, null));
            Person("孙静", "秘书", district, "secretary", (Role.Secretary, null));
            Person("林设计", "信息专员", district, "designer", (Role.Designer, null));
            Person("赵发布", "办公室主任", district, "publisher", (Role.Publisher, null));
            var director = Person("陈明", "主任", urban, "director", (Role.CommitteeDirector, urban));
            var deputy = Person("李华", "副主任", urban, null, (Role.CommitteeMember, urban), (Role.Supervisor, null));
            Person("马力", "委员", urban, null, (Role.CommitteeMember, urban));
            Person("周敏", "主任", social, "director2", (Role.CommitteeDirector, social));
            Person("吴娜", "委员", social, null, (Role.CommitteeMember, social));
            Person("郑强", "督办专员", urban, "supervisor", (Role.Supervisor, null));
            Person("王站长", "站长", station, "head", (Role.PlatformHead, station));
            Person("冯洁", "专人", station, "officer", (Role.PlatformOfficer, station));
            Substitute(Person("褚亮", "专人（替补）", station, null), Role.PlatformOfficer, station);
            Person("卫东", "组长", area, "head2", (Role.PlatformHead, area));
            Person("蒋芳", "专人", area, "officer2", (Role.PlatformOfficer, area));
            Person("沈涛", "召集人", sector, null, (Role.PlatformHead, sector));
            housing.HeadId = Person("梁主任", "主任", housing, null).Id;
            Person("韩梅", "科长", housing, "contact", (Role.DepartmentContact, housing));
            Person("杨帆", "科长", transport, null, (Role.DepartmentContact, transport));
            Person("朱丽", "科员", town, null, (Role.DepartmentContact, town));
            Person("秦阿姨", "居委会主任", village, null, (Role.DepartmentContact, village)).Email = null;
            Person("尤经理", "项目经理", enterprise, null, (Role.DepartmentContact, enterprise));
            var member = Person("许青", "政协委员", station, "member", (Role.Member, null));
            (member.Sectors, member.Expertise, member.Areas) = (["特邀"], ["市政工程", "社区治理"], ["河畔街道"]);
            var other = Person("何平", "政协委员", area, null, (Role.Member, null));
            (other.Sectors, other.Expertise, other.Areas) = (["教育"], ["基础教育"], ["北苑街道"]);
            Person("吕岩", "组长", group, "lead", (Role.WorkGroupLead, group));
            Person("施文", "成员", group, null, (Role.WorkGroupMember, group));
            Person("张伟", "成员", group, null, (Role.WorkGroupMember, group));
            Person("孔阅", "观察员", null, "viewer", (Role.Viewer, null));
            Delegations.Add(new Delegation
            {
                OrganisationId = Organisation.Id,
                Id = OrderedGuid.New(),
                FromId = leader.Id,
                ToId = director.Id,
                StartsAt = now.AddDays(30),
                EndsAt = now.AddDays(37),
                Reason = "外出学习（示例）",
            });
            Delegations.Add(new Delegation
            {
                OrganisationId = Organisation.Id,
                Id = OrderedGuid.New(),
                FromId = director.Id,
                ToId = deputy.Id,
                StartsAt = now.AddDays(60),
                EndsAt = now.AddDays(67),
                Scope = Role.CommitteeDirector,
                Reason = "休假（示例）",
            });
        }

        private Unit Unit(
            UnitKind kind, string zh, string en, Unit? parent = null, Unit? guide = null, string? hall = null)
        {
            var unit = new Unit
            {
                OrganisationId = Organisation.Id,
                Id = UnitId.New(),
                Kind = kind,
                Name = new(zh, en + " (sample)"),
                ParentId = parent?.Id,
                GuidedById = guide?.Id,
                HallName = hall,
            };
            Units.Add(unit);
            return unit;
        }

        private Person Person(
            string name, string title, Unit? unit, string? userName, params (Role Role, Unit? Unit)[] roles)
        {
            var person = new Person
            {
                OrganisationId = Organisation.Id,
                Id = PersonId.New(),
                Name = name,
                Title = title,
                UnitId = unit?.Id,
                UserName = userName,
                // Made up, so that signing in at the door of a meeting can be tried.
                Phone = $"138{People.Count + 1:00000000}",
                Email = $"{userName ?? $"person{People.Count + 1}"}@{Slug}.example.org",
                MustChangePassword = false,
                SecurityStamp = Guid.NewGuid().ToString("N"),
            };
            People.Add(person);
            foreach (var (role, over) in roles)
            {
                Grant(person, role, over, substitute: false);
            }

            return person;
        }

        private void Substitute(Person person, Role role, Unit unit) => Grant(person, role, unit, substitute: true);

        private void Grant(Person person, Role role, Unit? unit, bool substitute) => Grants.Add(new RoleGrant
        {
            OrganisationId = Organisation.Id,
            Id = OrderedGuid.New(),
            PersonId = person.Id,
            Role = role,
            UnitId = unit?.Id,
            IsSubstitute = substitute,
        });
    }
}
