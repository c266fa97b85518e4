using Consultation.Cases;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>Texts of the case as values of a mail, which has a Chinese and an English part.</summary>
internal static class Words
{
    /// <summary>The text in both languages; the Chinese one stands in where nobody wrote English.</summary>
    public static MailWords InBoth(this LocalText text) => new(text.Zh, text.For("en"));

    /// <summary>Several texts in a row, each language in its own way.</summary>
    public static MailWords Join(IEnumerable<LocalText> texts, string zh = "、", string en = ", ")
    {
        var all = texts.ToList();
        return new(string.Join(zh, all.Select(text => text.Zh)), string.Join(en, all.Select(text => text.For("en"))));
    }
}
