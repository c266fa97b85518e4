using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Consultation.Cases.Matters.Import;

/// <summary>Reads CSV as spreadsheets and hotline systems write it, and as people mend it by hand.</summary>
internal static class CsvTable
{
    /// <summary>Lines by which the delimiter is found.</summary>
    private const int Judged = 20;

    /// <summary>Most delimiters of a line, those within texts counted too: beyond it nothing is read at all.</summary>
    private const int MostDelimiters = 50_000;

    private static readonly string[] Delimiters = [",", "\t", ";", "|"];

    internal static OrderReading Read(TextFile file, OrderRows rows)
    {
        var (delimiter, isNamed) = DelimiterOf(file.Beginning);
        if (WidestLine(file.Content, (byte)delimiter[0]) is var (wide, cells) && cells > MostDelimiters)
        {
            return TooManyColumns(wide);
        }

        var isBroken = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            // Quotes within a cell are what people type; one that opens a cell and never closes swallows what follows.
            BadDataFound = bad => isBroken |= bad.Field is ['"', ..]
                && (bad.Field.AsSpan().Count('"') == 1 || bad.Field.AsSpan().ContainsAny('\r', '\n')),
            Delimiter = delimiter,
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
            LineBreakInQuotedFieldIsBadData = false,
        };
        using var reader = file.Open();
        if (isNamed) reader.ReadLine();
        using var parser = new CsvParser(reader, configuration);
        var line = 0;
        while (parser.Read())
        {
            line++;
            if (parser.Count > OrderTable.MostColumns)
            {
                return TooManyColumns(line);
            }

            var record = parser.Record!;
            if (isBroken || Array.Exists(record, cell => cell.Length > OrderTable.LongestCell))
            {
                return OrderReading.Because(
                    $"第 {line} 行的引号没有成对，后面的内容无法分列。请检查该行后再导入。",
                    $"The quotes of row {line} do not pair up, so what follows cannot be told apart. Mend the row and "
                        + "try again.");
            }

            if (!rows.Take(new TableRow(line, Array.ConvertAll(record, Cell))))
            {
                break;
            }
        }

        return rows.Finish();
    }

    /// <summary>A cell without what only makes a spreadsheet take it for text: ="…", a tab, an apostrophe.</summary>
    internal static TableCell Cell(string raw)
    {
        var text = raw.Trim();
        return new TableCell(
            text is ['=', '"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal)
                : text.TrimStart('\t', '\''));
    }

    private static OrderReading.Refused TooManyColumns(int line) => OrderReading.Because(
        $"第 {line} 行超过 {OrderTable.MostColumns} 列，文件可能不是工单表。",
        $"Row {line} has more than {OrderTable.MostColumns} columns; is this a list of orders?");

    /// <summary>The line with most delimiters, which no other letter of these encodings contains.</summary>
    private static (int Line, int Delimiters) WidestLine(ReadOnlySpan<byte> content, byte delimiter)
    {
        var (line, widest) = (0, (Line: 0, Delimiters: 0));
        while (content.Length > 0)
        {
            var end = content.IndexOfAny((byte)'\r', (byte)'\n');
            var one = end < 0 ? content : content[..end];
            line++;
            if (one.Length > MostDelimiters && one.Count(delimiter) is var found && found > widest.Delimiters)
            {
                widest = (line, found);
            }

            content = end < 0 ? [] : content[(end + 1)..];
        }

        return widest;
    }

    /// <summary>
    /// What separates the cells, and whether the first line does nothing but say so (sep=;). It is what the header's
    /// names come apart by; without known names, what is met most.
    /// </summary>
    private static (string Delimiter, bool IsNamed) DelimiterOf(string beginning)
    {
        var lines = beginning.ReplaceLineEndings("\n").Split('\n', Judged + 1).Take(Judged).ToList();
        if (lines[0].Trim('"', ' ') is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var named])
        {
            return (named.ToString(), true);
        }

        var delimiter = Array.Find(
            Delimiters, one => lines.Exists(line => OrderReader.IsHeader(line.Split(one, OrderTable.MostColumns))));
        return (delimiter
            ?? Delimiters.MaxBy(one => lines.Sum(line => line.Count(letter => letter == one[0])))!, false);
    }
}
