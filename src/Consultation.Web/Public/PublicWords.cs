using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Publishing;
using Consultation.Storage.Reading.Publishing;
using Consultation.Web.Texts;

namespace Consultation.Web.Public;

/// <summary>Days and short texts as the public pages show them.</summary>
internal static class PublicWords
{
    private const int Shortened = 120;

    /// <summary>2026-10-12（周一）: with the day of the week, by which people remember.</summary>
    public static string Day(DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var culture = CultureInfo.GetCultureInfo(DeskTexts.IsEnglish ? "en-GB" : "zh-CN");
        return DeskTexts.IsEnglish
            ? $"{day.ToString("ddd", culture)} {text}"
            : $"{text}（{day.ToString("ddd", culture)}）";
    }

    /// <summary>Day and hours of a meeting.</summary>
    public static string DayAndHour(PublicMeeting meeting) => string.Create(
        CultureInfo.InvariantCulture, $"{Day(meeting.On)} {meeting.From:HH\\:mm}–{meeting.To:HH\\:mm}");

    /// <summary>The beginning of a text.</summary>
    public static string Short(string text) =>
        text.Length <= Shortened ? text : string.Concat(text.AsSpan(0, Shortened), "…");

    /// <summary>What a text of a publication is called.</summary>
    public static LocalText? Label(PublicationKind kind, string key) =>
        FormCatalogue.Find(PublicationRules.FormOf(kind))?.Find(key)?.Label;
}
