using System.Text.RegularExpressions;

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

/// <summary>A row of the file; its number is the one that Excel shows.</summary>
internal sealed record TableRow(int Line, IReadOnlyList<TableCell> Cells, bool IsHidden = false)
{
    internal TableCell this[int column] => column < Cells.Count ? Cells[column] : new TableCell("");

    internal bool IsEmpty => Cells.All(cell => string.IsNullOrWhiteSpace(cell.Text));
}

/// <summary>Takes the rows of a table one after the other.</summary>
internal interface ITakesRows
{
    /// <summary>Takes the next row; false when no more are wanted.</summary>
    bool Take(TableRow row);
}

/// <summary>Reads the rows of a CSV, Excel or HTML table one after the other; no file is ever held as a tree.</summary>
internal static partial class OrderTable
{
    /// <summary>
    /// Most orders, most columns, longest cell in characters, and most characters of all that is kept of a file.
    /// </summary>
    internal const int MostRows = 100_000, MostColumns = 100, LongestCell = 20_000, MostText = 20_000_000;

    internal static readonly LocalText
        TooMuch = new("文件内容过大，请分成几个文件导入。", "The file's content is too large; split it."),
        TooManyRows =
            new($"超过 {MostRows} 行，请分成几个文件导入。", $"More than {MostRows} rows; split the file.");

    /// <summary>Reads a file by what it is, not by what it is called.</summary>
    internal static OrderReading Read(byte[] content, Func<OrderRows> begin)
    {
        if (content.Length == 0)
        {
            return OrderReading.Because("文件是空的。", "The file is empty.");
        }

        if (content.Length > ImportFile.LargestBytes)
        {
            return OrderReading.Because($"文件超过 {ImportFile.LargestBytes / 1024 / 1024} MB，请分成几个文件导入。",
                $"The file is larger than {ImportFile.LargestBytes / 1024 / 1024} MB; split it.");
        }

        return content switch
        {
            [0x50, 0x4B, 0x03, 0x04, ..] => ExcelTable.Read(content, begin),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => OrderReading.Because(
                "这是旧版 .xls 文件，或加了密码的工作簿。请在 Excel 或 WPS 中去掉密码，另存为 .xlsx 再导入。",
                "This is an old .xls file or a workbook with a password; remove it and save as .xlsx first."),
            [0x25, 0x50, 0x44, 0x46, ..] => OrderReading.Because(
                "这是 PDF 文件，不是表格。请让对方导出 .xlsx 或 .csv。",
                "This is a PDF, not a table. Ask for an export as .xlsx or .csv."),
            _ => Text(content, begin()),
        };
    }

    /// <summary>True for what a spreadsheet shows instead of a value: #N/A, #REF!, ##### of a narrow column.</summary>
    internal static bool IsErrorValue(string text) => text is ['#', ..] && ErrorValue().IsMatch(text);

    private static OrderReading Text(byte[] content, OrderRows rows)
    {
        if (TextFile.Of(content) is not { } file)
        {
            return OrderReading.Because(
                "无法识别文件编码。请在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx 再导入。",
                "The file's encoding is not known. Save it as “CSV UTF-8” or .xlsx and try again.");
        }

        rows.Encoding = file.Name;
        return file.Kind switch
        {
            TextFileKind.Html => HtmlTable.Read(file, rows),
            TextFileKind.Other => OrderReading.Because(
                "这是网页档案或 XML 表格，不是 CSV。请用 Excel 或 WPS 打开它，另存为 .xlsx 再导入。",
                "This is a web archive or an XML table, not CSV. Open it in Excel or WPS and save it as .xlsx."),
            _ => CsvTable.Read(file, rows),
        };
    }

    [GeneratedRegex(@"^#(#+|N/A|VALUE!|REF!|NAME\?|DIV/0!|NULL!|NUM!)\z", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorValue();
}
