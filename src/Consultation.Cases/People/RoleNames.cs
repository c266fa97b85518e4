namespace Consultation.Cases.People;

/// <summary>What roles and kinds of unit are called.</summary>
public static class RoleNames
{
    /// <summary>Name of a role.</summary>
    public static LocalText Of(Role role) => role switch
    {
        Role.Administrator => new("系统管理员", "Administrator"),
        Role.Designer => new("流程设计员", "Workflow designer"),
        Role.Publisher => new("发布人", "Publisher"),
        Role.Secretary => new("秘书", "Secretary"),
        Role.CommitteeDirector => new("专委会主任", "Committee director"),
        Role.CommitteeMember => new("专委会成员", "Committee member"),
        Role.LeadingGroup => new("政协党组", "Leading group"),
        Role.PlatformHead => new("平台负责人", "Platform head"),
        Role.PlatformOfficer => new("平台专人", "Platform officer"),
        Role.Supervisor => new("督办负责人", "Supervisor"),
        Role.DepartmentContact => new("承办单位联系人", "Unit contact"),
        Role.Member => new("政协委员", "CPPCC member"),
        Role.WorkGroupLead => new("工作小组组长", "Work group lead"),
        Role.WorkGroupMember => new("工作小组成员", "Work group member"),
        Role.Viewer => new("查看人员", "Viewer"),
        _ => new(role.ToString(), role.ToString()),
    };

    /// <summary>Name of a kind of unit.</summary>
    public static LocalText Of(UnitKind kind) => kind switch
    {
        UnitKind.Committee => new("区政协", "District committee"),
        UnitKind.PartyGroup => new("政协党组", "Party group"),
        UnitKind.SpecialCommittee => new("专委会", "Special committee"),
        UnitKind.MemberStation => new("委员工作站（室）", "Members' station"),
        UnitKind.AreaGroup => new("地区活动组", "Area group"),
        UnitKind.SectorGroup => new("界别活动组", "Sector group"),
        UnitKind.Department => new("区直部门", "District department"),
        UnitKind.Town => new("镇（街）", "Town or sub-district"),
        UnitKind.Village => new("村（居）", "Village or neighbourhood"),
        UnitKind.Enterprise => new("企事业单位", "Enterprise or institution"),
        UnitKind.WorkGroup => new("工作小组", "Work group"),
        _ => new(kind.ToString(), kind.ToString()),
    };
}
