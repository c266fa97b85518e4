namespace Consultation.Mail.Templates;

/// <summary>
/// The look of the HTML part: an official red line above, large plain letters, one column. Styles stand in the elements
/// because mail programs throw style sheets away (the short one here only makes room on phones); no image and nothing
/// remote, so that the mail is whole everywhere (mail rule 6).
/// </summary>
internal static class MailLayout
{
    private const string Red = "#b3141b";
    private const string Ink = "#1f2328";
    private const string Grey = "#57606a";

    public const string Title = $"margin:0 0 16px;font-size:24px;line-height:1.35;font-weight:700;color:{Ink}";
    public const string Paragraph = "margin:0 0 16px";
    public const string Facts = "border-collapse:collapse;margin:0 0 20px;border-top:1px solid #d8dee4";
    public const string Label =
        $"padding:10px 12px 10px 0;border-bottom:1px solid #d8dee4;color:{Grey};font-weight:400;width:5.2em";
    public const string Value =
        "padding:10px 0;border-bottom:1px solid #d8dee4;word-break:break-word";
    public const string Button =
        $"display:inline-block;background:{Red};color:#ffffff;text-decoration:none;font-size:20px;font-weight:700;"
            + "padding:14px 36px;border-radius:6px";

    /// <summary>
    /// The cell around a button: Outlook's Word engine gives no room to a link, and colours the cell instead.
    /// </summary>
    public const string ButtonCell = "border-radius:6px;mso-padding-alt:14px 36px";
    public const string ButtonColour = Red;
    public const string Address = $"margin:0 0 20px;font-size:13px;line-height:1.5;color:{Grey};word-break:break-all";
    public const string Notice =
        "margin:0 0 16px;padding:12px 16px;background:#fff8e6;border-left:5px solid #c77700";
    public const string Quote =
        "margin:0 0 16px;padding:8px 16px;border-left:4px solid "
            + "#afb8c1;background:#f6f8fa;word-break:break-word";
    public const string List = "margin:0 0 16px;padding-left:1.4em";
    public const string Link = $"color:{Red};font-weight:700;white-space:nowrap";
    public const string Second =
        $"margin-top:28px;padding-top:20px;border-top:1px solid #d8dee4;font-size:17px;color:{Ink}";

    private static string NameOf(bool alone) => alone ? NameZh : Name;

    /// <summary>A whole page around the body of a mail; alone, it is all in Chinese.</summary>
    public static string Around(string body, string language, bool alone = false) =>
        $$$"""
        <!doctype html>
        <html lang="{{{(language == "en" ? "en" : "zh-CN")}}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light">
        <title>{{ org }}</title>
        <style>{{{Phone}}}</style>
        </head>
        <body style="margin:0;padding:0;background:#f3f4f6">
        <table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="background:#f3f4f6">
        <tr><td class="page" align="center" style="padding:16px 8px">
        <!--[if mso]><table role="presentation" width="680" cellspacing="0" cellpadding="0"><tr><td><![endif]-->
        <table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="{{{Sheet}}}">
        <tr><td class="in" style="{{{Head}}}"><span style="{{{Office}}}">{{ org }}</span>
        <span style="{{{Product}}}">{{{NameOf(alone)}}}</span></td></tr>
        <tr><td class="in" style="{{{Body}}}">
        {{{body.TrimEnd()}}}
        </td></tr>
        <tr><td class="in" style="{{{Foot}}}">{{{FootZh}}}{{{(alone ? "" : $"<br>{FootEn}")}}}</td></tr>
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr>
        </table>
        </body>
        </html>

        """;

    private const string NameZh = "协商议事", Name = $"{NameZh} · Consultation";
    private const string Fonts =
        "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','Source Han Sans SC',Arial,sans-serif";
    private const string Sheet = $"max-width:680px;background:#ffffff;border-top:6px solid {Red}";

    /// <summary>What a phone changes; the only style that stands in no attribute.</summary>
    public const string Phone =
        "@media (max-width:480px){.page{padding:8px 0!important}.in{padding-left:14px!important;"
            + "padding-right:14px!important}th{width:4.6em!important;padding-right:10px!important} }";

    private const string Body =
        $"padding:24px 20px 12px;font-family:{Fonts};font-size:18px;line-height:1.7;color:{Ink}";
    private const string Head =
        $"padding:18px 20px 12px;border-bottom:1px solid #d8dee4;font-family:{Fonts};font-size:20px;font-weight:700;"
            + $"color:{Red}";
    private const string Office = "display:inline-block;margin-right:8px";
    private const string Product =
        $"display:inline-block;font-size:15px;font-weight:400;color:{Grey}";
    private const string Foot =
        $"padding:14px 20px 22px;border-top:1px solid #d8dee4;font-family:{Fonts};font-size:14px;line-height:1.6;"
            + $"color:{Grey}";
    private const string FootZh =
        "{% if reply_zh %}也可以直接回复本邮件：第一行只写{{ reply_zh }}中的一个，下面写理由或意见。"
            + "{% elsif closed %}{% else %}本邮件由系统自动发出，请不要直接回复。{% endif %}"
            + "{% if contact %}如有疑问，请联系：{{ contact }}。{% endif %}";
    private const string FootEn =
        "{% if reply_en %}You may also reply to this mail: write one of {{ reply_en }} alone on the first line, "
            + "reasons below it. {% elsif closed %}{% else %}"
            + "This mail was sent automatically; please do not reply. {% endif %}"
            + "{% if contact %}Questions: {{ contact }}.{% endif %}";
}
