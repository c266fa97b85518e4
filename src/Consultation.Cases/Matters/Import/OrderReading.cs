using System.Globalization;
using System.Text.RegularExpressions;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters.Import;

/// <summary>What a file holds under a mapping: orders, and rows that are left out.</summary>
/// <param name="Headers">The file's headers.</param>
/// <param name="Mapping">The mapping that was used.</param>
/// <param name="Orders">Good rows.</param>
/// <param name="BadRows">Rows with something wrong.</param>
/// <param name="Encoding">What the file was read as.</param>
public sealed record OrderList(
    IReadOnlyList<string> Headers, IReadOnlyDictionary<ImportField, int> Mapping, IReadOnlyList<HotlineOrder> Orders,
    IReadOnlyList<BadRow> BadRows, string Encoding);

/// <summary>What came of reading orders.</summary>
public abstract record OrderReading
{
    private OrderReading() { }

    /// <summary>Read.</summary>
    public sealed record Read(OrderList List) : OrderReading;

    /// <summary>
    /// The file or the mapping cannot be used; the headers are given when they could be read, so that columns can be
    /// assigned by hand.
    /// </summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors, IReadOnlyList<string> Headers) : OrderReading;
}

/// <summary>Reads hotline orders from CSV or Excel (Q37, O20). Pure.</summary>
public static partial class OrderReader
{
    private static readonly Dictionary<ImportField, string[]> Names = new()
    {
        [ImportField.OrderNumber] = ["工单编号", "工单号", "受理编号", "编号", "单号", "order number", "order no"],
        [ImportField.RaisedAt] = ["来电时间", "受理时间", "登记时间", "反映时间", "创建时间", "时间", "日期", "time", "date"],
        [ImportField.Title] = ["诉求标题", "工单标题", "标题", "主题", "title", "subject"],
        [ImportField.Text] = ["诉求内容", "工单内容", "反映内容", "主要内容", "内容", "描述", "content", "text"],
        [ImportField.Place] = ["区域/街道", "街道乡镇", "所属街道", "街道", "镇街", "乡镇", "区域", "地址", "地点", "place", "address"],
        [ImportField.Category] = ["问题分类", "诉求分类", "三级分类", "二级分类", "一级分类", "分类", "类别", "category"],
        [ImportField.Caller] = ["来电人", "诉求人", "反映人", "联系人", "姓名", "caller", "name"],
        [ImportField.Phone] = ["来电号码", "联系电话", "联系方式", "手机", "电话", "phone"],
    };

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-ddTHH:mm:ss", "yyyy-M-d H:m:s", "yyyy-M-d H:m", "yyyy-M-d", "yyyy/M/d H:m:s", "yyyy/M/d H:m",
        "yyyy/M/d", "yyyy.M.d H:m", "yyyy.M.d",
        "yyyy年M月d日 H时m分s秒", "yyyy年M月d日 H时m分", "yyyy年M月d日 H:m:s", "yyyy年M月d日 H:m", "yyyy年M月d日H时m分", "yyyy年M月d日",
        "yyyyMMddHHmmss", "yyyyMMdd",
    ];

    /// <summary>Name of a field, as the mapping page shows it.</summary>
    public static LocalText NameOf(ImportField field) => field switch
    {
        ImportField.OrderNumber => new("工单编号", "Order number"),
        ImportField.RaisedAt => new("来电时间", "Time of the call"),
        ImportField.Title => new("诉求标题", "Title"),
        ImportField.Text => new("诉求内容", "Text"),
        ImportField.Place => new("区域/街道", "Place"),
        ImportField.Category => new("分类", "Category"),
        ImportField.Caller => new("来电人", "Caller"),
        _ => new("联系电话", "Phone"),
    };

    /// <summary>
    /// Which column is probably which field: by exact name first, then by a name within the header; a column is used
    /// once.
    /// </summary>
    public static IReadOnlyDictionary<ImportField, int> Suggest(IReadOnlyList<string> headers)
    {
        var mapping = new Dictionary<ImportField, int>();
        foreach (var exact in new[] { true, false })
        {
            foreach (var (field, names) in Names.Where(pair => !mapping.ContainsKey(pair.Key)))
            {
                foreach (var name in names)
                {
                    var column = Enumerable.Range(0, headers.Count).FirstOrDefault(
                        index => !mapping.ContainsValue(index) && Fits(headers[index], name, exact), -1);
                    if (column >= 0)
                    {
                        mapping.Add(field, column);
                        break;
                    }
                }
            }
        }

        return mapping;
    }

    /// <summary>Reads a file. A null mapping takes the suggestion.</summary>
    public static OrderReading Read(
        byte[] content, IReadOnlyDictionary<ImportField, int>? mapping, WorkingCalendar calendar, DateTimeOffset now)
    {
        var reading = OrderTable.Read(content);
        if (reading is OrderTableReading.Refused(var problems))
        {
            return new OrderReading.Refused(problems, []);
        }

        var table = ((OrderTableReading.Read)reading).Table;
        mapping ??= Suggest(table.Headers);
        var errors = new[] { ImportField.OrderNumber, ImportField.Text }.Where(field => !mapping.ContainsKey(field))
            .Select(field => new FieldError("mapping", new(
                $"没有找到“{NameOf(field).Zh}”列，请指定是哪一列。",
                $"No column for “{NameOf(field).En}” was found; say which it is.")))
            .Concat(mapping.Where(pair => pair.Value < 0 || pair.Value >= table.Headers.Count)
                .Select(pair => new FieldError("mapping", new(
                $"“{NameOf(pair.Key).Zh}”指定的列不存在。", $"The column chosen for “{NameOf(pair.Key).En}” does not exist."))))
            .Concat(mapping.GroupBy(pair => pair.Value).Where(group => group.Count() > 1)
                .Select(group => new FieldError("mapping", new(
                $"同一列“{table.Headers[Math.Clamp(group.Key, 0, table.Headers.Count - 1)]}”被指定了两次。",
                "One column is used twice."))))
            .ToList();
        return errors.Count > 0 ? new OrderReading.Refused(errors, table.Headers) : new OrderReading.Read(
            Interpret(table, mapping, calendar, now));
    }

    private static OrderList Interpret(
        OrderTable table, IReadOnlyDictionary<ImportField, int> mapping, WorkingCalendar calendar, DateTimeOffset now)
    {
        var orders = new List<HotlineOrder>();
        var bad = new List<BadRow>();
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var number = mapping[ImportField.OrderNumber];
        var usual = table.Rows.Select(row => row[number])
            .Where(cell => cell.Nature is CellNature.Text && cell.Text.Length > 0)
            .GroupBy(cell => cell.Text.Length).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key ?? 0;
        foreach (var row in table.Rows)
        {
            var order = row[number];
            var key = Normal(order.Text);
            var reason = WrongNumber(order, key, usual) ?? WrongCells(row, mapping, calendar, now)
                ?? (seen.TryGetValue(key, out var first)
                    ? new LocalText($"工单编号与第 {first} 行重复。", $"The order number repeats that of line {first}.")
                    : null);
            if (reason is not null)
            {
                bad.Add(new BadRow(row.Line, order.Text.Length > 60 ? order.Text[..60] : order.Text, reason));
                continue;
            }

            seen.Add(key, row.Line);
            var text = Cell(row, mapping, ImportField.Text)!;
            var title = Cell(row, mapping, ImportField.Title) ?? text.ReplaceLineEndings(" ");
            orders.Add(new HotlineOrder(
                row.Line,
                key,
                TimeOf(Cell(row, mapping, ImportField.RaisedAt), calendar),
                title.Length > 80 && !mapping.ContainsKey(ImportField.Title) ? title[..80] + "…" : title,
                text,
                Cell(row, mapping, ImportField.Place),
                Cell(row, mapping, ImportField.Category),
                Cell(row, mapping, ImportField.Caller),
                Cell(row, mapping, ImportField.Phone)));
        }

        return new OrderList(table.Headers, mapping, orders, bad, table.Encoding);
    }

    private static LocalText? WrongNumber(TableCell cell, string key, int usualLength) => cell switch
    {
        { Nature: CellNature.Broken } =>
            new("工单编号是没有结果的公式或错误值。", "The order number is a formula without a result or an error value."),
        { Nature: CellNature.Rounded } => new(
            "工单编号按数字保存，超过 15 位的部分已经丢失。请在导出时把该列设为“文本”。",
            "The order number was saved as a number and lost its digits beyond 15. Export the column as text."),
        { Nature: CellNature.Number } when key.Length < usualLength => new(
            $"工单编号按数字保存，只有 {key.Length} 位（其他行多为 {usualLength} 位），开头的 0 可能已丢失。请把该列设为“文本”。",
            $"The order number was saved as a number and has {key.Length} digits where others have {usualLength}; "
                + "leading zeros may be lost. Export the column as text."),
        _ when key.Length == 0 => new("没有工单编号。", "There is no order number."),
        _ when Scientific().IsMatch(key) => new(
            $"工单编号“{key}”变成了科学记数法，原编号已无法还原。请把该列设为“文本”后重新导出。",
            $"The order number “{key}” turned into scientific notation and cannot be restored. Export the column as "
                + "text."),
        _ when key.Length > 50 || !OrderNumber().IsMatch(key) => new(
            "工单编号只能是 50 个以内的字母、数字和横线。", "An order number has up to 50 letters, digits and hyphens."),
        _ => null,
    };

    private static LocalText? WrongCells(
        TableRow row, IReadOnlyDictionary<ImportField, int> mapping, WorkingCalendar calendar, DateTimeOffset now)
    {
        foreach (var (field, column) in mapping)
        {
            var name = NameOf(field);
            var cell = row[column];
            var limit = field switch
            {
                ImportField.Text => MatterRules.LongestText,
                ImportField.Caller or ImportField.Phone => MatterRules.LongestName,
                _ => MatterRules.LongestTitle,
            };
            if (cell.Nature == CellNature.Broken)
            {
                return new($"“{name.Zh}”是没有结果的公式或错误值。",
                    $"“{name.En}” is a formula without a result or an error value.");
            }

            if (cell.Text.Length > limit)
            {
                return new($"“{name.Zh}”超过 {limit} 字。", $"“{name.En}” is longer than {limit} characters.");
            }
        }

        if (Cell(row, mapping, ImportField.Text) is null)
        {
            return new("没有诉求内容。", "There is no text.");
        }

        if (Cell(row, mapping, ImportField.RaisedAt) is not { } time)
        {
            return null;
        }

        return TimeOf(time, calendar) switch
        {
            null => new($"来电时间“{time}”无法识别，请写成 2026-03-01 08:30 的样子。",
                $"The time “{time}” is not understood; write it as 2026-03-01 08:30."),
            { } raised when raised > now.AddDays(1) =>
                new($"来电时间“{time}”在将来。", $"The time “{time}” lies in the future."),
            _ => null,
        };
    }

    private static DateTimeOffset? TimeOf(string? text, WorkingCalendar calendar) =>
        DateTime.TryParseExact(
            text?.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var local)
            ? calendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : null;

    private static string? Cell(TableRow row, IReadOnlyDictionary<ImportField, int> mapping, ImportField field) =>
        mapping.TryGetValue(field, out var column) && row[column].Text.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Blanks go, full-width letters and digits become ordinary ones.</summary>
    private static string Normal(string text) =>
        new([.. text.Where(one => !char.IsWhiteSpace(one))
            .Select(one => one is >= '\uFF01' and <= '\uFF5E' ? (char)(one - 0xFEE0) : one)]);

    private static bool Fits(string header, string name, bool exact)
    {
        var plain = header.Replace(" ", "", StringComparison.Ordinal).Trim('*', ':', '\uFF1A');
        var wanted = name.Replace(" ", "", StringComparison.Ordinal);
        return exact ? plain.Equals(wanted, StringComparison.OrdinalIgnoreCase) : plain.Contains(
            wanted, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^\d+(\.\d+)?[eE]\+?\d+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^[\p{L}\p{N}_/#.()〔〕\[\]-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex OrderNumber();
}
