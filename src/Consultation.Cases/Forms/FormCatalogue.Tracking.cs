using Consultation.Cases.Plans;
using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Following up (step 6 and phase 3; Q100–Q102, Q111–Q113, P61–P70, O8).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Tracking() =>
    [
        Form(FormKeys.ProgressEntry, "进展填报", "Progress entry",
            "填报后形成历史记录，不能修改；有误请再填一次。", "Entries are kept as they are; if one is wrong, enter another.",
            Number("percent", "完成进度（%）", "Per cent done", 0, 100, "Q111").Must(),
            Text("progress", "进展情况", "Progress", "Q111", min: 5, max: 2000).Must(),
            Text("problems", "存在问题", "Problems", "Q112", max: 2000).Must()
                .Help("没有问题的写“无”。", "Write “none” if there are none."),
            Text("solution", "解决思路", "Way to solve", "Q113", max: 2000).Must(),
            YesNo("done", "申请办结核查", "Report as done", "Q102").Help("完成进度为 100 时才能申请。", "Only at 100 per cent."),
            Files("attachments", "现场照片、佐证材料", "Photos and evidence", "Q111 P40")),
        Form(FormKeys.ClosingCheck, "办结核查", "Closing check",
            "核查事项是否真正落实。", "Is it really done?",
            YesNo("done", "建议已落实", "The advice was carried out", "Q102 P07").Must(),
            YesNo("seen", "已实地或书面核实", "Verified on the spot or in writing", "Q102").Must(),
            YesNo("told", "已向提出人反馈", "The proposer was told", "P05 Q98").Must(),
            Choices("outcome", "成效", "Results", "Q27",
                Option("solve", "解难题", "Solves a problem"), Option("do", "办实事", "Does something real"),
                Option("unite", "聚人心", "Unites people"), Option("harmonise", "促和谐", "Makes for harmony")),
            Text("note", "核查意见", "Findings", "Q102", min: 5, max: 2000).IsReason(),
            Files("attachments", "核查照片", "Photos of the check", "Q102 P40")),
        Form(FormKeys.ExtensionRequest, "延期申请", "Request for extension",
            "在办结期限前提出。原期限始终保留可见。", "Before the due day; the first date stays visible.",
            Date("new-due", "申请延期至", "New due day", "O8").Must(),
            Text("reason", "延期理由", "Reason", "O8", min: 10, max: 1000).Must().IsReason(),
            Text("measures", "下一步措施", "Next measures", "O8", max: 1000)),
        Form(FormKeys.FormalReminderReply, "说明原因", "Answer to a formal reminder",
            "请说明未按期办理的原因和完成时间。", "Say why it is late and when it will be done.",
            Text("reason", "未按期办理的原因", "Why it is late", "O7", min: 5, max: 1000).Must(),
            Date("by", "预计完成日期", "Expected day", "O7").Must()),
        Form("inspection", "监督检查记录", "Inspection record",
            "工作小组对实施过程的监督检查。", "The work group's inspection.",
            Date("on", "检查日期", "Date", "P63").Must().Past(),
            Persons("inspectors", "检查人员", "Inspectors", "P63").Must(),
            Line("place", "检查地点或对象", "Place or subject", "P63").Must(),
            Text("found", "检查情况", "Findings", "P63 P64", min: 5).Must(),
            Text("problems", "发现的问题", "Problems", "P65", max: 2000),
            Text("demands", "整改要求", "Demands", "P65", max: 2000),
            Files("photos", "检查照片", "Photos", "P63 P40")),
        Form("problem-ticket", "实施问题协调单", "Problem ticket",
            "实施过程中需要协调解决的问题。", "A problem to be coordinated.",
            Text("problem", "问题", "Problem", "P65", min: 5, max: 2000).Must(),
            Person("coordinator", "协调人", "Coordinator", "P65").Must(),
            Date("due", "解决期限", "Due", "P65").Must(),
            Text("result", "协调结果", "Result", "P65", max: 2000)),
        Form(FormKeys.PeriodicReport, "定期进展汇报", "Periodic report",
            "向工作小组汇报决策实施的进展情况。", "Report to the work group on progress.",
            Text("results", "工作成果", "Results", "P68", min: 5).Must(),
            Text("problems", "存在的问题", "Problems", "P68").Must().Help("没有问题的写“无”。", "Write “none” if there are none."),
            Text("next", "下一步工作计划", "Next steps", "P68", min: 5).Must(),
            Files("attachments", "佐证材料", "Evidence", "P68 P40")),
        Form("report-review", "汇报审阅", "Review of a report",
            "对实施过程进行评估和指导。汇报人不能审阅自己的汇报。", "Assess and guide; reporters do not review their own reports.",
            Choice("assessment", "评估", "Assessment", "P69",
                Option("ahead", "进展顺利", "Going well"), Option("on-track", "基本正常", "On track"),
                Option("behind", "进展滞后", "Behind")).Must(),
            Text("guidance", "指导意见", "Guidance", "P69", max: 2000).Must().IsReason(),
            YesNo("adjust", "需要调整实施方案", "The plan needs adjusting", "P70").Must()),
        Form(FormKeys.ChangeRequest, "方案调整申请", "Change of the plan",
            "说明调整内容和理由，经审核后形成新版本方案。", "What changes and why; becomes a new version after review.",
            Text("change", "调整内容", "Change", "P70", min: 5, max: 2000).Must(),
            Text("reason", "调整理由", "Reason", "P70", min: 5, max: 2000).Must(),
            Rows(PlanChange.Rows, "时间调整", "New days", "P70 P14",
                PlanPart(PlanChange.Part, "调整哪一项", "What", "P70").Must(),
                Date(PlanChange.Before, "原结束日期", "Ends so far", "P70").Made(),
                Date(PlanChange.Until, "新的结束日期", "New last day", "P70"),
                Number(PlanChange.Days, "增加工作日", "Working days more", -PlanChange.MostDays, PlanChange.MostDays, "P70"),
                YesNo(PlanChange.Follows, "随阶段移动", "Follows its phase", "P70").Made())
                .Help(
                    "每行选一项，填新的结束日期，或填增加几个工作日（提前填负数）。阶段改期时，其中没有办结的任务和后面的阶段移动同样多的工作日，另填一行的以那一行为准；督办事项只有填了才改期。不改时间的不用填。",
                    "Choose a part in each row and give its new last day, or how many working days more (less: a "
                        + "negative number). A phase takes along its tasks that are not done and the later phases by "
                        + "as many working days, except those with a row of their own; tracked items move only by a "
                        + "row of their own. Leave empty if no days change.")),
    ];
}
