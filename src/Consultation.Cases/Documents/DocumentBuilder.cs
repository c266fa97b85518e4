using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Cases.Documents;

/// <summary>A column of a table: its head and its share of the width.</summary>
internal sealed record DocumentColumn(string Head, int Share, bool Centre = false);

/// <summary>
/// Builds a Word document in the layout of Chinese official documents (GB/T 9704): A4, title 22 pt, body 16 pt, 22
/// lines of 28 characters, page numbers at the outer edge. Faces that are not installed are replaced by those of the
/// font table.
/// </summary>
internal sealed partial class DocumentBuilder(bool landscape = false)
{
    private readonly Body _body = new();
    private readonly List<byte[]> _pictures = [];
    private int _headings;

    /// <summary>Half points of a fact's characters: 4 号.</summary>
    private const string FactSize = "28";

    private const string Latin = "Times New Roman";

    /// <summary>Twips between the margins.</summary>
    private int TextWidth => landscape ? 16838 - 2098 - 1984 : 11906 - 1588 - 1474;

    internal DocumentBuilder Heading(string text) =>
        Add(DocumentText.Paragraph(text, Face.Heading, Layout.Body with { KeepWithNext = true }));

    /// <summary>Body text; every line is a paragraph indented by two characters.</summary>
    internal DocumentBuilder Text(string text)
    {
        // What announces something, "会议决定：", does not stay behind at the foot of a page.
        foreach (var line in DocumentText.Lines(text))
        {
            _body.AppendChild(DocumentText.Paragraph(
                line, Face.Body, Layout.Body with { KeepWithNext = line is [.., '：'] }));
        }

        return this;
    }

    /// <summary>Headings of the first level, numbered 一、二、三 in the order in which they come.</summary>
    internal DocumentBuilder Numbered(string text) => Heading($"{ChineseNumber.Of(++_headings)}、{text}");

    /// <summary>Second-level heading, e.g. （一）.</summary>
    internal DocumentBuilder SubHeading(string text) =>
        Add(DocumentText.Paragraph(text, Face.SubHeading, Layout.Body with { KeepWithNext = true }));

    /// <summary>A label in 黑体 followed by its value; lines after the first begin under the value.</summary>
    internal DocumentBuilder Field(string label, string value)
    {
        var lines = DocumentText.Lines(value).ToList();
        var first = DocumentText.Paragraph(label + "：", Face.Heading, Layout.Body);
        first.AppendChild(DocumentText.Run(lines[0], Face.Body));
        Add(first);
        return lines.Count > 1 ? Text(string.Join('\n', lines.Skip(1))) : this;
    }

    /// <summary>
    /// 出席, 列席, 缺席: the word in 黑体, names that begin under one another (GB/T 9704, 纪要格式).
    /// </summary>
    internal DocumentBuilder People(string label, string names)
    {
        var paragraph = DocumentText.Paragraph(label + "：", Face.Heading, Layout.Left with
        {
            HangingCharacters = label.Length + 1,
            LeftCharacters = 2,
        });
        paragraph.AppendChild(DocumentText.Run(names, Face.Body));
        return Add(paragraph);
    }

    /// <summary>Facts in a table of two columns; those without a value are left out.</summary>
    internal DocumentBuilder Facts(params IEnumerable<(string Label, string Value)> facts)
    {
        DocumentColumn[] columns = [new("", 5, Centre: true), new("", 16)];
        var (table, widths) = Frame(columns);
        foreach (var (label, value) in facts.Where(fact => fact.Value.Length > 0))
        {
            var row = Row([label, value], columns, widths, isHead: false);
            foreach (var run in row.Elements<TableCell>().First().Descendants<RunFonts>())
            {
                run.EastAsia = Face.Head.Name;
            }

            foreach (var size in row.Descendants<FontSize>()) size.Val = FactSize;

            table.AppendChild(row);
        }

        return table.Elements<TableRow>().Any() ? Add(table) : this;
    }

