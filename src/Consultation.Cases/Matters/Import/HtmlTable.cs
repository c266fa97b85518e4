using System.Globalization;
using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Consultation.Cases.Matters.Import;

/// <summary>
/// Reads the tables of an HTML page, which many systems export under the name .xls. Only its tokens are looked at, row
/// by row: a page nested a million deep has no tree here.
/// </summary>
internal sealed class HtmlTable
{
    /// <summary>Largest page in bytes: 10 MB.</summary>
    private const int LargestPage = 10 * 1024 * 1024;

    /// <summary>Most characters of a row with its markup.</summary>
    private const int LongestRow = 256 * 1024;

    private readonly StringBuilder _text = new();
    private readonly CellSpans _spans;
    private readonly List<TableCell> _cells = [];
    private readonly int _line;

    private (int Columns, int Rows)? _open;
    private bool _isHidden;

    private HtmlTable(int line, CellSpans spans) => (_line, _spans) = (line, spans);

    internal static OrderReading Read(TextFile file, OrderRows rows)
    {
        if (file.Content.Length > LargestPage)
        {
            return OrderReading.Because(
                $"这是网页格式的表格，超过 {LargestPage / 1024 / 1024} MB。请在 Excel 或 WPS 中另存为 .xlsx 再导入。",
                $"This table is a web page of more than {LargestPage / 1024 / 1024} MB; save it as .xlsx first.");
        }

        using var reader = file.Open();
        var page = reader.ReadToEnd();
        rows.Encoding = $"HTML, {file.Name}";
        var (line, spans) = (0, new CellSpans());
        for (var at = Row(page, 0); at < page.Length; at = Row(page, at + 1))
        {
            var length = Row(page, at + 1) - at;
            if (length > LongestRow)
            {
                return OrderReading.Because($"网页表格的第 {line + 1} 行过长，无法读取。请另存为 .xlsx 再导入。",
                    $"Row {line + 1} of the page is too long to be read; save it as .xlsx first.");
            }

            line++;
            if (!rows.Take(new HtmlTable(line, spans).Read(page.Substring(at, length)))) break;
        }

        return line == 0
            ? OrderReading.Because("网页里没有表格，文件可能只是外框。请在 Excel 或 WPS 中另存为 .xlsx 再导入。",
                "The page holds no table; save it as .xlsx first.")
            : rows.Finish();
    }

    /// <summary>Where the next row begins; rows are read one by one, and no page takes more than its size.</summary>
    private static int Row(string page, int from) =>
        page.IndexOf("<tr", from, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? at : page.Length;

    private TableRow Read(string row)
    {
        using var source = new TextSource(row);
        foreach (var token in source.Tokenize(HtmlEntityProvider.Resolver))
        {
            if (token.Type == HtmlTokenType.EndOfFile) break;
            if (token.Type == HtmlTokenType.Character) Write(token.Data);
            else if (token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag) Take(token);
        }

        EndCell();
        _spans.Fill(_cells, _line);
        return new TableRow(_line, _cells, _isHidden);
    }

    private void Take(HtmlToken token)
    {
        switch (token.Name)
        {
            case "tr" when token.Type == HtmlTokenType.StartTag:
                _isHidden = IsHidden(token.AsTag());
                break;
            case "td" or "th" or "tr" or "table":
                EndCell();
                if (token.Type == HtmlTokenType.StartTag) _open = (Span(token, "colspan"), Span(token, "rowspan"));
                break;
            case "br" or "p" or "div" when _text.Length > 0 && _text[^1] != '\n':
                _text.Append('\n');
                break;
            default:
                break;
        }
    }

    /// <summary>Blanks and line ends of the page are one blank; lines are broken by tags only.</summary>
    private void Write(string words)
    {
        foreach (var letter in words)
        {
            var isBlank = letter is ' ' or '\t' or '\r' or '\n' or '\u00A0';
            if (_open is null || _text.Length > OrderTable.LongestCell) return;
            if (!isBlank) _text.Append(letter);
            else if (_text.Length > 0 && _text[^1] is not (' ' or '\n')) _text.Append(' ');
        }
    }

    private void EndCell()
    {
        if (_open is not var (columns, rows)) return;
        var cell = CsvTable.Cell(_text.ToString());
        _spans.Fill(_cells, _line);
        _spans.Open(_cells.Count, _line, rows, cell);
        for (var column = 0; column < columns && _cells.Count < OrderTable.MostColumns; column++)
        {
            _cells.Add(column == 0 ? cell : new TableCell(""));
        }

        _text.Clear();
        _open = null;
    }

    private static int Span(HtmlToken token, string name) =>
        int.TryParse(token.AsTag().GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var span)
            ? Math.Clamp(span, 1, OrderTable.MostRows)
            : 1;

    private static bool IsHidden(HtmlTagToken tag) => tag.Attributes.Any(one => one.Name == "hidden")
        || tag.GetAttribute("style")?.Replace(" ", "", StringComparison.Ordinal)
            .Contains("display:none", StringComparison.OrdinalIgnoreCase) == true;
}
