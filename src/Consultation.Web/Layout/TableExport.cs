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
            var data = new SheetData(lines.Select(line => new Row(line.Select(cell => new Cell
            {
                DataType = CellValues.InlineString,
                InlineString = new InlineString(new Text(PlainText.Cut(PlainText.Clean(cell), LongestCell))
                {
                    Space = SpaceProcessingModeValues.Preserve,
                }),
            }))));
            sheet.Worksheet = new Worksheet(data);
            workbook.Workbook =
                new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "1" }));
        }

        return buffer.ToArray();
    }

    private static string Harmless(string cell) =>
        cell.Length > 0 && cell[0] is ('=' or '+' or '-' or '@' or '\t') ? "'" + cell : cell;

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
