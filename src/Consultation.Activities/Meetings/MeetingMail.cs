using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Meetings;

/// <summary>What people hear of a meeting besides its notice.</summary>
internal static class MeetingMail
{
    /// <summary>A seat is not needed any more, or the meeting does not take place. False without an address.</summary>
    public static bool Cancel(CaseMail mail, CaseFile file, Meeting meeting, MeetingSeat seat, LocalText reason) =>
        Tell(mail, file, meeting, seat, MailTemplateCatalogue.MeetingCancelled, reason);

    /// <summary>Another day, hour or place.</summary>
    public static bool Move(CaseMail mail, CaseFile file, Meeting meeting, MeetingSeat seat, LocalText reason) =>
        Tell(mail, file, meeting, seat, MailTemplateCatalogue.MeetingMoved, reason);

    /// <summary>
    /// Host, recorder, photographer and tellers who have no seat on the roster hear of the meeting, of its move and of
    /// its end like the others; nobody asks them for a reply. Whoever settled it knows it already.
    /// </summary>
    public static void TellDuties(
        CaseMail mail, CaseFile file, Meeting meeting, PersonId knows, string template, LocalText? reason = null)
    {
        foreach (var (id, duty) in meeting.Duties().Where(one => one.Person != knows))
        {
            if (meeting.SeatOf(id) is not null || file.Directory.Find(id) is not { Active: true } person) continue;
            var values = ValuesOf(file, meeting, reason);
            values["duty"] = duty.InBoth();
            mail.Inform(
                person, template, values, CaseMail.OrdinalOf($"{meeting.Id.Value} {meeting.Version} duty {id}"));
        }
    }

    /// <summary>
    /// Whoever comes for somebody else gets the notice with the calendar file; nothing without an address.
    /// </summary>
    public static void TellSubstitute(CaseMail mail, CaseFile file, MeetingSeat seat)
    {
        if (Substitute(file, seat) is not { } guest) return;
        mail.Inform(guest, MailTemplateCatalogue.MeetingNotice, NoticeValues.Of(file),
            CaseMail.OrdinalOf($"{seat.Id} {seat.RepliedAt:O}"));
    }

    /// <summary>Whoever comes for somebody else and left a mail address or a number; otherwise null.</summary>
    private static Person? Substitute(CaseFile file, MeetingSeat seat)
    {
        if (seat.Reply != SeatReply.SendsSubstitute) return null;
        var contact = seat.SubstituteContact;
        var (address, number) = (Guests.AddressIn(contact ?? ""), Guests.MobileIn(contact));
        return address is null && number is null ? null : Guests.Make(
            file.Case.OrganisationId, new PersonId(seat.Id), seat.SubstituteName ?? "", address, number);
    }

    private static bool Tell(
        CaseMail mail, CaseFile file, Meeting meeting, MeetingSeat seat, string template, LocalText reason)
    {
        if (seat.NoticedAt is null || seat.Resolve(file.Directory, meeting.OrganisationId) is not { } one) return false;
        var values = ValuesOf(file, meeting, reason);
        var ordinal = CaseMail.OrdinalOf($"{meeting.Id.Value} {meeting.Version} {seat.Id}");
        if (Substitute(file, seat) is { } substitute) mail.Inform(substitute, template, values, ordinal);
        return mail.Inform(one.Person, template, values, ordinal);
    }

    private static Dictionary<string, object?> ValuesOf(CaseFile file, Meeting meeting, LocalText? reason)
    {
        var values = NoticeValues.Of(file);
        values["topic"] = meeting.Title;
        values["meeting_time"] = NoticeValues.TimeOf(meeting);
        values["meeting_place"] = meeting.Place;
        values["agenda"] = meeting.Agenda;
        if (reason is not null) values["reason"] = reason.InBoth();
        values["called_off"] = meeting.State == MeetingState.CalledOff;
        return values;
    }
}
