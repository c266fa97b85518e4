using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Consultation.Cases.Matters.Import;

/// <summary>
/// An empty workbook with the columns of an import. Every column is text, so that a spreadsheet leaves the zeros of
/// order numbers and phone numbers as they are typed.
/// </summary>
public static class OrderTemplate
{
    internal const uint TextStyle = 1, HeadStyle = 2;

    /// <summary>The number format "@" of every spreadsheet: text.</summary>
    private const uint TextFormat = 49;

    /// <summary>The workbook, its headers in the language that is asked for.</summary>
    public static byte[] Build(Func<LocalText, string> language)
    {
        var fields = Enum.GetValues<ImportField>();
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(
                new Columns(fields.Select((field, index) => new Column
                {
                    Min = (uint)index + 1,
                    Max = (uint)index + 1,
                    Width = field is ImportField.Text ? 60 : 20,
                    CustomWidth = true,
                    Style = TextStyle,
                })),
                new SheetData(new Row(fields.Select(field => new Cell(
                    new InlineString(new Text(language(OrderReader.NameOf(field)))))
                { DataType = CellValues.InlineString, StyleIndex = HeadStyle }))));
            workbook.Workbook = new Workbook(
                new Sheets(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "12345" }));
        }

        return stream.ToArray();
    }

    /// <summary>The styles of every workbook that is handed out to be filled in.</summary>
    internal static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = TextFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = TextFormat, ApplyNumberFormat = true, FontId = 1, ApplyFont = true }));
}
