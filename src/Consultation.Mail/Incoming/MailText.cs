using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Consultation.Mail.Incoming;

/// <summary>The text of a message for people, and whether it was HTML alone.</summary>
internal static class MailText
{
    private const int LongestHtml = 400_000, MostTokens = 50_000;
    private static readonly HashSet<HtmlTagId> Breaks =
    [
        HtmlTagId.Br, HtmlTagId.P, HtmlTagId.Div, HtmlTagId.TR, HtmlTagId.LI, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3,
    ];

    /// <summary>Reads it.</summary>
    public static (string Text, bool IsHtml) Of(MimeMessage message)
    {
        var parts = message.BodyParts.OfType<TextPart>().Where(part => !part.IsAttachment)
            .Take(MessageBounds.MostParts).ToList();
        if (parts.Find(part => part.IsPlain) is { } plain) return (Cut(Decode(plain)), false);
        return parts.Find(part => part.IsHtml) is { } html ? (Cut(OfHtml(Decode(html))), true) : ("", false);
    }

    /// <summary>
    /// The text in the charset that the part names; in GB18030 or as UTF-8 where it names none that is known. UTF-7,
    /// in which one text can be written in many ways, is not decoded.
    /// </summary>
    public static string Decode(TextPart part)
    {
        if (part.Content is null) return "";
        using var bytes = new MemoryStream();
        part.Content.DecodeTo(bytes);
        var raw = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        var encoding = Known(part.ContentType.Charset) ?? (IsUtf8(raw) ? Encoding.UTF8 : Known("gb18030")!);
        return encoding.GetString(raw).TrimStart('\uFEFF');
    }

    private static Encoding? Known(string? charset)
    {
        if (charset is null or { Length: > 40 } || charset.Contains("utf-7", StringComparison.OrdinalIgnoreCase))
        {
            return charset is null ? null : Encoding.Latin1;
        }

        try
        {
            // What mail programs call GB2312 often is GBK: the larger set reads both.
            return charset.ToLowerInvariant() is "gb2312" or "gbk" or "gb_2312-80"
                ? Encodings.GetEncoding("gb18030")
                : Encodings.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static EncodingProvider Encodings => CodePagesEncodingProvider.Instance;

    private static bool IsUtf8(ReadOnlySpan<byte> raw) => System.Text.Unicode.Utf8.IsValid(raw);

    /// <summary>
    /// The words of a page, without scripts and styles; no judgement on what a reader would see of it.
    /// </summary>
    private static string OfHtml(string html)
    {
        var text = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html[..Math.Min(html.Length, LongestHtml)]));
        var hidden = 0;
        for (var read = 0; read < MostTokens && tokenizer.ReadNextToken(out var token); read++)
        {
            switch (token)
            {
                case HtmlTagToken { Id: HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title } tag:
                    hidden = tag.IsEndTag ? 0 : 1;
                    break;
                case HtmlTagToken tag when Breaks.Contains(tag.Id):
                    text.Append('\n');
                    break;
                case HtmlDataToken { Kind: HtmlTokenKind.Data } data when hidden == 0:
                    text.Append(data.Data);
                    break;
                default:
                    break;
            }
        }

        return text.ToString().Trim();
    }

    private static string Cut(string text) =>
        text.Length <= MessageReader.LongestText ? text : text[..MessageReader.LongestText];
}
