using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters.Import;

/// <summary>What a file holds under a mapping: orders, and rows that are left out.</summary>
/// <param name="Headers">The file's headers.</param>
/// <param name="Mapping">The mapping that was used.</param>
/// <param name="Orders">Good rows.</param>
/// <param name="BadRows">Rows with something wrong; the first of them.</param>
/// <param name="Encoding">What the file was read as.</param>
public sealed record OrderList(
    IReadOnlyList<string> Headers, IReadOnlyDictionary<ImportField, int> Mapping, IReadOnlyList<HotlineOrder> Orders,
    IReadOnlyList<BadRow> BadRows, string Encoding)
{
    /// <summary>How many rows have something wrong.</summary>
    public int Bad { get; init; }

    /// <summary>Orders of which something was left out, with what; the first of them.</summary>
    public IReadOnlyList<BadRow> Doubts { get; init; } = [];

    /// <summary>How many such remarks there are.</summary>
    public int DoubtCount { get; init; }

    /// <summary>What was not read, and why: hidden rows, totals, other sheets.</summary>
    public IReadOnlyList<LocalText> Notes { get; init; } = [];
}

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

    internal static Refused Because(LocalText why) => new([new FieldError("file", why)], []);

    internal static Refused Because(string zh, string en) => Because(new LocalText(zh, en));
}

/// <summary>Reads hotline orders from CSV or Excel (Q37, O20). Pure.</summary>
public static class OrderReader
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

    /// <summary>Longest name of a column.</summary>
    private const int LongestHeader = 30;

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

    /// <summary>
    /// Reads a file, row by row and within bounds of size and time. A null mapping takes the suggestion.
    /// </summary>
    public static OrderReading Read(
        byte[] content, IReadOnlyDictionary<ImportField, int>? mapping, WorkingCalendar calendar, DateTimeOffset now) =>
        OrderTable.Read(content, () => new OrderRows(mapping, calendar, now));

    /// <summary>True for a row that names the columns which every order needs.</summary>
    internal static bool IsHeader(IEnumerable<string> cells)
    {
        var names = cells.Select(cell => cell.Length <= LongestHeader ? cell : "").ToList();
        return names.Count > 1 && Fits(names, ImportField.OrderNumber) && Fits(names, ImportField.Text)
            && Suggest(names) is var found
            && found.ContainsKey(ImportField.OrderNumber) && found.ContainsKey(ImportField.Text);
    }

    /// <summary>What is wrong with a mapping to these columns.</summary>
    internal static IReadOnlyList<FieldError> WrongMapping(
        IReadOnlyDictionary<ImportField, int> mapping, IReadOnlyList<string> headers) =>
    [
        .. new[] { ImportField.OrderNumber, ImportField.Text }.Where(field => !mapping.ContainsKey(field))
            .Select(field => new FieldError("mapping", new(
                $"没有找到“{NameOf(field).Zh}”列，请指定是哪一列。",
                $"No column for “{NameOf(field).En}” was found; say which it is."))),
        .. mapping.Where(pair => pair.Value < 0 || pair.Value >= headers.Count)
            .Select(pair => new FieldError("mapping", new(
                $"“{NameOf(pair.Key).Zh}”指定的列不存在。", $"The column chosen for “{NameOf(pair.Key).En}” does not exist."))),
        .. mapping.GroupBy(pair => pair.Value).Where(group => group.Count() > 1)
            .Select(group => new FieldError("mapping", new(
                $"同一列“{headers[Math.Clamp(group.Key, 0, headers.Count - 1)]}”被指定了两次。",
                "One column is used twice."))),
    ];

    private static bool Fits(List<string> headers, ImportField field) =>
        headers.Exists(header => Array.Exists(Names[field], name => Fits(header, name, exact: false)));

    private static bool Fits(string header, string name, bool exact)
    {
        var plain = string.Concat(header.Where(letter => !char.IsWhiteSpace(letter))).Trim('*', ':', '\uFF1A');
        var wanted = name.Replace(" ", "", StringComparison.Ordinal);
        return exact ? plain.Equals(wanted, StringComparison.OrdinalIgnoreCase) : plain.Contains(
            wanted, StringComparison.OrdinalIgnoreCase);
    }
}
