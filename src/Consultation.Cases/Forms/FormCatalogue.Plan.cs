using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>The ten-week plan's own forms (P15, P17, P57–P60).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Plan() =>
    [
        Form(FormKeys.IssueCollection, "议题征集汇总", "Collected issues",
            "汇总问卷、走访、意见征集收集到的问题。", "Issues from surveys, visits and the open call.",
            Choices("ways", "征集方式", "Ways", "P15 P16 P17",
                Option("survey", "问卷调查", "Survey"), Option("visit", "实地走访", "Visits"),
                Option("call", "意见征集", "Open call")).AtLeast(1).Must(),
            Choices("sources", "意见来源", "Sources", "P18",
                Option("residents", "社区居民", "Residents"), Option("members", "组织成员", "Members of the organisation"),
                Option("stakeholders", "相关利益方", "Stakeholders")).AtLeast(1).Must(),
            Number("answers", "收到意见数", "Opinions received", 0, 1_000_000, "P15").Must(),
            Rows("issues", "梳理出的问题", "Issues", "P19",
                Line("issue", "问题", "Issue", "P19", max: 300).Must(),
                Number("count", "提及次数", "Mentions", 1, 1_000_000, "P19"),
                Score("representative", "代表性（1—5分）", "Representative (1–5)", "P21"),
                Score("widespread", "普遍性（1—5分）", "Widespread (1–5)", "P21"),
                Score("urgent", "紧迫性（1—5分）", "Urgent (1–5)", "P21")).Must()),
        Form(FormKeys.ImplementationPlan, "实施方案", "Implementation plan",
            "根据会议决议制定。每一行成为一项督办事项。", "Drawn up from the resolution; each line is tracked.",
            Text("goal", "总体目标", "Goal", "P57", min: 5).Must(),
            Rows("lines", "任务分解", "Lines", "P58",
                Line("task", "工作任务", "Task", "P58", max: 300).Must(),
                Unit("unit", "责任单位", "Responsible unit", "P58").Must(),
                Person("person", "责任人", "Responsible person", "P58").Must(),
                Date("due", "时间节点", "Due", "P58").Must(),
                Text("demand", "工作要求", "Requirement", "P58", max: 1000).Must()).Must(),
            Text("support", "保障措施", "Support", "P57", max: 2000)),
        Form("plan-review", "实施方案审核", "Review of the plan",
            "审核方案的可行性和有效性。起草人不能审核自己的方案。", "Is it feasible and effective? Authors do not review their own plan.",
            Score("feasible", "可行性", "Feasible", "P60"),
            Score("effective", "有效性", "Effective", "P60"),
            Text("opinion", "审核意见", "Opinion", "P59", max: 2000).IsReason()),
        Form("phase-gate", "阶段小结", "Phase gate",
            "进入下一阶段前确认本阶段工作已完成。", "Confirm the phase is done before the next begins.",
            Text("done", "本阶段完成情况", "What was done", "P14", min: 5).Must(),
            Text("open", "未完成事项及安排", "What is open and how it is arranged", "P14", max: 2000)),
    ];
}
