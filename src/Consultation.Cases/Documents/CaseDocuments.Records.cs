using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;

namespace Consultation.Cases.Documents;

/// <content>What a meeting leaves: 会议记录 and 会议纪要.</content>
public static partial class CaseDocuments
{
    /// <summary>
    /// 协商会议记录: facts and those present from the meeting; speeches in order, questions, advice and consensus apart,
    /// vote and resolutions (P53, Q31).
    /// </summary>
    private static void MeetingRecord(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.MeetingRecord, file, subject).Fields;
        var form = FormCatalogue.Find(FormKeys.MeetingRecord)!;
        var meeting = MeetingOf(file);
        paper.Builder.Title($"{Quoted(TopicOf(file))}协商会议记录").Facts(
        [
            ("协商编号", file.Case.Number ?? ""), ("会议名称", $"{Quoted(meeting.Title)}协商议事会议"), ("时间", WhenOf(meeting)),
            ("地点", meeting.Place), ("主持人", Person(file, meeting.HostId)),
            ("记录人", Person(file, meeting.RecorderId)), .. Attendance(file, meeting),
        ]);
        if (meeting.RunSheet.Exists(item => item.BeganAt is not null))
        {
            paper.Builder.Numbered("会议进程").Table(
                [new("环节", 4), new("开始", 2, true), new("结束", 2, true)],
                meeting.RunSheet.Where(item => item.BeganAt is not null).Select(item => (IReadOnlyList<string>)
                    [item.Name.Zh, Clock(file, item.BeganAt), Clock(file, item.EndedAt)]));
        }

        paper.Builder.Numbered("讨论内容");
        Speeches(paper.Builder, file, meeting);
        paper.Builder.Text(fields.Text("discussion"));
        Questions(paper.Builder, form, file, meeting, fields);
        Collected(paper.Builder, form, file, meeting, fields);
        foreach (var vote in file.Votes.Where(vote => vote.Result is not null))
        {
            paper.Builder.Numbered($"表决情况（第{ChineseNumber.Of(vote.Round)}次）")
                .Text($"表决事项：{Unstopped(vote.Question.Zh)}。应到{vote.Count.Eligible}人，实到{vote.Count.Present}人。"
                    + vote.Count.Explain(vote.Rules).Zh);
        }

        paper.Builder.Numbered("决议事项").Text(fields.Text("resolutions"));
        if (fields.Text("dissent").Length > 0) paper.Builder.Numbered("不同意见").Text(fields.Text("dissent"));
        if (meeting.LastLine > 0)
        {
            paper.Builder.Small($"会议当日的原始记录共{meeting.LastLine}行，末行校验码 {meeting.LastHash[..16]}。");
        }

