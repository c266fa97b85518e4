using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Cases.Documents;

/// <summary>A column of a table: its head and its share of the width.</summary>
internal sealed record DocumentColumn(string Head, int Share, bool Centre = false);

/// <summary>
/// Builds a Word document in the layout of Chinese official documents: A4, title 22 pt, body 16 pt, lines of 28 pt,
/// page numbers below. Faces that are not installed are replaced by those of the font table.
/// </summary>
internal sealed class DocumentBuilder(bool landscape = false)
{
    private readonly Body _body = new();
    private readonly List<byte[]> _pictures = [];

    /// <summary>Twips between the margins.</summary>
    private int TextWidth => landscape ? 16838 - 2098 - 1984 : 11906 - 1588 - 1474;

    internal DocumentBuilder Title(string text)
    {
        foreach (var line in DocumentText.Lines(text))
        {
            _body.AppendChild(
                DocumentText.Paragraph(line, Face.Title, Layout.Centre with { LinePoints = 32, KeepWithNext = true }));
        }

        return Space();
    }

    /// <summary>Document number under the title, or nothing when there is none.</summary>
    internal DocumentBuilder Number(string? number) =>
        string.IsNullOrEmpty(number)
            ? this
            : Add(DocumentText.Paragraph(number, Face.Body, Layout.Centre with { AfterPoints = 14 }));

    /// <summary>主送: who it is addressed to, with a colon.</summary>
    internal DocumentBuilder Addressee(string text) => Add(DocumentText.Paragraph(text + "：", Face.Body, Layout.Left));

    internal DocumentBuilder Heading(string text) =>
        Add(DocumentText.Paragraph(text, Face.Heading, Layout.Body with { KeepWithNext = true }));

    /// <summary>Body text; every line is a paragraph indented by two characters.</summary>
    internal DocumentBuilder Text(string text)
    {
        foreach (var paragraph in DocumentText.Paragraphs(text, Face.Body, Layout.Body))
        {
            _body.AppendChild(paragraph);
        }

        return this;
    }

    /// <summary>A label in bold face followed by its value.</summary>
    internal DocumentBuilder Field(string label, string value)
    {
        var lines = DocumentText.Lines(value).ToList();
        var first = DocumentText.Paragraph(label + "：", Face.Heading, Layout.Body);
        first.AppendChild(DocumentText.Run(lines[0], Face.Body));
        Add(first);
        return lines.Count > 1 ? Text(string.Join('\n', lines.Skip(1))) : this;
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

    /// <summary>落款: who issues it and the day, at the right.</summary>
    internal DocumentBuilder Signature(string issuer, DateOnly day)
    {
        Space();
        Add(DocumentText.Paragraph(issuer, Face.Body, Layout.Right with { KeepWithNext = true }));
        return Add(DocumentText.Paragraph(ChineseDay.Of(day), Face.Body, Layout.Right));
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
    internal DocumentBuilder Table(IReadOnlyList<DocumentColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var shares = columns.Sum(column => column.Share);
        var widths = columns.Select(column => TextWidth * column.Share / shares).ToArray();
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = Text(TextWidth), Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                Borders(),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa }, new TableCellRightMargin
                    {
                        Width = 80,
                        Type = TableWidthValues.Dxa,
                    })),
            new TableGrid(widths.Select(width => new GridColumn { Width = Text(width) })));
        table.AppendChild(Row(columns.Select(column => column.Head).ToList(), columns, widths, isHead: true));
        var all = rows.ToList();
        foreach (var row in all.Count > 0 ? all : [columns.Select(_ => "").ToList()])
        {
            table.AppendChild(Row(row, columns, widths, isHead: false));
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

            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(PageNumber());
            main.AddNewPart<FontTablePart>().Fonts = new Fonts(Face.Replacements.Select(face =>
                new Font(new AltName { Val = face.Otherwise }) { Name = face.Name }));
            _body.AppendChild(Section(main.GetIdOfPart(footer)));
            main.Document = new Document(_body);
        }

        return stream.ToArray();
    }

    private SectionProperties Section(string footerId) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = footerId },
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
                Footer = 992,
                Gutter = 0,
            }
            : new PageMargin
            {
                Top = 2098,
                Bottom = 1984,
                Left = 1588,
                Right = 1474,
                Header = 851,
                Footer = 992,
                Gutter = 0,
            });

    private static Paragraph PageNumber()
    {
        var paragraph = DocumentText.Paragraph("— ", Face.PageNumber, Layout.CellCentre);
        paragraph.AppendChild(new SimpleField(DocumentText.Run("1", Face.PageNumber)) { Instruction = "PAGE" });
        paragraph.AppendChild(DocumentText.Run(" —", Face.PageNumber));
        return paragraph;
    }

    private static TableRow Row(
        IReadOnlyList<string> cells, IReadOnlyList<DocumentColumn> columns, int[] widths, bool isHead)
    {
        var properties = new TableRowProperties(new CantSplit());
        properties.AppendChild(
            new TableRowHeight { Val = isHead ? 620u : 520u, HeightType = HeightRuleValues.AtLeast });
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
        Edge<TopBorder>(), Edge<LeftBorder>(), Edge<BottomBorder>(), Edge<RightBorder>(),
        Edge<InsideHorizontalBorder>(), Edge<InsideVerticalBorder>());

    private static T Edge<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" };

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private DocumentBuilder Add(OpenXmlElement element)
    {
        _body.AppendChild(element);
        return this;
    }
}

/// <summary>Days as official documents write them.</summary>
internal static class ChineseDay
{
    /// <summary>2026年3月1日.</summary>
    internal static string Of(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";
}
