using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Cases.Documents;

/// <content>The parts of an official document by their names in GB/T 9704: 版头, 主体, 版记.</content>
internal sealed partial class DocumentBuilder
{
    private const int CharactersInTitle = 20, CharactersInImprint = 26;

    /// <summary>Twips.</summary>
    private const int ImprintLine = 520;

    /// <summary>版头: 发文机关标志 in red, 发文字号, and the red line.</summary>
    internal DocumentBuilder RedHead(string mark, string? number)
    {
        // The name fills the width but stays in one line.
        var points = Math.Clamp((int)(440.0 / Math.Max(1, mark.Length)), 22, 52);
        Add(DocumentText.Paragraph(mark, Face.Mark with { Points = points }, Layout.Centre with
        {
            LinePoints = null,
            BeforePoints = 60,
            KeepWithNext = true,
        }));
        Space();
        Add(DocumentText.Paragraph(
            number ?? "", Face.Body, Layout.Centre with { RedLine = true, AfterPoints = 22, KeepWithNext = true }));
        return this;
    }

    /// <summary>标题: in lines of like length that break where the sense does.</summary>
    internal DocumentBuilder Title(string text)
    {
        foreach (var line in DocumentText.Lines(text).SelectMany(TitleLines))
        {
            Add(DocumentText.Paragraph(line, Face.Title, Layout.Centre with { LinePoints = 34, KeepWithNext = true }));
        }

        return Space();
    }

    /// <summary>发文字号 under the title where there is no red head, or nothing when there is none.</summary>
    internal DocumentBuilder Number(string? number) =>
        string.IsNullOrEmpty(number)
            ? this
            : Add(DocumentText.Paragraph(number, Face.Body, Layout.Centre with { AfterPoints = 14 }));

    /// <summary>题注: in brackets under the title, e.g. the day on which something was adopted.</summary>
    internal DocumentBuilder Note(string text) =>
        Add(DocumentText.Paragraph($"（{text}）", Face.SubHeading, Layout.Centre with { AfterPoints = 14 }));

    /// <summary>主送: who it is addressed to, with a colon.</summary>
    internal DocumentBuilder Addressee(string text) => Add(DocumentText.Paragraph(text + "：", Face.Body, Layout.Left));

    /// <summary>第一条 in 黑体 and what it says, one space after.</summary>
    internal DocumentBuilder Article(string number, string text)
    {
        var paragraph = DocumentText.Paragraph($"{number}　", Face.Heading, Layout.Body);
        paragraph.AppendChild(DocumentText.Run(text, Face.Body));
        return Add(paragraph);
    }

    /// <summary>A line of small print below a table.</summary>
    internal DocumentBuilder Small(string text) =>
        Add(DocumentText.Paragraph(text, Face.Cell, Layout.Left with { LinePoints = 22, BeforePoints = 4 }));

    /// <summary>Where a sheet is cut.</summary>
    internal DocumentBuilder CutLine() => Space().Add(DocumentText.Paragraph(
        "- - - - - - - - - - - - - - - - - - - - 裁切线 - - - - - - - - - - - - - - - - - - - -", Face.Cell,
        Layout.Centre with { LinePoints = null })).Space();

    /// <summary>附件说明: a blank line below the text, each annex in its line.</summary>
    internal DocumentBuilder Annexes(params IReadOnlyList<string> names)
    {
        Space();
        for (var index = 0; index < names.Count; index++)
        {
            var head = index == 0 ? "附件：" : "　　　";
            var number = names.Count == 1 ? "" : $"{index + 1}.";
            Add(DocumentText.Paragraph($"{head}{number}{names[index]}", Face.Body, Layout.Body));
        }

        return this;
    }

    /// <summary>An annex begins: a page of its own, 附件 at its upper left corner, then its title.</summary>
    internal DocumentBuilder Annex(string mark, string title)
    {
        Add(DocumentText.Paragraph(
            mark, Face.Heading, Layout.Left with { NewPage = true, KeepWithNext = true, AfterPoints = 14 }));
        return Title(title);
    }

    /// <summary>
    /// 落款: who issues it, centred over the day, which ends four characters from the right; room for a seal above.
    /// </summary>
    internal DocumentBuilder Signature(string issuer, DateOnly day, bool sealedHere = false)
    {
        KeepLast();
        for (var line = 0; line < (sealedHere ? 2 : 1); line++)
        {
            Add(DocumentText.Paragraph("", Face.Body, Layout.Left with { KeepWithNext = true }));
        }

        var date = ChineseDay.Of(day);
        var (name, under) = (WidthOf(issuer), WidthOf(date));
        var dayFree = Math.Max(4, 2 + (name - under) / 2);
        Add(DocumentText.Paragraph(issuer, Face.Body, Layout.Right with
        {
            KeepWithNext = true,
            RightCharacters = Math.Max(0, dayFree + (under - name) / 2),
        }));
        return Add(DocumentText.Paragraph(date, Face.Body, Layout.Right with { RightCharacters = dayFree }));
    }

