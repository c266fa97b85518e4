using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>How long a step takes by default.</summary>
/// <param name="Key">Key used by the workflows.</param>
/// <param name="Name">What the step is called.</param>
/// <param name="Within">The time.</param>
/// <param name="Rows">Rows of the source documents that name the step.</param>
public sealed record StepDeadline(string Key, LocalText Name, WorkingDuration Within, string Rows);

/// <summary>
/// Values that the documents leave open and the product therefore chose (O3, O5–O8). All editable; pages and documents
/// that show one add
/// <see cref="Note"/>.
/// </summary>
public static class PolicyDefaults
{
    /// <summary>Key of the reminder policy and of the ladder that workflows use unless they name another.</summary>
    public const string StandardKey = "standard";

    /// <summary>Key of the ladder of replies that outsiders owe: whoever enters them is not late.</summary>
    public const string ReplyKey = "reply";

    /// <summary>How a default is marked wherever it is shown.</summary>
    public static readonly LocalText Note = new("产品默认值，方案原文未规定，可以修改。", "Product default, not from the plan; editable.");

    /// <summary>Deadlines of the steps (O3, O5), in working days unless they say otherwise.</summary>
    public static readonly IReadOnlyList<StepDeadline> Deadlines =
    [
        new("verify", new("核实筛查", "Verification"), Working(3), "Q82"),
        new("second-check", new("不纳入复核", "Second check"), Working(2), "Q73"),
        new("committee", new("专委会确定议题", "Committee's decision"), Working(5), "Q85"),
        new("acknowledge", new("知悉确认", "Acknowledgement"), Working(3), "Q86"),
        new("research", new("调研", "Research"), Working(15), "Q87"),
        new("readiness", new("协商准备", "Readiness"), Working(3), "Q88"),
        new("roster", new("确定参会人员", "Roster"), Working(3), "Q89 P23"),
        new("notice-before-meeting", new("会前通知", "Notice before the meeting"), Working(5), "Q89 P25"),
        new("minutes-draft", new("整理纪要", "Draft of the minutes"), Working(3), "P55"),
        new("minutes-confirmation", new("确认纪要", "Confirmation of the minutes"), Working(5), "P56"),
        new("submission", new("情况报送", "Submission"), Working(5), "Q97"),
        new("reply", new("提案答复", "Reply to a proposal"), Calendar(90), "Q97 Q98"),
        new("problem-list", new("制定问题清单", "Problem list"), Working(5), "Q99"),
        new("progress-entry", new("督办事项填报周期", "Progress entry"), Calendar(30), "Q101 P66"),
        new("periodic-report", new("实施阶段汇报周期", "Periodic report"), Calendar(14), "P66"),
        new("closing-check", new("办结核查", "Closing check"), Working(5), "Q102"),
    ];

    /// <summary>The deadline of that key. An unknown key is a caller's mistake.</summary>
    public static WorkingDuration Deadline(string key) =>
        Deadlines.FirstOrDefault(one => one.Key == key)?.Within
            ?? throw new ArgumentException($"no default deadline \"{key}\"", nameof(key));

    /// <summary>Reminder policies that a new organisation starts with.</summary>
    public static IReadOnlyList<ReminderPolicy> Reminders(OrganisationId organisation) =>
    [
        new()
        {
            OrganisationId = organisation,
            Key = StandardKey,
            Name = new("标准提醒（产品默认）", "Standard reminders (product default)"),
        },
        new()
        {
            OrganisationId = organisation, Key = "urgent",
                Name = new("紧急提醒（产品默认）", "Urgent reminders (product default)"),
            FirstBeforeDue = "1d", EveryAfterDue = "1d", AtMost = 10, WorkingDaysOnly = false,
        },
        new()
        {
            OrganisationId = organisation, Key = "meeting",
                Name = new("会前提醒（会前 3 个工作日，产品默认）", "Before a meeting (3 working days, product default)"),
            FirstBeforeDue = "3wd", EveryAfterDue = null, AtMost = 2,
        },
        new()
        {
            OrganisationId = organisation, Key = "minutes",
                Name = new("纪要确认提醒（截止前 3 个和 1 个工作日，产品默认）",
                    "Confirming minutes (3 and 1 working days before the end, product default)"),
            FirstBeforeDue = "3wd, 1wd", EveryAfterDue = null, AtMost = 2,
        },
        new()
        {
            OrganisationId = organisation, Key = "none", Name = new("不提醒", "No reminders"), FirstBeforeDue = null,
                EveryAfterDue = null, AtMost = 0,
        },
    ];

    /// <summary>Escalation ladders that a new organisation starts with (O7).</summary>
    public static IReadOnlyList<EscalationLadder> Ladders(OrganisationId organisation) =>
    [
        new()
        {
            OrganisationId = organisation, Key = StandardKey,
                Name = new("标准督办阶梯（产品默认）", "Standard ladder (product default)"),
            Rungs =
            [
                new("1wd", EscalationRung.Assignees, new("发催办通知书", "Formal reminder"),
                    EscalationTemplates.FormalReminder) { Copy = AssigneeChoices.SupervisorOrOrganiser },
                new("5wd", AssigneeChoices.ResponsibleOffice, new("抄送政协责任委室", "Copy to the responsible office"),
                    EscalationTemplates.Office),
                new("10wd", AssigneeChoices.Director, new("报专委会主任", "To the committee director"),
                    EscalationTemplates.Director),
                new("20wd", "role:LeadingGroup", new("报政协党组", "To the leading group"),
                    EscalationTemplates.LeadingGroup) { InSummary = true },
            ],
        },
        new()
        {
            OrganisationId = organisation, Key = "gentle", Name = new("简化督办阶梯（产品默认）", "Short ladder (product default)"),
            Rungs =
            [
                new("1wd", EscalationRung.Assignees, new("发催办通知书", "Formal reminder"),
                    EscalationTemplates.FormalReminder) { Copy = AssigneeChoices.SupervisorOrOrganiser },
                new("10wd", AssigneeChoices.ResponsibleOffice, new("抄送政协责任委室", "Copy to the responsible office"),
                    EscalationTemplates.Office),
            ],
        },
        new()
        {
            OrganisationId = organisation, Key = ReplyKey,
                Name = new("报送件答复催办（产品默认）", "Replies to submissions (product default)"),
            Rungs =
            [
                new("0wd", AssigneeChoices.ResponsibleOffice, new("告知政协责任委室", "The responsible office is told"),
                    EscalationTemplates.Office),
                new("10wd", AssigneeChoices.Director, new("报专委会主任", "To the committee director"),
                    EscalationTemplates.Director),
                new("20wd", "role:LeadingGroup", new("报政协党组", "To the leading group"),
                    EscalationTemplates.LeadingGroup) { InSummary = true },
            ],
        },
    ];

    private static WorkingDuration Working(int days) => new(days, DayCount.WorkingDays);

    private static WorkingDuration Calendar(int days) => new(days, DayCount.CalendarDays);
}
