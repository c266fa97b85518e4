using System.Globalization;
using System.Text;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>
/// The calendar file of a meeting notice: what the newest notice of the case says, for one recipient.
/// </summary>
internal static class MeetingFile
{
    /// <summary>What of a notice has no place of its own in a calendar; the time may be words.</summary>
    private static readonly string[] Descriptive = ["time", "agenda", "remark"];

    /// <summary>The file; none where the case has no notice with a day.</summary>
    public static IReadOnlyList<MailAttachment> Of(CaseFile file, MailDraft draft, DateTimeOffset now)
    {
        if (Invitation(file, draft, now) is not { } invitation) return [];
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

    private static MeetingInvitation? Invitation(CaseFile file, MailDraft draft, DateTimeOffset now)
    {
        var held = file.Records.Find(record => record.Kind == FormKeys.MeetingRecord)?.At;
        // A notice written again moves the meeting; after a meeting was held the next notice is about another one.
        var notices = file.Records
            .Where(record => record.Kind == "notice" && (held is null || record.At > held)).ToList();
        if (notices is not [{ Fields: var said }, ..] || DayOf(said) is not { } day) return null;
        return new()
        {
            Uid = notices[^1].Id,
            Sequence = notices.Count - 1,
            Written = now,
            On = day,
            Hours = MeetingTime.Read(said.Text("time")) is { } time
                ? (file.Calendar.At(day, time.From), file.Calendar.At(day, time.To))
                : null,
            Title = said.Text("topic"),
            Place = said.Text("place"),
            Description = string.Join('\n', Descriptive.Select(said.Text).Where(text => text.Length > 0)),
            Organiser = draft.Organiser is { } organiser ? new(organiser.Name, organiser.Address) : null,
            Attendee = new(draft.Recipient.Name, draft.Recipient.Address),
        };
    }

    private static DateOnly? DayOf(Dictionary<string, string> said) =>
        DateOnly.TryParseExact(said.Text("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var day)
            ? day
            : null;
}
