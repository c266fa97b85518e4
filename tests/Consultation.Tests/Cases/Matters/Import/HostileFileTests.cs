using System.Diagnostics;
using System.Text;
using Consultation.Cases.Matters.Import;

namespace Consultation.Tests.Cases.Matters.Import;

/// <summary>
/// Files that are made to take a server's memory, time or stack: each is refused in words, or read within bounds.
/// </summary>
public sealed class HostileFileTests
{
    private const int Mega = 1024 * 1024;

    private static readonly District District = new();

    public static TheoryData<string, byte[]> Files()
    {
        var header = RawWorkbook.Rows(["工单编号", "诉求内容"], ["A1", "路灯坏了请修"]);
        var data = new TheoryData<string, byte[]>
        {
            { "100,000 nested elements in a row", RawWorkbook.Of(header + "<row r=\"3\">" + Repeat("<x>", 100_000)) },
            { "100,000 nested elements in a cell",
                RawWorkbook.Of(header + "<row r=\"3\"><c r=\"A3\">" + Repeat("<is>", 100_000)) },
            { "nested around the rows", RawWorkbook.Of(Repeat("<x>", 100_000) + header) },
            { "nested in the shared strings", RawWorkbook.Of(header, strings: "<si>" + Repeat("<r>", 100_000)) },
            { "nested in the workbook",
                RawWorkbook.Zip(("xl/workbook.xml", RawWorkbook.Book(Repeat("<sheet>", 100_000))),
                ("xl/worksheets/sheet1.xml", RawWorkbook.Sheet(header))) },
            { "nested in the styles", RawWorkbook.Zip(("xl/styles.xml", Repeat("<numFmts>", 100_000)),
                ("xl/worksheets/sheet1.xml", RawWorkbook.Sheet(header))) },
            { "nested in the list of parts",
                RawWorkbook.Zip(("xl/_rels/workbook.xml.rels", Repeat("<Relationships>", 60_000)),
                ("xl/worksheets/sheet1.xml", RawWorkbook.Sheet(header))) },
            { "nested in the content types", RawWorkbook.Zip(("[Content_Types].xml", Repeat("<Types>", 100_000)),
                ("xl/worksheets/sheet1.xml", RawWorkbook.Sheet(header))) },
            { "a list of parts of 2 MB", RawWorkbook.Zip(("xl/_rels/workbook.xml.rels", Repeat(" ", 2 * Mega)),
                ("xl/worksheets/sheet1.xml", RawWorkbook.Sheet(header))) },
            { "entities that grow",
                RawWorkbook.Zip(("xl/worksheets/sheet1.xml", "<!DOCTYPE a [<!ENTITY a \"aaaaaaaa\"><!ENTITY b "
                + "\"&a;&a;&a;&a;\">]>" + RawWorkbook.Sheet("<row><c t=\"str\"><v>&b;</v></c></row>"))) },
            { "an entity from outside", RawWorkbook.Zip(("xl/worksheets/sheet1.xml",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">" + RawWorkbook.Sheet(header))) },
            { "a sheet that is somewhere else", RawWorkbook.Zip(("xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + "<Relationship Id=\"rId1\" "
                + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
                + "Target=\"http://127.0.0.1:9/x\" TargetMode=\"External\"/></Relationships>")) },
            { "a sheet outside the package", RawWorkbook.Zip(("xl/workbook.xml",
                RawWorkbook.Book("<sheet name=\"a\" r:id=\"../../etc/passwd\"/>"))) },
            { "3,000 parts", RawWorkbook.Zip([.. Enumerable.Range(0, 3000).Select(one => ($"x/{one}.xml", ""))]) },
            { "200,000 empty parts in the list of the ZIP", ManyEntries(200_000) },
            { "a ZIP cut off", RawWorkbook.Of(header)[..400] },
            { "a ZIP whose list is lost", [.. RawWorkbook.Of(header)[..^60], .. new byte[60]] },
            { "a ZIP that is no workbook", RawWorkbook.Zip(("_rels/.rels", "<Relationships "
                + "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>")) },
            { "not XML", RawWorkbook.Zip(("xl/worksheets/sheet1.xml", "\u0001\u0002<<<<")) },
            { "UTF-7 in a sheet",
                RawWorkbook.Zip(("xl/worksheets/sheet1.xml", "<?xml version=\"1.0\" encoding=\"utf-7\"?>"
                + RawWorkbook.Sheet(header))) },
            { "200 MB of rows", Large(200, "<row><c t=\"str\"><v>1</v></c></row>") },
            { "400 MB of blanks", Large(400, new string(' ', 1000)) },
            { "one attribute of 100 MB", Large(100, new string('a', 1000), "<row r=\"", "\"/>") },
            { "one name of 100 MB", Large(100, new string('a', 1000), "<", "/>") },
            { "one text of 100 MB", Large(100, new string('a', 1000), "<row><c t=\"str\"><v>", "</v></c></row>") },
            { "a million names", Large(20, null, part: at => $"<n{at}/>") },
            { "a million attributes", RawWorkbook.Of(header + "<row " + string.Concat(
                Enumerable.Range(0, 200_000).Select(one => $"a{one}=\"\" ")) + "/>") },
            { "60 MB of shared strings", Strings(60, at => $"<si><t>{at:D9}字字字字字字字字字字</t></si>") },
            { "three million empty strings", Strings(20, _ => "<si/>") },
            { "150,000 orders", Large(40, null, part: at => at == 0 ? RawWorkbook.Rows(["工单编号", "诉求内容"])
                : $"<row><c t=\"str\"><v>N{at}</v></c><c t=\"str\"><v>路灯坏了请修{new string('x', 200)}</v></c></row>") },
            { "orders of 60 million characters", Large(120, null, part: at => at == 0
                ? RawWorkbook.Rows(["工单编号", "诉求内容"])
                : $"<row><c t=\"str\"><v>N{at}</v></c><c t=\"str\"><v>{new string((char)('a' + at % 26), 9000)}"
                    + "</v></c></row>") },
            { "a row of 100,000 cells",
                RawWorkbook.Of("<row>" + Repeat("<c t=\"str\"><v>1</v></c>", 100_000) + "</row>") },
            { "columns without end", RawWorkbook.Of(
                "<row><c r=\"ZZZZZZZZZZZZZZZZZZZZ1\" t=\"str\"><v>1</v></c><c r=\"-1\"><v>2</v></c></row>") },
            { "merges over everything", RawWorkbook.Of(header, "A1:XFD1048576") },
            { "1,000 sheets that are one", RawWorkbook.Zip(
                ("xl/workbook.xml", RawWorkbook.Book(Repeat("<sheet name=\"a\" r:id=\"rId1\"/>", 1000))),
                ("xl/worksheets/sheet1.xml", RawWorkbook.Sheet(RawWorkbook.Rows(["没有", "表头"])))) },
            { "CSV: ten million columns", [.. RawWorkbook.Bytes("工单编号"), .. Enumerable.Repeat((byte)',', 10 * Mega)] },
            { "CSV: ten million quotes",
                [.. RawWorkbook.Bytes("工单编号,诉求内容\n"), .. Enumerable.Repeat((byte)'"', 10 * Mega + 1)] },
            { "CSV: one cell of 20 MB",
                [.. RawWorkbook.Bytes("工单编号,诉求内容\nA1,"), .. Enumerable.Repeat((byte)'x', 20 * Mega)] },
            { "CSV: a quote that swallows 20 MB", [.. RawWorkbook.Bytes("工单编号,诉求内容\nA1,\""),
                .. RawWorkbook.Bytes(Repeat("A2,路灯坏了\n", Mega))] },
            { "CSV: ten million empty lines", Enumerable.Repeat((byte)'\n', 10 * Mega).ToArray() },
            { "CSV: five million short rows", RawWorkbook.Bytes("工单编号,诉求内容\n" + Repeat("1,2\n", 5 * Mega)) },
            { "CSV: NUL", RawWorkbook.Bytes("工单编号,诉求内容\n" + new string('x', 9000) + "\0,\0\n") },
            { "HTML: a million nested tables", RawWorkbook.Bytes(Repeat("<table><tr><td>", 600_000)) },
            { "HTML: a million nested elements", RawWorkbook.Bytes("<table><tr><td>" + Repeat("<b>", 60_000)) },
            { "HTML: a tag of a million attributes", RawWorkbook.Bytes("<table><tr " + string.Concat(
                Enumerable.Range(0, 500_000).Select(one => $"a{one} "))) },
            { "HTML: 30 MB", RawWorkbook.Bytes("<table>" + Repeat("<tr><td>1", 3 * Mega)) },
            { "HTML: a comment without end", RawWorkbook.Bytes("<table><tr><td><!--" + Repeat("-", 200_000)) },
            { "HTML: entities", RawWorkbook.Bytes("<table><tr><td>" + Repeat("&#x", 80_000)) },
            { "HTML: spans over everything", RawWorkbook.Bytes("<table>"
                + Repeat("<tr><td rowspan=999999 colspan=999999>1</td><td rowspan=99999999999>2</td></tr>", 20_000)) },
        };
        return data;
    }

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void A_hostile_file_is_answered_in_time_and_without_the_memory_it_asks_for(string name, byte[] file)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();