    /// <summary>A line on the left and one on the right end of the same line (foot of a sheet).</summary>
    internal DocumentBuilder Line(string left, string right)
    {
        var paragraph = new Paragraph(
            new ParagraphProperties(
                new Tabs(new TabStop { Val = TabStopValues.Right, Position = TextWidth }),
                new SpacingBetweenLines { Before = "120", After = "0" }),
            DocumentText.Run(left, Face.Cell with { Points = 14 }));
        paragraph.AppendChild(new Run(new TabChar()));
        paragraph.AppendChild(DocumentText.Run(right, Face.Cell with { Points = 14 }));
        return Add(paragraph);
    }

    /// <summary>A square picture (PNG) in the middle, with a line below that says what it is for.</summary>
    internal DocumentBuilder Picture(byte[] png, string caption)
    {
        _pictures.Add(png);
        Add(new Paragraph(
            new ParagraphProperties(new KeepNext(), new Justification { Val = JustificationValues.Center }),
            new Run(DocumentPicture.Square($"picture{_pictures.Count}", caption))));
        return Add(DocumentText.Paragraph(caption, Face.Cell, Layout.Centre));
    }

    internal DocumentBuilder Space() => Add(DocumentText.Paragraph("", Face.Body, Layout.Left));

    /// <summary>
    /// A table over the whole width; its head is repeated on every page, no row breaks over two. A table without rows
    /// gets one empty row.
    /// </summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Cells of the rows in order.</param>
    /// <param name="height">Least height of a row in points.</param>
    internal DocumentBuilder Table(
        IReadOnlyList<DocumentColumn> columns, IEnumerable<IReadOnlyList<string>> rows, int height = 26)
    {
        var (table, widths) = Frame(columns);
        table.AppendChild(Row(columns.Select(column => column.Head).ToList(), columns, widths, isHead: true));
        // A table of nothing says so: a blank row reads as if somebody forgot to fill it in.
        var none = columns.Select((_, index) => index == Math.Min(1, columns.Count - 1) ? "无" : "").ToList();
        var all = rows.ToList();
        foreach (var row in all.Count > 0 ? all : [none])
        {
            table.AppendChild(Row(row, columns, widths, isHead: false, height));
        }

        return Add(table);
    }

