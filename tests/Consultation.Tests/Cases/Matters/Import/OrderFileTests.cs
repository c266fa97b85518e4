using System.Text;
using Consultation.Cases.Matters.Import;

namespace Consultation.Tests.Cases.Matters.Import;

/// <summary>Files as hotline systems, spreadsheets and people make them, each with what was seen to go wrong.</summary>
public sealed class OrderFileTests
{
    private const string Header = "工单编号,来电时间,诉求标题,诉求内容,区域/街道,问题分类,来电人,联系电话\n";
    private static readonly District District = new();

    [Theory]
    [InlineData("=\"0012\",2026-02-02 09:10,路灯,路灯坏了请修,河畔街道,市政,王某,=\"01065550123\"", "0012", "01065550123")]
    [InlineData("\"=\"\"0012\"\"\",2026-02-02,路灯,路灯坏了请修,河畔街道,市政,王某,\"\t13800000000\"", "0012", "13800000000")]
    [InlineData("'0012,2026-02-02,路灯,路灯坏了请修,河畔街道,市政,王某,13800000000.0", "0012", "13800000000")]
    [InlineData("００12,2026-02-02,路灯,路灯坏了请修,河畔街道,市政,王某,", "0012", null)]
    public void What_only_keeps_a_spreadsheet_from_counting_is_no_part_of_a_cell(
        string row, string number, string? phone)
    {
        var list = Csv(Header + row + "\n");

        list.Orders.Select(order => (order.OrderNumber, order.Phone)).Should().Equal((number, phone));
        list.DoubtCount.Should().Be(0);
    }

    [Theory]
    [InlineData("居民说\"太吵了\"请处理", "居民说\"太吵了\"请处理")]
    [InlineData("\"太吵了\"请处理", "太吵了请处理")]
    [InlineData("5\" 管道漏水", "5\" 管道漏水")]
    [InlineData("\"他说\"\"好\"\"\"", "他说\"好\"")]
    [InlineData("\"两行\n内容\"", "两行\n内容")]
    public void Quotes_within_a_text_are_text(string cell, string text) =>
        Csv($"工单编号,诉求内容,问题分类\nA1,{cell},市政\nA2,路灯坏了请修,市政\n").Orders
            .Select(order => (order.Text, order.Category)).Should().Equal((text, "市政"), ("路灯坏了请修", "市政"));

    [Theory]
    [InlineData("sep=;\n工单编号;诉求内容\nA1;路灯坏了, 请修\n")]
    [InlineData("\"sep=|\"\r\n工单编号|诉求内容\r\nA1|路灯坏了, 请修\r\n")]
    [InlineData("2026年2月,工单,明细,表\n工单编号\t诉求内容\nA1\t路灯坏了, 请修\n")]
    [InlineData("工单编号|诉求内容|来电人\nA1|路灯坏了, 请修|王\n")]
    public void The_delimiter_is_what_the_file_says_or_what_its_header_comes_apart_by(string file) =>
        Csv(file).Orders.Single().Text.Should().Be("路灯坏了, 请修");

    [Fact]
    public void Titles_repeated_headers_and_totals_are_no_orders()
    {
        var list = Read(Encode("GB18030", "2026年2月工单明细,,\n工单编号,诉求内容,问题分类\nA1,路灯坏了请修一下,市政\n"
            + "本页小计,1,\n\n工单编号,诉求内容,问题分类\nA2,井盖缺失请修,市政\n合计,共2件,\n共 2 条,,\n"));

        list.Orders.Select(order => (order.Line, order.OrderNumber)).Should().Equal((3, "A1"), (7, "A2"));
        list.Bad.Should().Be(0);
        list.Notes.Single().Zh.Should().StartWith("第 1、4、6、8、9 行：");
    }

    [Fact]
    public void A_title_over_merged_cells_and_a_header_of_two_rows_are_found()
    {
        var list = Read(RawWorkbook.Of(RawWorkbook.Rows(
            ["工单明细表", null, null], ["工单编号", "诉求", null], [null, "标题", "诉求内容"], ["A1", "路灯", "路灯坏了请修"]), "A2:A3"));

        list.Orders.Select(order => (order.Line, order.Title)).Should().Equal((4, "路灯"));
    }

