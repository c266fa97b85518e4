using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Cases.Documents;

/// <summary>A typeface with what replaces it where it is not installed, and a size in points.</summary>
/// <param name="Name">Face for Chinese.</param>
/// <param name="Points">Size.</param>
/// <param name="Bold">Bold.</param>
internal sealed record Face(string Name, double Points, bool Bold = false)
{
    /// <summary>发文机关标志: 小标宋, red; the size follows from the length of the name.</summary>
    internal static readonly Face Mark = new("方正小标宋简体", 52) { Color = Red };

    /// <summary>Title of an official document: 2 号小标宋 (22 pt).</summary>
    internal static readonly Face Title = new("方正小标宋简体", 22);

    /// <summary>Body: 3 号仿宋 (16 pt), 28 characters in a line.</summary>
    internal static readonly Face Body = new("仿宋_GB2312", 16);

    /// <summary>First-level heading: 3 号黑体.</summary>
    internal static readonly Face Heading = new("黑体", 16);

    /// <summary>Second-level heading: 3 号楷体.</summary>
    internal static readonly Face SubHeading = new("楷体_GB2312", 16);

    /// <summary>Cells of a table.</summary>
    internal static readonly Face Cell = new("仿宋_GB2312", 12);

    /// <summary>Head of a table.</summary>
    internal static readonly Face Head = new("黑体", 12);

    /// <summary>版记: 4 号仿宋.</summary>
    internal static readonly Face Imprint = new("仿宋_GB2312", 14);

    /// <summary>Page number: 4 号宋体.</summary>
    internal static readonly Face PageNumber = new("宋体", 14);

    /// <summary>Faces and what a machine without them shows instead.</summary>
    internal static readonly IReadOnlyList<(string Name, string Otherwise)> Replacements =
    [
        ("方正小标宋简体", "宋体"), ("仿宋_GB2312", "仿宋"), ("黑体", "SimHei"), ("楷体_GB2312", "楷体"), ("宋体", "SimSun"),
    ];

    /// <summary>The red of official heads.</summary>
    internal const string Red = "FF0000";

    /// <summary>RRGGBB; null for black.</summary>
    internal string? Color { get; init; }

    /// <summary>
    /// Twentieths of a point between characters: 16 pt wide characters are set so that 28 fill a line of 156 mm.
    /// </summary>
    internal int Squeeze => Points == 16 ? -5 : 0;
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
        if (face.Bold) properties.AppendChild(new Bold());
        if (face.Color is { } color) properties.AppendChild(new Color { Val = color });
        if (face.Squeeze != 0) properties.AppendChild(new Spacing { Val = face.Squeeze });
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
        if (layout.KeepWithNext) properties.AppendChild(new KeepNext());
        if (layout.NewPage) properties.AppendChild(new PageBreakBefore());
        if (layout.RedLine)
        {
            properties.AppendChild(new ParagraphBorders(
                new BottomBorder { Val = BorderValues.Single, Size = 18, Space = 11, Color = Face.Red }));
        }

        // No gap between digits and Chinese: 2026年3月1日.
        properties.AppendChild(new AutoSpaceDE { Val = false });
        properties.AppendChild(new AutoSpaceDN { Val = false });
        properties.AppendChild(layout.LinePoints is { } points
            ? new SpacingBetweenLines
            {
                Line = Twips(points),
                LineRule = LineSpacingRuleValues.Exact,
                Before = Twips(layout.BeforePoints),
                After = Twips(layout.AfterPoints),
            }
            : new SpacingBetweenLines { Before = Twips(layout.BeforePoints), After = Twips(layout.AfterPoints) });
        if (layout.IndentCharacters > 0 || layout.HangingCharacters > 0 || layout.RightCharacters > 0)
        {
            var indentation = new Indentation();
            if (layout.IndentCharacters > 0)
            {
                indentation.FirstLine = Twips(Width(face) * layout.IndentCharacters);
                indentation.FirstLineChars = layout.IndentCharacters * 100;
            }

            if (layout.HangingCharacters > 0)
            {
                indentation.Left = Twips(Width(face) * (layout.HangingCharacters + layout.LeftCharacters));
                indentation.Hanging = Twips(Width(face) * layout.HangingCharacters);
            }

            if (layout.RightCharacters > 0) indentation.Right = Twips(Width(face) * layout.RightCharacters);
            properties.AppendChild(indentation);
        }

        properties.AppendChild(new Justification { Val = layout.Align });
        return properties;
    }

    private static double Width(Face face) => face.Points + face.Squeeze / 20.0;

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
    JustificationValues Align, double? LinePoints = Layout.Line, int IndentCharacters = 0, double AfterPoints = 0,
    bool KeepWithNext = false)
{
    /// <summary>22 lines fill the 225 mm of a page.</summary>
    internal const double Line = 28.95;

    internal static readonly Layout Centre = new(JustificationValues.Center);
    internal static readonly Layout Body = new(JustificationValues.Both, IndentCharacters: 2);
    internal static readonly Layout Left = new(JustificationValues.Left);
    internal static readonly Layout Right = new(JustificationValues.Right);
    internal static readonly Layout Cell = new(JustificationValues.Left, LinePoints: null);
    internal static readonly Layout CellCentre = new(JustificationValues.Center, LinePoints: null);

    /// <summary>Space above.</summary>
    internal double BeforePoints { get; init; }

    /// <summary>Characters kept free at the right.</summary>
    internal double RightCharacters { get; init; }

    /// <summary>Lines after the first begin so many characters further in.</summary>
    internal double HangingCharacters { get; init; }

    /// <summary>With a hanging indent: characters kept free at the left of the first line.</summary>
    internal double LeftCharacters { get; init; }

    /// <summary>The red line of the head runs below it.</summary>
    internal bool RedLine { get; init; }

    /// <summary>Begins a page.</summary>
    internal bool NewPage { get; init; }
}
