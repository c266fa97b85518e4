using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Screening;
using Consultation.Cases.Topics;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>What notices may show of a case: the topic and its decision, the exclusion's reason, the meeting.</summary>
internal static class NoticeValues
{
    /// <summary>The notice without words of its own.</summary>
    public const string Template = MailTemplateCatalogue.Notice;

    /// <summary>The values; to a proposer they speak of the own matter, to others of the leading one.</summary>
    public static Dictionary<string, object?> Of(CaseFile file, Matter? about = null)
    {
        var values = new Dictionary<string, object?>();
        if (file.Topic is { } topic)
        {
            values["topic"] = topic.Title;
            values["accepted"] = topic.State == TopicState.Confirmed;
            values["reason"] = new LocalText(topic.DecisionReason ?? "") switch
            {
                { Zh: "" } when topic.State == TopicState.Confirmed =>
                    new MailWords("经审定，符合协商议题的标准。", "It meets the standards of a topic."),
                var reason => reason.InBoth(),
            };
            values["decided_by"] = file.Directory.Find(file.Case.CommitteeId ?? file.Case.WorkGroupId)?.Name.InBoth();
        }

        if (file.Screening is { Excluded: true } screening)
        {
            var matter = about ?? (file.Matters.Count > 0 ? file.Matters[0] : null);
            values["reason"] = ScreeningRules.Notice(
                matter?.Number ?? "", matter?.Title ?? file.Case.Title, screening.Answers, null).InBoth();
            if (file.Case.Review is { EndedAt: null, Until: var until }) values["review_until"] = MailWords.Of(until);
        }

        if (file.Meetings is [var meeting, ..])
        {
            values["topic"] = meeting.Title;
            values["meeting_time"] = TimeOf(meeting);
            values["meeting_place"] = meeting.Place;
            values["agenda"] = meeting.Agenda;
        }

        if (file.Case.Outcome is { } outcome) values["result"] = outcome.InBoth();
        if (file.Case.State == CaseState.Closed) values["closed"] = true;
        return values;
    }

    /// <summary>Day and hours of a meeting.</summary>
    public static MailWords TimeOf(Meeting meeting)
    {
        var (day, hours) = (MailWords.Of(meeting.On), $"{meeting.From:HH\\:mm}–{meeting.To:HH\\:mm}");
        return new($"{day.Zh} {hours}", $"{day.En}, {hours}");
    }
}
