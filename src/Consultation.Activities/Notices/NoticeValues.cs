using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Screening;
using Consultation.Cases.Topics;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>What notices may show of a case: the topic and its decision, the exclusion's reason, the meeting.</summary>
internal static class NoticeValues
{
    /// <summary>The notice without words of its own.</summary>
    public const string Template = MailTemplateCatalogue.Notice;

    /// <summary>The values in a language; to a proposer they speak of the own matter, to others of the leading one.</summary>
    public static Dictionary<string, object?> Of(CaseFile file, string language, Matter? about = null)
    {
        var values = new Dictionary<string, object?>();
        if (file.Topic is { } topic)
        {
            values["topic"] = topic.Title;
            values["accepted"] = topic.State == TopicState.Confirmed;
            values["reason"] = topic.DecisionReason ?? (topic.State == TopicState.Confirmed
                ? new LocalText("经审定，符合协商议题的标准。", "It meets the standards of a topic.").For(language)
                : "");
            values["decided_by"] = file.Directory.Find(file.Case.CommitteeId ?? file.Case.WorkGroupId)?.Name.For(language) ?? "";
        }

        if (file.Screenings is [{ Excluded: true } screening, ..])
        {
            var matter = about ?? (file.Matters.Count > 0 ? file.Matters[0] : null);
            values["reason"] = ScreeningRules.Notice(matter?.Number ?? "", matter?.Title ?? file.Case.Title, screening.Answers).For(language);
        }

        if (file.Records.Find(record => record.Kind == "notice") is { } notice)
        {
            values["topic"] = notice.Fields.Text("topic");
            values["meeting_time"] = $"{notice.Fields.Text("on")} {notice.Fields.Text("time")}".Trim();
            values["meeting_place"] = notice.Fields.Text("place");
            values["agenda"] = notice.Fields.Text("agenda");
        }

        if (file.Case.Outcome is { } outcome) values["result"] = outcome.For(language);
        return values;
    }
}