        paper.Builder.Text("主持人（签名）：　　　　　　　　记录人（签名）：").Signature(Issuer(file), paper.Today);
    }

    /// <summary>
    /// 会议纪要 (P55): 时间 地点 主持 出席 列席 缺席 议定事项 分送, from the newest draft; objections that stay are attached
    /// (P56).
    /// </summary>
    private static void Minutes(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.Minutes, file, subject).Fields;
        var meeting = MeetingOf(file);
        paper.Open($"{Quoted(meeting.Title)}协商议事会议纪要").Field("时间", WhenOf(meeting)).Field("地点", meeting.Place)
            .Field("主持", Person(file, meeting.HostId));
        foreach (var (label, names) in Attendance(file, meeting)) paper.Builder.People(label, names);
        paper.Builder.Numbered("会议情况").Text(WithoutHead(fields.Text("text")))
            .Numbered("议定事项").Text(fields.Text("actions"));
        var answers = file.Records.Find(
            record => record.Kind == FormKeys.MinutesAnswers && record.At >= meeting.HeldAt);
        if (answers?.Fields.RowsOf("objections") is { Count: > 0 } objections)
        {
            paper.Builder.Numbered("保留的不同意见").Text(string.Join('\n',
                objections.Select(row => $"{row.Text("by")}：{row.Text("text")}")));
        }

        if (fields.Text("reply").Length > 0) paper.Builder.Numbered("对不同意见的处理").Text(fields.Text("reply"));
        var copies = fields.Text("sent-to") is { Length: > 0 } sent ? $"分送：{sent.TrimEnd('。')}。" : null;
        if (copies is not null && !paper.Form.Imprint) paper.Builder.Field("分送", fields.Text("sent-to"));
        paper.Close(copies: copies);
    }

    /// <summary>The text of the minutes without the facts that stand above it already.</summary>
    private static string WithoutHead(string text)
    {
        string[] above = ["时间：", "地点：", "主持：", "出席：", "列席：", "缺席："];
        var lines = DocumentText.Lines(text).SkipWhile(
            line => above.Any(head => line.StartsWith(head, StringComparison.Ordinal))).ToList();
        return lines.Count > 0 ? string.Join('\n', lines) : text;
    }

    /// <summary>出席, 列席, 缺席, those absent with the reason that they gave.</summary>
    private static IEnumerable<(string Label, string Names)> Attendance(CaseFile file, Meeting meeting)
    {
        var present = SeatsInOrder(meeting).Where(seat => seat.SignedInAt is not null).ToList();
        var absent = SeatsInOrder(meeting).Where(seat => seat.SignedInAt is null).ToList();
        yield return ("出席", Counted(present.Where(seat => seat.HasVote)));
        if (present.Exists(seat => !seat.HasVote)) yield return ("列席", Counted(present.Where(seat => !seat.HasVote)));
        yield return ("缺席", absent.Count == 0 ? "无" : string.Join('、', absent.Select(Absent)));

        string Counted(IEnumerable<MeetingSeat> seats) => seats.ToList() is { Count: > 0 } some
            ? $"{string.Join('、', some.Select(seat => meeting.Came(seat, file)))}（{some.Count}人）" : "无";

        string Absent(MeetingSeat seat) => seat.Reason is { Length: > 0 } why
            ? $"{seat.NameIn(file.Directory)}（{why}）"
            : seat.NameIn(file.Directory);
    }

    /// <summary>Who spoke, in order, how long, and what about; who passed, and whose turn did not come.</summary>
    private static void Speeches(DocumentBuilder builder, CaseFile file, Meeting meeting)
    {
        var said = meeting.Turns.Where(turn => turn.BeganAt is not null || turn.Passed)
            .OrderBy(turn => turn.BeganAt ?? turn.AskedAt)
            .Select(turn => (Turn: turn, Seat: meeting.Seats.Find(seat => seat.Id == turn.SeatId)))
            .Where(one => one.Seat is not null).ToList();
        if (said.Count == 0) return;
        builder.Table(
            [new("次序", 2, true), new("发言人", 5), new("发言要点", 12), new("时长", 3, true)],
            said.Select((one, index) => (IReadOnlyList<string>)
            [
                Number(index), Introduced(file, one.Seat!), one.Turn.Passed ? "放弃发言" : one.Turn.Points,
                one.Turn.Passed ? "" : $"{one.Turn.Minutes}分钟",
            ]));
        if (Names(file, meeting.WithoutTurn()) is { Length: > 0 } silent) builder.Small($"未发言：{silent}。");
    }

    private static void Questions(
        DocumentBuilder builder, Form form, CaseFile file, Meeting meeting, IReadOnlyDictionary<string, string> fields)
    {
        if (meeting.Questions.Count > 0)
        {
            builder.Numbered("问答记录").Table(
                [new("序号", 2, true), new("问题", 7), new("提问人", 3, true), new("答复", 8), new("答复人", 3, true)],
                meeting.Questions.Select((question, index) => (IReadOnlyList<string>)
                [
                    Number(index), question.Text, question.AskedBy,
                    question.Answer is { Length: > 0 } answer ? answer
                        : question.DueOn is { } due
                            ? $"由{Person(file, question.OwnerId)}在{ChineseDay.Of(due)}前答复" : "待答复",
                    question.AnsweredBy ?? "",
                ]));
        }
        else if (fields.RowsOf("questions").Count > 0)
        {
            builder.Numbered("问答记录");
            Rows(builder, form.Find("questions")!, fields, file.Directory);
        }
    }

    /// <summary>
    /// Advice and consensus apart, as recorded; what the day's page collected, with its author, where the record does
    /// not say it already.
    /// </summary>
    private static void Collected(
        DocumentBuilder builder, Form form, CaseFile file, Meeting meeting, IReadOnlyDictionary<string, string> fields)
    {
        foreach (var (heading, kind, key) in new[]
        {
            ("建言清单", OptionKind.Advice, "advice"), ("共识清单", OptionKind.Consensus, "consensus"),
        })
        {
            var rows = fields.RowsOf(key).Select(row => (Text: row.Text("text"), By: row.Text("by"))).ToList();
            rows.AddRange(meeting.Options.Where(option => option.Kind == kind
                && !rows.Exists(row => row.Text == option.Text)).Select(option => (option.Text, option.By)));
            if (rows.Count == 0) continue;
            builder.Numbered(heading).Table(
                [new("序号", 2, true), new(form.Find(key)!.Columns![0].Label.Zh, 14), new("提出人", 4, true)],
                rows.Select((row, index) => (IReadOnlyList<string>)[Number(index), row.Text, row.By]));
        }

        var comments = meeting.Options.Where(option => option.Kind == OptionKind.Expert)
            .Select(option => $"{option.By}：{option.Text}");
        var expert = string.Join(
            '\n', comments.Append(fields.Text("expert")).Where(text => text.Length > 0).Distinct());
        if (expert.Length > 0) builder.Numbered("专家点评").Text(expert);
        var dissent = meeting.Options.Where(option => option.Kind == OptionKind.Dissent).ToList();
        if (dissent.Count > 0)
        {
            builder.Numbered("会上的不同意见").Text(
                string.Join('\n', dissent.Select(option => $"{option.By}：{option.Text}")));
        }
    }
}
