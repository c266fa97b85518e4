using System.Globalization;

namespace Consultation.Cases.History;

/// <summary>
/// Where the numbered statements of the two source documents stand, for people: officials know the documents by their
/// headings, not by our numbers (docs/design/requirements.md).
/// </summary>
public static class SourceRows
{
    private static readonly LocalText TenWeekPlan = new("工作计划", "work plan");
    private static readonly LocalText SixSteps = new("实施方案", "implementing plan");

    private static readonly Section[] Sections =
    [
        new('P', 2, 5, new("一 工作背景", "background")),
        new('P', 6, 7, new("二1 解决实际问题", "solving problems")),
        new('P', 8, 9, new("二2 增进沟通协作", "working together")),
        new('P', 10, 11, new("二3 提升民主参与", "taking part")),
        new('P', 12, 13, new("二4 建立长效机制", "lasting mechanism")),
        new('P', 14, 14, new("三 工作安排", "schedule")),
        new('P', 15, 22, new("三（一）1 确定议题", "choosing the topic")),
        new('P', 23, 26, new("三（一）2 明确参会人员", "who takes part")),
        new('P', 27, 30, new("三（一）3 组建工作小组", "work group")),
        new('P', 31, 33, new("三（一）4 制定议事规则", "rules of procedure")),
        new('P', 34, 40, new("三（二）1 会前准备", "before the meeting")),
        new('P', 41, 52, new("三（二）2 会议流程", "the meeting")),
        new('P', 53, 56, new("三（二）3 会议记录", "record of the meeting")),
        new('P', 57, 60, new("三（三）1 制定实施方案", "plan of implementation")),
        new('P', 61, 65, new("三（三）2 组织实施", "carrying it out")),
        new('P', 66, 70, new("三（三）3 定期汇报", "regular reports")),
        new('P', 71, 79, new("三（四）1 效果评估", "evaluation")),
        new('P', 80, 84, new("三（四）2 总结经验教训", "lessons")),
        new('P', 85, 90, new("三（四）3 资料归档", "archive")),
        new('Q', 2, 6, new("引言", "introduction")),
        new('Q', 7, 14, new("一 指导思想", "guiding thought")),
        new('Q', 15, 21, new("二 建设目的", "aims")),
        new('Q', 22, 34, new("三 协商原则", "principles")),
        new('Q', 35, 46, new("四（一）你说我听", "you speak, we listen")),
        new('Q', 47, 53, new("四（二）我说你听", "we speak, you listen")),
        new('Q', 54, 56, new("四（三）网络协商", "consultation online")),
        new('Q', 57, 65, new("五（一）至（三）协商事项", "matters for consultation")),
        new('Q', 66, 73, new("五（四）不纳入协商的事项", "matters not taken up")),
        new('Q', 74, 76, new("六1 组织实施", "organisation")),
        new('Q', 77, 77, new("六2 搭建平台", "platforms")),
        new('Q', 78, 81, new("六3 专人负责", "named persons")),
        new('Q', 82, 85, new("七1 确定议题", "step 1, topic")),
        new('Q', 86, 88, new("七2 充分调研", "step 2, research")),
        new('Q', 89, 93, new("七3 明确主体", "step 3, participants")),
        new('Q', 94, 95, new("七4 开展协商", "step 4, consultation")),
        new('Q', 96, 98, new("七5 情况报送", "step 5, submission")),
        new('Q', 99, 102, new("七6 督办落实", "step 6, follow-up")),
        new('Q', 103, 115, new("附件 督办落实情况", "annex, follow-up sheet")),
    ];

    /// <summary>The headings under which the rows stand; empty when there is none.</summary>
    public static LocalText Describe(IEnumerable<string> rows)
    {
        var found = rows.Select(SectionOf).OfType<Section>().Distinct().ToList();
        return new(string.Join('；', found.Select(one => one.Text.Zh)),
            string.Join("; ", found.Select(one => one.Text.En)));
    }

    private static Section? SectionOf(string row) =>
        row.Length > 1 && int.TryParse(row.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Array.Find(Sections, one => one.Document == row[0] && number >= one.First && number <= one.Last)
            : null;

    private sealed record Section(char Document, int First, int Last, LocalText Heading)
    {
        public LocalText Text { get; } = Document == 'P'
            ? new($"{TenWeekPlan.Zh} {Heading.Zh}", $"{TenWeekPlan.En}, {Heading.En}")
            : new($"{SixSteps.Zh} {Heading.Zh}", $"{SixSteps.En}, {Heading.En}");
    }
}