    /// <summary>
    /// 版记 at the foot of the last page: 抄送 or 分送 where there is any, 印发机关 and 印发日期, between lines.
    /// </summary>
    internal DocumentBuilder Imprint(string copies, string printedBy, DateOnly day)
    {
        var lines = copies.Length == 0 ? 0 : (int)Math.Ceiling(WidthOf(copies) / CharactersInImprint);
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = Text(TextWidth), Type = TableWidthUnitValues.Dxa },
                new TableBorders(Edge<TopBorder>(8), Edge<BottomBorder>(8), Edge<InsideHorizontalBorder>(6)),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = 0, Type = TableWidthValues.Dxa },
                    new TableCellRightMargin { Width = 0, Type = TableWidthValues.Dxa })),
            new TableGrid(new GridColumn { Width = Text(TextWidth) }));
        if (lines > 0)
        {
            table.AppendChild(ImprintRow(DocumentText.Paragraph(copies, Face.Imprint, Layout.Left with
            {
                LinePoints = ImprintLine / 20.0,
                LeftCharacters = 1,
                HangingCharacters = 3,
                RightCharacters = 1,
            })));
        }

        var last = new Paragraph(
            new ParagraphProperties(
                new Tabs(new TabStop { Val = TabStopValues.Right, Position = TextWidth - 280 }),
                new SpacingBetweenLines { Line = Text(ImprintLine), LineRule = LineSpacingRuleValues.Exact },
                new Indentation { Left = "280", Right = "280" }),
            DocumentText.Run(printedBy, Face.Imprint));
        last.AppendChild(new Run(new TabChar()));
        last.AppendChild(DocumentText.Run($"{ChineseDay.Of(day)}印发", Face.Imprint));
        table.AppendChild(ImprintRow(last));
        return Add(AtFoot(table, (lines + 1) * ImprintLine + 80));
    }

    /// <summary>
    /// A paragraph that puts a table at the foot of its page, above whose text stays: a text box, because each
    /// program places tables that float in its own way.
    /// </summary>
    private Paragraph AtFoot(Table table, int twips)
    {
        const int emu = 635;
        const string word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            place = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            draw = "http://schemas.openxmlformats.org/drawingml/2006/main",
            shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
        var (width, height) = (Text(TextWidth * emu), Text(twips * emu));
        var end = DocumentText.Paragraph("", Face.Cell with { Points = 1 }, Layout.Left with { LinePoints = 1 });
        var drawing = new Drawing(
            $"""
            <w:drawing xmlns:w="{word}"><wp:anchor xmlns:wp="{place}" distT="0" distB="0" distL="0" distR="0"
              simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">
            <wp:simplePos x="0" y="0"/>
            <wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>
            <wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
            <wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
            <wp:wrapTopAndBottom/><wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>
            <a:graphic xmlns:a="{draw}"><a:graphicData uri="{shape}"><wps:wsp xmlns:wps="{shape}">
            <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
            <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
            <wps:txbx><w:txbxContent>{table.OuterXml}{end.OuterXml}</w:txbxContent></wps:txbx>
            <wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData></a:graphic>
            </wp:anchor></w:drawing>
            """);
        var paragraph = DocumentText.Paragraph("", Face.Cell with { Points = 1 }, Layout.Left with { LinePoints = 1 });
        paragraph.AppendChild(new Run(drawing));
        return paragraph;
    }

    private TableRow ImprintRow(Paragraph paragraph) => new(
        new TableRowProperties(new CantSplit()),
        new TableCell(
            new TableCellProperties(new TableCellWidth { Width = Text(TextWidth), Type = TableWidthUnitValues.Dxa }),
            paragraph));

    /// <summary>What came last stays on the page of what comes next, so that no signature stands alone.</summary>
    private void KeepLast()
    {
        if (_body.LastChild is Paragraph { ParagraphProperties: { } properties }) properties.KeepNext = new KeepNext();
        if (_body.LastChild is not Table table) return;
        foreach (var paragraph in table.Elements<TableRow>().Last().Descendants<ParagraphProperties>())
        {
            paragraph.KeepNext = new KeepNext();
        }
    }

    /// <summary>A title in lines of like length: none begins with a mark, breaks follow 的, 和 and marks if they can.
    /// </summary>
    internal static IEnumerable<string> TitleLines(string title)
    {
        var count = (title.Length + CharactersInTitle - 1) / CharactersInTitle;
        while (count > 1)
        {
            var cut = BreakOf(title, title.Length / count);
            yield return title[..cut];
            title = title[cut..];
            count--;
        }

        yield return title;
    }

    private static int BreakOf(string title, int about)
    {
        // A word is not cut: lines end after marks, after 的, or after what names of places and things end with.
        const string after = "的和与、，；：》”）", soft = "区镇乡街道市县村化性业者院校", never = "的、，；：。》”）";
        var near = Enumerable.Range(1, title.Length - 1)
            .Where(at => Math.Abs(at - about) <= 4 && at <= CharactersInTitle
                && title.Length - at >= 2 && !never.Contains(title[at], StringComparison.Ordinal)
                && !"《“（".Contains(title[at - 1], StringComparison.Ordinal)
                && !(char.IsAsciiLetterOrDigit(title[at]) && char.IsAsciiLetterOrDigit(title[at - 1])))
            .OrderBy(at => after.Contains(title[at - 1], StringComparison.Ordinal)
                || "《“".Contains(title[at], StringComparison.Ordinal) ? 0
                : soft.Contains(title[at - 1], StringComparison.Ordinal) ? 1 : 2)
            .ThenBy(at => Math.Abs(at - about)).ToList();
        return near.Count > 0 ? near[0] : Math.Min(about, CharactersInTitle);
    }

    /// <summary>Characters of 3 号 that a text takes up; Latin letters and digits are half as wide.</summary>
    private static double WidthOf(string text) => text.Sum(one => one > 0x7F ? 1 : 0.5);
}
