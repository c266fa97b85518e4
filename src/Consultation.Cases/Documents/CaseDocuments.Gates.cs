using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.Documents;

/// <content>The paper of a gate that several decided (O2, O10).</content>
public static partial class CaseDocuments
{
    /// <summary>
    /// 审定结果单: what was asked and by which rule, how many were asked, stood aside, abstained, kept silent, whether they
    /// made a quorum, what each said, and what follows.
    /// </summary>
    private static void GateCountPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var record = subject.Record ?? file.Records.FirstOrDefault(one => one.Kind == FormKeys.GateCount);
        var task = subject.Task ?? file.Tasks.Find(one => one.Id == record?.TaskId)
            ?? throw new ArgumentException("no gate has been counted", nameof(subject));
        var directory = file.Directory.With(task);
        var seats = task.Assignees.FindAll(seat => seat.Active);
        var count = GateCount.Of(task);
        paper.Open("审定结果单").Facts(
            ("协商事项", TopicOf(file)), ("协商编号", file.Case.Number ?? ""),
            ("审定事项", task.Title.Zh), ("任务编号", task.Number), ("决定方式", GateRule.Of(task).Zh),
            ("提请日期", ChineseDay.Of(file.Calendar.DayOf(task.OpenedAt))),
            ("截止日期", task.DueAt is { } due ? ChineseDay.Of(file.Calendar.DayOf(due)) : ""),
            ("结果日期", ChineseDay.Of(file.Calendar.DayOf(task.ClosedAt ?? paper.Now))));
        var withQuorum = task.Mode == GateMode.MajorityWithQuorum;
        (string Heading, int Number)[] numbers =
        [
            ("被征求意见", seats.Count), ("回避", count.Recused), ("计入人数", count.Asked),
            .. withQuorum ? [("法定人数", count.Quorum)] : Array.Empty<(string, int)>(),
            ("已答复", count.Answered), ("其中弃权", seats.Count(seat => seat.Outcome == OutcomeKeys.Abstain)),
            ("未答复", count.Asked - count.Answered),
        ];
        paper.Builder.Numbered("答复情况").Table(
            [.. numbers.Select(one => new DocumentColumn(one.Heading, 1, Centre: true))],
            [[.. numbers.Select(one => one.Number.ToString(CultureInfo.InvariantCulture))]]);
        if (withQuorum)
        {
            paper.Builder.Text($"法定人数为计入人数的 {count.Share}，即 {count.Quorum} 人，"
                + (count.Answered >= count.Quorum ? "已达到。" : "未达到。"));
        }

        paper.Builder.Numbered("各人答复").Table(
            [new("序号", 2, true), new("姓名", 4, true), new("答复", 3, true), new("理由", 6), new("日期", 5, true)],
            seats.Select((seat, index) => (IReadOnlyList<string>)
            [
                Number(index), NameOf(seat), LabelOf(seat.Outcome) ?? "未答复", seat.Reason ?? "",
                seat.AnsweredAt is { } at ? ChineseDay.Of(file.Calendar.DayOf(at)) : "",
            ]));
        paper.Builder.Numbered("审定结果").Text(task.Outcome is OutcomeKeys.Undecided
            ? (withQuorum ? count.Explain().Zh : $"{count.Describe().Zh}；未能按答复作出决定。") + "另请有权决定的人决定，决定另行记录。"
            : $"{count.Describe().Zh}。结果：{LabelOf(task.Outcome) ?? "未决定"}。");
        paper.Close(DecidedBy(file));

        string? LabelOf(string? outcome) => outcome is null ? null
            : task.Outcomes.Find(one => one.Key == outcome)?.Label.Zh ?? outcome;

        string NameOf(TaskAssignee seat)
        {
            var name = directory.Find(seat.PersonId)?.Name ?? "";
            var by = seat.AnsweredById is { } other ? directory.Find(other)?.Name : null;
            return name + (seat.IsChair && task.Mode == GateMode.ChairLast ? "（最后决定）" : "")
                + (by is null ? "" : seat.Delegated ? $"（受托人{by}）" : $"（{by}代填）");
        }
    }
}
