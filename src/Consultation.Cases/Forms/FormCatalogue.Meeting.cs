using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Participants and meeting (steps 3 and 4; Q89–Q95, P23–P26, P36–P56).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Meeting() =>
    [
        Form(FormKeys.Roster, "参会人员名单", "Roster",
            "明确参加协商的人员。名单上的人都会收到通知：其他参会人员请写明电子邮箱，没有邮箱的打印回执单。",
            "Who takes part. Everybody is notified: give the e-mail address of the others; those without one get a "
                + "printed slip.",
            Persons("persons", "在册参会人员", "People of the organisation", "Q89 Q91 P23").Must(),
            Person("platform-head", "协商议事平台负责人", "Platform head", "Q92").Must(),
            Rows("others", "其他参会人员", "Others", "Q90 Q93 P24",
                Line("name", "姓名", "Name", "Q90", max: 50).Must(),
                Choice("class", "类别", "Class", "Q90 Q91 Q93 P24",
                    Option("resident", "群众代表", "Resident"), Option("firm", "企事业单位代表", "Firm or institution"),
                    Option("member", "政协委员", "CPPCC member"),
                    Option("department", "区直部门负责同志", "District department"),
                    Option("town", "镇（街）负责同志", "Town or sub-district"),
                    Option("village", "村（居）负责同志", "Village or neighbourhood"), Option("expert", "专家学者", "Expert"),
                    Option("other", "其他", "Other")).Must(),
                Line("unit", "单位及职务", "Unit and duty", "P24"),
                Line("contact", "联系方式（电子邮箱、电话）", "Contact (e-mail, phone)", "P25")),
            Text("invited-why", "酌情邀请区直部门、镇（街）、村（居）的说明", "Why departments, towns, villages were (not) invited", "Q93",
                max: 1000).Must()),
        Form(FormKeys.Notice, "会议通知", "Meeting notice",
            "时间、地点、议题、议程四项齐全才能发出。", "Time, place, topic and agenda: all four, or the notice is not sent.",
            Date("on", "会议日期", "Date", "P25 Q89").Must(),
            Line("time", "会议时间", "Time", "P25", max: 20).Must().Help("例如 14:30。", "For example 14:30."),
            Line("place", "会议地点", "Place", "P25").Must(),
            Line("topic", "议题", "Topic", "P25").Must(),
            Text("agenda", "议程", "Agenda", "P25 P41", min: 5).Must()
                .Help("开场致辞、议题陈述、自由讨论、专家点评、总结发言、表决决策、会议总结。",
                    "Opening, presentation, discussion, expert comment, summing up, vote, closing."),
            Text("remark", "注意事项", "Remarks", "P25", max: 1000)),
        Form(FormKeys.AttendanceReply, "参会回执", "Reply",
            "请回复能否参加。", "Please say whether you will come.",
            Choice("reply", "能否参加", "Attendance", "P26 Q89",
                Option("yes", "参加", "Yes"), Option("no", "不能参加", "No"),
                Option("substitute", "委派他人参加", "A substitute comes")).Must(),
            Line("substitute", "代替人姓名和联系方式", "Substitute's name and contact", "P26").Must()
                .AskedWhen(FieldCondition.Is("reply", "substitute"), "委派他人参加的填写。", "If a substitute comes."),
            Line("reason", "不能参加的原因", "Reason", "P26").Must()
                .AskedWhen(FieldCondition.Is("reply", FormValues.No), "不能参加的填写。", "If you cannot come.")) with
                {
                    IsReply = true,
                },
        Form(FormKeys.MeetingRecord, "协商会议记录", "Meeting record",
            "如实、完整记录讨论内容、表决结果和决议事项。建言与共识分别记录。",
            "A true and complete record of discussion, vote and resolutions; advice and consensus stand apart.",
            Date("on", "会议日期", "Date", "P53").Must().Past(),
            Line("place", "会议地点", "Place", "P53").Must(),
            Person("host", "主持人", "Host", "P42").Must(),
            Person("recorder", "记录人", "Recorder", "P38").Must(),
            Number("present", "到会人数", "People present", 1, 10000, "P53").Must(),
            Text("absent", "缺席人员及原因", "Absent, with reasons", "P36", max: 1000),
            Text("discussion", "讨论内容", "Discussion", "P45 P53", min: 20).Must()
                .Help("每位参会人员的发言要点；放弃发言的也要写明。", "Each speaker's points; who passed is noted too."),
            Rows("questions", "问答记录", "Questions", "Q94 Q50",
                Line("question", "问题", "Question", "Q94", max: 500).Must(),
                Line("asked-by", "提问人", "Asked by", "Q94", max: 50),
                Text("answer", "答复", "Answer", "Q94", max: 2000).MustWhen(FieldCondition.Is("answer-due", "")),
                Line("answered-by", "答复人", "Answered by", "Q94", max: 50),
                Date("answer-due", "未答复的，答复期限", "If open: answer due", "Q94")),
            Rows("advice", "建言清单", "Advice", "Q31 Q107",
                Line("text", "建议", "Advice", "Q31", max: 500).Must(), Line("by", "提出人", "By", "Q31", max: 50)).Must(),
            Rows("consensus", "共识清单", "Consensus", "Q31 Q20", Line("text", "共识", "Consensus", "Q31", max: 500).Must()),
            Text("expert", "专家点评", "Expert comment", "P47"),
            YesNo("to-vote", "是否有需要表决的事项", "Is anything put to the vote", "P49").Must()
                .Help("选“是”的，提交后由计票人登记票数，结果由系统按议事规则计算。",
                    "If yes, tellers enter the count afterwards; the result follows from the rules."),
            Text("resolutions", "决议事项", "Resolutions", "P50 P53").Must(),
            Text("dissent", "不同意见", "Dissent", "P11", max: 2000)),
        Form("preliminary-opinion", "初步协商意见", "Preliminary opinion",
            "相关部门或委员围绕议题提出的初步协商意见。", "What departments or members think for the time being.",
            Text("opinion", "初步协商意见", "Opinion", "Q95", min: 10).Must(),
            Text("basis", "依据", "Ground", "Q95", max: 2000),
            Line("by", "提出单位或委员", "By", "Q95").Must()),
        Form(FormKeys.Resolution, "会议决议", "Resolution",
            "表决已通过，请写明决议内容和落实单位。", "The vote passed: write down what was resolved and who carries it out.",
            Text("text", "决议内容", "Resolution", "P50", min: 10).Must(),
            Unit("owner", "决议落实牵头单位", "Unit that carries it out", "P57")),
        Form("minutes", "会议纪要", "Minutes",
            "整理后发送参会人员确认。", "Sent to the participants to confirm.",
            Text("text", "纪要内容", "Minutes", "P55", min: 20).Must(),
            Text("actions", "议定事项", "Agreed actions", "P55").Must()),
        Form("minutes-confirmation", "会议纪要确认", "Confirmation of the minutes",
            "如有不同意见，请写明需要修改的内容。", "If you object, say what should be changed.",
            Text("objection", "修改意见", "Objection", "P56", max: 2000)),
    ];
}
