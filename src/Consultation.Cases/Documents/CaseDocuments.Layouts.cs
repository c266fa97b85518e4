using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;

namespace Consultation.Cases.Documents;

/// <content>What stands on each document.</content>
public static partial class CaseDocuments
{
    /// <summary>议题论证单 (P22, Q84): the topic in three parts, the scores, the committee's decision.</summary>
    private static void TopicSheet(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var topic = file.Topic ?? throw new ArgumentException("the case has no topic", nameof(file));
        var form = FormCatalogue.Find(FormKeys.TopicDraft)!;
        paper.Builder.Title("协商议题论证单").Field("议题", topic.Title).Field("提出平台", Unit(file, file.Case.PlatformId))
            .Field("主办单位", Unit(file, topic.LeadUnitId))
            .Field("协办单位", string.Join('、', topic.HelpingUnitIds.Select(unit => Unit(file, unit))))
            .Field("涉及领域", FieldWords.Show(topic.Fields))
            .Field("拟定人", Person(file, topic.DraftedById)).Heading("一、背景").Text(topic.Background)
            .Heading("二、现状").Text(topic.CurrentState).Heading("三、存在的问题").Text(topic.Problem).Heading("四、论证评分")
            .Table(
                [new("标准", 4), new("得分（1—5）", 2, true)],
                TopicRules.ScoreKeys.Where(topic.Scores.ContainsKey)
                    .Select(key => (IReadOnlyList<string>)[
                        form.Find(key)!.Label.Zh, topic.Scores[key].ToString(CultureInfo.InvariantCulture)])
                    .Append(["合计", TopicRules.Total(topic).ToString(CultureInfo.InvariantCulture)]))
            .Field("评分理由", topic.ScoreReason)
            .Field("议题特点", FormValues.Show(form.Find("ticks")!, string.Join(',', topic.Ticks), file.Directory, "zh"))
            .Field("专委会意见",
                $"{DecisionOf(topic.State)}{(topic.DecisionReason is null ? "" : ":" + topic.DecisionReason)}")
            .Signature(Unit(file, file.Case.CommitteeId), paper.Today);
    }

    /// <summary>不予纳入告知书 (O13).</summary>
    private static void ExclusionNotice(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var matter = file.Matters.FirstOrDefault();
        var answers = file.Screenings.FirstOrDefault(screening => screening.Excluded)?.Answers ?? [];
        paper.Builder.Title("不予纳入协商告知书").Number(paper.Number).Addressee(matter?.ProposerName ?? "来信来访人")
            .Text(ScreeningRules.Notice(matter?.Number ?? "", matter?.Title ?? file.Case.Title, answers).Zh)
            .Text("特此告知。")
            .Signature(Issuer(file), paper.Today);
    }

    /// <summary>调研通知 (Q86).</summary>
    private static void ResearchNotice(Paper paper, CaseFile file, DocumentSubject subject) =>
        paper.Builder.Title($"关于开展“{TopicOf(file)}”专题调研的通知").Number(paper.Number).Addressee("各有关部门、政协委员")
            .Text($"经{Unit(file, file.Case.CommitteeId)}研究确定，拟就“{TopicOf(file)}”开展协商。现将协商议题和基本情况告知如下，请做好调研准备并确认收到。")
            .Heading("一、基本情况").Text(file.Topic?.Background ?? file.Screenings.FirstOrDefault()?.FactSheet ?? "")
            .Heading("二、存在的问题").Text(file.Topic?.Problem ?? "").Signature(Issuer(file), paper.Today);

