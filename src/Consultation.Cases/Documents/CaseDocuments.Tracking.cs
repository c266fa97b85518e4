using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Documents;

/// <content>Following up: 问题清单, 催办通知书, 延期申请 and its answer.</content>
public static partial class CaseDocuments
{
    /// <summary>
    /// 问题清单 (Q99): one row for each tracked item that is opened from it; those that stand already with their number.
    /// </summary>
    private static void ProblemList(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var rows = RecordOf(FormKeys.ProblemList, file, subject).Fields.RowsOf("items");
        paper.Builder.Title($"{Quoted(TopicOf(file))}协商问题清单")
            .Table(
                [new("序号", 3, true), new("协商时间", 8, true), new("协商议题", 8), new("协商建议", 12),
                    new("承办单位", 7, true), new("政协责任委室", 7, true), new("督办负责人", 6, true), new("办结期限", 8, true)],
                rows.Select((row, index) => (IReadOnlyList<string>)
                [
                    Number(index), Day(row, "consulted-on"), row.Text("topic"), row.Text("advice"),
                    Unit(file, row.Unit("undertaking")), Unit(file, row.Unit("office")),
                    Person(file, row.Person("supervisor")), Day(row, "due"),
                ]));
        paper.Builder.Line("", $"共 {rows.Count} 项，按月填报进展，直到办结。");
        paper.Close(Issuer(file));
    }

    /// <summary>
    /// 催办通知书 (O7): from the office, with addressee, subject, the day it was assigned, the day it was due, and the day
    /// until which the reason is asked for.
    /// </summary>
    private static void FormalReminderPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var (item, task) = (subject.Item, subject.Task);
        var due = task?.DueAt is { } at ? file.Calendar.DayOf(at)
            : item?.NextEntryDueAt is { } entry ? file.Calendar.DayOf(entry) : item?.DueOn;
        var to = item is not null ? Unit(file, item.UndertakingUnitId)
            : string.Join('、', (task is null ? [] : Gate.Owing(task)).Select(seat => Person(file, seat.PersonId)));
        var days = due is { } dueOn ? file.Calendar.WorkingDaysBetween(dueOn, paper.Today) : 0;
        var assigned = task is null ? item?.OpenedAt : task.OpenedAt;
        var you = item is null ? "你" : "你单位";
        var what = item is null
            ? $"{Quoted(TopicOf(file))}协商事项的{Quoted((task?.Title.Zh ?? file.Case.Title).TrimEnd('。'))}"
            : $"{Quoted(TopicOf(file))}协商事项的督办事项{Quoted(item.Advice.TrimEnd('。'))}（编号 {item.Year}-{item.Number}）"
                + (task is null ? "" : $"，本次逾期的是“{task.Title.Zh.TrimEnd('。')}”");
        paper.Open("催办通知书").Addressee(to.Length == 0 ? "承办单位" : to)
            .Text($"根据督办工作要求，现就{you}承办的逾期事项催办如下。")
            .Numbered("催办事项").Text(what + "。")
            .Numbered("交办日期和办理期限").Text(
                (assigned is { } given ? $"该事项于{ChineseDay.Of(file.Calendar.DayOf(given))}交办" : "该事项")
                + (due is { } day ? $"，应于{ChineseDay.Of(day)}前办理" : "")
                + (days > 0 ? $"，截至{ChineseDay.Of(paper.Today)}已逾期{days}个工作日。" : "，现已到期。")
                + (item?.DueOn is { } end ? $"督办事项的办结期限为{ChineseDay.Of(end)}。" : ""))
            .Numbered("有关要求").Text(
                $"请立即办理，并于{ChineseDay.Of(FormalReminder.ExplainBy(file, paper.Today))}前书面"
                    + "说明未按期办理的原因和预计完成日期。逾期仍未办理的，将按督办程序报告。");
        paper.Close();
    }

    /// <summary>延期申请 (O8): from the unit to the office that supervises, with the old and the new day.</summary>
    private static void ExtensionRequestPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var record = RecordOf(FormKeys.ExtensionRequest, file, subject);
        var item = ItemOf(file, subject);
        paper.Open("关于申请延期办理督办事项的报告")
            .Addressee(Unit(file, item?.ResponsibleOfficeId) is { Length: > 0 } office ? office : paper.Signer)
            .Text($"我单位承办的{Named(file, item)}，{(item?.DueOn is { } due ? $"原定于{ChineseDay.Of(due)}前办结" : "未定期限")}。"
                + $"现申请延期至{Day(record.Fields, "new-due")}。")
            .Numbered("延期理由").Text(record.Fields.Text("reason"));
        if (record.Fields.Text("measures") is { Length: > 0 } measures)
        {
            paper.Builder.Numbered("下一步措施").Text(measures);
        }

        paper.Builder.Text("妥否，请批示。").Signature(
            Unit(file, item?.UndertakingUnitId) is { Length: > 0 } unit ? unit : Person(file, record.ById),
            file.Calendar.DayOf(record.At));
    }

    /// <summary>The answer to a request for extension: granted or refused, with the old and the new day.</summary>
    private static void ExtensionAnswer(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var record = RecordOf(FormKeys.ExtensionRequest, file, subject);
        var (item, granted) = (ItemOf(file, subject), paper.Kind == DocumentKeys.ExtensionGranted);
        var old = item?.DueOn is { } due ? ChineseDay.Of(due) : "";
        var why = file.Tasks.Where(task => task.Kind == TaskKind.Approval && task.TrackedItemId == item?.Id)
            .OrderByDescending(task => task.ClosedAt).SelectMany(task => task.Assignees)
            .FirstOrDefault(seat => seat.Outcome is not null)?.Reason ?? "";
        paper.Open(granted ? "关于同意延期办理督办事项的批复" : "关于不同意延期办理督办事项的批复")
            .Addressee(Unit(file, item?.UndertakingUnitId) is { Length: > 0 } unit ? unit : "承办单位")
            .Text($"你单位{ChineseDay.Of(file.Calendar.DayOf(record.At))}提出的延期申请收悉。经研究，现批复如下。")
            .Text(granted
                ? $"同意将{Named(file, item)}的办结期限由{(old.Length > 0 ? old : "未定")}延至"
                    + $"{Day(record.Fields, "new-due")}。"
                : $"不同意将{Named(file, item)}延期至{Day(record.Fields, "new-due")}，"
                    + (old.Length > 0 ? $"请仍按{old}的期限办结。" : "请抓紧办结。"));
        if (why.Length > 0) paper.Builder.Text($"{(granted ? "审批意见" : "理由")}：{why}");
        paper.Builder.Text(granted ? "请抓紧办理，按期填报进展，在新的期限前办结。" : "请采取措施加快办理，按期填报进展。");
        paper.Close();
    }

    private static TrackedItem? ItemOf(CaseFile file, DocumentSubject subject) =>
        subject.Item ?? file.Items.FirstOrDefault();

    private static string Named(CaseFile file, TrackedItem? item) => item is null
        ? $"{Quoted(TopicOf(file))}协商事项的督办事项"
        : $"{Quoted(TopicOf(file))}协商事项的督办事项{Quoted(item.Advice.TrimEnd('。'))}（编号 {item.Year}-{item.Number}）";
}
