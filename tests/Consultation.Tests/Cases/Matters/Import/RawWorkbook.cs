using System.IO.Compression;
using System.Security;
using System.Text;

namespace Consultation.Tests.Cases.Matters.Import;

/// <summary>Workbooks written part by part, so that each oddity of a file is exactly what it is meant to be.</summary>
internal static class RawWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";

    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A sheet of texts; a null is no cell.</summary>
    internal static string Rows(params string?[][] rows) =>
        string.Concat(rows.Select((cells, index) => Row(index + 1, "", [.. cells.Select(Cell)])));

    internal static string Row(int number, string attributes, params string[] cells) =>
        $"<row r=\"{number}\" {attributes}>"
            + string.Concat(cells.Select((cell, at) => cell.Replace("{r}", $"{(char)('A' + at)}{number}")))
            + "</row>";

    internal static string Cell(string? text) => text is null ? ""
        : $"<c r=\"{{r}}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    internal static byte[] Of(string rows, string merges = "", string strings = "", string workbook = "") => Zip(
        ("xl/worksheets/sheet1.xml", Sheet(rows, merges)),
        ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{strings}</sst>"),
        ("xl/workbook.xml", Book(workbook.Length > 0 ? workbook : "<sheet name=\"一\" sheetId=\"1\" r:id=\"rId1\"/>")));

    internal static string Sheet(string rows, string merges = "") =>
        $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData>"
            + (merges.Length == 0 ? "" : $"<mergeCells><mergeCell ref=\"{merges}\"/></mergeCells>") + "</worksheet>";

    internal static string Book(string sheets, string properties = "") =>
        $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\">{properties}<sheets>{sheets}</sheets></workbook>";

    /// <summary>A package of these parts and those that every workbook has.</summary>
    internal static byte[] Zip(params (string Name, string Content)[] parts) =>
        Pack([.. parts.Select(part => (part.Name, (Action<Stream>)(stream => stream.Write(Bytes(part.Content)))))]);

    internal static byte[] Pack(params (string Name, Action<Stream> Write)[] parts)
    {
        var all = new Dictionary<string, Action<Stream>>
        {
            ["[Content_Types].xml"] = stream => stream.Write(Bytes(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                + "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>")),
            ["_rels/.rels"] = stream => stream.Write(Bytes(
                $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>")),
            ["xl/_rels/workbook.xml.rels"] = stream => stream.Write(Bytes(
                $"<Relationships xmlns=\"{Relations}\">"
                + $"<Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                + $"<Relationship Id=\"rId2\" Type=\"{Office}/styles\" Target=\"styles.xml\"/>"
                + $"<Relationship Id=\"rId3\" Type=\"{Office}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                + $"<Relationship Id=\"rId4\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
                + "</Relationships>")),
            ["xl/styles.xml"] = stream => stream.Write(Bytes(
                $"<styleSheet xmlns=\"{Main}\"><numFmts><numFmt numFmtId=\"165\" "
                + "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\ h:mm\"/></numFmts>"
                + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>")),
            ["xl/workbook.xml"] = stream => stream.Write(Bytes(
                Book("<sheet name=\"一\" sheetId=\"1\" r:id=\"rId1\"/>"))),
            ["xl/sharedStrings.xml"] = stream => stream.Write(Bytes($"<sst xmlns=\"{Main}\"/>")),
        };
        foreach (var (name, write) in parts) all[name] = write;
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, write) in all)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                write(entry);
            }
        }

        return packed.ToArray();
    }

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
