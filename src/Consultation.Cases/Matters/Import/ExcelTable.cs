using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Consultation.Cases.Matters.Import;

/// <summary>Reads the first visible sheet of an .xlsx file row by row, without building its object tree.</summary>
internal static class ExcelTable
{
    /// <summary>Most bytes that the file may unpack to: a small file that unpacks to gigabytes is refused.</summary>
    private const long MostUnpacked = 400L * 1024 * 1024;

    internal static OrderTableReading Read(byte[] content)
    {
        try
        {
            using var stream = new MemoryStream(content, writable: false);
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
            {
                if (archive.Entries.Sum(entry => entry.Length) > MostUnpacked)
                {
                    return OrderTable.Refuse("文件内容过大，请分成几个文件导入。", "The file's content is too large; split it.");
                }
            }

            stream.Position = 0;
            using var document = SpreadsheetDocument.Open(stream, isEditable: false);
            var workbook = document.WorkbookPart;
            var sheet = workbook?.Workbook.Descendants<Sheet>()
                .FirstOrDefault(one => one.State is null || one.State == SheetStateValues.Visible);
            if (workbook is null || sheet?.Id?.Value is not { } id
                || workbook.GetPartById(id) is not WorksheetPart part)
            {
                return Unreadable();
            }

            var cells = new ExcelCells(workbook);
            return OrderTable.From(Rows(part, cells), "Excel");
        }
        catch (Exception error) when (error is OpenXmlPackageException or InvalidDataException or FormatException
            or System.Xml.XmlException or KeyNotFoundException or ArgumentException or InvalidOperationException
            or IOException)
        {
            return Unreadable();
        }
    }

    private static OrderTableReading.Refused Unreadable() => OrderTable.Refuse(
        "文件无法打开：可能已损坏、加了密码，或不是 .xlsx 工作簿。请重新导出后再试。",
        "The file cannot be opened: it may be damaged, protected by a password, or no .xlsx workbook. "
            + "Export it again.");

    private static List<TableRow> Rows(WorksheetPart part, ExcelCells cells)
    {
        var rows = new List<TableRow>();
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
            {
                continue;
            }

            var row = (Row)reader.LoadCurrentElement()!;
            var line = row.RowIndex is { HasValue: true } index ? (int)index.Value : rows.Count + 1;
            var values = new List<TableCell>();
            foreach (var cell in row.Elements<Cell>())
            {
                var column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : values.Count;
                if (column >= OrderTable.MostColumns)
                {
                    break;
                }

                while (values.Count < column)
                {
                    values.Add(new TableCell(""));
                }

                values.Add(cells.Read(cell));
            }

            rows.Add(new TableRow(line, values));
            if (rows.Count > OrderTable.MostRows + 1)
            {
                break;
            }
        }

        return rows;
    }

    /// <summary>"AB12" is column 27 (from 0).</summary>
    internal static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetter))
        {
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        }

        return column - 1;
    }
}

/// <summary>
/// Turns cells into texts: shared strings, dates by their format, numbers exactly as long as the file kept them
/// exactly.
/// </summary>
internal sealed class ExcelCells
{
    private readonly List<string> _shared = [];
    private readonly List<CellFormat> _formats;
    private readonly Dictionary<uint, string> _codes;
    private readonly bool _starts1904;

    internal ExcelCells(WorkbookPart workbook)
    {
        if (workbook.SharedStringTablePart is { } strings)
        {
            using var reader = OpenXmlReader.Create(strings);
            while (reader.Read())
            {
                if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
                {
                    _shared.Add(TextOf((SharedStringItem)reader.LoadCurrentElement()!));
                }
            }
        }

        var styles = workbook.WorkbookStylesPart?.Stylesheet;
        _formats = [.. styles?.CellFormats?.Elements<CellFormat>() ?? []];
        _codes = (styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .Where(format => format.NumberFormatId is not null).DistinctBy(format => format.NumberFormatId!.Value)
            .ToDictionary(format => format.NumberFormatId!.Value, format => format.FormatCode?.Value ?? "");
        _starts1904 = workbook.Workbook.WorkbookProperties?.Date1904?.Value ?? false;
    }

    internal TableCell Read(Cell cell)
    {
        var value = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value ?? CellValues.Number;
        if (cell.CellFormula is not null && value.Length == 0 && type != CellValues.InlineString)
        {
            return new TableCell("#", CellNature.Broken);
        }

        if (type == CellValues.SharedString)
        {
            return new TableCell(
                int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index < _shared.Count
                    ? _shared[index].Trim()
                    : "");
        }

        if (type == CellValues.InlineString)
        {
            return new TableCell(cell.InlineString?.InnerText.Trim() ?? "");
        }

        if (type == CellValues.Error) return new TableCell(value, CellNature.Broken);
        if (type == CellValues.String || type == CellValues.Date) return new TableCell(value.Trim());
        if (type == CellValues.Boolean) return new TableCell(value == "1" ? "是" : "否");
        return value.Length == 0 ? new TableCell("") : Number(value, FormatOf(cell));
    }

    private TableCell Number(string value, (uint Id, string Code) format)
    {
        if (!double.TryParse(value, CultureInfo.InvariantCulture, out var number))
        {
            return new TableCell(value.Trim());
        }

        if (IsDate(format) && number is >= 1 and < 2_958_466)
        {
            var start = _starts1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, 30);
            return new TableCell(
                start.AddSeconds(Math.Round(number * 86400))
                    .ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), CellNature.Date);
        }

        if (number != Math.Floor(number)
            || !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            return new TableCell(value.Trim(), CellNature.Number);
        }

        // Spreadsheets keep 15 digits; what is longer was rounded when it was typed in.
        var digits = exact.ToString("0", CultureInfo.InvariantCulture);
        var padded = format.Code.Length > 0 && format.Code.All(one => one == '0')
            ? digits.PadLeft(format.Code.Length, '0')
            : digits;
        return new TableCell(
            padded, digits.TrimStart('-').Length > 15 ? CellNature.Rounded : padded.Length > digits.Length
                ? CellNature.Text
                : CellNature.Number);
    }

    private (uint Id, string Code) FormatOf(Cell cell)
    {
        var style = (int)(cell.StyleIndex?.Value ?? 0);
        var id = style < _formats.Count ? _formats[style].NumberFormatId?.Value ?? 0 : 0;
        return (id, _codes.GetValueOrDefault(id, ""));
    }

    private static bool IsDate((uint Id, string Code) format)
    {
        if (format.Code.Length == 0)
        {
            return format.Id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);
        }

        var (quoted, bracketed) = (false, false);
        foreach (var one in format.Code)
        {
            quoted ^= one == '"';
            bracketed = one == '[' || (bracketed && one != ']');
            if (!quoted && !bracketed && one is 'y' or 'Y' or 'd' or 'D' or 'h' or 'H' or '年' or '月' or '日')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All runs, without the phonetic guides that some programs add.</summary>
    private static string TextOf(SharedStringItem item) =>
        item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text));
}