        var reading = OrderReader.Read(file, null, District.Calendar, District.Now);

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20), name);
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(100 * Mega, name);
        if (reading is OrderReading.Refused refused)
        {
            refused.Errors.Should().NotBeEmpty().And.OnlyContain(error => error.Message.Zh.Length > 5);
        }
    }

    [Fact]
    public void A_hundred_thousand_orders_are_read_from_a_workbook()
    {
        var file = Large(60, null, part: at => at == 0 ? RawWorkbook.Rows(["工单编号", "诉求内容", "来电时间", "电话"])
            : at > OrderTable.MostRows ? ""
            : $"<row r=\"{at + 1}\"><c t=\"str\"><v>N{at}</v></c><c t=\"str\"><v>路灯坏了请修{at:D60}</v></c>"
                + $"<c s=\"1\"><v>46055.{at}</v></c><c><v>{13800000000 + at}</v></c></row>",
            most: OrderTable.MostRows + 1);

        OrderReader.Read(file, null, District.Calendar, District.Now).Should().BeOfType<OrderReading.Read>()
            .Which.List.Orders.Should().HaveCount(OrderTable.MostRows);
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    /// <summary>A workbook whose sheet is so many megabytes of this, packed without ever being whole.</summary>
    private static byte[] Large(
        int megabytes, string? piece, string before = "", string after = "", Func<int, string>? part = null,
        int most = int.MaxValue)
    {
        var sheet = RawWorkbook.Sheet(before + "|" + after).Split('|');
        return RawWorkbook.Pack(("xl/worksheets/sheet1.xml",
            stream => Write(stream, sheet[0], sheet[1], megabytes, most, part ?? (_ => piece!))));
    }

    private static byte[] Strings(int megabytes, Func<int, string> part) => RawWorkbook.Pack(
        ("xl/worksheets/sheet1.xml", stream => stream.Write(RawWorkbook.Bytes(RawWorkbook.Sheet("")))),
        ("xl/sharedStrings.xml", stream => Write(stream, "<sst>", "</sst>", megabytes, int.MaxValue, part)));

    private static void Write(
        Stream stream, string before, string after, int megabytes, int most, Func<int, string> part)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(before);
        var length = 0L;
        for (var at = 0; length < megabytes * (long)Mega && at < most; at++)
        {
            var text = part(at);
            writer.Write(text);
            length += text.Length;
        }

        writer.Write(after);
    }

    /// <summary>Nothing but the list of a ZIP: so many entries without any content.</summary>
    private static byte[] ManyEntries(int count)
    {
        using var zip = new MemoryStream();
        zip.Write([0x50, 0x4B, 3, 4, .. new byte[26]]);
        var start = zip.Position;
        var entry = new byte[46];
        "PK\u0001\u0002"u8.CopyTo(entry);
        for (var one = 0; one < count; one++) zip.Write(entry);
        var end = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BitConverter.TryWriteBytes(end.AsSpan(12), (int)(zip.Position - start));
        BitConverter.TryWriteBytes(end.AsSpan(16), (int)start);
        zip.Write(end);
        return zip.ToArray();
    }
}
