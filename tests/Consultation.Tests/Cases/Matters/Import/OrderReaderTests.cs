using System.Text;
using Consultation.Cases.Matters;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.People.Import;
using Consultation.Cases.Samples;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Consultation.Tests.Cases.Matters.Import;

public sealed class OrderReaderTests
{
    private const string Header = "工单编号,来电时间,诉求标题,诉求内容,街道,问题分类,来电人\n";
    private readonly District _district = new();

    public static TheoryData<string, byte[]> Samples => new()
    {
        { "UTF-8 (BOM)", SampleOrders.Utf8Csv(new(2026, 3, 1)) },
        { "GB18030", SampleOrders.Gb18030Csv(new(2026, 3, 1)) },
        { "Excel", SampleOrders.Excel(new(2026, 3, 1)) },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_sample_reads_the_same_in_every_form(string encoding, byte[] content)
    {
        var list = Read(content);

        (list.Encoding, list.Orders.Count, list.BadRows.Count).Should().Be((encoding, 60, 0));
        var first = list.Orders[0];
        (first.Line, first.OrderNumber, first.Title, first.Place, first.Category, first.Caller)
            .Should().Be((2, "SL202600000001", "河畔街道小区停车难", "河畔街道", "停车管理", "赵女士"));
        first.RaisedAt.Should().Be(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void Bad_rows_are_named_by_the_row_that_Excel_shows_and_the_good_ones_stay()
    {
        var list = Read(Encoding.UTF8.GetBytes(Header
            + "A001,2026-03-01 08:00,停车,晚上没有车位,河畔街道,停车,赵\n"
            + ",2026-03-01 08:00,停车,晚上没有车位,河畔街道,停车,赵\n"
            + "2.02603E+13,2026-03-01,停车,晚上没有车位,河畔街道,停车,赵\n"
            + "A002,三月一号,停车,晚上没有车位,河畔街道,停车,赵\n"
            + "A003,2026年3月1日 8时30分,停车,,河畔街道,停车,赵\n"
            + "A001,2026-03-01,停车,\"两行\n内容\",河畔街道,停车,赵\n"
            + "A004,2027-03-01,停车,晚上没有车位,河畔街道,停车,赵\n"
            + "A005,,停车,晚上没有车位,河畔街道,停车,赵\n"));

        list.Orders.Select(order => order.OrderNumber).Should().Equal("A001", "A005");
        list.BadRows.Select(row => (row.Line, row.Reason.Zh[..7])).Should().Equal(
            (3, "没有工单编号。"), (4, "工单编号“2."), (5, "来电时间“三月"), (6, "没有诉求内容。"), (7, "工单编号与第 "), (8, "来电时间“20"));
    }

    [Theory]
    [InlineData("\u0001")]
    [InlineData("\u000b\u001f")]
    [InlineData("\0")]
    public void A_control_character_written_raw_into_a_sheet_is_left_out_and_its_row_is_read(string raw)
    {
        var rows = RawWorkbook.Rows(["工单编号", "诉求标题", "诉求内容"], ["A001", "停车难", "晚上MARK没有车位"]);

        var list = Read(RawWorkbook.Of(rows.Replace("MARK", raw, StringComparison.Ordinal)));

        list.BadRows.Should().BeEmpty();
        list.Orders.Should().ContainSingle().Which.Text.Should().Be("晚上没有车位");
    }

    [Fact]
    public void A_character_that_is_none_does_not_refuse_the_workbook()
    {
        var rows = RawWorkbook.Rows(["工单编号", "诉求标题", "诉求内容"], ["A001", "停车难", "晚上MARK没有车位"]);

        var list = Read(RawWorkbook.Of(rows.Replace("MARK", "\uffff", StringComparison.Ordinal)));

        list.Orders.Should().ContainSingle().Which.Text.Should().StartWith("晚上").And.EndWith("没有车位");
    }

    [Fact]
    public void A_sheet_whose_XML_breaks_off_is_named_with_the_row()
    {
        var rows = RawWorkbook.Rows(["工单编号", "诉求标题", "诉求内容"], ["A001", "停车难", "晚上MARK没有车位"]);
        var broken = RawWorkbook.Of(rows.Replace("MARK", "<<<", StringComparison.Ordinal));

        var reading = OrderReader.Read(broken, null, _district.Calendar, District.Now);

        reading.Should().BeOfType<OrderReading.Refused>().Which.Errors.Should().ContainSingle()
            .Which.Message.Zh.Should().Contain("工作表“一”第 2 行");
    }

    [Fact]
    public void Headers_are_matched_by_name_and_what_is_missing_is_said()
    {
        OrderReader.Suggest(["序号", "受理编号", "主要内容", "联系电话", "所属街道"]).Should()
            .BeEquivalentTo(new Dictionary<ImportField, int>
            {
                [ImportField.OrderNumber] = 1,
                [ImportField.Text] = 2,
                [ImportField.Phone] = 3,
                [ImportField.Place] = 4,
            });

        var refused = OrderReader.Read(Encoding.UTF8.GetBytes("甲,乙\n1,2\n"), null, _district.Calendar, District.Now)
            .Should().BeOfType<OrderReading.Refused>().Which;

        refused.Headers.Should().Equal("甲", "乙");
        refused.Errors.Select(error => error.Message.Zh).Should().Equal("没有找到“工单编号”列，请指定是哪一列。", "没有找到“诉求内容”列，请指定是哪一列。");
    }

    [Fact]
    public void A_mapping_by_hand_is_obeyed_and_checked()
    {
        var content = Encoding.UTF8.GetBytes("甲,乙\n1001,路灯不亮了\n");

        var read = OrderReader.Read(
            content, new Dictionary<ImportField, int> { [ImportField.OrderNumber] = 0, [ImportField.Text] = 1 },
            _district.Calendar, District.Now);
        read.Should().BeOfType<OrderReading.Read>().Which.List.Orders.Single().Title.Should().Be("路灯不亮了");
        var twice = OrderReader.Read(
            content, new Dictionary<ImportField, int> { [ImportField.OrderNumber] = 0, [ImportField.Text] = 0 },
            _district.Calendar, District.Now);
        twice.Should().BeOfType<OrderReading.Refused>().Which.Errors.Single().Message.Zh.Should().Contain("指定了两次");
    }

    public static TheoryData<byte[], string> Unreadable => new()
    {
        { [], "空的" },
        { [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("工单编号,内容\n1,2")], "CSV UTF-8" },
        { Encoding.Unicode.GetBytes("工单编号,内容\n1,2"), "CSV UTF-8" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "旧版 .xls" },
        { [.. "%PDF-1.4 abc"u8], "PDF" },
        { [0x50, 0x4B, 0x03, 0x04, 0x00, 0x01], "无法打开" },
        { [0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFF, 0x41, 0x80], "无法识别文件编码" },
        { Encoding.UTF8.GetBytes("工单编号,诉求内容\n"), "没有工单" },
        { Encoding.UTF8.GetBytes("工单编号,诉求内容\n1,\"没有关上的引号\n" + new string('x', 25_000)), "引号没有成对" },
        { Encoding.UTF8.GetBytes("工单编号,诉求内容\n1,\"没有关上\n2,\"x\",3\n"), "引号没有成对" },
        { Encoding.UTF8.GetBytes("工单编号,诉求内容\n1,\"没有关上"), "引号没有成对" },
        { Encoding.UTF8.GetBytes("MIME-Version: 1.0\n\n<html></html>"), "网页档案" },
        { [.. "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"u8],
            "XML 表格" },
        { Encoding.UTF8.GetBytes("<html><frameset><frame src=\"a_files/sheet001.htm\"></frameset></html>"), "没有表格" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_file_that_cannot_be_read_is_refused_with_what_to_do(byte[] content, string message) =>
        OrderReader.Read(content, null, _district.Calendar, District.Now).Should().BeOfType<OrderReading.Refused>()
            .Which.Errors.Single().Message.Zh.Should().Contain(message);

    [Fact]
    public void A_workbook_with_macros_is_refused_in_words_by_every_import()
    {
        var content = Workbook(SpreadsheetDocumentType.MacroEnabledWorkbook, ["工单编号", "诉求内容"], [Text("1"), Text("路灯")]);

        OrderReader.Read(content, null, _district.Calendar, District.Now).Should().BeOfType<OrderReading.Refused>()
            .Which.Errors.Single().Message.Zh.Should().Contain("宏");
        DirectorySheets.Read(content).Wrong!.Zh.Should().Contain("宏");
    }

    [Fact]
    public void Numbers_dates_and_formulas_of_a_workbook_are_understood_or_refused()
    {
        var list = Read(Workbook(
            ["工单编号", "来电时间", "诉求内容"],
            [Text("0012345"), Date(46082.354166666664), Text("晚上没有车位")],
            [Number("12345"), Date(46082), Text("开头的零可能丢了")],
            [Number("2026030112345678"), Date(46082), Text("超过十五位")],
            [Padded("12346"), Date(46082), Text("格式补零")],
            [Formula(null), Date(46082), Text("公式没有结果")],
            [Formula("0099999"), Date(46082), Text("公式有结果")]));

        list.Orders.Select(order => order.OrderNumber).Should().Equal("0012345", "0012346", "0099999");
        list.Orders[0].RaisedAt.Should().Be(new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.FromHours(8)));
        list.BadRows.Select(row => row.Line).Should().Equal(3, 4, 6);
        list.BadRows[0].Reason.Zh.Should().Contain("开头的 0 可能已丢失");
        list.BadRows[1].Reason.Zh.Should().Contain("超过 15 位");
        list.BadRows[2].Reason.Zh.Should().Contain("公式");
    }

    [Fact]
    public void Fifty_thousand_rows_are_read()
    {
        var text = new StringBuilder(Header);
        for (var i = 0; i < 50_000; i++)
        {
            text.Append("SL").Append(i.ToString("D8", System.Globalization.CultureInfo.InvariantCulture))
                .Append(",2026-03-01 08:00,停车,晚上没有车位,河畔街道,停车,赵\n");
        }

        Read(Encoding.UTF8.GetBytes(text.ToString())).Orders.Should().HaveCount(50_000);
    }

    [Fact]
    public void The_same_file_again_changes_nothing_and_a_matter_that_left_the_pool_stays()
    {
        var orders = Read(SampleOrders.Utf8Csv(new(2026, 3, 1))).Orders;
        var known = orders.Take(3).Select(order => OrderComparison.Create(order, _district.Id, "SX", District.Now))
            .ToDictionary(matter => matter.OrderNumber!);
        known[orders[1].OrderNumber].Text = "旧内容";
        known[orders[2].OrderNumber].Text = "旧内容";
        known[orders[2].OrderNumber].State = MatterState.InCase;

        var comparison = OrderComparison.Of(orders, known);

        (comparison.New.Count, comparison.Changed.Count, comparison.Unchanged).Should().Be((57, 1, 2));
    }

    [Fact]
    public void Frequent_orders_of_one_category_and_place_cluster()
    {
        var matters = Read(SampleOrders.Utf8Csv(new(2026, 3, 1))).Orders.Select(
            order => OrderComparison.Create(order, _district.Id, "SX", District.Now));

        OrderCluster.Of(matters, threshold: 5)[0].Should().Match<OrderCluster>(
            cluster => cluster.Category == "停车管理" && cluster.Place == "河畔街道" && cluster.Count >= 20);
    }

    private OrderList Read(byte[] content) =>
        OrderReader.Read(content, null, _district.Calendar, District.Now)
            .Should().BeOfType<OrderReading.Read>().Which.List;

    private static byte[] Workbook(string[] headers, params Cell[][] rows) =>
        Workbook(SpreadsheetDocumentType.Workbook, headers, rows);

    private static byte[] Workbook(SpreadsheetDocumentType type, string[] headers, params Cell[][] rows)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, type))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 170, FormatCode = "0000000" }),
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellFormats(
                    new CellFormat(), new CellFormat { NumberFormatId = 22 }, new CellFormat { NumberFormatId = 170 }));
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet =
                new Worksheet(
                    new SheetData(
                        [new Row(headers.Select(Text)),
                            .. rows.Select(cells => new Row(cells.Cast<OpenXmlElement>()))]));
            workbook.Workbook =
                new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "s" }));
        }

        return stream.ToArray();
    }

    private static Cell Text(string text) =>
        new(new InlineString(new Text(text))) { DataType = CellValues.InlineString };

    private static Cell Number(string number) => new() { CellValue = new CellValue(number) };

    private static Cell Padded(string number) => new() { CellValue = new CellValue(number), StyleIndex = 2 };

    private static Cell Date(double number) => new() { CellValue = new CellValue(number), StyleIndex = 1 };

    private static Cell Formula(string? result) => new()
    {
        CellFormula = new CellFormula("A1&\"\""),
        CellValue = result is null ? null : new CellValue(result),
        DataType = CellValues.String,
    };
}
