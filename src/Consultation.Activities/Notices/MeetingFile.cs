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
    /// <param name="file">The case.</param>
    /// <param name="draft">The mail that it goes with.</param>
    /// <param name="meeting">The meeting that it is about; null: that of its task, or the newest.</param>
    /// <param name="now">The step's time.</param>
    /// <param name="readAt">
    /// Where answers of calendar programs are read; null lets them go to the mail's organiser.
    /// </param>
    public static IReadOnlyList<MailAttachment> Of(
        CaseFile file, MailDraft draft, Meeting? meeting, DateTimeOffset now, string? readAt = null)
    {
        // Whom only the second channel reaches has no address that could stand in it.
        if (draft.Recipient.Address.Length == 0) return [];
        if (Invitation(file, draft, meeting, now, readAt) is not { } invitation) return [];
        return
        [
            new()
            {
                Id = OrderedGuid.New(now),
                Name = draft.Recipient.Language == "en" ? "meeting.ics" : "会议通知.ics",
                ContentType = $"text/calendar; charset=utf-8; method={invitation.Method}",
                Content = Encoding.UTF8.GetBytes(invitation.Write()),
            },
        ];
    }

    private static MeetingInvitation? Invitation(
        CaseFile file, MailDraft draft, Meeting? about, DateTimeOffset now, string? readAt)
    {
        // The one that the mail or its task is about; otherwise the newest.
        var task = file.Tasks.Find(one => one.Id.Value == draft.TaskId);
        var ofTask = task is null ? null : file.Meetings.Find(one => one.IsOf(task));
        if ((about ?? ofTask ?? file.Meetings.FirstOrDefault()) is not { } meeting) return null;
        return new()
        {
            Uid = meeting.Id.Value,
            Sequence = meeting.SequenceFor(
                draft.Recipient.Address, file.Directory, draft.Template == MailTemplateCatalogue.MeetingCancelled),
            Written = now,
            On = meeting.On,
            Hours = (meeting.Begins(file.Calendar), meeting.Ends(file.Calendar)),
            Title = meeting.Title,
            Place = meeting.Place,
            Description = string.Join('\n', new[] { meeting.Agenda, meeting.Remark }.Where(text => text.Length > 0)),
            IsCancelled = draft.Template == MailTemplateCatalogue.MeetingCancelled,
            Organiser = draft.Organiser is { } organiser ? new(organiser.Name, readAt ?? organiser.Address) : null,
            Attendee = new(draft.Recipient.Name, draft.Recipient.Address),
        };
    }
}
