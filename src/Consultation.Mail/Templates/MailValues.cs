namespace Consultation.Mail.Templates;

/// <summary>The values of mail templates, each once.</summary>
internal static class MailValues
{
    public static readonly IReadOnlyList<MailValue> All =
    [
        new("org", "机构名称", "Organisation", new MailWords("通州区政协", "Tongzhou District CPPCC")),
        new("recipient_name", "收件人姓名", "Recipient's name", "李敏"),
        new("contact", "联系方式", "Whom to ask", "政协办公室 010-0000 0000"),
        new("case_number", "案件编号", "Case number", "XS2026-00012"),
        new("case_title", "案件名称", "Case title", "新华街道老旧小区加装电梯"),
        new("task_number", "任务编号", "Task number", "R2026-00031"),
        new("task_title", "任务名称", "Task title", new MailWords("确定协商议题", "Confirm the topic")),
        new("item_number", "督办事项编号", "Number of the tracked item", "2026-3"),
        new("item", "督办事项", "Tracked item", "2026-3 老旧小区加装电梯先行试点三栋楼"),
        new("stall", "督办事项停滞的原因", "Why the tracked item has stalled",
            new MailWords("连续几期进度没有变化", "The progress has not changed for several periods")),
        new("question", "需要您做什么", "What is asked",
            new MailWords("请确认“老旧小区加装电梯”是否列为协商议题。", "Please decide whether “老旧小区加装电梯” becomes a topic.")),
        new("due", "办理时限", "Due time", new MailWords("2026年3月6日 17:30", "6 March 2026, 17:30")),
        new("material", "可以看到的材料", "What the link shows", new MailWords("调研报告、协商议题", "Research report, topic")),
        new("if_silent", "逾期不办的后果", "What happens if nobody answers",
            new MailWords("逾期一个工作日发催办通知书，逾期五个工作日抄送责任委室。",
                "A formal reminder after one working day; a copy to the responsible office after five.")),
        new("outcomes", "可选答复", "Possible answers",
            new MailWords("确定 / 退回 / 不予确定", "Confirm / Return for changes / Reject")),
        new("assignees", "办理人", "Who is asked", "城建委主任 李敏"),
        new("step", "所处步骤", "Step", new MailWords("第一步 确定议题", "Step 1 Topic")),
        new("link", "直接办理的链接", "Link to answer directly", "https://xieshang.example.gov.cn/link/example"),
        new("desk_link", "工作台链接", "Link to the desk", "https://xieshang.example.gov.cn/tasks"),
        new("overdue", "逾期时间", "How long overdue", new MailWords("3 个工作日", "3 working days")),
        new("reminder_number", "第几次提醒", "Number of the reminder", 2),
        new("rung", "催办级别", "Rung of the ladder", new MailWords("抄送政协责任委室", "Copy to the responsible office")),
        new("next_rung", "下一级催办", "Next rung",
            new MailWords("逾期十个工作日抄送专委会主任", "To the committee director when overdue by ten working days")),
        new("matter_number", "事项编号", "Receipt number", "SX2026-000012"),
        new("matter_title", "事项名称", "Matter", "我们楼想加装电梯"),
        new("received_at", "收到时间", "Received at", new MailWords("2026年3月1日 09:20", "1 March 2026, 09:20")),
        new("follow_link", "查询进度的链接", "Link to follow the matter",
            "https://xieshang.example.gov.cn/follow/SX2026-000012"),
        new("reason", "理由", "Reason", "该事项已进入行政诉讼程序。"),
        new("place", "可以反映的部门", "Where to turn to", "区人民法院立案庭，电话 010-0000 0001"),
        new("review_until", "申请复核的截止日期", "Review may be asked for until", new MailWords("2026年3月20日", "20 March 2026")),
        new("accepted", "是否列为议题", "Taken up as a topic", true),
        new("topic", "议题", "Topic", "老旧小区加装电梯"),
        new("decided_by", "决定人", "Decided by", "城建委主任 李敏"),
        new("decided_at", "决定时间", "Decided at", new MailWords("2026年3月5日 10:02", "5 March 2026, 10:02")),
        new("outcome", "决定", "Decision", new MailWords("确定", "Confirm")),
        new("result", "办理结果", "Result", "3 号楼、5 号楼已完成加装并投入使用。"),
        new("next", "后续安排", "What happens next", "7 号楼列入明年计划。"),
        new("error", "出错说明", "What went wrong", "表达式第 1 行第 8 列：没有名为 total 的变量。"),
        new("incident", "异常编号", "Incident number", "INC-2026-0007"),
        new("happened_at", "发生时间", "Happened at", new MailWords("2026年3月5日 10:02", "5 March 2026, 10:02")),
        new("failed_name", "无法送达的收件人", "Recipient not reached", "王强"),
        new("failed_address", "无法送达的地址", "Address not reached", "wang.qiang@example.gov.cn"),
        new("failed_subject", "邮件主题", "Subject of the mail", "[协商] XS2026-00012 请您审批：确定协商议题"),
        new("phase", "阶段", "Phase", new MailWords("第一阶段 准备（第1–2周）", "Phase 1 Preparation (weeks 1–2)")),
        new("planned_end", "计划完成日期", "Planned end", new MailWords("2026年3月13日", "13 March 2026")),
        new("slip_days", "滞后天数", "Days behind", 3),
        new("open_tasks", "未完成的任务", "Open tasks",
            new MailWords("确定协商议题；确定参会名单", "Confirm the topic; confirm the roster")),
        new("date", "日期", "Date", new MailWords("2026年3月5日", "5 March 2026")),
        new("count", "任务数", "Number of tasks", 2),
        new("lines", "任务列表", "The tasks", Digest),
        new("user_name", "登录名", "Log-in name", "li.min"),
        new("password", "初始密码", "First password", "Kq7-mD2-xh9"),
        new("meeting_time", "会议时间", "Time of the meeting",
            new MailWords("2026年3月20日 14:00–16:00", "20 March 2026, 14:00–16:00")),
        new("meeting_place", "会议地点", "Place of the meeting", "新华街道协商议事厅"),
        new("agenda", "会议议程", "Agenda", "一、议题陈述\n二、自由讨论\n三、表决"),
        new("subject", "标题", "Subject", new MailWords("告知工作小组分工和时间表", "Duties and timetable of the work group")),
        new("message", "内容", "Message", new MailWords("请按分工开展工作。", "Please begin with your part.")),
        new("reply_by", "回复截止时间", "Reply by", new MailWords("2026年3月15日", "15 March 2026")),
    ];

    private static List<object?> Digest =>
    [
        new Dictionary<string, object?>
        {
            ["text"] = "R2026-00031 确定协商议题", ["link"] = "https://xieshang.example.gov.cn/link/example",
        },
        new Dictionary<string, object?>
        {
            ["text"] = "R2026-00040 填报督办进展", ["link"] = "https://xieshang.example.gov.cn/link/example2",
        },
    ];
}
