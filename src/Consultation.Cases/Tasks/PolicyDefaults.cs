using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>
/// Reminders and ladders that the documents leave open and the product therefore chose (O7). All editable; every other
/// rule stands in <see cref="Rules.RuleCatalogue"/>.
/// </summary>
public static class PolicyDefaults
{
    /// <summary>Key of the reminder policy and of the ladder that workflows use unless they name another.</summary>
    public const string StandardKey = "standard";

    /// <summary>Key of the ladder of replies that outsiders owe: whoever enters them is not late.</summary>
    public const string ReplyKey = "reply";

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
}
