using System.Text;

namespace Consultation.Cases;

/// <summary>
/// The text of an uploaded file: UTF-8 with or without mark, or GB18030, which covers GBK and GB2312.
/// </summary>
public static class FileText
{
    /// <summary>Name of the encoding that older Chinese programs write.</summary>
    public const string OlderChinese = "GB18030";

    /// <summary>
    /// Text and name of the encoding; null for UTF-16, UTF-32 and anything that is neither UTF-8 nor GB18030.
    /// </summary>
    public static (string Text, string Encoding)? Decode(byte[] content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
            || content.AsSpan(0, Math.Min(content.Length, 8192)).Contains((byte)0))
        {
            return null;
        }

        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        return content is [0xEF, 0xBB, 0xBF, ..]
            ? Try(strict, content[3..], "UTF-8 (BOM)")
            : Try(strict, content, "UTF-8")
                ?? Try(CodePagesEncodingProvider.Instance.GetEncoding(OlderChinese, EncoderFallback.ExceptionFallback,
                    DecoderFallback.ExceptionFallback)!, content, OlderChinese);
    }

    private static (string, string)? Try(Encoding encoding, byte[] content, string name)
    {
        try
        {
            return (encoding.GetString(content), name);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
