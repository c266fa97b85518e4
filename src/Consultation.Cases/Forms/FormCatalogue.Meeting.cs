using Consultation.Cases.Meetings;
using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Participants and meeting (steps 3 and 4; Q89–Q95, P23–P26, P36–P56).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Meeting() =>
    [
        Form(FormKeys.MeetingPlan, "会议安排", "Plan of the meeting",
            "时间、地点、议题、议程、参会人员一次确定。通知按名单发出：其他参会人员请写明电子邮箱，没有邮箱的打印回执单。",
            "Time, place, topic, agenda and roster in one. The notice goes to the roster: give the e-mail address of "
                + "the others; those without one get a printed slip.",
            FieldMaker.Meeting("join", "与已安排的会议合并召开", "Together with a meeting that stands already", "Q89")
                .Help("一次会议可以协商多个议题；合并的，时间、地点以该会议为准。",
                    "A meeting may have several topics; time and place are then that meeting's."),
            Date("on", "会议日期", "Date", "P25 Q89").Must().Alone(),
            Time("from", "开始时间", "From", "P25").Must().Help("例如 14:30。", "For example 14:30.").Alone(),
            Time("to", "结束时间", "To", "P25").Help("不填的，按两小时计。", "Two hours when empty.").Alone(),
            Unit("hall", "协商议事厅", "Hall", "Q76 P25").Hall().Help(
                "在别处召开的不选。", "None for a place elsewhere.").Alone(),
            Line("place", "会议地点", "Place", "P25").Help(
                "在别处召开的写明地点；在议事厅的可写房间。", "Where it is, or the room of the hall.").Alone(),
            Line("topic", "议题", "Topic", "P25").Must(),
            Text("agenda", "议程", "Agenda", "P25 P41", min: 5).Must()
                .Help("开场致辞、议题陈述、自由讨论、专家点评、总结发言、表决决策、会议总结。",
                    "Opening, presentation, discussion, expert comment, summing up, vote, closing.").Alone(),
            Text("remark", "注意事项", "Remarks", "P25", max: 1000).Alone(),
            Date("reply-by", "回复截止日期", "Replies by", "P26").Help(
                "不填的，按流程规定的会前工作日计算。",
                "When empty, the working days before the meeting that the workflow says.").Alone(),
            Line("rest-day", "在休息日召开的原因", "Why it is on a day off", "P25").Help(
                "会议日期不是工作日的填写。", "If the day is no working day.").Alone(),
            Line("short-notice", "临时通知的原因", "Why the notice is short", "P25").Help(
                "通知晚于规定提前期的填写。", "If the notice goes out later than the rule wants.").Alone(),
            Person("host", "主持人", "Host", "P42").Must().Alone(),
            Person("recorder", "记录人", "Recorder", "P38").Must().Alone(),
            Person("photographer", "摄影摄像人", "Photographer", "P39 P40").Alone(),
            Persons("tellers", "计票人", "Tellers", "P51").Help("有表决的指定两人。", "Two where there is a vote.").Alone(),
            Rows("people", "在册参会人员", "People of the organisation", "Q89 Q91 Q92 P23",
                Person("person", "姓名", "Person", "Q91").Must(), SeatClass(),
                YesNo("vote", "有表决权", "Has a vote", "P49").Must()).Must(),
            Rows("others", "其他参会人员", "Others", "Q90 Q93 P24",
                Line("name", "姓名", "Name", "Q90", max: 50).Must(), SeatClass(),
                Line("unit", "单位及职务", "Unit and duty", "P24"),
                Line("contact", "联系方式（电子邮箱、电话）", "Contact (e-mail, phone)", "P25").Code(),
                YesNo("vote", "有表决权", "Has a vote", "P49").Must()),
            Text("invited-why", "酌情邀请区直部门、镇（街）、村（居）的说明", "Why departments, towns, villages were (not) invited", "Q93",
                max: 1000).Must()) with
        {
            Orders = [new("reply-by", "on")],
        },
        Form(FormKeys.MeetingBrief, "会议简报", "Brief",
            "参会人员会前应当了解的情况；提交后发给名单上的人。",
            "What those who come should know beforehand; goes to the roster once it is handed in.",
            Text("background", "背景", "Background", "P43", min: 5).Must(),
            Text("state", "现状", "Present state", "P43", min: 5).Must(),
            Text("problem", "存在的问题", "Problem", "P43", min: 5).Must(),
            Text("material", "数据和资料", "Data and material", "P44"),
            Text("questions", "希望讨论的问题", "What to discuss", "P45", max: 2000)),
        Form(FormKeys.SeatReplacement, "替换参会人员", "Replacement",
            "不能参加或没有回复的，请确定由谁接替；接替的人收到通知，原参会人员收到取消通知。",
            "Who takes the place of whoever does not come or has not replied: the new one gets the notice, the old one "
                + "the cancellation.",
            Choice("how", "如何处理", "What becomes of the seat", "P37",
                Option("person", "由在册人员接替", "Somebody of the organisation"),
                Option("guest", "由其他人员接替", "Somebody else"),
                Option("none", "不再补充", "Nobody"), Option("keep", "已联系，保留原参会人员", "Reached; the seat stays")).Must(),
            Person("person", "接替人", "Replacement", "P37").Must()
                .AskedWhen(FieldCondition.Is("how", "person"), "由在册人员接替的填写。", "If somebody of the organisation."),
            Line("name", "接替人姓名", "Name", "P37", max: 50).Must()
                .AskedWhen(FieldCondition.Is("how", "guest"), "由其他人员接替的填写。", "If somebody else."),
            Line("contact", "联系方式（电子邮箱、电话）", "Contact (e-mail, phone)", "P37").Must().Code()
                .AskedWhen(FieldCondition.Is("how", "guest"), "由其他人员接替的填写。", "If somebody else."),
            Text("why", "原因", "Reason", "P37", max: 500).Must(),
            Line("short-roster", "名单少于规定人数的原因", "Why the roster is below the least number", "P37 Q89")
                .AskedWhen(FieldCondition.Is("how", "none"), "不再补充，名单因此少于规定人数的填写。",
                    "If nobody takes the place and the roster then has too few of a class.")),
        Form(FormKeys.AttendanceReply, "参会回执", "Reply",
            "请回复能否参加。", "Please say whether you will come.",
            Choice("reply", "能否参加", "Attendance", "P26 Q89",
                Option("yes", "参加", "Yes"), Option("no", "不能参加", "No"),
                Option("substitute", "委派他人参加", "A substitute comes")).Must(),
            Line("substitute", "代替人姓名", "Substitute's name", "P26", max: 50).Must()
                .AskedWhen(FieldCondition.Is("reply", "substitute"), "委派他人参加的填写。", "If a substitute comes."),
            Line("substitute-contact", "代替人联系方式（电子邮箱、电话）", "Substitute's contact (e-mail, phone)", "P26").Must().Code()
                .AskedWhen(FieldCondition.Is("reply", "substitute"), "委派他人参加的填写。", "If a substitute comes."),
            Line("reason", "不能参加的原因", "Reason", "P26").Must()
                .AskedWhen(FieldCondition.Is("reply", FormValues.No), "不能参加的填写。", "If you cannot come.")) with
                {
                    IsReply = true,
                },
        Form(FormKeys.MeetingRecord, "协商会议记录", "Meeting record",
            "如实、完整记录讨论内容、表决结果和决议事项。建言与共识分别记录。时间、地点、主持人、到会和缺席人员取自会议。",
            "A true and complete record of discussion, vote and resolutions; advice and consensus stand apart. Time, "
                + "place, host and who was present or absent come from the meeting.",
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
            Text("dissent", "不同意见", "Dissent", "P11", max: 2000),
            Files("attachments", "会议照片、签到表扫描件", "Photos, scan of the sign-in sheet", "P39 P40 P53")),
        Form(FormKeys.PreliminaryOpinion, "初步协商意见", "Preliminary opinion",
            "相关部门或委员围绕议题提出的初步协商意见。", "What departments or members think for the time being.",
            Text("opinion", "初步协商意见", "Opinion", "Q95", min: 10).Must(),
            Text("basis", "依据", "Ground", "Q95", max: 2000),
            Line("by", "提出单位或委员", "By", "Q95").Must()),
        Form(FormKeys.Resolution, "会议决议", "Resolution",
            "表决已通过，请写明决议内容和落实单位。", "The vote passed: write down what was resolved and who carries it out.",
            Text("text", "决议内容", "Resolution", "P50", min: 10).Must(),
            Unit("owner", "决议落实牵头单位", "Unit that carries it out", "P57")),
        Form(FormKeys.Minutes, "会议纪要", "Minutes",
            "整理后发送参会人员确认。", "Sent to the participants to confirm.",
            Text("text", "纪要内容", "Minutes", "P55", min: 20).Must(),
            Text("actions", "议定事项", "Agreed actions", "P55").Must(),
            Line("sent-to", "分送", "Sent to", "P55"),
            Text("reply", "对不同意见的处理", "What became of the objections", "P56", max: 2000),
            Text("difference", "与上一稿的不同", "Difference from the draft before", "P56", max: 10_000).Made()),
        Form(FormKeys.MinutesAnswers, "纪要确认情况", "How the minutes were answered",
            "谁无异议、谁有异议、谁未回复。没有回复不等于确认。",
            "Who confirmed, who objected, who kept silent. Silence is no consent.",
            Text("confirmed", "无异议", "Confirmed", "P56"),
            Rows("objections", "有异议", "Objected", "P56",
                Line("by", "姓名", "By", "P56"), Text("text", "意见", "Objection", "P56")),
            Text("silent", "未回复", "No reply", "P56")),
    ];

    private static FormField SeatClass() => Choice("class", "类别", "Class", "Q90 Q91 Q92 Q93 P24",
        [.. SeatClasses.All.Select(one => new FieldChoice(one.Key, one.Name))]).Must();

    /// <summary>Asked only for a meeting of the case's own.</summary>
    private static FormField Alone(this FormField field) =>
        field.AskedWhen(FieldCondition.Is(MeetingPlan.Join, ""), "单独召开的填写。", "If it is a meeting of its own.");
}
