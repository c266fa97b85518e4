using System.Reflection;

namespace Consultation.Mail.Templates;

/// <summary>A value that a template may show.</summary>
/// <param name="Name">As written in Liquid, e.g. case_number.</param>
/// <param name="Zh">What it is, in Chinese.</param>
/// <param name="En">What it is, in English.</param>
/// <param name="Example">Shown in the template editor's preview.</param>
public sealed record MailValue(string Name, string Zh, string En, object? Example);

/// <summary>One kind of mail.</summary>
/// <param name="Key">Stable key.</param>
/// <param name="Zh">Name in Chinese.</param>
/// <param name="En">Name in English.</param>
/// <param name="Values">Names of the values it gets, besides those that every mail gets (<see
/// cref="MailTemplateCatalogue.Everywhere"/>).</param>
public sealed record MailKind(string Key, string Zh, string En, IReadOnlyList<string> Values);

/// <summary>
/// All kinds of mail of the product, their default words in both languages, and the values they show.
/// </summary>
public static class MailTemplateCatalogue
{
    /// <summary>事项收件回执 (P17): values matter_number, matter_title, follow_link.</summary>
    public const string MatterReceived = "matter-received";
    /// <summary>不予纳入告知 (O13).</summary>
    public const string MatterExcluded = "matter-excluded";
    /// <summary>事项答复，请提出人评价 (P05, Q37).</summary>
    public const string MatterReply = "matter-reply";
    /// <summary>议题确定结果 (P22).</summary>
    public const string TopicResult = "topic-result";
    /// <summary>审批请求 (Q85).</summary>
    public const string ApprovalRequest = "approval-request";
    /// <summary>征求意见: an opinion before the chair decides (O2).</summary>
    public const string OpinionRequest = "opinion-request";
    /// <summary>工作任务.</summary>
    public const string WorkRequest = "work-request";
    /// <summary>知悉确认 (P33, Q86).</summary>
    public const string AcknowledgementRequest = "acknowledgement-request";
    /// <summary>汇报请求 (P66).</summary>
    public const string ReportRequest = "report-request";
    /// <summary>提醒 (mail rule 8).</summary>
    public const string Reminder = "reminder";
    /// <summary>催办通知书 (O7).</summary>
    public const string FormalReminder = "formal-reminder";
    /// <summary>催办通知书的抄件, to the supervisor or organiser (O7).</summary>
    public const string FormalReminderCopy = "formal-reminder-copy";
    /// <summary>督办事项到期前、当天和逾期 (P64): the item's own day.</summary>
    public const string ItemDue = "item-due";
    /// <summary>督办事项停滞 (O6): the supervisor first, with the reason.</summary>
    public const string ItemStalled = "item-stalled";
    /// <summary>每周督办汇总, to the leading group (O7, Q74).</summary>
    public const string WeeklySummary = "weekly-summary";
    /// <summary>抄送政协责任委室 (O7).</summary>
    public const string EscalationOffice = "escalation-office";
    /// <summary>抄送专委会主任 (O7).</summary>
    public const string EscalationDirector = "escalation-director";
    /// <summary>报政协党组 (O7, Q74).</summary>
    public const string EscalationLeadingGroup = "escalation-leading-group";
    /// <summary>任务已撤回或已由他人办理.</summary>
    public const string TaskWithdrawn = "task-withdrawn";
    /// <summary>办理结果 (P05).</summary>
    public const string CaseResult = "case-result";
    /// <summary>系统异常, to the administrator.</summary>
    public const string Incident = "incident";
    /// <summary>邮件无法送达, to the organiser (mail rule 10).</summary>
    public const string Undeliverable = "undeliverable";
    /// <summary>进度滞后预警 (P14).</summary>
    public const string SlipWarning = "slip-warning";
    /// <summary>每日摘要 (mail rule 8).</summary>
    public const string Digest = "digest";
    /// <summary>开通账户和初始密码.</summary>
    public const string Welcome = "welcome";
    /// <summary>敏感事项: only "you have a task" (mail rule 11). Chosen by the composer.</summary>
    public const string SensitiveTask = "sensitive-task";
    /// <summary>敏感事项进展, to a proposer: only "there is news" (mail rule 11). Chosen by the composer.</summary>
    public const string SensitiveNotice = "sensitive-notice";
    /// <summary>会议通知 (P25): time, place, topic, agenda.</summary>
    public const string MeetingNotice = "meeting-notice";
    /// <summary>会议变更: another day, hour or place.</summary>
    public const string MeetingMoved = "meeting-moved";
    /// <summary>会议取消, or not needed at it any more.</summary>
    public const string MeetingCancelled = "meeting-cancelled";
    /// <summary>请您填写问卷 (P15, P76): with a link of the recipient's own.</summary>
    public const string SurveyInvitation = "survey-invitation";
    /// <summary>问卷提醒, to those who have not answered.</summary>
    public const string SurveyReminder = "survey-reminder";
    /// <summary>一般告知: words of the workflow's own, asks for no answer.</summary>
    public const string Notice = "notice";

