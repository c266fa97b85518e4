using Consultation.Cases.People;
using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Research and readiness (step 2; Q41–Q43, Q86–Q88, P16, P27–P33).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Research() =>
    [
        Form(FormKeys.RecipientCheck, "核对收件人", "Check of the recipients",
            "发送前核对都有谁会收到。可以去掉不需要告知的人，并写明理由；不能在这里添加。",
            "Look through who gets it before it goes out. Take out whoever need not be told, with the reason; nobody "
                + "can be added here.",
            Persons("recipients", "收件人", "Recipients", "Q86 P25").Must(),
            Text("reason", "去掉的理由", "Reason for taking out", "Q86", max: 500)
                .Help("去掉了人的填写。", "If somebody was taken out.")),
        Form("notice-ack", "知悉确认", "Acknowledgement",
            "请确认已收到并阅知上面的内容；有不同意见的，一并说明。",
            "Please confirm that you have read what is shown above; say here if you see it otherwise.",
            Text("remark", "需要说明的情况", "Remarks", "Q86", max: 1000)),
        Form("visit-record", "走访记录", "Visit record",
            "走进社区、村、企业单位的走访情况。", "A visit to a community, village or firm.",
            Choice("type", "走访类型", "Kind of visit", "Q42",
                Option("community", "社区", "Community"), Option("village", "村", "Village"),
                Option("firm", "企业单位", "Firm or institution")).Must(),
            Date("on", "走访日期", "Date", "P16").Must().Past(),
            Line("place", "走访地点", "Place", "P16 Q42").Must(),
            Persons("visitors", "走访人员", "Visitors", "P16"),
            Line("met", "走访对象", "People met", "P16").Must(),
            Text("found", "了解到的情况", "Findings", "Q42 Q43", min: 10).Must(),
            Files("photos", "走访照片和资料", "Photos and material", "P16 P39 P40")),
        Form(FormKeys.ResearchReport, "调研报告", "Research report",
            "针对议题开展调研的情况。", "The research into the topic.",
            Date("from", "调研开始日期", "From", "Q87").Must().Past(),
            Date("to", "调研结束日期", "To", "Q87").Must().Past(),
            Choices("methods", "调研方式", "Methods", "Q41 Q42 P15 P16",
                Option("visit", "实地走访", "Visits"), Option("talk", "座谈访谈", "Talks"), Option("survey", "问卷调查", "Survey"),
                Option("files", "查阅资料", "Files"), Option("expert", "专家咨询", "Experts")).AtLeast(1).Must(),
            Persons("members", "参加调研人员", "Participants", "Q87"),
            Text("facts", "调研核实的基本情况", "Facts found", "Q43 Q87", min: 20).Must(),
            Text("problems", "存在的问题", "Problems", "Q87", min: 10).Must(),
            Text("causes", "原因分析", "Causes", "Q87"),
            Text("suggestions", "初步建议", "First suggestions", "Q87 Q40", min: 10).Must(),
            Files("attachments", "附件（数据、照片、资料）", "Data, photos, material", "P44 P16")),
        Form("readiness", "协商准备情况核对单", "Readiness checklist",
            "开展协商前逐项核对。有未完成项的，请说明如何安排。", "Checked before the meeting; say what is planned for open items.",
            YesNo("informed", "议题和基本情况已告知相关部门和委员", "Departments and members were told", "Q86").Must(),
            YesNo("acknowledged", "相关部门和委员已确认收到", "They acknowledged", "Q86").Must(),
            YesNo("researched", "调研已完成，情况已核实", "Research done, facts verified", "Q43 Q87").Must(),
            YesNo("material", "协商材料已准备", "Material is ready", "Q88 P35").Must(),
            YesNo("host", "主持人、记录人已确定", "Host and recorder are named", "P38").Must(),
            YesNo("excluded", "再次确认没有不纳入协商的情形", "Exclusions asked again", "Q68 Q69 Q71").Must(),
            Text("open", "未完成事项及安排", "What is open and how it is arranged", "Q88", max: 2000)
                .Must()
                .AskedWhen(
                    FieldCondition.Any(
                        FormValues.No, "informed", "acknowledged", "researched", "material", "host", "excluded"),
                    "有选“否”的填写。", "If an answer is no.")),
        Form(FormKeys.WorkGroup, "工作小组组建", "Work group",
            "成立协商议事会议工作小组，明确职责分工。", "Set up the work group and divide its duties.",
            Line("name", "小组名称", "Name", "P27").Must(),
            Person("lead", "组长", "Lead", "P27").Must(),
            Persons("members", "成员", "Members", "P27").Must(),
            Rows("duties", "职责分工", "Duties", "P28 P29",
                Choice("duty", "职责", "Duty", "P28",
                    [.. WorkGroupDuties.Required, Option("other", "其他", "Other")]).Must(),
                Person("who", "负责人", "Responsible", "P29").Must(),
                Person("substitute", "替补人", "Substitute", "P29").Must(),
                Line("note", "具体任务", "Tasks", "P29")).Must()
                .Help("组织策划、协调联络、资料整理三项都要有人负责，各有一名替补。",
                    "Planning, liaison and documents each need somebody, with a substitute."),
            Text("timetable", "工作计划和时间表", "Plan and timetable", "P30", min: 10).Must()),
        Form(FormKeys.Rules, "议事规则审定", "Adoption of the rules",
            "明确会议的组织形式、讨论程序、表决方式。", "Form of the meeting, discussion procedure, way of voting.",
            Text("form", "组织形式", "Form of the meeting", "P32", min: 5).Must(),
            Text("procedure", "讨论程序", "Discussion procedure", "P32 P46 Q30", min: 5).Must(),
            Choice("voting", "表决方式", "Way of voting", "P32 P51",
                Option("hands", "举手表决（两名计票人）", "Show of hands, two tellers"), Option("open", "记名投票", "Open ballot"),
                Option("secret", "无记名投票", "Secret ballot"),
                Option("online", "网络表决（记名）", "Online, open"),
                Option("online-secret", "网络表决（无记名）", "Online, secret")).Must()
                .Help("涉及人员的事项用无记名方式。", "Secret where persons are decided on."),
            Choice("quorum", "法定到会人数", "Quorum", "P49",
                Option("2/3", "应到人数的三分之二", "Two thirds of those entitled"),
                Option("1/2", "应到人数的二分之一", "Half of those entitled"),
                Option("3/4", "应到人数的四分之三", "Three quarters of those entitled"),
                Option("1/1", "应到人员全部到会", "All of those entitled")).Must()
                .Help(
                    "产品默认值为三分之二，方案原文未规定。回避的人不计入应到人数。",
                    "Two thirds is the product's default; the plan gives none. Those recused are not counted."),
            Choice("majority", "通过条件", "Passing", "P49",
                Option("present", "到会人员过半数赞成", "More than half of those present"),
                Option("roster", "应到人员过半数赞成", "More than half of those entitled"),
                Option("two-thirds", "到会人员三分之二以上赞成", "At least two thirds of those present"),
                Option("two-thirds-roster", "应到人员三分之二以上赞成", "At least two thirds of those entitled")).Must()
                .Help("弃权和无效票计入到会人数；赞成与反对相等的不通过。",
                    "Abstaining and invalid votes count as present; a tie is not passed."),
            Text("sources", "参考的法规和经验", "Law and experience drawn on", "P31", max: 2000)),
        Form("material-checklist", "场地与资料核对单", "Venue and material checklist",
            "会前逐项核对。", "Checked before the meeting.",
            YesNo("venue", "会议场地已布置", "Venue is prepared", "P34").Must(),
            YesNo("documents", "会议资料已备齐", "Documents are ready", "P35").Must(),
            YesNo("devices", "设备已调试", "Devices are tested", "P35").Must(),
            YesNo("stationery", "文具已备齐", "Stationery is ready", "P35").Must(),
            YesNo("attendance", "已再次确认出席情况", "Attendance was confirmed again", "P36").Must(),
            Text("changes", "人员变动及调整", "Changes of people", "P37", max: 1000),
            Text("open", "未完成事项及安排", "What is open and how it is arranged", "P34 P35", max: 1000)
                .Must()
                .AskedWhen(
                    FieldCondition.Any(FormValues.No, "venue", "documents", "devices", "stationery", "attendance"),
                    "有选“否”的填写。", "If an answer is no.")),
    ];
}
