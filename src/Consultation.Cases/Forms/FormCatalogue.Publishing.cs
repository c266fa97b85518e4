using Consultation.Cases.Matters;
using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>
/// What everybody may read (Q28, Q55, Q80, O23, O24): each text with who reads it. What the form shows first is
/// redacted already; the original stands beside it.
/// </content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Publishing() =>
    [
        Form(FormKeys.PublishTopic, "公开议题", "Publish the topic",
            "请对照原文，逐项核对公开的文字。不写姓名、电话、证件号和门牌号。",
            "Check each text: the original stands beside what will be read. No names, phones, identity numbers, flats.",
            [
                Title(), .. Levelled("summary", "议题说明", "What it is about", must: true),
                .. Levelled("background", "背景", "Background"), .. Levelled("current", "现状", "As it is now"),
                YesNo("consult", "开展网上征求意见", "Consult on it online", "Q55")
                    .Begins("网上征求意见", "Online consultation").Must(),
                Line("question", "请大家回答的问题", "What everybody is asked", "Q55", max: 200).Must()
                    .AskedWhen(FieldCondition.Is("consult", FormValues.Yes), "开展网上征求意见的填写。",
                        "If it is consulted on online."),
                Date("consult-until", "征求意见截止", "Opinions until", "Q55").Must()
                    .AskedWhen(FieldCondition.Is("consult", FormValues.Yes), "开展网上征求意见的填写。",
                        "If it is consulted on online."),
            ]),
        Form(FormKeys.PublishMeeting, "公开会议", "Publish the meeting",
            "日期和时间取自会议安排，会议改期时公开页面随之更新。", "Day and hour are those of the meeting and follow when it moves.",
            [
                Title(), .. Levelled("place", "地点", "Place", lines: false, must: true),
                .. Levelled("agenda", "议程", "Agenda"), .. Levelled("remark", "给参会人的说明", "For those who come"),
                YesNo("sign-up", "接受群众报名", "People may sign up", "Q29").Begins("群众报名", "Signing up").Must(),
                Number("places", "名额", "Places", 1, 500, "Q29").Must()
                    .AskedWhen(FieldCondition.Is("sign-up", FormValues.Yes), "接受报名的填写。", "If people may sign up."),
                Date("sign-up-until", "报名截止", "Sign up until", "Q29").Must()
                    .AskedWhen(FieldCondition.Is("sign-up", FormValues.Yes), "接受报名的填写。", "If people may sign up."),
            ]),
        Form(FormKeys.PublishResult, "公开结果", "Publish the result",
            "写明提了什么、建议了什么、答应了什么、办了什么。承诺事项的期限和进展由系统自动更新。",
            "What was asked, advised, promised and done. Days and progress of promises are kept up by the system.",
            [
                Title(), .. Levelled("asked", "反映的问题", "What was asked", must: true),
                .. Levelled("advised", "协商建议", "What was advised"),
                Rows("promises", "承诺事项", "What was promised", "Q28",
                    Line("number", "督办序号", "Item no.", "Q104", max: 10).Must(),
                    Line("text", "公开的文字", "What is read", "Q28", max: 300).Must()),
                .. Levelled("done", "办理情况", "What was done"),
            ]),
        Form(FormKeys.OnlineConsultation, "网上征求意见汇总", "Digest of an online consultation",
            "由系统根据公开的意见汇总，小结由主持单位撰写。", "Made from the opinions shown; the summary is the organiser's.",
            Line("question", "问题", "Question", "Q55"), Number("shown", "公开的意见", "Opinions shown", 0, 100000, "Q55"),
            Number("folded", "与他人相同而合并的意见", "Folded into the same", 0, 100000, "Q55"),
            Number("refused", "未公开的意见", "Not shown", 0, 100000, "Q55"),
            Number("agreements", "赞同", "Agreements", 0, 10000000, "Q55"),
            Text("opinions", "主要意见", "Main opinions", "Q55", max: 20000),
            Text("summary", "小结", "Summary", "Q55")),
    ];

    private static FormField Title() => Line("title", "公开标题", "Public title", "Q28", MatterRules.LongestTitle).Must();

    /// <summary>A text and who reads it.</summary>
    private static IEnumerable<FormField> Levelled(
        string key, string zh, string en, bool lines = true, bool must = false)
    {
        var text = lines ? Text(key, zh, en, "Q28") : Line(key, zh, en, "Q28", max: 200);
        yield return must ? text.Must() : text;
        yield return Choice(
            key + Consultation.Cases.Publishing.PublicationRules.LevelSuffix, $"谁能看到“{zh}”", $"Who reads “{en}”", "O24",
            Option("public", "公众", "Everybody"), Option("participants", "参与人", "Those who take part"),
            Option("organisers", "仅组织方", "Organisers only")).Must();
    }
}