    private static void ResearchReport(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.ResearchReport, file, subject).Fields;
        paper.Builder.Title(About(TopicOf(file), "调研报告"))
            .Text($"{Day(fields, "from")}至{Day(fields, "to")}，"
                + $"调研组通过{Show(FormKeys.ResearchReport, "methods", fields, file)}等方式，就“{TopicOf(file)}”开展了调研。参加人员："
                + $"{Show(FormKeys.ResearchReport, "members", fields, file)}。")
            .Heading("一、基本情况").Text(fields.Text("facts")).Heading("二、存在的问题").Text(fields.Text("problems"))
            .Heading("三、原因分析").Text(fields.Text("causes")).Heading("四、意见建议").Text(fields.Text("suggestions"))
            .Signature(Issuer(file), paper.Today);
    }

    /// <summary>问题清单 (Q99): one row for each tracked item that is opened from it.</summary>
    private static void ProblemList(Paper paper, CaseFile file, DocumentSubject subject) =>
        paper.Builder.Title($"“{TopicOf(file)}”协商问题清单")
            .Table(
                [new("序号", 1, true), new("协商议题", 3), new("协商建议", 5), new("承办单位", 3, true), new("督办负责人", 2, true),
                    new("办结期限", 3, true)],
                RecordOf(FormKeys.ProblemList, file, subject).Fields.RowsOf("items").Select((row, index) =>
                    (IReadOnlyList<string>)[
                        (index + 1).ToString(CultureInfo.InvariantCulture), row.Text("topic"), row.Text("advice"),
                        Unit(file, row.Unit("undertaking")), Person(file, row.Person("supervisor")),
                        row.Day("due") is { } due ? ChineseDay.Of(due) : "",
                    ]))
            .Signature(Unit(file, file.Case.PlatformId), paper.Today);

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
        var what = task?.Title.Zh ?? item?.Advice ?? file.Case.Title;
        var days = due is { } dueOn ? file.Calendar.WorkingDaysBetween(dueOn, paper.Today) : 0;
        var assigned = task is null ? item?.OpenedAt : task.OpenedAt;
        paper.Builder.Title("催办通知书").Number(paper.Number).Addressee(to.Length == 0 ? "承办单位" : to)
            .Text($"“{TopicOf(file)}”协商事项中由你单位（同志）承办的下列事项已逾期，现予催办。")
            .Field("催办事项",
                item is null ? what.TrimEnd('。')
                    : $"{item.Year}-{item.Number} {item.Advice}{(task is null ? "" : $"（{what.TrimEnd('。')}）")}")
            .Field("交办日期", assigned is { } given ? ChineseDay.Of(file.Calendar.DayOf(given)) : "")
            .Field("办理期限", due is { } day
                ? $"{ChineseDay.Of(day)}{(days > 0 ? $"，已逾期 {days} 个工作日" : "")}" : "")
            .Field("事项办结期限", item?.DueOn is { } end ? ChineseDay.Of(end) : "")
            .Text($"请立即办理，并于{ChineseDay.Of(FormalReminder.ExplainBy(file, paper.Today))}前书面"
                + "说明未按期办理的原因和预计完成日期。逾期仍未办理的，将按督办程序报告。")
            .Signature(FormalReminder.Issuer(file, subject.IssuerId).Zh, paper.Today);
    }

    /// <summary>归档目录 (P85–P90, O25).</summary>
    private static void ArchiveIndex(Paper paper, CaseFile file, DocumentSubject subject) =>
        paper.Builder.Title($"“{TopicOf(file)}”归档目录").Number(file.Case.Number)
            .Table(
                [new("序号", 1, true), new("材料名称", 5), new("编号", 3, true), new("日期", 3, true),
                    new("校验码（前 16 位）", 4, true)],
                subject.Archive.Select((document, index) => (IReadOnlyList<string>)
                [
                    (index + 1).ToString(CultureInfo.InvariantCulture), document.Title.Zh, document.Number ?? "",
                    ChineseDay.Of(file.Calendar.DayOf(document.At)), document.Sha256[..16],
                ]))
            .Signature(Issuer(file), paper.Today);

    private static string DecisionOf(TopicState state) => state switch
    {
        TopicState.Confirmed => "确定",
        TopicState.Returned => "退回修改",
        TopicState.Rejected => "不予通过",
        _ => "待确定",
    };

    private static string TopicOf(CaseFile file) => file.Topic?.Title ?? file.Case.Title;

    private static string Issuer(CaseFile file) =>
        file.Directory.Find(file.Case.PlatformId)?.Name.Zh ?? file.Directory.Organisation.Name.Zh;

    private static string Unit(CaseFile file, UnitId? id) => file.Directory.Find(id)?.Name.Zh ?? "";

    private static string Person(CaseFile file, PersonId? id) => file.Directory.Find(id)?.Name ?? "";

    private static string Day(IReadOnlyDictionary<string, string> fields, string key) =>
        fields.Day(key) is { } day ? ChineseDay.Of(day) : fields.Text(key);

    private static string Show(string form, string field, IReadOnlyDictionary<string, string> fields, CaseFile file) =>
        FormValues.Show(FormCatalogue.Find(form)!.Find(field)!, fields.Text(field), file.Directory, "zh");
}
