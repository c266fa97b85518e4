using System.Text.RegularExpressions;
using Consultation.Cases.Calendar;

namespace Consultation.Cases.Matters.Import;

/// <summary>Makes an order of a row, or says why not. What optional cells lost is pointed out and left out.</summary>
internal sealed partial class OrderCells(
    IReadOnlyDictionary<ImportField, int> mapping, WorkingCalendar calendar, DateTimeOffset now, bool starts1904)
{
    private const int LongestNumber = 50, LongestMadeTitle = 80;

    internal IReadOnlyDictionary<ImportField, int> Mapping => mapping;

    /// <summary>
    /// The order, or the reason why there is none; the number as it stood there; and what was left out of the order.
    /// </summary>
    internal (HotlineOrder? Order, TableCell Number, LocalText? Reason, List<LocalText> Doubts) Read(TableRow row)
    {
        var number = row[mapping[ImportField.OrderNumber]];
        number = number with { Text = Normal(number.Text) };
        var doubts = new List<LocalText>();
        if ((WrongNumber(number) ?? TooLong(row)) is { } wrong) return (null, number, wrong, doubts);
        if (IsBroken(row[mapping[ImportField.Text]]))
        {
            return (null, number, Broken(ImportField.Text, "请更正后再导入。", "Mend it and import again."), doubts);
        }

        if (Text(row, ImportField.Text, doubts) is not { } text)
        {
            return (null, number, new("没有诉求内容。", "There is no text."), doubts);
        }

        var (raised, wrongTime) = Time(row, doubts);
        if (wrongTime is not null) return (null, number, wrongTime, doubts);
        var title = Text(row, ImportField.Title, doubts)
            ?? PlainText.Cut(text.ReplaceLineEndings(" "), LongestMadeTitle + 1, "…");
        return (
            new HotlineOrder(
                row.Line, number.Text, raised, title, text, Text(row, ImportField.Place, doubts),
                Text(row, ImportField.Category, doubts), Text(row, ImportField.Caller, doubts), Phone(row, doubts)),
            number, null, doubts);
    }

    /// <summary>A number that was kept as one and is shorter than others has lost the zeros it began with.</summary>
    internal static LocalText? LostZeros(string number, CellNature nature, int usual) =>
        nature != CellNature.Number || number.Length >= usual ? null : new(
            $"工单编号按数字保存，只有 {number.Length} 位（其他行多为 {usual} 位），开头的 0 可能已丢失。请把该列设为“文本”。",
            $"The order number was saved as a number and has {number.Length} digits where others have {usual}; "
                + "leading zeros may be lost. Export the column as text.");

    private static LocalText? WrongNumber(TableCell cell) => cell switch
    {
        _ when IsBroken(cell) =>
            new("工单编号是没有结果的公式或错误值。", "The order number is a formula without a result or an error value."),
        { Nature: CellNature.Rounded } => new(
            "工单编号按数字保存，超过 15 位的部分已经丢失。请在导出时把该列设为“文本”。",
            "The order number was saved as a number and lost its digits beyond 15. Export the column as text."),
        { Text.Length: 0 } => new("没有工单编号。", "There is no order number."),
        _ when Scientific().IsMatch(cell.Text) => new(
            $"工单编号“{cell.Text}”变成了科学记数法，原编号已无法还原。请把该列设为“文本”后重新导出。",
            $"The order number “{cell.Text}” turned into scientific notation and cannot be restored. Export the column "
                + "as text."),
        _ when cell.Text.Length > LongestNumber || !OrderNumber().IsMatch(cell.Text) => new(
            "工单编号只能是 50 个以内的字母、数字和横线。", "An order number has up to 50 letters, digits and hyphens."),
        _ => null,
    };

    private LocalText? TooLong(TableRow row)
    {
        foreach (var (field, column) in mapping)
        {
            var limit = field switch
            {
                ImportField.Text => MatterRules.LongestText,
                ImportField.Caller or ImportField.Phone => MatterRules.LongestName,
                _ => MatterRules.LongestTitle,
            };
            if (row[column].Text.Length > limit)
            {
                var name = OrderReader.NameOf(field);
                return new($"“{name.Zh}”超过 {limit} 字。", $"“{name.En}” is longer than {limit} characters.");
            }
        }

        return null;
    }

    private (DateTimeOffset? Time, LocalText? Wrong) Time(TableRow row, List<LocalText> doubts)
    {
        if (Text(row, ImportField.RaisedAt, doubts) is not { } text) return (null, null);
        return OrderTime.Read(text, starts1904, calendar) switch
        {
            null => (null, new($"来电时间“{text}”无法识别，请写成 2026-03-01 08:30 的样子。",
                $"The time “{text}” is not understood; write it as 2026-03-01 08:30.")),
            { } raised when raised > now.AddDays(1) =>
                (null, new($"来电时间“{text}”在将来。", $"The time “{text}” lies in the future.")),
            var raised => (raised, null),
        };
    }

    /// <summary>A phone number as it can be dialled; one that a spreadsheet damaged is left out.</summary>
    private string? Phone(TableRow row, List<LocalText> doubts)
    {
        if (Text(row, ImportField.Phone, doubts) is not { } typed) return null;
        var text = TypedText.Code(typed);
        var nature = row[mapping[ImportField.Phone]].Nature;
        if (nature == CellNature.Rounded || Scientific().IsMatch(text))
        {
            doubts.Add(new($"联系电话“{text}”变成了科学记数法，已留空。请把该列设为“文本”后重新导出。",
                $"The phone number “{text}” turned into scientific notation and is left out. Export the column as "
                    + "text."));
            return null;
        }

        // What other programs make of a number that a spreadsheet kept as one.
        return text is [.. var whole, '.', '0'] && whole.All(char.IsAsciiDigit) ? whole : text;
    }

    /// <summary>The text of a cell; null when it is blank, or an error value, which is pointed out.</summary>
    private string? Text(TableRow row, ImportField field, List<LocalText> doubts)
    {
        if (!mapping.TryGetValue(field, out var column)) return null;
        if (IsBroken(row[column]))
        {
            doubts.Add(Broken(field, "已留空。", "It is left out."));
            return null;
        }

        return TypedText.Prose(row[column].Text) is { Length: > 0 } text ? text : null;
    }

    private static bool IsBroken(TableCell cell) =>
        cell.Nature == CellNature.Broken || OrderTable.IsErrorValue(cell.Text.Trim());

    private static LocalText Broken(ImportField field, string zh, string en)
    {
        var name = OrderReader.NameOf(field);
        return new($"“{name.Zh}”是没有结果的公式或错误值（如 #N/A、#####），{zh}",
            $"“{name.En}” is a formula without a result or an error value such as #N/A or #####. {en}");
    }

    /// <summary>Blanks go, full-width letters and digits become ordinary ones.</summary>
    private static string Normal(string text) =>
        string.Concat(TypedText.Code(text).Where(one => !char.IsWhiteSpace(one)));

    [GeneratedRegex(@"^\d+(\.\d+)?[eE]\+?\d+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^[\p{L}\p{N}_/#.()〔〕\[\]-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex OrderNumber();
}
