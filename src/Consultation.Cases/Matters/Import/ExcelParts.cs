using System.Globalization;
using System.Text;
using System.Xml;

namespace Consultation.Cases.Matters.Import;

/// <summary>What a workbook says of its sheets.</summary>
internal sealed record ExcelWorkbook(IReadOnlyList<(string Name, string Id)> VisibleSheets, bool Starts1904)
{
    private const int MostSheets = 1000;

    internal static ExcelWorkbook Read(BoundedXml xml, Stream part)
    {
        var (sheets, starts1904) = (new List<(string, string)>(), false);
        using var reader = xml.Open(part);
        while (BoundedXml.Next(reader))
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "workbookPr") starts1904 = reader.GetAttribute("date1904") is "1" or "true";
            if (reader.LocalName != "sheet" || sheets.Count == MostSheets) continue;
            var (name, isVisible) =
                (reader.GetAttribute("name") ?? "", reader.GetAttribute("state") is null or "visible");
            while (reader.MoveToNextAttribute())
            {
                if (reader.LocalName == "id" && isVisible) sheets.Add((PlainText.Clean(name), reader.Value));
            }
        }

        return new(sheets, starts1904);
    }
}

/// <summary>The texts that cells share.</summary>
internal static class ExcelStrings
{
    private const int MostStrings = 2_000_000;

    /// <summary>The texts in order; null when they are more than is kept of a file.</summary>
    internal static IReadOnlyList<string>? Read(BoundedXml xml, Stream? part)
    {
        var (strings, characters) = (new List<string>(), 0);
        if (part is null) return strings;
        using var reader = xml.Open(part);
        while (BoundedXml.Next(reader))
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "si" }) continue;
            var text = ExcelText.Read(reader);
            strings.Add(text);
            characters += text.Length;
            if (characters > OrderTable.MostText || strings.Count > MostStrings) return null;
        }

        return strings;
    }
}

/// <summary>The number formats of cells, by the cells' style.</summary>
internal sealed record ExcelStyles(IReadOnlyList<(int Id, string Code)> Formats)
{
    private const int MostFormats = 100_000;

    internal static ExcelStyles Read(BoundedXml xml, Stream? part)
    {
        var (ids, codes) = (new List<int>(), new Dictionary<int, string>());
        if (part is null) return new([]);
        using var reader = xml.Open(part);
        while (BoundedXml.Next(reader))
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "numFmt" && Number(reader, "numFmtId") is var id && codes.Count < MostFormats)
            {
                codes.TryAdd(id, reader.GetAttribute("formatCode") ?? "");
            }
            else if (reader is { LocalName: "cellXfs", IsEmptyElement: false } && reader.Depth is var depth)
            {
                while (BoundedXml.NextWithin(reader, depth))
                {
                    if (reader.LocalName == "xf" && ids.Count < MostFormats) ids.Add(Number(reader, "numFmtId"));
                }
            }
        }

        return new([.. ids.Select(one => (one, codes.GetValueOrDefault(one, "")))]);
    }

    internal (int Id, string Code) Of(int style) =>
        style >= 0 && style < Formats.Count ? Formats[style] : (0, "");

    private static int Number(XmlReader reader, string attribute) => int.TryParse(
        reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>Texts with their runs.</summary>
internal static class ExcelText
{
    /// <summary>
    /// All runs of the element at which the reader stands, without the phonetic guides that some programs add; no more
    /// than a cell may hold and one character, by which the next one sees that it was too much.
    /// </summary>
    internal static string Read(XmlReader reader)
    {
        if (reader.IsEmptyElement) return "";
        var (text, depth, phonetic) = (new StringBuilder(), reader.Depth, int.MaxValue);
        var piece = new char[256];
        while (BoundedXml.Next(reader) && reader.Depth > depth)
        {
            if (reader.Depth <= phonetic) phonetic = int.MaxValue;
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "rPh", IsEmptyElement: false })
            {
                phonetic = Math.Min(phonetic, reader.Depth);
            }

            if (phonetic < int.MaxValue || !IsText(reader.NodeType)) continue;
            while (reader.ReadValueChunk(piece, 0, piece.Length) is > 0 and var read)
            {
                if (text.Length <= OrderTable.LongestCell) text.Append(piece, 0, read);
            }
        }

        var whole = text.ToString();
        // Excel writes what XML cannot carry, and the line ends of old programs, as _x000D_.
        return (whole.Contains("_x", StringComparison.Ordinal) ? XmlConvert.DecodeName(whole)! : whole).Trim();
    }

    private static bool IsText(XmlNodeType type) =>
        type is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace;
}
