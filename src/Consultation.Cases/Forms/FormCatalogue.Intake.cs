using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Screening, second check, topic (steps 1; Q57–Q73, Q82–Q85, P20–P22).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Intake() =>
    [
        Form(FormKeys.Screening, "协商事项核实与筛查", "Verification and screening",
            "核实事项基本情况，判断是否属于可以协商的范围。八种不纳入情形请逐条回答。",
            "Verify the facts and decide whether the matter may be consulted on. Answer each of the eight exclusions.",
            [
                .. Enumerable.Range(1, 8).SelectMany(Exclusion),
                NoneOf(Enumerable.Range(1, 8)),
                Confirmed(Enumerable.Range(1, 8), "不予纳入协商，并告知提出人理由；情形 2、5、6、8 先由第二人复核",
                    "not taken into consultation and its proposer is told why; codes 2, 5, 6, 8 go to a second person "
                        + "first"),
                ClassOfMatter().Must().AskedWhen(NoExclusion, "八种情形都选“否”的填写。", "If all eight answers are no.")
                    .Begins("类别和公共性", "Class and public concern"),
                PublicConcern().Must().AskedWhen(NoExclusion, "八种情形都选“否”的填写。", "If all eight answers are no."),
                Text("facts", "事项基本情况", "Facts of the matter", "Q82 Q83 Q43", min: 10).Must()
                    .AskedWhen(MayBeWritten, "情形 2、5、6 选“是”的不填。", "Not if exclusion 2, 5 or 6 applies.")
                    .Begins("核实情况", "What was verified")
                    .Help("写明已核实的时间、地点、涉及人数、现状。",
                        "Say what was verified: when, where, how many people, present state."),
                Text("sources", "核实途径", "How it was verified", "Q82", max: 1000)
                    .AskedWhen(MayBeWritten, "情形 2、5、6 选“是”的不填。", "Not if exclusion 2, 5 or 6 applies."),
            ]),
        Form(FormKeys.SecondCheck, "不纳入情形复核", "Second check of an exclusion",
            "请另一位同志复核筛查人的判断。", "A second person checks the screener's judgement.",
            YesNo("agrees", "是否同意不纳入", "Agrees to exclude", "Q67 Q70 Q71 Q73").Must(),
            Text("remark", "复核意见", "Remark", "Q73", max: 1000)
                .MustWhen(FieldCondition.Is("agrees", FormValues.No)).IsReason()
                .Help("不同意不纳入的，请写明意见，筛查人会重新筛查。", "If you do not agree, say why; the matter is then screened again.")),
        Form(FormKeys.ExclusionRecheck, "不纳入情形再询问", "Exclusions asked again",
            "事项可能在办理中进入诉讼、信访或审查程序，每个关口都要再问一次。",
            "A matter may go to court, petition or inquiry meanwhile; this is asked at every gate.",
            [
                .. Screening.Exclusions.AskedAgain.Order().SelectMany(Exclusion),
                NoneOf(Screening.Exclusions.AskedAgain.Order()),
                Confirmed(Screening.Exclusions.AskedAgain.Order(), "立即暂停办理，计时停止，有关人员和提出人都会收到通知",
                    "suspended at once: its time limits rest, and all concerned and the proposer are told"),
            ]),
        Form(FormKeys.ExclusionReview, "不予纳入复核", "Review of an exclusion",
            "提出人不同意不予纳入，请独立复核：维持，或者重新办理。维持的决定是最终结果。",
            "The proposer disagrees with the exclusion. Review it on your own: uphold it, or reopen the matter. Upheld "
                + "is final.",
            Text("opinion", "复核意见和理由（告知提出人）", "Opinion and reason (told to the proposer)", "Q66 Q73", min: 5,
                max: 1000).Must().IsReason()
                .Help("属于情形 2、5、6 的，不写具体内容。", "No content where codes 2, 5 or 6 apply."),
            ClassOfMatter().Begins("重新办理的填写", "To reopen the matter"),
            PublicConcern()),
        Form(FormKeys.TopicDraft, "拟定协商议题", "Draft of the topic",
            "根据核实情况拟定议题，并按标准打分，报专委会确定。", "Draft the topic and score it; the committee decides.",
            Line("title", "协商议题", "Topic", "Q84 P22", max: 100).Must(),
            Text("background", "背景", "Background", "P43", min: 10).Must(),
            Text("state", "现状", "Present state", "P43", min: 10).Must(),
            Text("problem", "存在的问题", "Problem", "P43", min: 10).Must(),
            Unit("lead-unit", "主办单位", "Unit in charge", "Q86 P03").Must()
                .Begins("涉及哪些单位和委员", "Whom it concerns")
                .Help("议题确定后，只告知这里选择的单位和有关委员。", "Once confirmed, only the units and members named here are told."),
            Units("helping-units", "协办单位", "Helping units", "Q86"),
            Fields("fields", "涉及的界别、专业领域、街道", "Sectors, fields and sub-districts concerned", "Q86 Q91")
                .Help("资料中有其中任何一项的委员会收到告知。", "Members who have one of them are told."),
            Score("representative", "代表性", "Representative", "P21").Begins("按标准打分", "Scores"),
            Score("widespread", "普遍性", "Widespread", "P21"),
            Score("urgent", "紧迫性", "Urgent", "P21"),
            Score("party", "党政所需", "Needed by party and government", "Q33"),
            Score("people", "群众所盼", "Hoped for by the people", "Q33"),
            Score("cppcc", "政协所能", "Within the CPPCC's ability", "Q33"),
            Score("members", "委员所为", "Doable by members", "Q33"),
            Text("score-reason", "评分理由", "Reason for the scores", "P21", max: 1000).Must(),
            Choices("ticks", "议题特点", "Nature of the topic", "Q63",
                Option("small", "切口小", "Small entry"), Option("linked", "关联广", "Wide link"),
                Option("close", "与群众切身利益密切相关", "Close to people's interests")),
            Choices("level", "问题程度", "Kind of problem", "P06 Q25",
                Option("hot", "热点", "Hot"), Option("hard", "难点", "Hard"), Option("focal", "焦点", "Focal"),
                Option("key", "重点", "Key"))),
        Form("topic-decision", "议题确定意见", "Decision on the topic",
            "请专委会审定议题：确定、退回修改或不予通过。", "The committee confirms the topic, returns it or rejects it.",
            YesNo("direction", "方向正确、定位准确、责任明确", "Right direction, position and responsibility", "Q22 Q23").Must(),
            Choices("expected", "预期成效", "Expected results", "Q27",
                Option("solve", "解难题", "Solves a problem"), Option("do", "办实事", "Does something real"),
                Option("unite", "聚人心", "Unites people"), Option("harmonise", "促和谐", "Makes for harmony")),
            Text("opinion", "审定意见", "Opinion", "Q85", max: 2000).IsReason()),
        Form(FormKeys.GateCount, "审定答复情况", "How a gate was answered",
            "谁怎样答复、谁弃权、谁回避、谁未答复。", "Who answered what, abstained, stood aside or kept silent.",
            Line("task", "审定事项", "Gate", "Q85", max: 300),
            Line("result", "结果", "Result", "Q85", max: 100),
            Line("count", "答复情况", "Count", "Q85", max: 500),
            Rows("answers", "答复", "Answers", "Q85",
                Line("by", "姓名", "By", "Q85", max: 100), Line("answer", "答复", "Answer", "Q85", max: 100),
                Text("reason", "理由", "Reason", "Q85", max: 4000)),
            Text("silent", "未答复", "Silent", "Q85", max: 2000)),
        Form("talk-record", "面对面交流记录", "Record of a talk",
            "与基层群众、企业单位代表交流的记录，可以直接转为协商事项。",
            "Record of a talk with residents or firms; it can become a matter at once.",
            Date("on", "交流日期", "Date", "Q38").Must().Past(),
            Line("place", "地点", "Place", "Q38").Must(),
            Line("with", "交流对象", "With whom", "Q38 Q39").Must(),
            Text("heard", "群众反映的问题", "What was heard", "Q39 Q18", min: 10).Must(),
            Text("suggestion", "委员建议", "Member's suggestion", "Q40")),
    ];

    private static FormField ClassOfMatter() => Choice(
        "class", "协商事项类别", "Class of matter", "Q57 Q58 Q59 Q60 Q62 Q64",
        Option("Policy", "方针政策、重点工作部署落实情况", "Carrying out of policies and key work"),
        Option("SubCentre", "城市副中心建设进展和关键问题", "Progress of the city sub-centre"),
        Option("DistrictWork", "区委、区政府中心工作", "Central work of the district"),
        Option("DepartmentList", "党委政府部门梳理出的问题", "Problems listed by departments"),
        Option("PublicHardship", "群众普遍关心、反映强烈、迫切要求解决的实际困难", "Widely felt, urgent hardship"),
        Option("LocalGovernance", "基层社会治理难事、12345 可协商的共性问题", "Local governance and common hotline problems"));

    private static FormField PublicConcern() => Choices("concern", "涉及的公共性", "Public concern", "Q24",
        Option("affairs", "公共事务", "Public affairs"), Option("interest", "公众利益", "Public interest"),
        Option("welfare", "公益事业", "Public welfare"))
        .AtLeast(1).Help("至少符合一项，才属于协商范围。", "At least one must hold for a matter to be consulted on.");

    /// <summary>None of the eight exclusions applies.</summary>
    private static FieldCondition NoExclusion =>
        FieldCondition.None(FormValues.Yes, Enumerable.Range(1, 8).Select(code => $"excl-{code}"));

    /// <summary>The content of secret, reported and investigated matters is not written down (O15).</summary>
    private static FieldCondition MayBeWritten =>
        FieldCondition.None(FormValues.Yes, Screening.Exclusions.Restricted.Order().Select(code => $"excl-{code}"));

    private static IEnumerable<FormField> Exclusion(int code)
    {
        var text = Screening.Exclusions.Text(code);
        var row = $"Q{65 + code}";
        var question = YesNo($"excl-{code}", $"情形 {code}：{text.Zh}", $"{code}: {text.En}", row)
            .MustWhen(FieldCondition.None("none", Screening.ScreeningRules.NoneField));
        yield return code == 1 ? question.Begins("不纳入情形，请逐条回答", "The exclusions, one by one") : question;
        yield return OfExclusion(code, Screening.Exclusions.Restricted.Contains(code)
            ? Text($"excl-{code}-reason", $"情形 {code} 的判断依据（不写具体内容）", $"Ground for {code} (no content)", row, max: 200)
            .Must()
            : Text($"excl-{code}-reason", $"情形 {code} 的理由", $"Reason for {code}", row, max: 1000).Must());
        if (Screening.Exclusions.ReferenceOf(code) is { } reference)
        {
            var field = Line($"excl-{code}-ref", reference.Zh, reference.En!, row, max: 100);
            yield return OfExclusion(code, code == 3 ? field : field.Must());
        }
    }

    /// <summary>以上均无: whatever is left unanswered does not apply.</summary>
    private static FormField NoneOf(IEnumerable<int> codes) =>
        Choices(Screening.ScreeningRules.NoneField, "以上均无", "None of the above", "O13 O14",
            Option("none", "以上情形都没有", "None of them applies"))
            .Bars(FieldCondition.Any(FormValues.Yes, codes.Select(code => $"excl-{code}")),
                "上面有一条选了“是”，又勾选了“以上均无”，请改正其中一处。",
                "One of the above says yes and “none of the above” is ticked; mend one of them.")
            .Help("勾选后，没有回答的各条按“否”记录。", "If ticked, what is left unanswered counts as no.");

    /// <summary>
    /// What a yes brings about is said before it is sent, and wants a second tick: one slip is not enough.
    /// </summary>
    private static FormField Confirmed(IEnumerable<int> codes, string zh, string en) =>
        Choices(Screening.ScreeningRules.ConfirmField, "请确认", "Please confirm", "O13 O14",
            Option(FormValues.Yes, $"已核对：提交后，本事项将{zh}。", $"I have checked: once sent, the matter is {en}."))
            .Must().AskedWhen(FieldCondition.Any(FormValues.Yes, codes.Select(code => $"excl-{code}")),
                $"有一条选“是”的勾选。注意：提交后，本事项将{zh}。", $"If one says yes. Mind: once sent, the matter is {en}.");

    private static FormField OfExclusion(int code, FormField field) =>
        field.AskedWhen(
            FieldCondition.Is($"excl-{code}", FormValues.Yes), $"情形 {code} 选“是”的填写。", $"If exclusion {code} applies.");
}
