using System.Globalization;

namespace Consultation.Mail.Templates;

/// <summary>A value that reads differently in the Chinese and in the English part of a mail, e.g. a date.</summary>
/// <param name="Zh">In the Chinese part.</param>
/// <param name="En">In the English part.</param>
public sealed record MailWords(string Zh, string En)
{
    /// <summary>A day: 2026年3月6日, 6 March 2026.</summary>
    public static MailWords Of(DateOnly day) => Of(day.ToDateTime(default), "yyyy年M月d日", "d MMMM yyyy");

    /// <summary>A minute of the organisation's clock: 2026年3月6日 17:30, 6 March 2026, 17:30.</summary>
    public static MailWords Of(DateTime local) => Of(local, "yyyy年M月d日 HH:mm", "d MMMM yyyy, HH:mm");

    /// <summary>The words for a language; Chinese for any but English.</summary>
    public string For(string language) => MailTemplateBook.LanguageOf(language) == "en" ? En : Zh;

    private static MailWords Of(DateTime local, string zh, string en) =>
        new(local.ToString(zh, CultureInfo.InvariantCulture), local.ToString(en, CultureInfo.InvariantCulture));
}
