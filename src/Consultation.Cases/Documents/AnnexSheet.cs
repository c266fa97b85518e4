using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Documents;

/// <summary>Which unit the fifth column 交办单位 prints (O9).</summary>
public enum AnnexUnit
{
    /// <summary>承办单位: the unit that was assigned; the default.</summary>
    Undertaking,
    /// <summary>交办单位: the unit that assigns.</summary>
    Assigning,
}

/// <summary>One row of the annex, its ten columns in order (Q104–Q113).</summary>
public sealed record AnnexRow(
    int Number, string ConsultedOn, string Topic, string Advice, string Unit, string Office, string Supervisor,
    string Progress, string Problems, string Solution)
{
    internal IReadOnlyList<string> Cells =>
        [Number.ToString(System.Globalization.CultureInfo.InvariantCulture), ConsultedOn, Topic, Advice, Unit, Office,
            Supervisor, Progress, Problems, Solution];
}

/// <summary>The annex 协商议事活动督办落实情况, exactly as the form has it (Q103–Q115). Printed as Word or Excel.</summary>
/// <param name="HallName">Name of the hall in the title (Q103), e.g. 河畔协商议事厅.</param>
/// <param name="Rows">The rows.</param>
/// <param name="FilledBy">填报部门 (Q114).</param>
/// <param name="FilledOn">填报时间 (Q115).</param>
/// <param name="SheetNumber">Number of the sheet per organisation and year (O32), or null.</param>
public sealed record AnnexSheet(
    string HallName, IReadOnlyList<AnnexRow> Rows, string FilledBy, DateOnly FilledOn, string? SheetNumber = null)
{
    /// <summary>Names of the ten columns (Q104–Q113).</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["序号", "协商时间", "协商议题", "协商建议", "交办单位", "政协责任委室", "督办负责人", "进展情况", "存在问题", "解决思路"];

    /// <summary>Relative widths of the columns.</summary>
    internal static readonly int[] Shares = [4, 11, 11, 14, 9, 9, 8, 14, 11, 11];

    /// <summary>The form's title with the hall's name (Q103).</summary>
    public string Title => $"{HallName}协商议事活动督办落实情况";

    /// <summary>Foot, left (Q114).</summary>
    public string Department => $"填报部门:{FilledBy}";

    /// <summary>Foot, right (Q115).</summary>
    public string Date => $"填报时间:{FilledOn.Year} 年 {FilledOn.Month} 月 {FilledOn.Day} 日";

    /// <summary>What the organisation's rule says (O9).</summary>
    public static AnnexUnit UnitOf(RuleSet rules) =>
        rules[RuleKeys.AnnexUnit] == "assigning" ? AnnexUnit.Assigning : AnnexUnit.Undertaking;

    /// <summary>
    /// Fills the sheet in from tracked items, ordered by year and number. The hall's name is the platform's; a platform
    /// without a hall lends its own name; a name without the words 协商议事厅 gets them.
    /// </summary>
    public static AnnexSheet From(
        IEnumerable<TrackedItem> items,
        OrganisationDirectory directory,
        Unit? platform,
        string filledBy,
        DateOnly filledOn,
        AnnexUnit unit = AnnexUnit.Undertaking,
        string? sheetNumber = null)
    {
        var hall = platform?.HallName ?? platform?.Name.Zh ?? directory.Organisation.Name.Zh;
        return new AnnexSheet(
            hall.Contains("协商议事厅", StringComparison.Ordinal) ? hall : hall + "协商议事厅",
            [.. items.OrderBy(item => item.Year).ThenBy(item => item.Number)
                .Select(item => RowOf(item, directory, unit))],
            filledBy,
            filledOn,
            sheetNumber);
    }

    private static AnnexRow RowOf(TrackedItem item, OrganisationDirectory directory, AnnexUnit unit) => new(
        item.Number,
        item.ConsultedOn is { } day ? ChineseDay.Of(day) : "",
        item.Topic,
        item.Advice,
        directory.Find(unit == AnnexUnit.Undertaking ? item.UndertakingUnitId
            ?? item.AssigningUnitId : item.AssigningUnitId ?? item.UndertakingUnitId)?.Name.Zh ?? "",
        directory.Find(item.ResponsibleOfficeId)?.Name.Zh ?? "",
        directory.Find(item.SupervisorId)?.Name ?? "",
        item.Progress,
        item.Problems,
        item.Solution);

    /// <summary>The sheet as a Word document: A4 landscape, head repeated on every page.</summary>
    public byte[] ToWord()
    {
        var builder = new DocumentBuilder(landscape: true).Title(Title);
        if (SheetNumber is not null)
        {
            builder.Line("", $"编号：{SheetNumber}");
        }

        return builder
            .Table([.. Columns.Select(
                (head, index) => new DocumentColumn(head, Shares[index], Centre: index is 0 or 1 or 4 or 5 or 6))],
                Rows.Select(row => row.Cells))
            .Line(Department, Date)
            .Build();
    }

    /// <summary>
    /// The sheet as an Excel workbook: A4 landscape, one page wide, title and head repeated on every page.
    /// </summary>
    public byte[] ToExcel() => AnnexWorkbook.Build(this);
}
