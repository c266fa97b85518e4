using System.Text;
using System.Text.Unicode;

namespace Consultation.Cases.Matters.Import;

/// <summary>What a text file is by its first characters.</summary>
internal enum TextFileKind
{
    Csv,
    /// <summary>A page with a table, which many systems call .xls.</summary>
    Html,
    /// <summary>A web archive, or a table in XML.</summary>
    Other,
}

/// <summary>A text file in UTF-8 (with or without mark) or GB18030, which covers GBK and GB2312.</summary>
internal sealed record TextFile(byte[] Content, Encoding Encoding, string Name, TextFileKind Kind, string Beginning)
{
    /// <summary>Characters by which a file is judged.</summary>
    private const int Judged = 64 * 1024;

    /// <summary>The file; null for UTF-16, UTF-32 and anything that is neither UTF-8 nor GB18030.</summary>
    internal static TextFile? Of(byte[] content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
            || content.AsSpan(0, Math.Min(content.Length, 8192)).Contains((byte)0))
        {
            return null;
        }

        var (encoding, name) = content is [0xEF, 0xBB, 0xBF, ..] ? (Encoding.UTF8, "UTF-8 (BOM)")
            : Utf8.IsValid(content) ? (Encoding.UTF8, "UTF-8")
            : (Gb18030, "GB18030");
        if (name == "UTF-8 (BOM)" ? !Utf8.IsValid(content) : name == "GB18030" && !IsGb18030(content)) return null;
        var file = new TextFile(content, encoding, name, TextFileKind.Csv, "");
        using var reader = file.Open();
        var start = new char[Judged];
        var beginning = new string(start, 0, reader.ReadBlock(start));
        return file with { Beginning = beginning, Kind = KindOf(beginning) };
    }

    /// <summary>Reads it from its beginning; the mark of encoding is passed over.</summary>
    internal StreamReader Open() => new(new MemoryStream(Content, writable: false), Encoding);

    private static Encoding Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static bool IsGb18030(byte[] content)
    {
        try
        {
            var decoder = Gb18030.GetDecoder();
            var letters = new char[32 * 1024];
            for (var at = 0; at < content.Length; at += letters.Length)
            {
                var part = content.AsSpan(at, Math.Min(letters.Length, content.Length - at));
                decoder.GetChars(part, letters, flush: at + part.Length == content.Length);
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static TextFileKind KindOf(string beginning)
    {
        var text = beginning.AsSpan().Trim();
        if (text.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase)) return TextFileKind.Other;
        if (text is not ['<', ..]) return TextFileKind.Csv;
        return beginning.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal)
            && !beginning.Contains("<html", StringComparison.OrdinalIgnoreCase)
                ? TextFileKind.Other
                : TextFileKind.Html;
    }
}
