using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Engine.Describing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Designer;

/// <summary>What the designer offers to choose from, as far as several steps offer the same.</summary>
internal static class Choices
{
    /// <summary>
    /// Whom a task may go to; other specifications are written as text (the expression editor takes them).
    /// </summary>
    public static IReadOnlyList<InputOption> Assignees { get; } =
    [
        new("role:PlatformOfficer@case.platform|role:PlatformHead@case.platform|role:Secretary",
            new("平台专人（缺位时平台负责人、秘书）", "Platform officer (else head, secretary)")),
        new("role:PlatformHead@case.platform|role:Secretary", new("平台负责人", "Platform head")),
        new("role:CommitteeDirector@case.committee", new("专委会主任", "Committee director")),
        new("role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee",
            new("专委会主任和成员", "Committee director and members")),
        new("role:WorkGroupLead@case.workgroup|role:Secretary", new("工作小组组长", "Work group lead")),
        new("role:WorkGroupMember@case.workgroup|role:WorkGroupLead@case.workgroup|role:Secretary",
            new("工作小组成员", "Work group members")),
        new("role:WorkGroupLead@case.workgroup; role:WorkGroupMember@case.workgroup",
            new("工作小组全体", "The whole work group")),
        new("item.undertaking|item.supervisor", new("承办单位联系人（缺位时督办负责人）", "Undertaking unit (else supervisor)")),
        new("item.supervisor", new("督办负责人", "Supervisor")),
        new("item.office", new("政协责任委室", "Responsible office")),
        new("role:DepartmentContact", new("各部门联系人", "Contacts of all departments")),
        new("role:Member", new("政协委员", "CPPCC members")),
        new("roster", new("参会名单上的人", "People on the roster")),
        new("role:Secretary", new("秘书", "Secretary")),
        new("role:LeadingGroup", new("政协党组", "Leading group")),
        new("proposer", new("提出人（在册）", "The proposer (with an account)")),
    ];

    public static IReadOnlyList<InputOption> Forms { get; } =
        [new("", new("（不填表）", "(no form)")),
            .. FormCatalogue.All.Select(form => new InputOption(form.Key, Text(form.Title)))];

    public static IReadOnlyList<InputOption> Exhibits { get; } =
        [.. Consultation.Cases.Tasks.Exhibits.All.Select(one => new InputOption(one.Key, Text(one.Name)))];

    public static IReadOnlyList<InputOption> Templates { get; } =
        [.. MailTemplateCatalogue.Kinds.Select(kind => new InputOption(kind.Key, new(kind.Zh, kind.En)))];

    public static IReadOnlyList<InputOption> Reminders { get; } =
        [new("", new("（不提醒）", "(none)")), .. PolicyDefaults.Reminders(default)
            .Select(policy => new InputOption(policy.Key, Text(policy.Name)))];

    public static IReadOnlyList<InputOption> Ladders { get; } =
        [new("", new("（不升级）", "(none)")), .. PolicyDefaults.Ladders(default)
            .Select(ladder => new InputOption(ladder.Key, Text(ladder.Name)))];

    public static IReadOnlyList<InputOption> DueFrom { get; } =
        [new(CountedFrom.Now, new("任务下达时", "When the task is given")),
            new(CountedFrom.PlanStart, new("计划开始日", "First day of the plan"))];

    public static IReadOnlyList<InputOption> AfterOverdue { get; } =
        [new(Work.PeopleTask.Stay, new("任务继续等待", "The task goes on waiting")),
            new(Work.PeopleTask.Leave, new("结束任务，从“逾期”离开", "End the task, leave by Overdue"))];

    /// <summary>How a duration is typed: a line with its unit beside it.</summary>
    public static JsonObject DurationEditor() =>
        new() { ["singleline"] = new JsonObject { ["adornmentText"] = "工作日 wd / 天 d" } };

    /// <summary>A name of the field as the designer shows it.</summary>
    public static BilingualText Text(LocalText text) => new(text.Zh, text.For("en"));
}
