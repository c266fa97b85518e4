namespace Consultation.Cases.Attachments;

/// <summary>What can be done with a kind of file.</summary>
public enum FileNature
{
    /// <summary>A picture; kept as made anew, without place and device.</summary>
    Picture,
    /// <summary>A document of an office program; a PDF of it can be made.</summary>
    Office,
    /// <summary>Anything else; only to be saved.</summary>
    Other,
}

/// <summary>A kind of file that can be let in.</summary>
/// <param name="Key">Its usual ending.</param>
/// <param name="Name">What people call it.</param>
/// <param name="MediaType">What browsers call it.</param>
/// <param name="Nature">What can be done with it.</param>
/// <param name="Endings">Other endings of the same.</param>
public sealed record FileKind(
    string Key, LocalText Name, string MediaType, FileNature Nature, params IReadOnlyList<string> Endings)
{
    /// <summary>True for an ending of this kind, without its point.</summary>
    public bool IsEndedBy(string ending) =>
        Key.Equals(ending, StringComparison.OrdinalIgnoreCase)
        || Endings.Contains(ending, StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// The kinds that are known by their content. Which of them an organisation lets in is a rule
/// (<see cref="Rules.RuleKeys.FileKinds"/>); what is not here is never let in.
/// </summary>
public static class FileKinds
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FileKind> All { get; } =
    [
        new("jpg", new("JPEG 图片", "JPEG picture"), "image/jpeg", FileNature.Picture, "jpeg", "jfif"),
        new("png", new("PNG 图片", "PNG picture"), "image/png", FileNature.Picture),
        new("webp", new("WebP 图片", "WebP picture"), "image/webp", FileNature.Picture),
        new("pdf", new("PDF 文件", "PDF file"), "application/pdf", FileNature.Other),
        new("ofd", new("OFD 版式文件", "OFD file"), "application/ofd", FileNature.Other),
        new("docx", new("Word 文档", "Word document"), Office + "wordprocessingml.document", FileNature.Office),
        new("xlsx", new("Excel 表格", "Excel workbook"), Office + "spreadsheetml.sheet", FileNature.Office),
        new("pptx", new("演示文稿", "presentation"), Office + "presentationml.presentation", FileNature.Office),
        new("doc", new("Word 97–2003 文档", "Word 97–2003 document"), "application/msword", FileNature.Office, "wps"),
        new("xls", new("Excel 97–2003 表格", "Excel 97–2003 workbook"), "application/vnd.ms-excel", FileNature.Office,
            "et"),
        new("ppt", new("演示文稿 97–2003", "presentation 97–2003"), "application/vnd.ms-powerpoint",
            FileNature.Office, "dps"),
        new("txt", new("纯文本", "plain text"), "text/plain", FileNature.Other, "csv"),
    ];

    /// <summary>The kind of that key, or null.</summary>
    public static FileKind? Find(string? key) => All.FirstOrDefault(kind => kind.Key == key);

    /// <summary>The kind that a file name's ending says, or null.</summary>
    public static FileKind? OfName(string name) =>
        Path.GetExtension(name) is { Length: > 1 } ending
            ? All.FirstOrDefault(kind => kind.IsEndedBy(ending[1..]))
            : null;

    /// <summary>The kinds of a rule, e.g. "jpg, png, pdf"; null when one of them is not known.</summary>
    public static IReadOnlyList<FileKind>? Read(string rule)
    {
        var keys = rule.Split(
            [',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var kinds = keys.Select(key => All.FirstOrDefault(kind => kind.IsEndedBy(key))).ToList();
        return keys.Length == 0 || kinds.Contains(null) ? null : [.. kinds.OfType<FileKind>().Distinct()];
    }

    /// <summary>The kinds of a rule as it is kept.</summary>
    public static string Write(IEnumerable<FileKind> kinds) => string.Join(", ", kinds.Select(kind => kind.Key));
}
