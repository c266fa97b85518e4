using System.Globalization;

namespace Consultation.Server.Sample;

/// <summary>
/// What the people of the sample write into forms, by the key of the field; {0} stands for the topic. Made up.
/// </summary>
internal static class SampleWords
{
    private const string Otherwise = "已核实，情况属实，按职责继续推进。";

    private static readonly Dictionary<string, string> ByField = new()
    {
        ["facts"] = "围绕“{0}”走访居民四十余户，召开座谈会两次，到现场查看三次，反映的情况属实。",
        ["sources"] = "实地查看、入户走访、查阅 12345 工单。",
        ["background"] = "居民多次反映“{0}”，近半年相关工单二十余件，社区曾协调但没有彻底解决。",
        ["state"] = "涉及约三百户居民，早晚高峰和周末最为突出，目前靠志愿者临时疏导。",
        ["problem"] = "责任单位不够明确，设施和管理都有欠缺，居民意见尚未统一。",
        ["score-reason"] = "涉及面广、居民呼声集中，部门有条件办理，适合协商解决。",
        ["opinion"] = "议题切口小、关联广，同意按程序推进。",
        ["found"] = "实地了解到居民意愿比较集中，主要希望尽快明确责任单位和完成时间。",
        ["place"] = "柳林社区",
        ["with"] = "居民代表、楼门长",
        ["met"] = "居民代表六人、物业负责人一人",
        ["heard"] = "居民希望尽快解决“{0}”，并参与方案讨论。",
        ["problems"] = "资金和施工时间需要统筹，个别居民有不同意见。",
        ["causes"] = "早期规划没有预留空间，日常管理职责交叉。",
        ["suggestions"] = "先试点后推开，由牵头单位每月通报进展，居民代表参与监督。",
        ["open"] = "个别材料会前补齐，已有专人负责。",
        ["name"] = "协商议事工作小组",
        ["note"] = "按分工落实",
        ["timetable"] = "两周内完成筹备，第三周开会，随后按月督办，第十周总结归档。",
        ["form"] = "圆桌会议，居民、部门、委员三方参加。",
        ["procedure"] = "主持人说明规则，逐项讨论，每人发言不超过五分钟。",
        ["changes"] = "无",
        ["naming"] = "按日期和会议名称存档",
        ["invited-why"] = "涉及部门职责和属地管理，邀请住房、交通部门和街道参加。",
        ["time"] = "14:30",
        ["topic"] = "{0}",
        ["title"] = "关于“{0}”的建议",
        ["agenda"] = "介绍情况；部门说明；自由讨论；形成共识；总结。",
        ["remark"] = "请提前十分钟到会。",
        ["discussion"] = "居民代表介绍了诉求，部门说明了政策和条件，委员提出分步实施的建议，与会人员逐项讨论。",
        ["text"] = "与会人员一致认为应当分步解决“{0}”，明确牵头单位、完成时限和监督方式。",
        ["by"] = "区政协委员",
        ["vote"] = "未表决，形成一致意见。",
        ["resolutions"] = "明确牵头单位，一个月内拿出方案，三个月内见成效。",
        ["basis"] = "调研报告和会议讨论情况。",
        ["actions"] = "牵头单位制定方案；社区组织居民监督；政协委室跟踪督办。",
        ["breadth"] = "三个社区、约三百户",
        ["proposer"] = "许青",
        ["author"] = "许青",
        ["advice"] = "由牵头单位统筹资金和时序，先试点后推开，定期向居民公布进展。",
        ["situation"] = "围绕“{0}”开展了调研和协商，共有居民代表、部门和委员二十余人参加。",
        ["to"] = "区委、区政府",
        ["number"] = "收文〔示例〕12号",
        ["progress"] = "已完成现场勘察和方案比选，正在组织施工。",
        ["solution"] = "与相关单位协调施工时间，分段推进。",
        ["goal"] = "十周内基本解决“{0}”反映的突出问题。",
        ["task"] = "落实会议决议",
        ["demand"] = "不占用消防通道，完成后公示。",
        ["done"] = "本阶段各项工作已按计划完成，材料齐全。",
        ["issue"] = "希望尽快解决“{0}”",
        ["said"] = "居民认为有明显改善，希望长期保持。",
        ["who"] = "居民代表",
        ["results"] = "完成两处施工，居民满意度提高。",
        ["next"] = "继续推进剩余点位，月底前完成。",
        ["guidance"] = "进度正常，请注意施工安全并及时公示。",
        ["reason"] = "受雨天和材料供应影响，需要调整时间。",
        ["result"] = "已与相关单位协商一致，按调整后的时间推进。",
    };

    /// <summary>What stands in a text field.</summary>
    public static string For(string field, string topic) =>
        string.Format(CultureInfo.InvariantCulture, ByField.GetValueOrDefault(field, Otherwise), topic);
}
