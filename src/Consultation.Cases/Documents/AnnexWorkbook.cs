using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Consultation.Cases.Documents;

/// <summary>
/// Writes the annex as an Excel workbook. Row heights are set, because not every program measures Chinese text in
/// wrapped cells.
/// </summary>
internal static class AnnexWorkbook
{
    private const uint TitleStyle = 1, HeadStyle = 2, TextStyle = 3, CentreStyle = 4, FootStyle = 5, FootRightStyle = 6;

    /// <summary>Characters of width that the columns share.</summary>
    private const double TotalWidth = 150;

    internal static byte[] Build(AnnexSheet sheet)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet = Worksheet(sheet);
            workbook.Workbook = new Workbook(
                new Sheets(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "督办落实情况" }),
                new DefinedNames(new DefinedName("'督办落实情况'!$1:$2") { Name = "_xlnm.Print_Titles", LocalSheetId = 0 }));
        }

        return stream.ToArray();
    }

    private static Worksheet Worksheet(AnnexSheet sheet)
    {
        var widths = AnnexSheet.Shares.Select(share => TotalWidth * share / AnnexSheet.Shares.Sum()).ToArray();
        var rows = new SheetData(
            Row(1, 40, Cell(1, 0, sheet.Title, TitleStyle)),
            Row(2, 36, [.. AnnexSheet.Columns.Select((head, index) => Cell(2, index, head, HeadStyle))]));
        var number = 2u;
        foreach (var row in sheet.Rows)
        {
            number++;
            var cells = row.Cells;
            rows.AppendChild(Row(number, HeightOf(cells, widths), [.. cells.Select((text, index) => index == 0
                ? new Cell
                {
                    CellReference = Reference(number, 0),
                    StyleIndex = CentreStyle,
                    CellValue = new CellValue(row.Number),
                }
                : Cell(number, index, text, index is 1 or 4 or 5 or 6 ? CentreStyle : TextStyle))]));
        }

        var foot = number + 1;
        rows.AppendChild(
            Row(foot, 28, Cell(foot, 0, sheet.Department, FootStyle), Cell(foot, 7, sheet.Date, FootRightStyle)));
        return new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(
                new SheetView(new Pane
                {
                    VerticalSplit = 2,
                    TopLeftCell = "A3",
                    ActivePane = PaneValues.BottomLeft,
                    State = PaneStateValues.Frozen,
                })
                { WorkbookViewId = 0 }),
            new Columns(
                widths.Select((width, index) => new Column
                {
                    Min = (uint)index + 1,
                    Max = (uint)index + 1,
                    Width = width,
                    CustomWidth = true,
                })),
            rows,
            new MergeCells(
                new MergeCell { Reference = "A1:J1" },
                new MergeCell { Reference = string.Create(CultureInfo.InvariantCulture, $"A{foot}:G{foot}") },
                new MergeCell { Reference = string.Create(CultureInfo.InvariantCulture, $"H{foot}:J{foot}") }),
            new PrintOptions { HorizontalCentered = true },
            new PageMargins { Left = 0.6, Right = 0.6, Top = 0.8, Bottom = 0.7, Header = 0.3, Footer = 0.3 },
            new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 },
            new HeaderFooter(
                new OddHeader(sheet.SheetNumber is null ? "" : $"&R编号：{PlainText.Clean(sheet.SheetNumber)}"),
                new OddFooter("&C第 &P 页 共 &N 页")));
    }

    /// <summary>Points: lines of the fullest cell, a Chinese character being two wide.</summary>
    private static double HeightOf(IReadOnlyList<string> cells, double[] widths)
    {
        var lines = cells.Select((text, index) => PlainText.Clean(text).Split('\n')
            .Sum(line => Math.Max(1, Math.Ceiling(line.Sum(one => one > 0x7F ? 2.3 : 1.2) / (widths[index] - 1)))));
        return Math.Clamp(lines.Max() * 17 + 8, 30, 409);
    }

    private static Row Row(uint number, double height, params OpenXmlElement[] cells) =>
        new(cells) { RowIndex = number, Height = height, CustomHeight = true };

    private static Cell Cell(uint row, int column, string text, uint style) => new(new InlineString(
        new Text(PlainText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve }))
    {
        CellReference = Reference(row, column),
        DataType = CellValues.InlineString,
        StyleIndex = style,
    };

    private static string Reference(uint row, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{row}");

    private static Stylesheet Styles() => new(
        new Fonts(Font("宋体", 11), Font("方正小标宋简体", 22), Font("黑体", 12), Font("仿宋", 12), Font("仿宋", 14)),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(
                new LeftBorder { Style = BorderStyleValues.Thin }, new RightBorder { Style = BorderStyleValues.Thin },
                new TopBorder { Style = BorderStyleValues.Thin }, new BottomBorder
                {
                    Style = BorderStyleValues.Thin,
                }, new DiagonalBorder())),
        new CellStyleFormats(new CellFormat { FontId = 0 }),
        new CellFormats(
            new CellFormat { FontId = 0 },
            Format(1, 0, HorizontalAlignmentValues.Center),
            Format(2, 1, HorizontalAlignmentValues.Center),
            Format(3, 1, HorizontalAlignmentValues.Left),
            Format(3, 1, HorizontalAlignmentValues.Center),
            Format(4, 0, HorizontalAlignmentValues.Left),
            Format(4, 0, HorizontalAlignmentValues.Right)));

    private static Font Font(string name, double size) => new(new FontSize { Val = size }, new FontName { Val = name });

    private static CellFormat Format(uint font, uint border, HorizontalAlignmentValues align) => new(
        new Alignment { Horizontal = align, Vertical = VerticalAlignmentValues.Center, WrapText = true })
    {
        FontId = font,
        BorderId = border,
        ApplyFont = true,
        ApplyBorder = true,
        ApplyAlignment = true,
    };
}
