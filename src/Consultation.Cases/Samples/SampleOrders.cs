using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Consultation.Cases.Samples;

/// <summary>
/// Made-up hotline orders (示例) to try the import with: the same list as CSV in both encodings and as Excel.
/// </summary>
public static class SampleOrders
{
    private static readonly string[] Headers = ["工单编号", "来电时间", "诉求标题", "诉求内容", "区域/街道", "分类", "来电人", "联系电话"];

    private static readonly (string Category, string Title, string Text)[] Problems =
    [
        ("停车管理", "小区停车难", "小区车位不足，晚上回来没有地方停车，消防通道经常被占用。（示例）"),
        ("物业服务", "电梯经常停运", "楼里的电梯一个月停了三次，老人上下楼不方便，希望尽快维修。（示例）"),
        ("环境卫生", "垃圾分类站异味", "垃圾分类站离居民楼太近，夏天异味大，希望调整位置。（示例）"),
        ("道路交通", "路口没有红绿灯", "学校门口的路口没有红绿灯，孩子过马路不安全。（示例）"),
        ("养老服务", "老年餐桌停办", "社区老年餐桌停办后，独居老人吃饭成了问题。（示例）"),
    ];

    private static readonly string[] Places = ["河畔街道", "北苑街道", "柳林社区"];

    private static readonly string[] Callers = ["赵女士", "钱先生", "孙女士", "李先生"];

    /// <summary>
    /// Rows with their header; parking in one sub-district is frequent enough to count as a common problem.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(DateOnly until, int orders = 60)
    {
        var rows = new List<IReadOnlyList<string>> { Headers };
        for (var i = 0; i < orders; i++)
        {
            var (category, title, text) = Problems[i % 3 == 0 ? 0 : i % Problems.Length];
            var day = until.AddDays(-i / 2);
            var place = Places[i % 3 == 0 ? 0 : i % Places.Length];
            rows.Add(
            [
                string.Create(CultureInfo.InvariantCulture, $"SL{until.Year}{i + 1:D8}"),
                string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} {8 + (i % 10):D2}:{i % 60:D2}"),
                $"{place}{title}", text, place, category, Callers[i % Callers.Length],
                string.Create(CultureInfo.InvariantCulture, $"000-{10000000 + i}"),
            ]);
        }

        return rows;
    }

    /// <summary>CSV in UTF-8 with a mark, as Excel and WPS write "CSV UTF-8".</summary>
    public static byte[] Utf8Csv(DateOnly until) =>
        [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Csv(until))];

    /// <summary>CSV in GB18030, as Chinese Excel writes plain "CSV".</summary>
    public static byte[] Gb18030Csv(DateOnly until) =>
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Csv(until));

    /// <summary>An Excel workbook; every cell is text.</summary>
    public static byte[] Excel(DateOnly until)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet =
                new Worksheet(new SheetData(Rows(until).Select(cells => new Row(cells.Select(text => new Cell(
                new InlineString(new Text(text)))
                { DataType = CellValues.InlineString })))));
            workbook.Workbook = new Workbook(
                new Sheets(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "12345工单（示例）" }));
        }

        return stream.ToArray();
    }

    private static string Csv(DateOnly until) =>
        string.Concat(Rows(until).Select(cells => string.Join(',', cells.Select(Quoted)) + "\r\n"));

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(',', '"', '\n')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
