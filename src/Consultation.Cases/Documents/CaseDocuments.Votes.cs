using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Votes;

namespace Consultation.Cases.Documents;

/// <content>The papers of a vote (P49–P51): ballot, count sheet, resolution.</content>
public static partial class CaseDocuments
{
    /// <summary>表决票: blank, for a vote on paper.</summary>
    private static void BallotPaper(Paper paper, CaseFile file, DocumentSubject subject) => paper.Builder
        .Title("表决票").Field("协商事项", TopicOf(file)).Field("表决事项", VoteOf(file).Question.Zh)
        .Text("请在选定的一栏内画“○”，只选一栏；多选、不选的为无效票。")
        .Table([new("赞成", 1, true), new("反对", 1, true), new("弃权", 1, true)], [["", "", ""]])
        .Signature(Issuer(file), paper.Today);

    /// <summary>计票单: the numbers, the rules they were measured by, the result, who counted.</summary>
    private static void CountSheetPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var vote = VoteOf(file);
        if (vote.Result is null) throw new ArgumentException("the vote is open", nameof(file));
        paper.Builder.Title("计票单").Field("协商事项", TopicOf(file))
            .Field("表决事项", $"{vote.Question.Zh}（第 {vote.Round} 次表决）")
            .Field("表决方式", Show(FormKeys.Vote, "method", CountSheet.Write(vote), file))
            .Field("适用规则", vote.Rules.Describe().Zh);
        Counted(paper, vote);
        if (vote.Recusals.Count > 0)
        {
            paper.Builder.Heading("回避人员").Table(
                [new("姓名", 2, true), new("理由", 5)],
                vote.Recusals.Select(one => (IReadOnlyList<string>)[one.Name, one.Reason]));
        }

        if (vote.Named.Count > 0)
        {
            paper.Builder.Heading("记名表决").Table(
                [new("姓名", 3, true), new("表决", 2, true)],
                vote.Named.Select(one => (IReadOnlyList<string>)[one.Name, one.Choice switch
                {
                    BallotChoice.For => "赞成",
                    BallotChoice.Against => "反对",
                    BallotChoice.Abstain => "弃权",
                    BallotChoice.Recused => "回避",
                    _ => "缺席",
                }]));
        }

        paper.Builder.Field("结果", vote.Count.Explain(vote.Rules).Zh).Field("计票人", string.Join('、', vote.Tellers))
            .Signature(Issuer(file), paper.Today);
    }

    /// <summary>会议决议, with its number and the vote that carried it.</summary>
    private static void ResolutionPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.Resolution, file, subject).Fields;
        var vote = file.Votes.LastOrDefault(one => one.Result == VoteResult.Passed)
            ?? throw new ArgumentException("no vote has passed", nameof(file));
        paper.Builder.Title(About(TopicOf(file), "决议")).Number(paper.Number)
            .Text($"{ChineseDay.Of(file.Calendar.DayOf(vote.ClosedAt!.Value))}，会议就“{vote.Question.Zh}”进行表决。"
                + $"应到 {vote.Count.Eligible} 人，实到 {vote.Count.Present} 人，赞成 {vote.Count.For} 票，"
                + $"反对 {vote.Count.Against} 票，弃权 {vote.Count.Abstained} 票，符合议事规则，表决通过。")
            .Heading("决议如下").Text(fields.Text("text"));
        if (Unit(file, fields.Unit("owner")) is { Length: > 0 } owner) paper.Builder.Field("落实牵头单位", owner);
        paper.Builder.Signature(Issuer(file), paper.Today);
    }

    private static void Counted(Paper paper, Vote vote)
    {
        var count = vote.Count;
        (string Name, int Number)[] rows =
        [
            ("有表决权", count.Participants), ("回避", count.Recused), ("应到", count.Eligible), ("实到", count.Present),
            ("赞成", count.For), ("反对", count.Against), ("弃权", count.Abstained), ("无效", count.Invalid),
            ("未投票", count.NotCast),
        ];
        paper.Builder.Table(
            [new("项目", 3, true), new("人（票）数", 2, true)],
            rows.Select(row => (IReadOnlyList<string>)[row.Name, row.Number.ToString(CultureInfo.InvariantCulture)]));
    }

    private static Vote VoteOf(CaseFile file) => file.Votes.LastOrDefault()
        ?? throw new ArgumentException("the case has no vote", nameof(file));
}
