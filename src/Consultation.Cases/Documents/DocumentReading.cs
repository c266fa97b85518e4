using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Cases.Documents;

/// <summary>A piece of a document on a page: a paragraph, or a table.</summary>
/// <param name="Text">The paragraph; empty for a table.</param>
/// <param name="Rows">The rows of the table; none for a paragraph.</param>
/// <param name="IsHeading">The paragraph is a heading.</param>
public sealed record PaperBlock(string Text, IReadOnlyList<IReadOnlyList<string>> Rows, bool IsHeading = false);

/// <summary>
/// Reads what a document says, for pages that show it to people whose browser cannot keep files: Word and Excel, as
/// the house makes them. Bounded in size; anything else, or what is broken, is not read.
/// </summary>
public static class DocumentReading
{
    private const int MostBytes = 10_000_000, MostBlocks = 2000, MostRows = 2000;

    private static readonly OpenSettings Bounds = new() { MaxCharactersInPart = 5_000_000 };

    /// <summary>The pieces in their order; null when the document cannot be shown so.</summary>
    public static IReadOnlyList<PaperBlock>? Read(CaseDocument document)
    {
        if (document.Content.Length > MostBytes) return null;
        try
        {
            return document.ContentType switch
            {
                CaseDocuments.Word => OfWord(document.Content),
                CaseDocuments.Excel => OfExcel(document.Content),
                _ => null,
            };
        }
        catch (Exception wrong) when (wrong is OpenXmlPackageException or FileFormatException or XmlException
            or InvalidDataException or IOException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static List<PaperBlock>? OfWord(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var word = WordprocessingDocument.Open(stream, isEditable: false, Bounds);
        return word.MainDocumentPart?.Document?.Body is not { } body ? null : [.. body.ChildElements
            .Select(Of).OfType<PaperBlock>().Where(block => block.Text.Length > 0 || block.Rows.Count > 0)
            .Take(MostBlocks)];
    }

    private static PaperBlock? Of(OpenXmlElement element) => element switch
    {
        Paragraph paragraph => new(TextOf(paragraph), [], IsHeading(paragraph)),
        DocumentFormat.OpenXml.Wordprocessing.Table table => new("", [.. table.Elements<TableRow>().Take(MostRows)
            .Select(row => (IReadOnlyList<string>)[.. row.Elements<TableCell>()
                .Select(cell => string.Join('\n', cell.Elements<Paragraph>().Select(TextOf)).Trim())])]),
        _ => null,
    };

    /// <summary>Headings of the house stand in the black face; they have no style of their own.</summary>
    private static bool IsHeading(Paragraph paragraph) =>
        paragraph.Elements<DocumentFormat.OpenXml.Wordprocessing.Run>().FirstOrDefault()
            ?.RunProperties?.RunFonts?.EastAsia?.Value is "黑体" or "方正小标宋简体" or "小标宋体";

    private static string TextOf(Paragraph paragraph)
    {
        var text = new StringBuilder();
        foreach (var element in paragraph.Descendants())
        {
            switch (element)
            {
                case DocumentFormat.OpenXml.Wordprocessing.Text words:
                    text.Append(words.Text);
                    break;
                case DocumentFormat.OpenXml.Wordprocessing.Break:
                    text.Append('\n');
                    break;
                case TabChar:
                    text.Append('\u3000');
                    break;
            }
        }

        return text.ToString().Trim();
    }

    private static List<PaperBlock> OfExcel(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var book = SpreadsheetDocument.Open(stream, isEditable: false, Bounds);
        var shared = book.WorkbookPart?.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>()
            .Select(item => item.InnerText).ToList() ?? [];
        return [.. (book.WorkbookPart?.WorksheetParts ?? []).Select(sheet => new PaperBlock("", [.. sheet.Worksheet
            .Descendants<Row>().Take(MostRows)
            .Select(row => (IReadOnlyList<string>)[.. row.Elements<Cell>().Select(cell => TextOf(cell, shared))])
            .Where(row => row.Any(cell => cell.Length > 0))]))];
    }

    private static string TextOf(Cell cell, List<string> shared) =>
        cell.DataType?.Value == CellValues.SharedString && int.TryParse(cell.CellValue?.Text, out var index)
            ? shared.ElementAtOrDefault(index) ?? ""
            : cell.InlineString?.InnerText ?? cell.CellValue?.Text ?? "";
}
