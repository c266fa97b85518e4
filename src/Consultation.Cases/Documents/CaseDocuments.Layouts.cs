using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Screening;
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
        paper.Open("协商议题论证单").Facts(
            ("议题名称", topic.Title), ("协商编号", file.Case.Number ?? ""), ("提出平台", Unit(file, file.Case.PlatformId)),
            ("主办单位", Unit(file, topic.LeadUnitId)),
            ("协办单位", string.Join('、', topic.HelpingUnitIds.Select(unit => Unit(file, unit)).Distinct())),
            ("涉及领域", FieldWords.Show(topic.Fields)), ("拟定人", Person(file, topic.DraftedById)),
            ("议题特点", FormValues.Show(
                form.Find("ticks")!, string.Join(',', topic.Ticks), file.Directory, "zh")))
            .Numbered("背景").Text(topic.Background).Numbered("现状").Text(topic.CurrentState)
            .Numbered("存在的问题").Text(topic.Problem).Numbered("论证评分")
            .Table(
                [new("标准", 4), new("得分（1—5）", 2, true)],
                TopicRules.ScoreKeys.Where(topic.Scores.ContainsKey)
                    .Select(key => (IReadOnlyList<string>)[
                        form.Find(key)!.Label.Zh, topic.Scores[key].ToString(CultureInfo.InvariantCulture)])
                    .Append(["合计", TopicRules.Total(topic).ToString(CultureInfo.InvariantCulture)]));
        if (topic.ScoreReason.Length > 0) paper.Builder.Text($"评分理由：{topic.ScoreReason}");
        paper.Builder.Numbered("审定意见").Text(
            $"{DecisionOf(topic.State)}。{(topic.DecisionReason is null ? "" : topic.DecisionReason)}");
        paper.Close(DecidedBy(file));
    }

    /// <summary>不予纳入告知书 (O13).</summary>
    private static void ExclusionNotice(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var matter = file.Matters.FirstOrDefault();
        var answers = (file.Screenings.Find(one => one is { Excluded: true, LiftedAt: null })
            ?? file.Screenings.Find(one => one.Excluded))?.Answers ?? [];
        paper.Open("不予纳入协商告知书").Addressee(matter?.ProposerName ?? "来信来访人")
            .Text(ScreeningRules.Notice(matter?.Number ?? "", matter?.Title ?? file.Case.Title, answers,
                file.Case.Review).Zh)
            .Text("特此告知。");
        paper.Close(Issuer(file));
    }

    /// <summary>不予纳入复核告知书 (O13): final; without content where the case is restricted (O15).</summary>
    private static void ReviewNotice(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var matter = file.Matters.FirstOrDefault();
        var what = file.Case.Restricted ? "" : $"“{matter?.Title ?? file.Case.Title}”";
        var reason = file.Case.Review?.Reason is { Length: > 0 } words ? $"理由：{words}" : "";
        paper.Open("不予纳入复核告知书").Addressee(matter?.ProposerName ?? "来信来访人")
            .Text($"您反映的事项{what}（编号 {matter?.Number}）不予纳入协商，您对此申请了复核。经未参与筛查的工作人员复核，维持不予纳入。{reason}")
            .Text("这是最终结果，不再受理复核申请。如有新的情况，可以作为新的事项提出。特此告知。");
        paper.Close(Issuer(file));
    }

    /// <summary>调研通知 (Q86): to the units and members whom the topic concerns.</summary>
    private static void ResearchNotice(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var units = file.Topic is { } topic
            ? new[] { topic.LeadUnitId }.Concat(topic.HelpingUnitIds.Select(unit => (UnitId?)unit))
                .Select(unit => Unit(file, unit)).Where(name => name.Length > 0).ToList()
            : [];
        var facts = file.Topic?.Background is { Length: > 0 } background ? background
            : file.Screenings.FirstOrDefault()?.FactSheet ?? "";
        paper.Open($"关于开展{Quoted(TopicOf(file))}专题调研的通知")
            .Addressee(units.Count == 0 ? "各有关单位、有关政协委员" : $"{string.Join('、', units)}，有关政协委员")
            .Text($"经{(Unit(file, file.Case.CommitteeId) is { Length: > 0 } by ? by : "研究")}确定，拟就"
                + Quoted(TopicOf(file))
                + "开展协商。为摸清情况、找准问题，现组织专题调研，有关事项通知如下。");
        if (facts.Length > 0) paper.Builder.Numbered("基本情况").Text(facts);
        if (file.Topic?.Problem is { Length: > 0 } problem) paper.Builder.Numbered("需要重点了解的问题").Text(problem);
        paper.Builder.Numbered("有关要求").Text(
            "（一）请各有关单位指定一名负责同志配合调研，提供与议题有关的政策、数据和工作情况。\n"
                + "（二）请有关委员结合本职和界别，深入群众、单位了解情况，形成意见建议。\n"
                + "（三）收到本通知后，请按通知邮件中的链接确认收到；对议题和基本情况有不同意见的，一并说明。");
        paper.Close();
    }

    private static void ResearchReport(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.ResearchReport, file, subject).Fields;
        paper.Open(About(TopicOf(file), "调研报告"))
            .Text($"{Day(fields, "from")}至{Day(fields, "to")}，调研组通过"
                + $"{Show(FormKeys.ResearchReport, "methods", fields, file)}等方式，就{Quoted(TopicOf(file))}开展了调研。"
                + (Show(FormKeys.ResearchReport, "members", fields, file) is { Length: > 0 } members
                    ? $"参加调研的有{members}。" : "") + "现将调研情况报告如下。");
        foreach (var (heading, key) in new[]
        {
            ("基本情况", "facts"), ("存在的问题", "problems"), ("原因分析", "causes"), ("意见建议", "suggestions"),
        })
        {
            if (fields.Text(key) is { Length: > 0 } text) paper.Builder.Numbered(heading).Text(text);
        }

        paper.Close(Issuer(file));
    }

    /// <summary>归档目录 (P85–P90, O25).</summary>
    private static void ArchiveIndex(Paper paper, CaseFile file, DocumentSubject subject)
    {
        paper.Builder.Title($"{Quoted(TopicOf(file))}归档目录").Number(file.Case.Number)
            .Table(
                [new("序号", 3, true), new("材料名称", 10), new("编号", 9, true), new("日期", 8, true),
                    new("校验码（前 16 位）", 11, true)],
                subject.Archive.Select((document, index) => (IReadOnlyList<string>)
                [
                    Number(index), document.Title.Zh, document.Number ?? "",
                    ChineseDay.Of(file.Calendar.DayOf(document.At)), document.Sha256[..16],
                ]));
        paper.Close(Issuer(file));
    }

    private static string DecisionOf(TopicState state) => state switch
    {
        TopicState.Confirmed => "确定",
        TopicState.Returned => "退回修改",
        TopicState.Rejected => "不予通过",
        _ => "待确定",
    };

    private static string TopicOf(CaseFile file) => file.Topic?.Title ?? file.Case.Title;

    /// <summary>Who confirms the topic: the work group of a plan (P22), the committee of the six steps (Q85).</summary>
    private static string DecidedBy(CaseFile file) =>
        Unit(file, file.Case.Kind == CaseKind.TenWeekPlan ? file.Case.WorkGroupId : file.Case.CommitteeId)
            is { Length: > 0 } unit ? unit : Issuer(file);

    private static string Issuer(CaseFile file) =>
        file.Directory.Find(file.Case.PlatformId)?.Name.Zh ?? file.Directory.Organisation.Name.Zh;

    private static string Unit(CaseFile file, UnitId? id) => file.Directory.Find(id)?.Name.Zh ?? "";

    private static string Person(CaseFile file, PersonId? id) => file.Directory.Find(id)?.Name ?? "";

    private static string Day(IReadOnlyDictionary<string, string> fields, string key) =>
        fields.Day(key) is { } day ? ChineseDay.Of(day) : fields.Text(key);

    private static string Show(string form, string field, IReadOnlyDictionary<string, string> fields, CaseFile file) =>
        FormValues.Show(FormCatalogue.Find(form)!.Find(field)!, fields.Text(field), file.Directory, "zh");
}
