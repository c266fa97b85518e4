namespace Consultation.Cases.People;

/// <summary>
/// Assignee expressions with the names by which people choose them: in the designer, on the page of a ladder. Others
/// are written as text.
/// </summary>
public static class AssigneeChoices
{
    /// <summary>The item's supervisor; where there is no item, who runs the case, of whatever kind.</summary>
    public const string SupervisorOrOrganiser =
        "item.supervisor|role:PlatformOfficer@case.platform|role:WorkGroupLead@case.workgroup|role:Secretary";

    /// <summary>The members of the office that follows the item up, or of the committee of the case.</summary>
    public const string ResponsibleOffice =
        "role:CommitteeMember@item.office|role:CommitteeMember@case.committee|item.office|case.committee"
        + "|role:Secretary";

    /// <summary>The director of that office or committee.</summary>
    public const string Director = "role:CommitteeDirector@item.office|role:CommitteeDirector@case.committee";

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<(string Spec, LocalText Name)> All { get; } =
    [
        ("role:PlatformOfficer@case.platform|role:PlatformHead@case.platform|role:Secretary",
            new("平台专人（缺位时平台负责人、秘书）", "Platform officer (else head, secretary)")),
        ("role:PlatformHead@case.platform|role:Secretary", new("平台负责人", "Platform head")),
        ("role:CommitteeDirector@case.committee", new("专委会主任", "Committee director")),
        ("role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee",
            new("专委会主任和成员", "Committee director and members")),
        ("role:WorkGroupLead@case.workgroup|role:Secretary", new("工作小组组长", "Work group lead")),
        ("role:WorkGroupMember@case.workgroup|role:WorkGroupLead@case.workgroup|role:Secretary",
            new("工作小组成员", "Work group members")),
        ("role:WorkGroupLead@case.workgroup; role:WorkGroupMember@case.workgroup",
            new("工作小组全体", "The whole work group")),
        ("case.workgroup(planning)|role:WorkGroupMember@case.workgroup|role:WorkGroupLead@case.workgroup"
            + "|role:Secretary",
            new("工作小组：组织策划", "Work group: planning")),
        ("case.workgroup(liaison)|role:WorkGroupMember@case.workgroup|role:WorkGroupLead@case.workgroup"
            + "|role:Secretary",
            new("工作小组：协调联络", "Work group: liaison")),
        ("case.workgroup(documents)|role:WorkGroupMember@case.workgroup|role:WorkGroupLead@case.workgroup"
            + "|role:Secretary",
            new("工作小组：资料整理", "Work group: documents")),
        ("topic.units; topic.members", new("议题涉及的单位和委员", "Units and members of the topic")),
        ("topic.units|role:Secretary", new("议题的主办、协办单位（缺联系人时秘书）", "Units of the topic (else secretary)")),
        ("routing.lead|role:Secretary", new("交办的主办单位（缺联系人时秘书）", "Unit a matter was routed to (else secretary)")),
        ("topic.lead|role:Secretary", new("议题的主办单位（缺联系人时秘书）", "Unit in charge (else secretary)")),
        ("topic.helping", new("议题的协办单位", "Helping units of the topic")),
        ("topic.members", new("议题涉及领域的委员", "Members whose fields the topic names")),
        ("topic.drafter", new("议题拟定人", "Who drafted the topic")),
        ("case.units|role:Secretary", new("协商事项的各责任单位", "Units with something to carry out")),
        ("case.supervisors", new("协商事项各事项的督办负责人", "Supervisors of the case's items")),
        ("item.unit|item.supervisor", new("承办单位联系人（缺位时督办负责人）", "Undertaking unit (else supervisor)")),
        ("item.helping", new("事项的协办单位", "Helping units of the item")),
        ("item.supervisor", new("督办负责人", "Supervisor")),
        (SupervisorOrOrganiser, new("督办负责人（没有督办事项时经办人）", "Supervisor (else who runs the case)")),
        ("item.office", new("政协责任委室", "Responsible office")),
        (ResponsibleOffice, new("政协责任委室成员", "Members of the responsible office")),
        (Director, new("责任委室或专委会主任", "Director of the office or committee")),
        ("unit.head(topic.lead)", new("主办单位负责人", "Head of the unit in charge")),
        ("unit.head(item.unit)", new("承办单位负责人", "Head of the undertaking unit")),
        ("unit.head(case.platform)", new("平台（议事厅）负责人", "Head of the hall")),
        ("task.assignees", new("任务的承办人（尚未办理的）", "Assignees who still owe an answer")),
        ("roster", new("参会名单上的人", "People on the roster")),
        ("meeting.present", new("到会人员", "Those present at the meeting")),
        ("meeting.invited", new("本事项邀请的参会人员", "Whom this case brought to the meeting")),
        ("meeting.voters", new("会议上有表决权的人", "Those with a vote at the meeting")),
        ("meeting.tellers|role:WorkGroupMember@case.workgroup; role:WorkGroupLead@case.workgroup; role:Secretary",
            new("会议计票人（缺位时工作小组、秘书）", "Tellers of the meeting (else the work group, the secretary)")),
        ("meeting.recorder|meeting.organiser", new("会议记录人（缺位时组织人）", "Recorder of the meeting (else organiser)")),
        ("meeting.host", new("会议主持人", "Host of the meeting")),
        ("role:Secretary", new("秘书", "Secretary")),
        ("role:Secretary|role:LeadingGroup", new("秘书（缺位时政协党组）", "Secretary (else the leading group)")),
        ("role:LeadingGroup", new("政协党组", "Leading group")),
        ("proposer", new("提出人（在册）", "The proposer (with an account)")),
    ];

    /// <summary>What people call an expression; the expression itself when it has no name.</summary>
    public static LocalText NameOf(string spec) =>
        All.FirstOrDefault(one => one.Spec == spec).Name ?? new LocalText(spec, spec);
}
