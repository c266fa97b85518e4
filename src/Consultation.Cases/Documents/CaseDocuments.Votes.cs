using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Votes;

namespace Consultation.Cases.Documents;

/// <content>The papers of a vote (P49–P51): ballot, count sheet, resolution.</content>
public static partial class CaseDocuments
{
    private const int BallotsOnAPage = 2;

    /// <summary>表决票: blank, two on a page to be cut; of the vote that is next where none is open.</summary>
    private static void BallotPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var vote = file.Votes.LastOrDefault();
        var round = vote is null ? 1 : vote.Result is null ? vote.Round : vote.Round + 1;
        var byName = vote is { Secret: false, Method: VoteMethod.RollCall }
            || vote is null && AdoptedRules.MethodOf(file) is { Secret: false, Method: VoteMethod.RollCall };
        for (var copy = 0; copy < BallotsOnAPage; copy++)
        {
            if (copy > 0) paper.Builder.CutLine();
            paper.Builder.Title("表决票").Facts(
                ("会议名称", file.Meeting is { } meeting ? $"{Quoted(meeting.Title)}协商议事会议" : TopicOf(file)),
                ("表决事项", PutToTheVote(file, vote)),
                ("表决次序", $"第{ChineseNumber.Of(round)}次表决"))
                .Table([new("赞成", 1, true), new("反对", 1, true), new("弃权", 1, true)], [["", "", ""]], height: 36)
                .Small("说明：请在选定的一栏内画“○”，只选一栏；多选、不选的为无效票。加盖印章有效。"
                    + (byName ? "" : "（无记名，请勿签名）"));
            if (byName) paper.Builder.Small("表决人（签名）：　　　　　　　　　　　　　年　　月　　日");
        }
    }

    /// <summary>
    /// What the next ballot is about: the open vote's question, what was revised or resolved since, or else the last
    /// question, and the topic before the meeting.
    /// </summary>
    private static string PutToTheVote(CaseFile file, Vote? vote)
    {
        if (vote is { Result: null }) return vote.Question.Zh;
        var since = vote?.ClosedAt ?? file.Meeting?.HeldAt ?? DateTimeOffset.MaxValue;
        var record = file.Records.Find(
            one => one.At >= since && one.Kind is (FormKeys.VoteRevision or FormKeys.MeetingRecord));
        var said = record is null ? ""
            : record.Fields.Text(record.Kind == FormKeys.VoteRevision ? "proposal" : "resolutions");
        return said.Length > 0 ? said : vote?.Question.Zh ?? TopicOf(file);
    }

    /// <summary>计票单: the numbers, the rules they were measured by, the result, who counted.</summary>
    private static void CountSheetPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var vote = VoteOf(file);
        if (vote.Result is null) throw new ArgumentException("the vote is open", nameof(file));
        var count = vote.Count;
        string People(int number) => number.ToString(CultureInfo.InvariantCulture);
        paper.Builder.Title("计票单").Facts(
            ("协商事项", TopicOf(file)), ("协商编号", file.Case.Number ?? ""),
            ("表决事项", $"{Unstopped(vote.Question.Zh)}（第{ChineseNumber.Of(vote.Round)}次表决）"),
            ("表决时间", ChineseDay.Of(DayOf(vote, file, vote.ClosedAt ?? paper.Now))),
            ("表决方式", Show(FormKeys.Vote, "method", CountSheet.Write(vote), file)),
            ("适用规则", vote.Rules.Describe().Zh))
            .Numbered("到会人数")
            .Table(
                [new("有表决权", 1, true), new("回避", 1, true), new("应到", 1, true), new("实到", 1, true)],
                [[People(count.Participants), People(count.Recused), People(count.Eligible), People(count.Present)]])
            .Numbered("计票结果")
            .Table(
                [new("赞成", 1, true), new("反对", 1, true), new("弃权", 1, true), new("无效", 1, true),
                    new("未投票", 1, true)],
                [[People(count.For), People(count.Against), People(count.Abstained), People(count.Invalid),
                    People(Math.Max(0, count.NotCast))]])
            .Text(vote.Count.Explain(vote.Rules).Zh);
        if (vote.Recusals.Count > 0)
        {
            paper.Builder.Numbered("回避人员").Table(
                [new("姓名", 2, true), new("理由", 5)],
                vote.Recusals.Select(one => (IReadOnlyList<string>)[one.Name, one.Reason]));
        }

        if (vote.Named.Count > 0)
        {
            paper.Builder.Numbered("记名表决").Table(
                [new("序号", 1, true), new("姓名", 3, true), new("表决", 2, true)],
                vote.Named.Select((one, index) => (IReadOnlyList<string>)
                    [Number(index), one.Name, WordOf(one.Choice)]));
        }

        if (vote.Tellers.Count > 0) paper.Builder.Text($"计票人：{string.Join('、', vote.Tellers)}");
        paper.Builder.Text(vote.Method == VoteMethod.Online
            ? "网络表决由系统计票。　　　　　　　　主持人（签名）："
            : "计票人（签名）：　　　　　　　　主持人（签名）：");
    }

    /// <summary>会议决议, with its number and the vote that carried it.</summary>
    private static void ResolutionPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.Resolution, file, subject).Fields;
        var vote = file.Votes.LastOrDefault(one => one.Result == VoteResult.Passed)
            ?? throw new ArgumentException("no vote has passed", nameof(file));
        var day = ChineseDay.Of(DayOf(vote, file, vote.ClosedAt!.Value));
        paper.Open(About(TopicOf(file), "决议")).Note($"{day}协商议事会议通过")
            .Text($"{day}，协商议事会议就{ChineseQuote.Of(Unstopped(vote.Question.Zh))}进行表决。会议应到{vote.Count.Eligible}人，"
                + $"实到{vote.Count.Present}人，达到法定人数。表决结果：赞成{vote.Count.For}票，"
                + $"反对{vote.Count.Against}票，弃权{vote.Count.Abstained}票"
                + (vote.Count.Invalid > 0 ? $"，无效{vote.Count.Invalid}票" : "") + "，符合议事规则，表决通过。")
            .Text("会议决定：").Text(fields.Text("text"));
        if (Unit(file, fields.Unit("owner")) is { Length: > 0 } owner)
        {
            paper.Builder.Text($"本决议由{owner}牵头落实，落实情况按期报告。");
        }

        paper.Close();
    }

    /// <summary>Quoted by what it is about: 关于“停车”的建议 becomes “停车”, so that no title has quotes in quotes.</summary>
    private static string Quoted(string text) => ChineseQuote.Of(WhatAbout(text));

    /// <summary>The sentence without the stop at its end, which follows where it stands.</summary>
    private static string Unstopped(string text) => text.TrimEnd('。', '；', '，', ' ');

    /// <summary>A vote at a meeting belongs to the meeting's day, however late it was entered.</summary>
    private static DateOnly DayOf(Vote vote, CaseFile file, DateTimeOffset closed) =>
        file.Calendar.DayOf(closed) is var day && vote.Method != VoteMethod.Online
            && file.Meeting is { HeldAt: not null } meeting && meeting.On <= day
            && file.Calendar.DayOf(vote.OpenedAt) <= file.Calendar.DayOf(meeting.HeldAt.Value)
            ? meeting.On
            : day;

    private static string WordOf(BallotChoice choice) => choice switch
    {
        BallotChoice.For => "赞成",
        BallotChoice.Against => "反对",
        BallotChoice.Abstain => "弃权",
        BallotChoice.Recused => "回避",
        _ => "缺席",
    };

    private static Vote VoteOf(CaseFile file) => file.Votes.LastOrDefault()
        ?? throw new ArgumentException("the case has no vote", nameof(file));
}
