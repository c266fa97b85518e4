using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Consultation.Cases.Matters.Import;

/// <summary>Reads CSV in UTF-8 (with or without mark) or GB18030, which covers GBK and GB2312.</summary>
internal static class CsvTable
{
    private static readonly string[] Delimiters = [",", "\t", ";"];

    internal static OrderTableReading Read(byte[] content)
    {
        if (FileText.Decode(content) is not var (text, encoding))
        {
            return OrderTable.Refuse(
                "无法识别文件编码。请在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx 再导入。",
                "The file's encoding is not known. Save it as “CSV UTF-8” or .xlsx and try again.");
        }

        var rows = new List<TableRow>();
        var broken = 0;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            BadDataFound = bad => broken = broken == 0 ? bad.Context.Parser!.RawRow : broken,
            HasHeaderRecord = false,
            IgnoreBlankLines = true,
            LineBreakInQuotedFieldIsBadData = false,
        };
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, configuration);
        var line = 1;
        while (parser.Read())
        {
            var record = parser.Record!;
            if (record.Length > OrderTable.MostColumns)
            {
                return OrderTable.Refuse($"第 {line} 行超过 {OrderTable.MostColumns} 列，文件可能不是工单表。",
                    $"Line {line} has more than {OrderTable.MostColumns} columns; is this a list of orders?");
            }

            if (Array.Exists(record, cell => cell.Length > OrderTable.LongestCell) || broken > 0)
            {
                return OrderTable.Refuse(
                    $"第 {(broken > 0 ? broken : line)} 行的引号没有成对，后面的内容无法分列。请检查该行后再导入。",
                    $"The quotes of line {(broken > 0 ? broken : line)} do not pair up, so what follows cannot be "
                        + "told apart. Mend the line and try again.");
            }

            rows.Add(new TableRow(line, [.. record.Select(cell => new TableCell(cell.Trim().TrimStart('\t', '\'')))]));
            if (rows.Count > OrderTable.MostRows + 1)
            {
                break;
            }

            line = parser.RawRow + 1;
        }

        return OrderTable.From(rows, encoding);
    }

    /// <summary>The most frequent of comma, tab and semicolon in the first line.</summary>
    private static string DelimiterOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var first = end < 0 ? text : text[..end];
        return Delimiters.MaxBy(delimiter => first.Count(one => one == delimiter[0]))!;
    }
}