    [Fact]
    public void Where_no_name_is_known_the_fullest_of_the_first_rows_is_the_header()
    {
        var refused = OrderReader.Read(RawWorkbook.Bytes("某某热线\n甲,乙\n1001,路灯不亮了\n"), null,
            District.Calendar, District.Now).Should().BeOfType<OrderReading.Refused>().Which;

        refused.Headers.Should().Equal("甲", "乙");
    }

    public static TheoryData<string, string> Times => new()
    {
        { "2026-02-02 09:10:15.0", "09:10:15" }, { "2026-02-02 09:10:15.123", "09:10:15" },
        { "2026-02-02T09:10:15+08:00", "09:10:15" }, { "2026-02-02T01:10:15Z", "09:10:15" },
        { "2026-02-02T01:10:15.1234567+00:00", "09:10:15" }, { "2026-02-02 上午9:10", "09:10:00" },
        { "2026年2月2日 下午3:20", "15:20:00" }, { "2026年2月2日 下午15:20", "15:20:00" },
        { "2026-02-02 上午12:05", "00:05:00" }, { "2026/2/2 3:20 PM", "15:20:00" }, { "2026/2/2 12:20AM", "00:20:00" },
        { "2026-02-02 09：10", "09:10:00" }, { "２０２６-０２-０２ ０９:１０", "09:10:00" },
        { "2026.02.02 09:10:11", "09:10:11" }, { "2026.2.2", "00:00:00" }, { "20260202 09:10", "09:10:00" },
        { "20260202091011", "09:10:11" }, { "20260202", "00:00:00" }, { "2026-02-02 9时10分", "09:10:00" },
        { "2026年2月2日9时", "09:00:00" }, { "2026年02月02日 09时10分11秒", "09:10:11" },
        { "2026-02-02  09:10", "09:10:00" }, { "2026年2月2日 星期一 9:10", "09:10:00" }, { "46055.38194444", "09:10:00" },
        { "46055", "00:00:00" }, { "2026-02-01 24:00", "00:00:00" }, { "2026－02－02 09:10", "09:10:00" },
        { "2026-02-02\u00A009:10", "09:10:00" }, { "2026年2月2日 9点10分", "09:10:00" },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void Times_are_understood_as_they_are_written(string time, string expected) =>
        Csv(Header + $"A1,{time},路灯,路灯坏了请修,河畔街道,市政,王某,\n").Orders.Single().RaisedAt.Should().Be(
            DateTimeOffset.Parse($"2026-02-02T{expected}+08:00", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-02-30 09:10")]
    [InlineData("2026-13-02")]
    [InlineData("2026-02-02 25:00")]
    [InlineData("2026-02-02 09:61")]
    [InlineData("02/03/2026")]
    [InlineData("1046082")]
    [InlineData("昨天")]
    [InlineData("2026-02-02 09:10 09:10")]
    [InlineData("2026-02-02T09:10:15+99:00")]
    public void What_is_no_time_is_pointed_out(string time) =>
        Csv(Header + $"A1,{time},路灯,路灯坏了请修,河畔街道,市政,王某,\nA2,,路灯,路灯坏了请修,,,,\n")
            .BadRows.Single().Reason.Zh.Should().Contain("无法识别");

    [Theory]
    [InlineData("1.38001E+10", "科学记数法")]
    [InlineData("1.38e10", "科学记数法")]
    [InlineData("#######", "#####")]
    [InlineData("#N/A", "#N/A")]
    public void A_phone_number_that_was_damaged_is_left_out_and_pointed_out(string phone, string words)
    {
        var list = Csv(Header + $"A1,2026-02-02 09:10,路灯,路灯坏了请修,河畔街道,市政,王某,{phone}\n");

        list.Orders.Single().Phone.Should().BeNull();
        list.Doubts.Should().ContainSingle().Which.Should().Match<BadRow>(
            doubt => doubt.Line == 2 && doubt.OrderNumber == "A1" && doubt.Reason.Zh.Contains("联系电话"));
        list.Doubts[0].Reason.Zh.Should().Contain(words);
    }

    [Fact]
    public void An_error_value_keeps_no_order_out_unless_its_number_or_text_is_one()
    {
        var list = Csv(Header + "A1,#N/A,#REF!,路灯坏了请修,#VALUE!,#N/A,#NAME?,#DIV/0!\n"
            + "#N/A,,,路灯坏了请修,,,,\nA3,,,#N/A,,,,\nA4,,,#不是错误值,,,,\n");

        list.Orders.Select(order => (order.OrderNumber, order.Title, order.Category)).Should()
            .Equal(("A1", "路灯坏了请修", null), ("A4", "#不是错误值", null));
        list.BadRows.Select(row => row.Line).Should().Equal(3, 4);
        list.DoubtCount.Should().Be(6);
    }

    [Fact]
    public void Hidden_rows_are_left_out_and_named()
    {
        var list = Read(RawWorkbook.Of(
            RawWorkbook.Row(1, "", RawWorkbook.Cell("工单编号"), RawWorkbook.Cell("诉求内容"))
            + RawWorkbook.Row(2, "", RawWorkbook.Cell("A1"), RawWorkbook.Cell("路灯坏了请修"))
            + RawWorkbook.Row(3, "hidden=\"1\"", RawWorkbook.Cell("A2"), RawWorkbook.Cell("已筛掉的工单内容"))));

        list.Orders.Select(order => order.OrderNumber).Should().Equal("A1");
        list.Notes.Single().Zh.Should().StartWith("第 3 行：隐藏");
    }

    [Fact]
    public void What_a_merged_cell_says_holds_for_each_of_its_rows()
    {
        var list = Read(RawWorkbook.Of(RawWorkbook.Rows(
            ["工单编号", "诉求内容", "问题分类"], ["A1", "路灯坏了请修", "市政"], ["A2", "井盖缺失请修", null], ["A3", "太吵", null]), "C2:C3"));

        list.Orders.Select(order => order.Category).Should().Equal("市政", "市政", null);
    }

    [Fact]
    public void Phonetic_guides_are_no_text_and_escaped_characters_are_what_they_stand_for()
    {
        var list = Read(RawWorkbook.Of(
            RawWorkbook.Rows(["工单编号", "诉求内容", "来电人"], ["A1", null, null])[..^"</row>".Length]
            + "<c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>王</t><rPh sb=\"0\" eb=\"1\"><t>ワン</t>"
            + "</rPh><r><t>某</t></r></is></c></row>",
            strings: "<si><r><t>路灯</t></r><r><t xml:space=\"preserve\">坏了_x000D_\n请修</t></r><rPh sb=\"0\" eb=\"2\">"
                + "<t>lù dēng</t></rPh><phoneticPr fontId=\"1\"/></si>"));

        list.Orders.Select(order => (order.Text, order.Caller)).Should().Equal(("路灯坏了\n请修", "王某"));
    }

    [Fact]
    public void Days_are_dates_whatever_format_their_cells_have()
    {
        var list = Read(RawWorkbook.Of(RawWorkbook.Rows(["工单编号", "诉求内容", "来电时间"])
            + Dated(2, "A1", "<c r=\"C2\"><v>46055.38194444</v></c>")
            + Dated(3, "A2", "<c r=\"C3\" s=\"1\"><v>46055.38194444</v></c>")
            + Dated(4, "A3", "<c r=\"C4\" s=\"2\"><v>46055.38194444</v></c>")
            + Dated(5, "A4", "<c r=\"C5\" t=\"d\"><v>2026-02-02T09:10:00</v></c>")
            + Dated(6, "A5", "<c r=\"C6\" t=\"e\"><v>#N/A</v></c>")));

        list.Orders.Take(4).Should().OnlyContain(order => order.RaisedAt == new DateTimeOffset(
            2026, 2, 2, 9, 10, 0, TimeSpan.FromHours(8)));
        list.Orders[4].RaisedAt.Should().BeNull();
        list.DoubtCount.Should().Be(1);
    }

    [Fact]
    public void The_first_visible_sheet_with_orders_is_read_and_said()
    {
        const string sheets = "<sheet name=\"说明\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"旧\" sheetId=\"3\" "
            + "state=\"hidden\" r:id=\"rId1\"/><sheet name=\"工单\" sheetId=\"2\" r:id=\"rId4\"/>";
        var list = Read(RawWorkbook.Zip(
            ("xl/workbook.xml", RawWorkbook.Book(sheets)),
            ("xl/worksheets/sheet1.xml", RawWorkbook.Sheet(RawWorkbook.Rows(["本表由热线系统导出"], ["请勿修改"]))),
            ("xl/worksheets/sheet2.xml", RawWorkbook.Sheet(RawWorkbook.Rows(["工单编号", "诉求内容"], ["A1", "路灯坏了请修"])))));

        list.Orders.Should().ContainSingle();
        list.Notes.Single().Zh.Should().Be("工作簿有 2 张工作表，只读取了“工单”。");
    }

    [Fact]
    public void A_web_page_under_the_name_of_a_workbook_is_read()
    {
        const string page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=gb2312>"
            + "<style>td{mso-number-format:\"\\@\"}</style></head><body><table border=1>"
            + "<tr><td colspan=4>2026年2月工单</td></tr>\n<tr><th>工单编号</th><th>诉求内容</th><th>街道</th><th>电话</th></tr>"
            + "<tr><td>=\"0012\"</td><td>路灯坏了&amp;井盖\n   缺失<br>请修&nbsp;</td><td rowspan=2>河畔街道</td>"
            + "<td>13800000000</td></tr><tr><td>0013<td>太吵了<td>#N/A</tr>"
            + "<tr style=\"display: none\"><td>0014</td><td>看不见的</td></tr><tr><td>合计</td><td>2</td></tr></table>";
        var list = Read(Encode("GB18030", page));

        list.Encoding.Should().Be("HTML, GB18030");
        list.Orders.Select(order => (order.Line, order.OrderNumber, order.Text, order.Place, order.Phone)).Should()
            .Equal((3, "0012", "路灯坏了&井盖 缺失\n请修", "河畔街道", "13800000000"), (4, "0013", "太吵了", "河畔街道", null));
        list.Notes.Should().HaveCount(2);
    }

    [Fact]
    public void A_title_made_of_a_text_never_ends_within_a_character()
    {
        var list = Csv("工单编号,诉求内容\nA1," + new string('甲', 79) + "𬭎女士反映楼道堆物影响通行请协调\n"
            + "A2," + new string('甲', 78) + "👩‍👩‍👧请协调\n");

        list.Orders.Select(order => order.Title).Should().Equal(
            new string('甲', 79) + "…", new string('甲', 78) + "…");
    }

    [Fact]
    public void What_no_document_can_carry_is_left_out_of_every_cell()
    {
        var list = Read(RawWorkbook.Of(RawWorkbook.Rows(["工单编号", "诉求内容", "来电人"])
            + Dated(2, "A1&#x1;", "<c r=\"C2\" t=\"inlineStr\"><is><t>王&#xFFFF;&#xFFFE;&#xD800;某</t></is></c>")));

        list.Orders.Select(order => (order.OrderNumber, order.Caller)).Should().Equal(("A1", "王某"));
    }

    [Fact]
    public void The_template_has_the_columns_that_are_read_and_no_orders()
    {
        var fields = Enum.GetValues<ImportField>();
        foreach (var language in new[] { "zh", "en" })
        {
            var template = OrderTemplate.Build(text => text.For(language));

            OrderReader.Read(template, null, District.Calendar, District.Now).Should().BeOfType<OrderReading.Refused>()
                .Which.Errors.Single().Message.Zh.Should().Contain("只有表头");
            OrderReader.Suggest([.. fields.Select(field => OrderReader.NameOf(field).For(language))])
                .Should().BeEquivalentTo(fields.ToDictionary(field => field, field => (int)field));
        }
    }

    private static string Dated(int row, string number, string cell) => RawWorkbook.Row(
        row, "", $"<c r=\"{{r}}\" t=\"inlineStr\"><is><t>{number}</t></is></c>", RawWorkbook.Cell("路灯坏了请修"), cell);

    private static OrderList Csv(string text) => Read(RawWorkbook.Bytes(text));

    private static byte[] Encode(string encoding, string text) =>
        CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text);

    private static OrderList Read(byte[] content) =>
        OrderReader.Read(content, null, District.Calendar, District.Now)
            .Should().BeOfType<OrderReading.Read>().Which.List;
}
