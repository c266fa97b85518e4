using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Cases.Documents;

/// <summary>A typeface with what replaces it where it is not installed, and a size in points.</summary>
/// <param name="Name">Face for Chinese.</param>
/// <param name="Points">Size.</param>
/// <param name="Bold">Bold.</param>
internal sealed record Face(string Name, double Points, bool Bold = false)
{
    /// <summary>Title of an official document: 2 号小标宋 (22 pt).</summary>
    internal static readonly Face Title = new("方正小标宋简体", 22);

    /// <summary>Body: 3 号仿宋 (16 pt).</summary>
    internal static readonly Face Body = new("仿宋", 16);

    /// <summary>First-level heading: 3 号黑体.</summary>
    internal static readonly Face Heading = new("黑体", 16);

    /// <summary>Second-level heading: 3 号楷体.</summary>
    internal static readonly Face SubHeading = new("楷体", 16);

    /// <summary>Cells of a table.</summary>
    internal static readonly Face Cell = new("仿宋", 12);

    /// <summary>Head of a table.</summary>
    internal static readonly Face Head = new("黑体", 12);

    /// <summary>Page number: 4 号宋体.</summary>
    internal static readonly Face PageNumber = new("宋体", 14);

    /// <summary>Faces and what a machine without them shows instead.</summary>
    internal static readonly IReadOnlyList<(string Name, string Otherwise)> Replacements =
        [("方正小标宋简体", "宋体"), ("仿宋", "FangSong"), ("黑体", "SimHei"), ("楷体", "KaiTi"), ("宋体", "SimSun")];
}

/// <summary>
/// Runs and paragraphs in the faces of official documents. Every text is cleaned of characters that no document may
/// hold.
/// </summary>
internal static class DocumentText
{
    internal static Run Run(string text, Face face)
    {
        var properties = new RunProperties(new RunFonts
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = face.Name,
        });
        if (face.Bold)
        {
            properties.AppendChild(new Bold());
        }

        var half = ((int)(face.Points * 2)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        properties.AppendChild(new FontSize { Val = half });
        properties.AppendChild(new FontSizeComplexScript { Val = half });
        return new Run(properties, new Text(PlainText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve });
    }

    internal static Paragraph Paragraph(string text, Face face, Layout layout) =>
        new(Properties(layout, face), Run(text, face));

    /// <summary>One paragraph per line of the text.</summary>
    internal static IEnumerable<Paragraph> Paragraphs(string text, Face face, Layout layout) =>
        Lines(text).Select(line => Paragraph(line, face, layout));

    internal static IEnumerable<string> Lines(string text)
    {
        var lines = PlainText.Clean(text).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)
            .ToList();
        return lines.Count > 0 ? lines : [""];
    }

    private static ParagraphProperties Properties(Layout layout, Face face)
    {
        var properties = new ParagraphProperties();
        if (layout.KeepWithNext)
        {
            properties.AppendChild(new KeepNext());
        }

        properties.AppendChild(layout.LinePoints is { } points
            ? new SpacingBetweenLines
            {
                Line = Twips(points),
                LineRule = LineSpacingRuleValues.Exact,
                Before = "0",
                After = Twips(layout.AfterPoints),
            }
            : new SpacingBetweenLines { Before = "0", After = Twips(layout.AfterPoints) });
        if (layout.IndentCharacters > 0)
        {
            properties.AppendChild(
                new Indentation
                {
                    FirstLine = Twips(face.Points * layout.IndentCharacters),
                    FirstLineChars = layout.IndentCharacters * 100,
                });
        }

        properties.AppendChild(new Justification { Val = layout.Align });
        return properties;
    }

    private static string Twips(double points) =>
        ((int)(points * 20)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>How a paragraph sits.</summary>
/// <param name="Align">Alignment.</param>
/// <param name="LinePoints">Fixed line spacing in points, or null for as high as the text.</param>
/// <param name="IndentCharacters">First-line indent in characters.</param>
/// <param name="AfterPoints">Space below.</param>
/// <param name="KeepWithNext">Stays on the page of the next paragraph.</param>
internal sealed record Layout(
    JustificationValues Align, double? LinePoints = 28, int IndentCharacters = 0, double AfterPoints = 0,
    bool KeepWithNext = false)
{
    internal static readonly Layout Centre = new(JustificationValues.Center);
    internal static readonly Layout Body = new(JustificationValues.Both, IndentCharacters: 2);
    internal static readonly Layout Left = new(JustificationValues.Left);
    internal static readonly Layout Right = new(JustificationValues.Right);
    internal static readonly Layout Cell = new(JustificationValues.Left, LinePoints: null);
    internal static readonly Layout CellCentre = new(JustificationValues.Center, LinePoints: null);
}
