using System.Text;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>The calendar file of a meeting: asks, moves or cancels, for one recipient.</summary>
internal static class MeetingFile
{
    /// <summary>The file; none where the case has no meeting.</summary>
    public static IReadOnlyList<MailAttachment> Of(
        CaseFile file, MailDraft draft, Meeting? meeting, DateTimeOffset now)
    {
        if (Invitation(file, draft, meeting, now) is not { } invitation) return [];
        return
        [
            new()
            {
                Id = Guid.CreateVersion7(now),
                Name = draft.Recipient.Language == "en" ? "meeting.ics" : "会议通知.ics",
                ContentType = $"text/calendar; charset=utf-8; method={invitation.Method}",
                Content = Encoding.UTF8.GetBytes(invitation.Write()),
            },
        ];
    }

    private static MeetingInvitation? Invitation(
        CaseFile file, MailDraft draft, Meeting? about, DateTimeOffset now)
    {
        // The one that the mail or its task is about; otherwise the newest.
        var task = file.Tasks.Find(one => one.Id.Value == draft.TaskId);
        var ofTask = task is null ? null : file.Meetings.Find(one => one.IsOf(task));
        if ((about ?? ofTask ?? file.Meetings.FirstOrDefault()) is not { } meeting) return null;
        return new()
        {
            Uid = meeting.Id.Value,
            Sequence = meeting.Sequence,
            Written = now,
            On = meeting.On,
            Hours = (meeting.Begins(file.Calendar), meeting.Ends(file.Calendar)),
            Title = meeting.Title,
            Place = meeting.Place,
            Description = string.Join('\n', new[] { meeting.Agenda, meeting.Remark }.Where(text => text.Length > 0)),
            IsCancelled = draft.Template == MailTemplateCatalogue.MeetingCancelled,
            Organiser = draft.Organiser is { } organiser ? new(organiser.Name, organiser.Address) : null,
            Attendee = new(draft.Recipient.Name, draft.Recipient.Address),
        };
    }
}
