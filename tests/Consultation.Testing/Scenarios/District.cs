using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Testing.Scenarios;

/// <summary>A small district committee with everybody whom the two procedures need. Names are made up.</summary>
public sealed class District
{
    private readonly List<Unit> _units = [];
    private readonly List<Person> _people = [];
    private readonly List<RoleGrant> _grants = [];

    /// <summary>A field that topics of the tests name and one member has.</summary>
    public const string LightingField = "市政照明";

    public District()
    {
        Committee = Add(UnitKind.SpecialCommittee, "城建环保委", "Committee for city building");
        Platform = Add(UnitKind.MemberStation, "河畔委员工作站", "Riverside station");
        Platform.GuidedById = Committee.Id;
        Platform.HallName = "河畔协商议事厅";
        Water = Add(UnitKind.Department, "区水务局", "Water bureau");
        Roads = Add(UnitKind.Department, "区交通局", "Roads bureau");
        WorkGroup = Add(UnitKind.WorkGroup, "协商议事工作小组", "Work group");
        Secretary = Add("秘书 王芳", "wang.fang", (Role.Secretary, null));
        Director = Add("主任 李敏", "li.min", (Role.CommitteeDirector, Committee.Id));
        MemberA = Add("委员 赵强", "zhao.qiang", (Role.CommitteeMember, Committee.Id), (Role.Member, null));
        MemberA.Expertise.Add(LightingField);
        MemberB = Add("委员 孙丽", "sun.li", (Role.CommitteeMember, Committee.Id));
        Officer = Add("专人 周洁", "zhou.jie", (Role.PlatformOfficer, Platform.Id));
        Head = Add("站长 吴刚", "wu.gang", (Role.PlatformHead, Platform.Id));
        WaterContact = Add("水务联系人 郑凯", "zheng.kai", (Role.DepartmentContact, Water.Id));
        RoadsContact = Add("交通联系人 冯雪", "feng.xue", (Role.DepartmentContact, Roads.Id));
        Supervisor = Add("督办 陈涛", "chen.tao", (Role.Supervisor, null));
        Leader = Add("党组 韩梅", "han.mei", (Role.LeadingGroup, null));
        GroupLead = Add("组长 杨帆", "yang.fan", (Role.WorkGroupLead, WorkGroup.Id));
        GroupMember = Add("组员 朱琳", "zhu.lin", (Role.WorkGroupMember, WorkGroup.Id));
        GroupMember2 = Add("组员 许诺", "xu.nuo", (Role.WorkGroupMember, WorkGroup.Id));
    }

    public Organisation Organisation { get; } = new()
    {
        Id = OrganisationId.New(),
        Name = new("通河区政协", "Tonghe district committee"),
        Slug = "tonghe",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public Unit Committee { get; }
    public Unit Platform { get; }
    public Unit Water { get; }
    public Unit Roads { get; }
    public Unit WorkGroup { get; }
    public Person Secretary { get; }
    public Person Director { get; }
    public Person MemberA { get; }
    public Person MemberB { get; }
    public Person Officer { get; }
    public Person Head { get; }
    public Person WaterContact { get; }
    public Person RoadsContact { get; }
    public Person Supervisor { get; }
    public Person Leader { get; }
    public Person GroupLead { get; }
    public Person GroupMember { get; }
    public Person GroupMember2 { get; }

    /// <summary>Monday to Friday; the week of 1 May 2026 has its holidays and make-up day, and 国庆 2026 too.</summary>
    public WorkingCalendar Calendar => new(Days, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    /// <summary>The days that differ from the week's.</summary>
    public IReadOnlyList<CalendarDay> Days =>
        [Day(2026, 5, 1, CalendarDayKind.Holiday), Day(2026, 5, 4, CalendarDayKind.Holiday),
            Day(2026, 5, 5, CalendarDayKind.Holiday), Day(2026, 5, 9, CalendarDayKind.MakeUpWorkday),
            Day(2026, 9, 20, CalendarDayKind.MakeUpWorkday), Day(2026, 9, 25, CalendarDayKind.Holiday),
            .. Enumerable.Range(1, 7).Select(day => Day(2026, 10, day, CalendarDayKind.Holiday)),
            Day(2026, 10, 10, CalendarDayKind.MakeUpWorkday), Day(2027, 1, 1, CalendarDayKind.Holiday)];

    public OrganisationDirectory Directory => new(Organisation, _units, _people, _grants, Delegations);

    /// <summary>Who acts for whom.</summary>
    public List<Delegation> Delegations { get; } = [];

    /// <summary>Somebody acts for somebody else from one instant until another.</summary>
    public void Delegate(Person from, Person to, DateTimeOffset starts, DateTimeOffset ends) =>
        Delegations.Add(new Delegation
        {
            OrganisationId = Organisation.Id,
            Id = Guid.NewGuid(),
            FromId = from.Id,
            ToId = to.Id,
            StartsAt = starts,
            EndsAt = ends,
            Reason = "出差",
        });

    /// <summary>One more person, with roles; a substitute has them for when their holders are away.</summary>
    public Person Person(string name, string account, bool substitute, params (Role Role, UnitId? Unit)[] roles) =>
        Add(name, account, substitute, roles);

    /// <summary>One more unit.</summary>
    public Unit Unit(UnitKind kind, string name) => Add(kind, name, name);

    /// <summary>What a step added to the organisation.</summary>
    public void Keep(object added)
    {
        if (added is Unit unit) _units.Add(unit);
        if (added is RoleGrant grant) _grants.Add(grant);
    }

    /// <summary>Takes somebody out of office.</summary>
    public static void Leave(Person person) => person.Active = false;

    private CalendarDay Day(int year, int month, int day, CalendarDayKind kind) => new()
    {
        OrganisationId = Organisation.Id,
        Date = new DateOnly(year, month, day),
        Kind = kind,
        Name = "节假日",
        Source = "test",
    };

    private Unit Add(UnitKind kind, string zh, string en)
    {
        var unit = new Unit { OrganisationId = Organisation.Id, Id = UnitId.New(), Name = new(zh, en), Kind = kind };
        _units.Add(unit);
        return unit;
    }

    private Person Add(string name, string account, params (Role Role, UnitId? Unit)[] roles) =>
        Add(name, account, false, roles);

    private Person Add(string name, string account, bool substitute, params (Role Role, UnitId? Unit)[] roles)
    {
        var person = new Person
        {
            OrganisationId = Organisation.Id,
            Id = PersonId.New(),
            Name = name,
            Email = $"{account}@tonghe.example.gov.cn",
        };
        _people.Add(person);
        foreach (var (role, unit) in roles)
        {
            _grants.Add(new RoleGrant
            {
                OrganisationId = Organisation.Id,
                Id = Guid.NewGuid(),
                PersonId = person.Id,
                Role = role,
                UnitId = unit,
                IsSubstitute = substitute,
            });
        }

        return person;
    }
}