    internal byte[] Build()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            foreach (var (number, png) in _pictures.Index())
            {
                using var picture = new MemoryStream(png);
                main.AddImagePart(ImagePartType.Png, $"picture{number + 1}").FeedData(picture);
            }
            main.AddNewPart<FontTablePart>().Fonts = new Fonts(Face.Replacements.Select(face =>
                new Font(new AltName { Val = face.Otherwise }) { Name = face.Name }));
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(new DocDefaults(new RunPropertiesDefault(
                new RunPropertiesBaseStyle(
                    new RunFonts { Ascii = Latin, HighAnsi = Latin, EastAsia = Face.Body.Name },
                    new Languages { Val = "en-US", EastAsia = "zh-CN" }))));
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(
                new EvenAndOddHeaders(),
                new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation });
            _body.AppendChild(Section(
                FooterOf(main, JustificationValues.Right), FooterOf(main, JustificationValues.Left)));
            main.Document = new Document(_body);
        }

        return stream.ToArray();
    }

    private static string FooterOf(MainDocumentPart main, JustificationValues align)
    {
        var footer = main.AddNewPart<FooterPart>();
        footer.Footer = new Footer(PageNumber(align));
        return main.GetIdOfPart(footer);
    }

    private SectionProperties Section(string odd, string even) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = odd },
        new FooterReference { Type = HeaderFooterValues.Even, Id = even },
        landscape
            ? new PageSize { Width = 16838, Height = 11906, Orient = PageOrientationValues.Landscape }
            : new PageSize { Width = 11906, Height = 16838 },
        landscape
            ? new PageMargin
            {
                Top = 1588,
                Bottom = 1474,
                Left = 2098,
                Right = 1984,
                Header = 851,
                Footer = 1361,
                Gutter = 0,
            }
            : new PageMargin
            {
                Top = 2098,
                Bottom = 1984,
                Left = 1588,
                Right = 1474,
                Header = 851,
                Footer = 1361,
                Gutter = 0,
            });

    /// <summary>Odd pages bear it at the right, even ones at the left, one character from the edge.</summary>
    private static Paragraph PageNumber(JustificationValues align)
    {
        var paragraph = DocumentText.Paragraph("— ", Face.PageNumber, Layout.Cell with
        {
            Align = align,
            RightCharacters = align == JustificationValues.Right ? 1 : 0,
            IndentCharacters = align == JustificationValues.Left ? 1 : 0,
        });
        paragraph.AppendChild(new SimpleField(DocumentText.Run("1", Face.PageNumber)) { Instruction = "PAGE" });
        paragraph.AppendChild(DocumentText.Run(" —", Face.PageNumber));
        return paragraph;
    }

    private (Table Table, int[] Widths) Frame(IReadOnlyList<DocumentColumn> columns)
    {
        var shares = columns.Sum(column => column.Share);
        var widths = columns.Select(column => TextWidth * column.Share / shares).ToArray();
        return (new Table(
            new TableProperties(
                new TableWidth { Width = Text(TextWidth), Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                Borders(),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
                    new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa },
                    new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
                    new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa })),
            new TableGrid(widths.Select(width => new GridColumn { Width = Text(width) }))), widths);
    }

    private static TableRow Row(
        IReadOnlyList<string> cells, IReadOnlyList<DocumentColumn> columns, int[] widths, bool isHead, int height = 26)
    {
        var properties = new TableRowProperties(new CantSplit());
        properties.AppendChild(new TableRowHeight
        {
            Val = (uint)Math.Max(height, isHead ? 31 : 0) * 20,
            HeightType = HeightRuleValues.AtLeast,
        });
        if (isHead)
        {
            properties.AppendChild(new TableHeader());
        }

        var row = new TableRow(properties);
        for (var i = 0; i < columns.Count; i++)
        {
            var layout = isHead || columns[i].Centre ? Layout.CellCentre : Layout.Cell;
            var cell = new TableCell(new TableCellProperties(
                new TableCellWidth { Width = Text(widths[i]), Type = TableWidthUnitValues.Dxa },
                new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }));
            foreach (var paragraph in DocumentText.Paragraphs(
                i < cells.Count ? cells[i] : "", isHead ? Face.Head : Face.Cell, layout))
            {
                cell.AppendChild(paragraph);
            }

            row.AppendChild(cell);
        }

        return row;
    }

    private static TableBorders Borders() => new(
        Edge<TopBorder>(4), Edge<LeftBorder>(4), Edge<BottomBorder>(4), Edge<RightBorder>(4),
        Edge<InsideHorizontalBorder>(4), Edge<InsideVerticalBorder>(4));

    /// <summary>A line of so many eighths of a point.</summary>
    private static T Edge<T>(uint eighths)
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = eighths, Space = 0, Color = "000000" };

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private DocumentBuilder Add(OpenXmlElement element)
    {
        _body.AppendChild(element);
        return this;
    }
}

/// <summary>Days as official documents write them: Arabic digits, none padded.</summary>
internal static class ChineseDay
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>2026年3月1日.</summary>
    internal static string Of(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>2026年3月1日（星期日）.</summary>
    internal static string WithWeekday(DateOnly day) => $"{Of(day)}（星期{Weekdays[(int)day.DayOfWeek]}）";
}

/// <summary>Small numbers in Chinese, for headings.</summary>
internal static class ChineseNumber
{
    private const string Digits = "零一二三四五六七八九";

    /// <summary>一 to 九十九; digits beyond.</summary>
    internal static string Of(int number) => number switch
    {
        < 0 or > 99 => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        < 10 => Digits[number].ToString(),
        _ => $"{(number < 20 ? "" : Digits[number / 10])}十{(number % 10 == 0 ? "" : Digits[number % 10])}",
    };
}
