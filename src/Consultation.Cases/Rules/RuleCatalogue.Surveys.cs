namespace Consultation.Cases.Rules;

public static partial class RuleCatalogue
{
    private static IEnumerable<RuleKind> Surveys() =>
    [
        new(RuleKeys.SurveyTime, RuleGroup.Public, new("流程发放的问卷开放多久", "How long a survey of a workflow is open"),
            new("原文要求开展问卷调查，没有写多久。", "The plan asks for surveys and names no time for them."),
            RuleForm.Limit, "5wd", "P15 P76"),
        new(RuleKeys.SurveyFirstReminder, RuleGroup.Public,
            new("问卷截止前多久第一次提醒", "First reminder before a survey's last day"),
            new("没有答的人只在这两天各收到一封提醒；写 0d 就不提醒。",
                "Whoever has not answered gets one reminder on each of two days; 0d means none."),
            RuleForm.Limit, "3wd", "P15"),
        new(RuleKeys.SurveyLastReminder, RuleGroup.Public,
            new("问卷截止前多久最后提醒", "Last reminder before a survey's last day"),
            new("没有答的人只在这两天各收到一封提醒；写 0d 就不提醒。",
                "Whoever has not answered gets one reminder on each of two days; 0d means none."),
            RuleForm.Limit, "1wd", "P15"),
        Number(RuleKeys.SurveyLeast, "少于几份算样本过少", "Fewer answers are too small a sample", 10, 1, 10_000, "O22",
            "人太少时平均分说明不了问题，页面和报告都会注明。",
            "Of few answers a mean says little; pages and reports say so."),
    ];
}
