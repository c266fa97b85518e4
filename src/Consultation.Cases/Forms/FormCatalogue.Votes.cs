using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Voting (P49–P51): what is entered is counted; nobody enters a result.</content>
public static partial class FormCatalogue
{
    private const int MostVotes = Votes.VoteCount.Most;

    private static IEnumerable<Form> Voting() =>
    [
        Form(FormKeys.CountSheet, "计票单", "Count sheet",
            "两名计票人各自填写，数字一致才有效；是否通过由系统按议事规则计算。",
            "Two tellers fill it in, each alone; it stands when they agree. Whether it passed follows from the rules.",
            Number("participants", "有表决权的人数（含回避）", "Participants with a vote, those recused included", 1, MostVotes,
                "P49").Must(),
            Rows("recused", "回避人员", "Recused", "P49",
                Line("name", "姓名", "Name", "P49", max: 50).Must(), Line("reason", "回避理由", "Reason", "P49").Must()),
            Number("present", "实到人数（不含回避）", "Present, without those recused", 0, MostVotes, "P49").Must(),
            Number("for", "赞成", "For", 0, MostVotes, "P49").Must(),
            Number("against", "反对", "Against", 0, MostVotes, "P49").Must(),
            Number("abstained", "弃权", "Abstained", 0, MostVotes, "P49").Must(),
            Number("invalid", "无效", "Invalid", 0, MostVotes, "P49").Must()) with
        {
            Sums = [new(["for", "against", "abstained", "invalid"], "present")],
        },
        Form(FormKeys.RollCall, "记名表决登记", "Roll call",
            "逐人登记。是否通过由系统按议事规则计算。", "One row for each participant. Whether it passed follows from the rules.",
            Rows("votes", "表决情况", "Votes", "P49 P51",
                Line("name", "姓名", "Name", "P49", max: 50).Must(),
                Choice("choice", "表决", "Vote", "P49", Option("for", "赞成", "For"), Option("against", "反对", "Against"),
                    Option("abstain", "弃权", "Abstains"), Option("absent", "缺席", "Absent"),
                    Option("recused", "回避", "Recused")).Must(),
                Line("reason", "回避理由", "Reason of the recusal", "P49")
                    .MustWhen(FieldCondition.Is("choice", "recused"))).Must()),
        Form(FormKeys.Ballot, "表决票", "Ballot",
            "请表决。提交后不能更改。", "Please vote. A vote that is given cannot be changed.",
            Choice("choice", "我的表决", "My vote", "P49 P51", Option("for", "赞成", "For"),
                Option("against", "反对", "Against"), Option("abstain", "弃权", "I abstain"),
                Option("recused", "回避", "I recuse myself")).Must(),
            Line("reason", "回避理由", "Reason of the recusal", "P49").Must()
                .AskedWhen(FieldCondition.Is("choice", "recused"), "选择回避的填写。", "If you recuse yourself.")),
        Form(FormKeys.VoteRevision, "修改后再次表决", "Revision for another vote",
            "写明根据什么理由作了哪些修改；提交后再次表决。", "Say what was changed and why; the vote follows.",
            Text("proposal", "修改后提交表决的内容", "What is put to the vote now", "P50", min: 5).Must(),
            Text("changed", "修改内容", "What was changed", "P50", min: 10).Must()),
        Form(FormKeys.Vote, "表决结果", "Result of the vote",
            "由系统根据计票和议事规则得出。", "Made from the count and the rules.",
            Text("question", "表决事项", "Question", "P49"), Number("round", "第几次表决", "Vote no.", 1, 1000, "P49"),
            Choice("method", "表决方式", "Way of voting", "P51", Option("hands", "举手表决", "Show of hands"),
                Option("open", "记名投票", "Open ballot"), Option("secret", "无记名投票", "Secret ballot"),
                Option("online", "网络表决（记名）", "Online, open"),
                Option("online-secret", "网络表决（无记名）", "Online, secret")),
            Text("rules", "适用规则", "Rules", "P32"),
            Number("participants", "有表决权的人数", "Participants with a vote", 0, MostVotes, "P49"),
            Number("eligible", "应到人数（回避除外）", "Entitled, without those recused", 0, MostVotes, "P49"),
            Rows("recused", "回避人员", "Recused", "P49", Line("name", "姓名", "Name", "P49"),
                Line("reason", "回避理由", "Reason", "P49")),
            Number("present", "实到人数", "Present", 0, MostVotes, "P49"),
            Number("for", "赞成", "For", 0, MostVotes, "P49"), Number("against", "反对", "Against", 0, MostVotes, "P49"),
            Number("abstained", "弃权", "Abstained", 0, MostVotes, "P49"),
            Number("invalid", "无效", "Invalid", 0, MostVotes, "P49"),
            Number("not-cast", "未投票", "Not cast", 0, MostVotes, "P49"),
            Choice("result", "结果", "Result", "P50", Option("passed", "通过", "Passed"),
                Option("failed", "未通过", "Not passed"),
                Option("no-quorum", "未达法定人数", "No quorum")),
            Text("explained", "说明", "Explanation", "P49"), Line("tellers", "计票人", "Tellers", "P49")),
    ];
}
