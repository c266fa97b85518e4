using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Evaluation, summary, archive (phase 4; P71–P90).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Evaluation() =>
    [
        Form("indicators", "评估指标体系", "Indicators",
            "三个维度的指标和权重。", "Indicators and weights of three dimensions.",
            Number("weight-solved", "问题解决程度权重（%）", "Weight: degree solved", 0, 100, "P72").Must()
                .Help("产品默认 40/30/30，方案原文未规定；三项合计 100。", "Product default 40/30/30, not from the plan; together 100."),
            Number("weight-satisfied", "参与人员满意度权重（%）", "Weight: satisfaction", 0, 100, "P73").Must(),
            Number("weight-impact", "社会影响权重（%）", "Weight: social impact", 0, 100, "P74").Must(),
            Rows("indicators", "具体指标", "Indicators", "P71 P79",
                Line("name", "指标", "Indicator", "P71", max: 100).Must(),
                Choice("dimension", "维度", "Dimension", "P72 P73 P74",
                    Option("solved", "问题解决程度", "Degree solved"), Option("satisfied", "参与人员满意度", "Satisfaction"),
                    Option("impact", "社会影响", "Social impact")).Must(),
                Choice("measure", "数值来自", "Value from", "P78 P79",
                    Option("survey", "满意度问卷的评分题", "A scale of the satisfaction survey"),
                    Option("survey-rate", "问卷回收率", "Response rate of the survey"),
                    Option("settled", "督办事项办结率", "Share of tracked items that are done"),
                    Option("on-time", "督办事项按期办结率", "Share of items done on time"),
                    Option("lead-time", "办理用了多少工作日", "Working days it took"),
                    Option("entered", "人工填写", "Entered by hand")),
                Line("question", "问卷题目代码", "Key of the question", "P79", max: 40),
                Number("value", "人工填写的数值", "Value entered by hand", 0, 1_000_000, "P79"),
                Line("thresholds", "评分标准", "Thresholds", "P79", max: 100)
                    .Help("例如 >=90:5; >=80:4; >=60:3。不填用产品默认。",
                        "For example >=90:5; >=80:4; >=60:3. Empty takes the product's."),
                Line("source", "说明", "Note", "P79", max: 100)).Must()) with
        {
            Totals = [new(["weight-solved", "weight-satisfied", "weight-impact"], 100)],
        },
        Form("interview", "访谈记录", "Interview record",
            "实地访谈收集的评价。", "What people said on the spot.",
            Date("on", "访谈日期", "Date", "P77").Must().Past(),
            Line("who", "访谈对象", "Whom", "P77").Must(),
            Text("said", "访谈内容", "What was said", "P77", min: 5).Must(),
            Score("satisfied", "满意度", "Satisfaction", "P73")),
        Form("evaluation", "效果评估", "Evaluation",
            "对协商议事会议的效果进行全面评估。", "The meeting's effect, overall.",
            Choices("methods", "评估方法", "Methods", "P76 P77 P78",
                Option("survey", "问卷调查", "Survey"), Option("interview", "实地访谈", "Interviews"),
                Option("data", "数据分析", "Data analysis")).AtLeast(1).Must(),
            Number("sample", "样本数", "Sample", 0, 1_000_000, "P79").Must(),
            Score("solved", "问题解决程度", "Degree solved", "P72"),
            Score("satisfied", "参与人员满意度", "Satisfaction", "P73"),
            Score("impact", "社会影响", "Social impact", "P74"),
            Text("evidence", "评分依据", "Evidence", "P74 P79", min: 10).Must(),
            Text("quality", "议题有质量、议政有实招、协商有成效的情况", "Topic, measures, results", "Q34", max: 2000),
            Text("score-comment", "对得分的说明", "About the scores", "P75", max: 2000)
                .Help("由指标计算的得分不能改写，有不同看法写在这里。",
                    "Computed scores cannot be typed over; say here what you think of them."),
            Text("conclusion", "总体评价", "Conclusion", "P75", min: 10).Must(),
            Line("total", "加权总分", "Weighted total", "P75 P79").Made(),
            Line("sample-said", "样本说明", "About the sample", "P79").Made(),
            Rows("scores", "指标、权重和得分", "Indicators, weights and scores", "P71 P79",
                Line("dimension", "维度", "Dimension", "P72 P73 P74"), Line("weight", "权重", "Weight", "P71"),
                Line("name", "指标", "Indicator", "P71"), Line("value", "数值和样本", "Value and sample", "P79"),
                Line("score", "得分", "Score", "P79")).Made()),
        Form("summary", "总结报告", "Summary report",
            "提交工作小组和相关部门，为今后的协商议事工作提供参考。", "For the work group and the departments, and for later consultations.",
            Text("successes", "成功经验", "Successes", "P80", min: 10).Must(),
            Text("shortfalls", "不足之处", "Shortfalls", "P80", min: 5).Must(),
            Choices("cause-classes", "原因分类", "Kinds of cause", "P81",
                Option("topic", "议题选择", "Topic"), Option("people", "人员参与", "People"),
                Option("organisation", "组织安排", "Organisation"),
                Option("coordination", "部门配合", "Coordination"), Option("time", "时间安排", "Time"),
                Option("other", "其他", "Other")).AtLeast(1).Must(),
            Text("causes", "原因分析", "Causes", "P81", min: 5).Must(),
            Text("improvements", "改进措施和建议", "Improvements", "P82", min: 10).Must()),
        Form("archive-checklist", "资料归档核对单", "Archive checklist",
            "逐项核对归档材料。方案原文的清单到“实施方案”为止，其余为产品默认清单。",
            "The plan's list breaks off after the implementation plan; the rest is the product's default.",
            [
                .. new[]
                {
                    ("notice", "会议通知", "Notice", "P85"), ("agenda", "议程", "Agenda", "P86"),
                        ("record", "会议记录", "Record", "P87"),
                    ("minutes", "会议纪要", "Minutes", "P88"), ("plan", "实施方案", "Implementation plan", "P89"),
                    ("roster", "参会名单和签到表", "Roster and sign-in", "P90"), ("resolution", "会议决议", "Resolution", "P90"),
                    ("reports", "进展汇报", "Reports", "P90"), ("evaluation", "评估和总结报告", "Evaluation and summary", "P90"),
                    ("media", "影像资料", "Media", "P90"),
                }.Select(item => Choice(item.Item1, item.Item2, item.Item3, item.Item4,
                    Option("filed", "已归档", "Filed"), Option("none", "本次没有", "None this time"),
                    Option("missing", "缺失", "Missing")).Must()),
                Text("missing", "缺失材料的说明", "About what is missing", "P90", max: 2000)
                    .Must()
                    .AskedWhen(
                        FieldCondition.Any("missing", "notice", "agenda", "record", "minutes", "plan", "roster",
                            "resolution", "reports", "evaluation", "media"),
                        "有缺失材料的填写。", "If something is missing."),
            ]),
    ];
}
