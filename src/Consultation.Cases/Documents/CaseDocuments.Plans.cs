using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Documents;

/// <content>Documents of a plan: work group, rules, 实施方案 in its versions, 任务分解表.</content>
public static partial class CaseDocuments
{
    /// <summary>成立工作小组的通知 (P27–P30): lead, members, duties each with a substitute, timetable.</summary>
    private static void WorkGroupNotice(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var group = WorkGroupAppointment.Of(RecordOf(FormKeys.WorkGroup, file, subject).Fields);
        paper.Open($"关于成立{group.Name}的通知").Addressee("各有关单位、工作小组全体成员")
            .Text($"为做好{Quoted(TopicOf(file))}协商议事工作，经研究，决定成立{group.Name}。现将有关事项通知如下。")
            .Numbered("人员组成")
            .Text($"组长：{WithUnit(file, group.Lead)}\n成员：{string.Join('、', group.Members.Where(
                member => member != group.Lead).Select(member => WithUnit(file, member)))}")
            .Numbered("职责分工")
            .Table(
                [new("职责", 4, true), new("负责人", 4, true), new("替补人", 4, true), new("具体任务", 8)],
                DutiesOf(RecordOf(FormKeys.WorkGroup, file, subject).Fields, file))
            .Numbered("工作计划和时间表").Text(group.Timetable)
            .Text("各成员自本通知印发之日起履行职责；负责人不在时由替补人代为履行。");
        paper.Close();
    }

    /// <summary>议事规则 (P31, P32): form, procedure, quorum, way of voting and majority in articles.</summary>
    private static void RulesPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.Rules, file, subject).Fields;
        paper.Open($"{Quoted(TopicOf(file))}协商议事规则");
        var article = 0;
        Article($"为保证协商议事有序进行，制定本规则。{(fields.Text("sources") is { Length: > 0 } sources ? $"制定时参考了：{sources}"
            : "")}");
        Article($"会议的组织形式：{fields.Text("form")}");
        Article($"讨论程序：{fields.Text("procedure")}");
        Article($"表决方式：{Show(FormKeys.Rules, "voting", fields, file)}。");
        Article($"法定到会人数：{Show(FormKeys.Rules, "quorum", fields, file)}。回避的人不计入应到人数。");
        Article($"通过条件：{Show(FormKeys.Rules, "majority", fields, file)}。弃权和无效票计入到会人数；"
            + "赞成与反对相等的不通过；不得委托他人表决。");
        Article("本规则自通过之日起施行。");
        paper.Close(Issuer(file));

        void Article(string text)
        {
            var lines = DocumentText.Lines(text).ToList();
            paper.Builder.Article($"第{ChineseNumber.Of(++article)}条", lines[0]);
            if (lines.Count > 1) paper.Builder.Text(string.Join('\n', lines.Skip(1)));
        }
    }

    /// <summary>
    /// 实施方案 (P57, P58, P70): every one that is made is a version of its own, which says what changed against the one
    /// before. What a version said is kept as a record of the case.
    /// </summary>
    private static void PlanPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var record = RecordOf(FormKeys.ImplementationPlan, file, subject);
        var version = Plans.PlanPaperVersion.Next(file, record, paper.Now);
        var (fields, lines) = (record.Fields, version.Lines);
        paper.Name = new($"实施方案（第{version.Number}版）", $"Implementation plan, version {version.Number}");
        paper.Open(About(TopicOf(file), "实施方案")).Note($"第{version.Number}版")
            .Text($"为落实协商成果，推动{Quoted(TopicOf(file))}议定事项按期办结，制定本方案。")
            .Numbered("总体目标").Text(fields.Text("goal")).Numbered("任务分解");
        LinesTable(paper.Builder, file, lines, wide: false);
        if (fields.Text("support") is { Length: > 0 } support) paper.Builder.Numbered("保障措施").Text(support);
        if (version.Number > 1)
        {
            paper.Builder.Numbered($"与第{version.Number - 1}版相比的变化");
            if (version.Why.Length > 0) paper.Builder.Text(version.Why);
            paper.Builder.Table(
                [new("工作任务", 6), new("项目", 4, true), new($"第{version.Number - 1}版", 6),
                    new($"第{version.Number}版", 6)],
                version.Changes(file.Directory).Select(change => (IReadOnlyList<string>)
                    [change.Task, change.What, change.Before, change.After]));
        }

        paper.Close(Issuer(file));
    }

    /// <summary>任务分解表 (P58): who does what by when, as it stands now.</summary>
    private static void TaskTable(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var record = RecordOf(FormKeys.ImplementationPlan, file, subject);
        paper.Builder.Title($"{Quoted(TopicOf(file))}实施方案任务分解表");
        LinesTable(paper.Builder, file, Plans.PlanPaperVersion.LinesOf(file, record, paper.Now), wide: true);
        paper.Close(Issuer(file));
    }

    private static void LinesTable(
        DocumentBuilder builder, CaseFile file, IReadOnlyList<Plans.PlanLine> lines, bool wide) => builder.Table(
        [new("序号", 4, true), new("工作任务", 13), new("责任单位", 9, true), new("责任人", 7, true),
            .. wide ? new DocumentColumn[] { new("督办负责人", 8, true) } : [], new("时间节点", wide ? 11 : 13, true),
            new("工作要求", wide ? 16 : 12)],
        lines.Select((line, index) => (IReadOnlyList<string>)
        [
            Number(index), line.Task, Unit(file, line.Unit), Person(file, line.Person),
            .. wide ? new[] { Person(file, line.Supervisor) is { Length: > 0 } name ? name : "待指定" } : [],
            line.Due is { } due ? ChineseDay.Of(due) : "", line.Demand,
        ]));

    private static IEnumerable<IReadOnlyList<string>> DutiesOf(
        IReadOnlyDictionary<string, string> fields, CaseFile file) => fields.RowsOf("duties").Select(
        row => (IReadOnlyList<string>)
        [
            WorkGroupDuties.Find(row.Text("duty"))?.Label.Zh ?? "其他", Person(file, row.Person("who")),
            Person(file, row.Person("substitute")), row.Text("note"),
        ]);

    private static string WithUnit(CaseFile file, PersonId? id) => file.Directory.Find(id) is { } person
        ? $"{person.Name}{(Unit(file, person.UnitId) + person.Title is { Length: > 0 } from ? $"（{from}）" : "")}"
        : "";
}
