using System.Text;

namespace Consultation.Cases.Attachments;

/// <summary>What looking at the bytes of a file came to.</summary>
/// <param name="Kind">What it is; null when it is refused.</param>
/// <param name="Why">Why it is refused, and what to do about it; null when it is let in.</param>
public sealed record Inspection(FileKind? Kind, LocalText? Why)
{
    /// <summary>Width and height of a picture; 0 for others.</summary>
    public (int Width, int Height) Size { get; init; }

    internal static Inspection Refused(string zh, string en) => new(null, new(zh, en));
}

/// <summary>
/// Tells the kind of a file by its content and refuses what can do harm: programs and pages, macros, archives that
/// unpack to far more than they are, pictures of too many dots, and files that are not what their name says. Reads no
/// more than it needs, and never everything into memory.
/// </summary>
public static class ContentInspection
{
    /// <summary>Most dots of a picture: 64 megapixels, more than telephones make.</summary>
    public const int MostPixels = 64_000_000;

    /// <summary>Longest side of a picture.</summary>
    public const int LongestSide = 20_000;

    private const int HeadLength = 4096;

    /// <summary>Looks at a file.</summary>
    /// <param name="content">All of it; can be searched.</param>
    /// <param name="name">Its name.</param>
    /// <param name="allowed">The kinds that are let in.</param>
    public static Inspection Look(Stream content, string name, IReadOnlyList<FileKind> allowed)
    {
        if (content.Length == 0)
        {
            return Inspection.Refused("文件是空的（0 字节），请重新选择。", "The file is empty (0 bytes); choose it again.");
        }

        var head = Head(content);
        if (Foreign(head) is { } foreign) return foreign;
        var (found, trouble) = Recognise(content, head);
        if (trouble is not null) return trouble;
        if (found is null || !allowed.Contains(found))
        {
            return Inspection.Refused(
                $"不能上传这种文件{(found is null ? "" : $"（{found.Name.Zh}）")}。可以上传：{Names(allowed, "zh")}。",
                $"This kind of file{(found is null ? "" : $" ({found.Name.For("en")})")} is not let in. Let in are: "
                    + $"{Names(allowed, "en")}.");
        }

        var ending = Path.GetExtension(name).TrimStart('.');
        if (ending.Length > 0 && FileKinds.OfName(name) != found)
        {
            return Inspection.Refused(
                $"文件名以“.{ending}”结尾，内容却是{found.Name.Zh}。请用原来的程序另存后再上传。",
                $"The name ends in “.{ending}”, but the content is a {found.Name.For("en")}. Save it again with the "
                    + "program that made it.");
        }

        return found.Nature == FileNature.Picture ? OfPicture(content, found) : new Inspection(found, null);
    }

    /// <summary>The kinds as people read them.</summary>
    public static string Names(IEnumerable<FileKind> kinds, string language) =>
        string.Join(language == "en" ? ", " : "、", kinds.Select(kind => kind.Name.For(language)));

    private static Inspection OfPicture(Stream content, FileKind kind)
    {
        content.Position = 0;
        if (PictureSize.Read(content, kind) is not { Width: > 0, Height: > 0 } size)
        {
            return Inspection.Refused("图片已损坏，打不开。请重新拍摄或另存后再上传。", "The picture is damaged; save or take it again.");
        }

        return size.Width > LongestSide || size.Height > LongestSide || (long)size.Width * size.Height > MostPixels
            ? Inspection.Refused(
                $"图片太大（{size.Width}×{size.Height} 像素），最多 {MostPixels / 1_000_000} 百万像素。请缩小后再上传。",
                $"The picture is too large ({size.Width}×{size.Height} dots); at most {MostPixels / 1_000_000} million "
                    + "dots. Make it smaller.")
            : new Inspection(kind, null) { Size = size };
    }

    /// <summary>What is refused by a sentence of its own, because people will ask.</summary>
    private static Inspection? Foreign(ReadOnlySpan<byte> head)
    {
        if (head.Length > 12 && head[4..8].SequenceEqual("ftyp"u8) && IsHeif(head[8..12]))
        {
            return Inspection.Refused(
                "HEIC 照片多数电脑打不开。请在手机“设置 › 相机 › 格式”中选“兼容性最佳”，或另存为 JPEG 后再上传。",
                "Most computers cannot open HEIC photos. Choose “Most Compatible” under Settings › Camera › Formats, "
                    + "or save it as JPEG.");
        }

        if (head.StartsWith("MZ"u8) || head.StartsWith("\u007fELF"u8) || head.StartsWith("#!"u8))
        {
            return Inspection.Refused("这是程序，不能上传。", "This is a program; it is not let in.");
        }

        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 1024)])
            .TrimStart('\u00ef', '\u00bb', '\u00bf').TrimStart();
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<script", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
                && text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            ? Inspection.Refused(
                "网页和 SVG 图片里可以藏有程序，不能上传。请另存为 PDF 或 PNG。",
                "Web pages and SVG pictures can hold programs and are not let in. Save it as PDF or PNG.")
            : null;
    }

    private static bool IsHeif(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8)
        || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("avif"u8);

    private static (FileKind? Found, Inspection? Trouble) Recognise(Stream content, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return (FileKinds.Find("jpg"), null);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return (FileKinds.Find("png"), null);
        }

        if (head.Length > 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8))
        {
            return (FileKinds.Find("webp"), null);
        }

        if (head.StartsWith("%PDF-"u8)) return (FileKinds.Find("pdf"), null);
        if (head.StartsWith("PK\u0003\u0004"u8)) return ArchiveInspection.Look(content);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return CompoundInspection.Look(content);
        }

        return (IsText(content) ? FileKinds.Find("txt") : null, null);
    }

    /// <summary>
    /// Text holds no control characters but those of lines, and can be read as UTF-8 or as the Chinese of older
    /// programs.
    /// </summary>
    private static bool IsText(Stream content)
    {
        content.Position = 0;
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            foreach (var one in buffer.AsSpan(0, read))
            {
                if (one is 0x7F or (< 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C))) return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> Head(Stream content)
    {
        content.Position = 0;
        var head = new byte[HeadLength];
        return head.AsSpan(0, content.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false));
    }
}
