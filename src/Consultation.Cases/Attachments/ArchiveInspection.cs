using System.IO.Compression;
using System.Xml;

namespace Consultation.Cases.Attachments;

/// <summary>
/// Looks into packages of office programs (zip): which program's they are, whether they carry macros or fetch something
/// from elsewhere, and whether they would unpack to far more than they are.
/// </summary>
internal static class ArchiveInspection
{
    private const int MostEntries = 5_000, MostOfPart = 1024 * 1024, MostRelations = 500;
    private const long MostUnpacked = 300L * 1024 * 1024, SmallEntry = 1024 * 1024;
    private const int MostTimes = 200;

    private static readonly string[] Fetching =
        ["/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/externalLinkPath"];

    private static readonly XmlReaderSettings Bounded = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostOfPart,
        CloseInput = false,
    };

    private static readonly Inspection Damaged = Inspection.Refused(
        "文件已损坏，打不开。请重新保存后再上传。", "The file is damaged; save it again.");

    public static (FileKind? Found, Inspection? Trouble) Look(Stream content)
    {
        try
        {
            content.Position = 0;
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return Look(archive);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or NotSupportedException
            or ArgumentException or OverflowException or XmlException)
        {
            return (null, Damaged);
        }
    }

    private static (FileKind?, Inspection?) Look(ZipArchive archive)
    {
        if (archive.Entries.Count > MostEntries || IsBomb(archive))
        {
            return (null, Inspection.Refused(
                "文件展开后过大，可能有害，不能上传。", "The file unpacks to far too much and may do harm; it is not let in."));
        }

        if (archive.GetEntry("OFD.xml") is not null) return (FileKinds.Find("ofd"), null);
        if (archive.GetEntry("[Content_Types].xml") is not { } types)
        {
            return (null, Inspection.Refused(
                "不能上传压缩包。请把里面的文件分别上传。", "Archives are not let in; hand in the files in it one by one."));
        }

        var said = AttributesOf(types).SelectMany(one => one.Values).ToList();
        if (said.Exists(one => one.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase))
            || archive.Entries.Any(entry => IsActive(entry.FullName)))
        {
            return (null, Inspection.Refused(
                "文件里有宏（程序），不能上传。请另存为不带宏的文档（docx、xlsx、pptx）或 PDF。",
                "The file holds macros (programs). Save it as a document without macros (docx, xlsx, pptx) or as "
                    + "PDF."));
        }

        var relations = archive.Entries
            .Where(entry => entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)).ToList();
        if (relations.Count > MostRelations || relations.Exists(FetchesElsewhere))
        {
            return (null, Inspection.Refused(
                "文档打开时会从别处取模板，不能上传。请另存为 PDF。",
                "The document would fetch a template from elsewhere when it is opened. Save it as PDF."));
        }

        var kind = Says("wordprocessingml.document.main") ? "docx"
            : Says("spreadsheetml.sheet.main") ? "xlsx"
            : Says("presentationml.presentation.main") ? "pptx" : null;
        return (FileKinds.Find(kind), null);

        bool Says(string type) => said.Exists(one => one.Contains(type, StringComparison.Ordinal));
    }

    /// <summary>
    /// What the directory says, and what really comes out of the entries that we read, is bounded; nothing else is ever
    /// unpacked here.
    /// </summary>
    private static bool IsBomb(ZipArchive archive)
    {
        long all = 0;
        foreach (var entry in archive.Entries)
        {
            all += entry.Length;
            if (entry.Length < 0 || all > MostUnpacked
                || (entry.Length > SmallEntry && entry.Length / Math.Max(1, entry.CompressedLength) > MostTimes))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsActive(string name) =>
        name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("oleObject", StringComparison.OrdinalIgnoreCase);

    private static bool FetchesElsewhere(ZipArchiveEntry relations) => AttributesOf(relations).Any(one =>
        string.Equals(one.GetValueOrDefault("TargetMode")?.Trim(), "External", StringComparison.OrdinalIgnoreCase)
        && Fetching.Any(type => one.GetValueOrDefault("Type")?.Contains(
            type, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>
    /// Attributes of every element, read as XML: another encoding, other quotes or a character written as a number say
    /// the same to the program that opens it. A part that is no XML, has a DTD or is too long is a damaged file.
    /// </summary>
    private static List<Dictionary<string, string>> AttributesOf(ZipArchiveEntry entry)
    {
        var found = new List<Dictionary<string, string>>();
        using var stream = entry.Open();
        using var xml = XmlReader.Create(stream, Bounded);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || !xml.HasAttributes) continue;
            var own = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (xml.MoveToNextAttribute()) own[xml.LocalName] = xml.Value;
            found.Add(own);
        }

        return found;
    }
}
