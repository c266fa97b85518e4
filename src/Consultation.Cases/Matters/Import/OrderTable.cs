using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters.Import;

/// <summary>What a cell was in its file.</summary>
internal enum CellNature
{
    Text,
    /// <summary>A number as the file wrote it, exact.</summary>
    Number,
    /// <summary>A number with more digits than a spreadsheet keeps.</summary>
    Rounded,
    /// <summary>A date, written yyyy-MM-ddTHH:mm:ss.</summary>
    Date,
    /// <summary>A formula without a result, or an error value.</summary>
    Broken,
}

/// <summary>A cell with what it was.</summary>
internal readonly record struct TableCell(string Text, CellNature Nature = CellNature.Text);

/// <summary>A row of the file; the line counts from 1 with the header.</summary>
internal sealed record TableRow(int Line, IReadOnlyList<TableCell> Cells)
{
    internal TableCell this[int column] => column < Cells.Count ? Cells[column] : new TableCell("");

    internal bool IsEmpty => Cells.All(cell => string.IsNullOrWhiteSpace(cell.Text));
}

/// <summary>A table read from a CSV or Excel file.</summary>
internal sealed record OrderTable(IReadOnlyList<string> Headers, IReadOnlyList<TableRow> Rows, string Encoding)
{
    /// <summary>Most rows, most columns, longest cell in characters.</summary>
    internal const int MostRows = 100_000, MostColumns = 100, LongestCell = 20_000;

    /// <summary>Reads a file by what it is, not by what it is called.</summary>
    internal static OrderTableReading Read(byte[] content)
    {
        if (content.Length == 0)
        {
            return Refuse("文件是空的。", "The file is empty.");
        }

        if (content.Length > ImportFile.LargestBytes)
        {
            return Refuse($"文件超过 {ImportFile.LargestBytes / 1024 / 1024} MB，请分成几个文件导入。",
                $"The file is larger than {ImportFile.LargestBytes / 1024 / 1024} MB; split it.");
        }

        return content switch
        {
            [0x50, 0x4B, 0x03, 0x04, ..] => ExcelTable.Read(content),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Refuse(
                "这是旧版 .xls 文件，请在 Excel 或 WPS 中另存为 .xlsx 再导入。", "This is an old .xls file; save it as .xlsx first."),
            _ => CsvTable.Read(content),
        };
    }

    internal static OrderTableReading.Refused Refuse(string zh, string en) =>
        new([new FieldError("file", new(zh, en))]);

    /// <summary>The first row that is not empty becomes the header.</summary>
    internal static OrderTableReading From(IReadOnlyList<TableRow> rows, string encoding)
    {
        var filled = rows.Where(row => !row.IsEmpty).ToList();
        return filled.Count switch
        {
            0 => Refuse("文件里没有内容。", "The file has no content."),
            1 => Refuse("文件里只有表头，没有工单。", "The file has a header but no orders."),
            > MostRows + 1 => Refuse($"超过 {MostRows} 行，请分成几个文件导入。", $"More than {MostRows} rows; split the file."),
            _ => new OrderTableReading.Read(new OrderTable(
                [.. filled[0].Cells.Select(cell => cell.Text.Trim())], filled[1..], encoding)),
        };
    }
}

/// <summary>What came of reading a file.</summary>
internal abstract record OrderTableReading
{
    private OrderTableReading() { }

    internal sealed record Read(OrderTable Table) : OrderTableReading;

    internal sealed record Refused(IReadOnlyList<FieldError> Errors) : OrderTableReading;
}
