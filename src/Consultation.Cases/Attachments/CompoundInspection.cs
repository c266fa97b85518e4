using System.Text;

namespace Consultation.Cases.Attachments;

/// <summary>
/// Looks into files of office programs before 2007 (compound files). The names of their streams stand in 128-byte
/// entries that lie whole within a sector, so that they are found without following chains that a forged file could
/// tie into a ring.
/// </summary>
internal static class CompoundInspection
{
    private static readonly byte[] Macros = Encoding.Unicode.GetBytes("_VBA_PROJECT"),
        Encrypted = Encoding.Unicode.GetBytes("EncryptedPackage"),
        Word = Encoding.Unicode.GetBytes("WordDocument"),
        Sheet = Encoding.Unicode.GetBytes("Workbook"),
        OlderSheet = Encoding.Unicode.GetBytes("Book"),
        Slides = Encoding.Unicode.GetBytes("PowerPoint Document");

    private const int Entry = 128, NameLengthAt = 64;

    public static (FileKind? Found, Inspection? Trouble) Look(Stream content)
    {
        string? kind = null;
        var (macros, encrypted) = (false, false);
        content.Position = 0;
        var sector = new byte[16 * 1024];
        int read;
        while ((read = content.ReadAtLeast(sector, sector.Length, throwOnEndOfStream: false)) > 0)
        {
            for (var at = 0; at + Entry <= read; at += Entry)
            {
                var entry = sector.AsSpan(at, Entry);
                macros |= IsNamed(entry, Macros);
                encrypted |= IsNamed(entry, Encrypted);
                kind ??= IsNamed(entry, Word) ? "doc"
                    : IsNamed(entry, Sheet) || IsNamed(entry, OlderSheet) ? "xls"
                    : IsNamed(entry, Slides) ? "ppt" : null;
            }
        }

        if (macros)
        {
            return (null, Inspection.Refused(
                "文件里有宏（程序），不能上传。请另存为 docx、xlsx、pptx 或 PDF。",
                "The file holds macros (programs). Save it as docx, xlsx, pptx or PDF."));
        }

        return encrypted
            ? (null, Inspection.Refused(
                "文件设有打开密码，无法检查。请去掉密码后再上传。", "The file is locked by a password; remove it first."))
            : (FileKinds.Find(kind), null);
    }

    private static bool IsNamed(ReadOnlySpan<byte> entry, byte[] name) =>
        entry.StartsWith(name) && entry[NameLengthAt] == name.Length + 2 && entry[NameLengthAt + 1] == 0;
}