    /// <summary>提问, asked back by somebody who is asked for an answer; to the organiser.</summary>
    public const string QuestionAsked = "question-asked";
    /// <summary>提问的答复, to who asked.</summary>
    public const string QuestionAnswered = "question-answered";
    /// <summary>回复未计入, to somebody whose mail did not count as an answer.</summary>
    public const string ReplyKept = "reply-kept";
    /// <summary>邮箱两次退信, to the secretary.</summary>
    public const string AddressDead = "address-dead";

    private static readonly string[] OfTask =
        ["case_number", "case_title", "task_number", "task_title", "item_number", "item", "question", "material", "due",
            "if_silent", "outcomes", "assignees", "acting_for", "step", "link", "desk_link"];

    private static readonly string[] OfItem = ["item_due", "item_unit", "item_supervisor", "percent"];

    private static readonly string[] OfOverdue =
        [.. OfTask, .. OfItem, "overdue", "stall", "rung", "next_rung", "climbed", "said"];

    private static readonly string[] OfFormal = [.. OfOverdue, "reminder_code", "issuer", "assigned_on", "explain_by"];

    private static readonly HashSet<string> Urging =
    [
        Reminder, FormalReminder, FormalReminderCopy, ItemDue, ItemStalled, EscalationOffice, EscalationDirector,
        EscalationLeadingGroup,
    ];

    /// <summary>True for mails that urge: nobody gets two of them about one thing on one day.</summary>
    public static bool Urges(string key) => Urging.Contains(key);

    /// <summary>
    /// The kind of message by which people choose a way: "task", "reminder", "meeting" or "news".
    /// </summary>
    public static string KindOf(string key) => key switch
    {
        ApprovalRequest or OpinionRequest or WorkRequest or AcknowledgementRequest or ReportRequest => "task",
        MeetingNotice or MeetingMoved or MeetingCancelled => "meeting",
        _ => Urging.Contains(key) ? "reminder" : "news",
    };

    /// <summary>Values that every mail gets; <c>recipient_name</c> comes from the recipient.</summary>
    public static IReadOnlyList<string> Everywhere { get; } = ["org", "recipient_name", "contact"];

