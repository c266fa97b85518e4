using System.IO.Compression;
using System.Security;
using System.Text;

namespace Consultation.Testing;

/// <summary>Small workbooks of several sheets of text, as somebody fills them in.</summary>
public static class SampleWorkbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>The workbook; each sheet has a name and rows.</summary>
    public static byte[] Of(params (string Name, string[][] Rows)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write("[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
                + "relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>");
            Write("_rels/.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r\" "
                + $"Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Write("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>" + Each(
                at => $"<sheet name=\"{Escape(sheets[at].Name)}\" sheetId=\"{at + 1}\" r:id=\"r{at}\"/>")
                + "</sheets></workbook>");
            Write("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}/relationships\">" + Each(
                at => $"<Relationship Id=\"r{at}\" Type=\"{Office}/worksheet\" Target=\"worksheets/s{at}.xml\"/>")
                + "</Relationships>");
            for (var at = 0; at < sheets.Length; at++)
            {
                Write($"xl/worksheets/s{at}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>" + string.Concat(
                    sheets[at].Rows.Select(row => "<row>" + string.Concat(row.Select(cell =>
                        $"<c t=\"inlineStr\"><is><t>{Escape(cell)}</t></is></c>")) + "</row>"))
                    + "</sheetData></worksheet>");
            }

            void Write(string name, string content)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();

        string Each(Func<int, string> part) => string.Concat(Enumerable.Range(0, sheets.Length).Select(part));
    }

    private static string? Escape(string text) => SecurityElement.Escape(text);
}
