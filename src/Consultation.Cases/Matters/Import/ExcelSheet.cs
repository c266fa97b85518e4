using System.Globalization;
using System.IO.Packaging;
using System.Xml;

namespace Consultation.Cases.Matters.Import;

/// <summary>
/// Reads one sheet row by row: shared strings, dates by their format, numbers exactly as long as the file kept them
/// exactly, merged cells in each of their rows.
/// </summary>
internal sealed class ExcelSheet(
    BoundedXml xml, PackagePart part, IReadOnlyList<string> strings, ExcelStyles styles, bool starts1904)
{
    private const int MostMerges = 200_000;

    /// <summary>Cells that reach over several rows: where they begin, and how many rows.</summary>
    private readonly Dictionary<(int Line, int Column), int> _merges = [];

    private readonly CellSpans _spans = new();

    /// <summary>The row that was reached, as the spreadsheet numbers it; 0 before the first.</summary>
    internal int Line { get; private set; }

    internal void Read(ITakesRows rows)
    {
        ReadMerges();
        using var reader = xml.Open(part.GetStream());
        var line = Line = 0;
        while (BoundedXml.Next(reader))
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "row" }) continue;
            line = Line = Number(reader, "r") ?? line + 1;
            var isHidden = reader.GetAttribute("hidden") is "1" or "true";
            var cells = Cells(reader);
            if (!cells.Exists(cell => cell.Text.Length > 0)) continue;
            for (var column = 0; _merges.Count > 0 && column < cells.Count; column++)
            {
                if (_merges.TryGetValue((line, column), out var height))
                {
                    _spans.Open(column, line, height, cells[column]);
                }
            }

            _spans.FillEmpty(cells, line);
            if (!rows.Take(new TableRow(line, cells, isHidden))) return;
        }
    }

    private void ReadMerges()
    {
        using var reader = xml.Open(part.GetStream());
        while (BoundedXml.Next(reader))
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                // Where the sheet breaks off is found here: it is read for its merged cells first.
                Line = Number(reader, "r") ?? Line + 1;
            }

            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "mergeCell" }) continue;
            if (reader.GetAttribute("ref") is { } range && _merges.Count < MostMerges
                && range.IndexOf(':', StringComparison.Ordinal) is > 0 and var at)
            {
                var (first, last) = (LineOf(range.AsSpan(0, at)), LineOf(range.AsSpan(at + 1)));
                if (last > first) _merges[(first, ColumnOf(range))] = last - first + 1;
            }
        }
    }

    private List<TableCell> Cells(XmlReader reader)
    {
        var (cells, depth) = (new List<TableCell>(), reader.Depth);
        if (reader.IsEmptyElement) return cells;
        var column = 0;
        while (BoundedXml.NextWithin(reader, depth))
        {
            if (reader.LocalName != "c") continue;
            column = reader.GetAttribute("r") is { } reference ? ColumnOf(reference) : column;
            var cell = Cell(reader);
            if (column is >= 0 and < OrderTable.MostColumns)
            {
                while (cells.Count <= column) cells.Add(new TableCell(""));
                cells[column] = cell;
            }

            column++;
        }

        return cells;
    }

    private TableCell Cell(XmlReader reader)
    {
        var (type, style, depth) = (reader.GetAttribute("t"), Number(reader, "s") ?? 0, reader.Depth);
        var (value, inline, isFormula) = ("", "", false);
        if (reader.IsEmptyElement) return new TableCell("");
        while (BoundedXml.NextWithin(reader, depth))
        {
            isFormula |= reader.LocalName == "f";
            if (reader.LocalName == "v") value = ExcelText.Read(reader);
            else if (reader.LocalName == "is") inline = ExcelText.Read(reader);
        }

        return type switch
        {
            "inlineStr" => new TableCell(inline),
            _ when isFormula && value.Length == 0 => new TableCell("#", CellNature.Broken),
            "s" => new TableCell(
                int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < strings.Count ? strings[index] : ""),
            "e" => new TableCell(value, CellNature.Broken),
            "str" or "d" => new TableCell(value),
            "b" => new TableCell(value == "1" ? "是" : "否"),
            _ => value.Length == 0 ? new TableCell("") : NumberCell(value, styles.Of(style)),
        };
    }

    private TableCell NumberCell(string value, (int Id, string Code) format)
    {
        if (!double.TryParse(value, CultureInfo.InvariantCulture, out var number))
        {
            return new TableCell(value);
        }

        if (ExcelDate.IsDate(format) && ExcelDate.Of(number, starts1904) is { } date)
        {
            return new TableCell(date.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), CellNature.Date);
        }

        if (number != Math.Floor(number)
            || !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            return new TableCell(value, CellNature.Number);
        }

        // Spreadsheets keep 15 digits; what is longer was rounded when it was typed in.
        var digits = exact.ToString("0", CultureInfo.InvariantCulture);
        var padded = format.Code.Length > 0 && format.Code.All(one => one == '0')
            ? digits.PadLeft(Math.Min(format.Code.Length, MatterRules.LongestName), '0')
            : digits;
        return new TableCell(
            padded, digits.TrimStart('-').Length > 15 ? CellNature.Rounded : padded.Length > digits.Length
                ? CellNature.Text
                : CellNature.Number);
    }

    /// <summary>"AB12" is column 27 (from 0); beyond all columns when it is none.</summary>
    internal static int ColumnOf(ReadOnlySpan<char> reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (!char.IsAsciiLetter(letter)) break;
            column = Math.Min((column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1), 100_000);
        }

        return column - 1;
    }

    private static int LineOf(ReadOnlySpan<char> reference) =>
        int.TryParse(reference.TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$"), NumberStyles.None,
            CultureInfo.InvariantCulture, out var line) ? line : 0;

    private static int? Number(XmlReader reader, string attribute) => int.TryParse(
        reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>Dates as spreadsheets keep them: days since a first day.</summary>
internal static class ExcelDate
{
    /// <summary>The date, to the second; null for numbers beyond the calendar of a spreadsheet.</summary>
    internal static DateTime? Of(double number, bool starts1904)
    {
        var start = starts1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, 30);
        return number is >= 1 and < 2_950_000 ? start.AddSeconds(Math.Round(number * 86400)) : null;
    }

    internal static bool IsDate((int Id, string Code) format)
    {
        if (format.Code.Length == 0)
        {
            return format.Id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);
        }

        var (quoted, bracketed, escaped) = (false, false, false);
        foreach (var one in format.Code)
        {
            if (escaped || one == '\\')
            {
                escaped = !escaped;
                continue;
            }

            quoted ^= one == '"';
            bracketed = one == '[' || (bracketed && one != ']');
            if (!quoted && !bracketed && one is 'y' or 'Y' or 'd' or 'D' or 'h' or 'H' or '年' or '月' or '日')
            {
                return true;
            }
        }

        return false;
    }
}
