using System.Globalization;
using System.Text;
using Consultation.Cases;
using Consultation.Cases.Documents;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Layout;

/// <summary>
/// Lists as CSV (UTF-8 with mark, for Excel) and XLSX. Cells that a spreadsheet would run as a formula are made
/// harmless.
/// </summary>
public static class TableExport
{
    /// <summary>Most characters that a cell of a workbook holds.</summary>
    private const int LongestCell = 32_767;
    private const uint HeadStyle = 1, TextStyle = 2;

    /// <summary>
    /// The list as a download named like "name-2026-03-05.xlsx", in ASCII after its address; CSV when the address says
    /// format=csv.
    /// </summary>
    public static IResult File<T>(
        HttpRequest request, string name, DateOnly day, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        var exported = columns.Where(column => column.Exported).ToList();
        var lines = rows.Select(row => exported.Select(column => column.Text(row)));
        var table = lines.Prepend(exported.Select(column => column.Header));
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var list = request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var first, ..]
            ? first
            : "list";
        return request.Query["format"] == "csv"
            ? Download.File(
                request.HttpContext, Csv(table), "text/csv; charset=utf-8", $"{name}-{date}.csv", $"{list}-{date}")
            : Download.File(
                request.HttpContext, Xlsx(table), CaseDocuments.Excel, $"{name}-{date}.xlsx", $"{list}-{date}");
    }

    internal static byte[] Csv(IEnumerable<IEnumerable<string>> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.AppendJoin(',', line.Select(cell => Quote(Harmless(PlainText.Clean(cell))))).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    internal static byte[] Xlsx(IEnumerable<IEnumerable<string>> lines)
    {
        using var buffer = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(buffer, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var rows = lines.Select(line => line
                .Select(cell => PlainText.Cut(PlainText.Clean(cell), LongestCell)).ToList()).ToList();
            var data = new SheetData(rows.Select((line, index) => new Row(line.Select(cell => new Cell
            {
                DataType = CellValues.InlineString,
                StyleIndex = index == 0 ? HeadStyle : TextStyle,
                InlineString = new InlineString(new Text(cell) { Space = SpaceProcessingModeValues.Preserve }),
            }))));
            sheet.Worksheet = new Worksheet(
                new SheetProperties(new PageSetupProperties { FitToPage = true }),
                new SheetViews(new SheetView(new Pane
                {
                    VerticalSplit = 1,
                    TopLeftCell = "A2",
                    ActivePane = PaneValues.BottomLeft,
                    State = PaneStateValues.Frozen,
                })
                { WorkbookViewId = 0 }),
                WidthsOf(rows), data,
                new PageSetup
                {
                    PaperSize = 9,
                    Orientation = OrientationValues.Landscape,
                    FitToWidth = 1,
                    FitToHeight = 0,
                });
            workbook.Workbook = new Workbook(
                new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "1" }),
                new DefinedNames(new DefinedName("'1'!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = 0 }));
        }

        return buffer.ToArray();
    }

    /// <summary>
    /// As wide as the fullest of the first hundred cells, at most sixty: longer ones are wrapped. The head comes first.
    /// </summary>
    private static Columns WidthsOf(List<List<string>> rows) => new(rows[0].Select((_, index) => new Column
    {
        Min = (uint)index + 1,
        Max = (uint)index + 1,
        Width = Math.Clamp(rows.Take(100).Max(row => row[index].Sum(one => one > 0x7F ? 2.1 : 1.1)) + 2, 8, 60),
        CustomWidth = true,
    }));

    private static Stylesheet Styles() => new(
        new Fonts(
            new Font(new FontSize { Val = 11 }, new FontName { Val = "宋体" }),
            new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "宋体" })),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Center, WrapText = true })
            {
                FontId = 1,
                ApplyFont = true,
                ApplyAlignment = true,
            },
            new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = true })
            {
                ApplyAlignment = true,
            }));

    private static string Harmless(string cell) =>
        cell.Length > 0 && cell[0] is ('=' or '+' or '-' or '@' or '\t') ? "'" + cell : cell;

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