    /// <summary>All kinds, in the order of the template page.</summary>
    public static IReadOnlyList<MailKind> Kinds { get; } =
    [
        new(MatterReceived, "事项收件回执", "Matter received",
            ["matter_number", "matter_title", "received_at", "follow_link"]),
        new(MatterExcluded, "不予纳入告知", "Matter not taken up",
            ["matter_number", "matter_title", "reason", "place", "review_until", "follow_link"]),
        new(MatterReply, "事项答复和评价", "Reply to a matter, with the question what they think",
            ["case_number", "matter_number", "matter_title", "reply", "rate_until", "reopened", "follow_link"]),
        new(TopicResult, "议题确定结果", "Result of the topic decision",
            ["case_number", "matter_number", "matter_title", "accepted", "topic", "reason", "decided_by",
                "follow_link"]),
        new(ApprovalRequest, "审批请求", "Request for a decision", [.. OfTask, "opinions", "news"]),
        new(OpinionRequest, "征求意见", "Request for an opinion", [.. OfTask, "turn", "news"]),
        new(WorkRequest, "工作任务", "Work to do", [.. OfTask, "news"]),
        new(AcknowledgementRequest, "知悉确认", "Request to take note",
            [.. OfTask, "news", "replies", "meeting_time", "meeting_place"]),
        new(ReportRequest, "汇报请求", "Request for a report", [.. OfTask, "news"]),
        new(QuestionAsked, "办理人提问", "Question asked back", [.. OfTask, "asked", "asked_by"]),
        new(QuestionAnswered, "提问的答复", "Question answered",
            [.. OfTask, "asked", "answer", "answered_by", "prolonged"]),
        new(Reminder, "任务提醒", "Reminder", [.. OfTask, "turn", "overdue", "reminder_number"]),
        new(FormalReminder, "催办通知书", "Formal reminder", OfFormal),
        new(FormalReminderCopy, "催办通知书抄件", "Copy of a formal reminder", OfFormal),
        new(ItemDue, "督办事项到期", "Tracked item falls due", [.. OfTask, .. OfItem, "when", "missing"]),
        new(ItemStalled, "督办事项停滞", "Tracked item has stalled", OfOverdue),
        new(WeeklySummary, "每周督办汇总", "Weekly summary",
            ["date", "count", "document_number", "lines", "desk_link"]),
        new(EscalationOffice, "逾期抄送责任委室", "Overdue: copy to the responsible office", OfOverdue),
        new(EscalationDirector, "逾期抄送专委会主任", "Overdue: copy to the committee director", OfOverdue),
        new(EscalationLeadingGroup, "逾期报政协党组", "Overdue: report to the leading group", OfOverdue),
        new(TaskWithdrawn, "任务已撤回", "Task no longer needed",
            ["case_number", "case_title", "task_number", "task_title", "reason", "decided_by", "decided_at", "outcome",
                "desk_link"]),
        new(CaseResult, "办理结果", "Result of the consultation",
            ["case_number", "case_title", "matter_number", "matter_title", "result", "closed", "next",
                "follow_link"]),
        new(Incident, "系统异常", "Incident",
            ["case_number", "case_title", "step", "error", "incident", "happened_at", "desk_link"]),
        new(Undeliverable, "邮件无法送达", "Mail could not be delivered",
            ["case_number", "failed_name", "failed_address", "failed_subject", "error", "desk_link"]),
        new(ReplyKept, "回复未计入", "A reply did not count",
            ["case_number", "task_number", "task_title", "reason", "desk_link"]),
        new(AddressDead, "邮箱两次退信", "An address failed twice",
            ["case_number", "failed_name", "failed_address", "desk_link"]),
        new(SlipWarning, "进度滞后预警", "Plan is slipping",
            ["case_number", "case_title", "phase", "planned_end", "slip_days", "open_tasks", "desk_link"]),
        new(Digest, "每日任务摘要", "Daily digest", ["date", "count", "lines", "desk_link"]),
        new(Welcome, "开通账户", "Account opened", ["user_name", "password", "desk_link"]),
        new(SensitiveTask, "敏感事项提示", "Sensitive task, without content", ["task_number", "due", "link", "desk_link"]),
        new(SensitiveNotice, "敏感事项进展", "Sensitive news, without content", ["matter_number", "follow_link"]),
        new(MeetingNotice, "会议通知", "Notice of a meeting",
            ["case_number", "case_title", "topic", "meeting_time", "meeting_place", "agenda", "duty", "reply_by",
                "link", "desk_link"]),
        new(MeetingMoved, "会议变更", "Meeting moved",
            ["case_number", "case_title", "topic", "meeting_time", "meeting_place", "agenda", "reason", "desk_link"]),
        new(MeetingCancelled, "会议取消", "Meeting cancelled",
            ["case_number", "case_title", "topic", "meeting_time", "meeting_place", "reason", "called_off",
                "desk_link"]),
        new(SurveyInvitation, "请填写问卷", "Invitation to a survey",
            ["survey_title", "survey_until", "survey_anonymous", "survey_intro", "follow_link"]),
        new(SurveyReminder, "问卷提醒", "Reminder of a survey",
            ["survey_title", "survey_until", "survey_anonymous", "follow_link"]),
        new(Notice, "一般告知", "Notice",
            ["case_number", "case_title", "step", "subject", "message", "follow_link", "desk_link"]),
    ];

    /// <summary>What each value is, with an example.</summary>
    public static IReadOnlyDictionary<string, MailValue> Values { get; } =
        MailValues.All.ToDictionary(value => value.Name);

    /// <summary>A kind by key; null when there is none.</summary>
    public static MailKind? Find(string key) => Kinds.FirstOrDefault(kind => kind.Key == key);

    /// <summary>The product's own words.</summary>
    /// <exception cref="ArgumentException">No such kind.</exception>
    public static MailTemplate Default(string key, string language)
    {
        var name = $"Consultation.Mail.Templates.Defaults.{key}.{language}.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no mail template “{key}” in language “{language}”.", nameof(key));
        using var reader = new StreamReader(stream);
        var subject = reader.ReadLine()!["Subject: ".Length..];
        reader.ReadLine();
        return new MailTemplate
        {
            OrganisationId = Guid.Empty,
            Key = key,
            Language = language,
            Subject = subject,
            Text = reader.ReadToEnd().TrimEnd(),
            ShortText = ShortWords.Default(key, language),
        };
    }

    /// <summary>Example values of a kind, for the editor's preview.</summary>
    public static IReadOnlyDictionary<string, object?> Examples(string key) =>
        Everywhere.Concat(Find(key)?.Values ?? []).ToDictionary(name => name, name => Values[name].Example);
}
