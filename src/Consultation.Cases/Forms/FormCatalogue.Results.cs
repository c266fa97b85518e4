using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Submission and problem list (step 5 and 6; Q45, Q96–Q99, Q104–Q113).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Results() =>
    [
        Form(FormKeys.CommonProblems, "共性问题与报送内容", "Common problems and advice",
            "收集协商过程中的共性问题，以提案、社情民意信息等形式报送区委区政府。", "Common problems of the consultation, to be submitted with advice.",
            Rows("problems", "共性问题清单", "Common problems", "Q96",
                Line("problem", "问题", "Problem", "Q96", max: 300).Must(),
                Line("breadth", "涉及范围", "Breadth", "Q96 O18", max: 100),
                Line("advice", "建议", "Advice", "Q97", max: 500).Must()).Must(),
            Choices("kinds", "报送形式", "Form of submission", "Q45 Q97 O18",
                Option("proposal", "提案", "Proposal"), Option("opinion", "社情民意信息", "Public opinion report"),
                Option("other", "其他", "Other")).AtLeast(1).Must()
                .Help("涉及面广、需要部门办理答复的，宜用提案；时效性强、一事一报的，宜用社情民意信息；可以同时报送。",
                    "A proposal for broad matters that departments must answer; an opinion report for urgent single "
                        + "ones; both may be sent."),
            Line("title", "报送标题", "Title", "Q97", max: 100).Must(),
            Choice("proposer-kind", "提案者", "Proposer", "Q45 Q97", Option("member", "政协委员", "A member"),
                Option("group", "界别或联名", "A sector or several members"),
                Option("committee", "专门委员会", "A committee")).Must()
                .AskedWhen(FieldCondition.Is("kinds", "proposal"), "选择提案的填写。", "For a proposal."),
            Line("proposer", "提案者姓名或名称", "Proposer's name", "Q45 Q97", max: 100).Must()
                .AskedWhen(FieldCondition.Is("kinds", "proposal"), "选择提案的填写。", "For a proposal."),
            Choice("subject-class", "案别", "Class of the proposal", "Q97", Option("economy", "经济建设", "Economy"),
                Option("politics", "政治建设", "Politics"), Option("culture", "文化建设", "Culture"),
                Option("society", "社会建设", "Society"), Option("ecology", "生态文明建设", "Ecology"),
                Option("united-front", "统战和其他", "United front and others")).Must()
                .AskedWhen(FieldCondition.Is("kinds", "proposal"), "选择提案的填写。", "For a proposal."),
            Line("author", "信息作者", "Author of the report", "Q45 Q97", max: 100).Must()
                .AskedWhen(FieldCondition.Is("kinds", "opinion"), "选择社情民意信息的填写。", "For an opinion report."),
            Choice("level", "报送层级", "Level", "Q97", Option("district", "区级", "District"),
                Option("city", "市级", "City"), Option("province", "省级", "Province")).Must()
                .AskedWhen(FieldCondition.Is("kinds", "opinion"), "选择社情民意信息的填写。", "For an opinion report."),
            Text("situation", "基本情况", "Situation", "Q97", min: 20).Must(),
            Text("advice", "意见建议", "Advice", "Q97", min: 20).Must(),
            Line("to", "主送单位", "Addressee", "Q97").Must()
                .Help("信息的主送单位，例如：区委、区政府。提案一律送提案委员会。",
                    "Of an opinion report, for example the district party committee and government; a proposal goes to "
                        + "the proposals committee.")),
        Form("submission-signoff", "报送签批", "Sign-off",
            "请审签后报送。", "Sign before it is sent.",
            Text("opinion", "签批意见", "Opinion", "Q97", max: 1000).IsReason()),
        Form("submission-receipt", "报送回执", "Receipt",
            "登记区委区政府的收文回执，开始计算答复期限。", "Enter the receipt; the watch for the reply starts.",
            Line("number", "收文编号", "Receipt number", "Q97 O19", max: 50).Must().Code(),
            Date("on", "收文日期", "Date", "Q97 O19").Must().Past(),
            Line("by", "收文单位及经办人", "Received by", "O19"),
            Files("scan", "回执扫描件", "Scan of the receipt", "O19")),
        Form(FormKeys.SubmissionReply, "答复登记", "Reply",
            "登记对提案或信息的答复。", "Enter the answer to the submission.",
            Date("on", "答复日期", "Date", "Q98").Must().Past(),
            Choice("result", "采纳情况", "Result", "Q98",
                Option("adopted", "采纳", "Adopted"), Option("partly", "部分采纳", "Partly adopted"),
                Option("answered", "已答复说明", "Answered"), Option("done", "已办结", "Done"),
                Option("declined", "未采纳", "Declined")).Must(),
            Text("text", "答复内容", "Answer", "Q98", min: 5).Must(),
            YesNo("complete", "答复是否完整（不再等待其他答复）", "Complete: nothing more is awaited", "Q98").Must()
                .Help("选“否”的，继续跟踪其余答复。", "If not, the rest goes on being watched."),
            Line("document", "答复文号", "Document number", "Q98", max: 50).Code(),
            Files("scan", "答复文件扫描件", "Scan of the answer", "Q98 O19")),
        Form(FormKeys.ProblemList, "问题清单", "Problem list",
            "每一行成为一项督办事项，按期填报进展，直到办结。", "Each row becomes a tracked item with progress entries until it is done.",
            Rows("items", "问题清单", "Problems", "Q99",
                Date("consulted-on", "协商时间", "Date of consultation", "Q105").Must().Past(),
                Line("topic", "协商议题", "Topic", "Q106").Must(),
                Text("advice", "协商建议", "Advice", "Q107", max: 2000).Must(),
                Unit("assigning", "交办单位", "Assigning unit", "Q108 O9"),
                Unit("undertaking", "承办单位", "Undertaking unit", "Q108 O9").Must(),
                Unit("office", "政协责任委室", "Responsible CPPCC office", "Q109").Must(),
                Person("supervisor", "督办负责人", "Supervisor", "Q110").Must().OtherThan("undertaking",
                    "这个人就在承办单位，办结时不能核查自己单位填报的内容。请改选其他单位的人，例如责任委室的人。",
                    "This person belongs to the undertaking unit and could not check in the end what that unit "
                        + "reported. Choose somebody else, for example of the responsible office."),
                Text("progress", "进展情况", "Progress", "Q111", max: 2000),
                Text("problems", "存在问题", "Problems", "Q112", max: 2000),
                Text("solution", "解决思路", "Way to solve", "Q113", max: 2000),
                Date("due", "办结期限", "Due", "Q102").Must()).Must()),
    ];
}
