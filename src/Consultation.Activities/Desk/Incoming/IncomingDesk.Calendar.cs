using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Incoming;

namespace Consultation.Activities.Desk.Incoming;

/// <content>Answers of calendar programs to the notice of a meeting.</content>
internal sealed partial class IncomingDesk
{
    private const string DeclinedByCalendar = "日历回复：不能参加";

    private async Task<(IncomingMail, IncomingEffects)> CalendarAsync(
        ReadMail mail, Match match, CancellationToken cancellationToken)
    {
        if (CalendarAnswer.Read(mail.Calendar ?? "") is not { } answer)
        {
            return (Row(mail, match, IncomingState.Waiting, IncomingReason.NoCalendar), IncomingEffects.None);
        }

        var call = await cases.FindCallAsync(new(answer.Uid), cancellationToken);
        var asked = call is null ? null : await AskedAsync(mail, call, cancellationToken);
        if (asked is { } found) match = found.Match;
        var why = WhyNot(mail, answer, call?.Meeting, asked?.Seat, asked?.Match.Directory);
        if (why is null && await mails.HasLaterAsync(
            match.Task!.Id.Value, match.SenderId!.Value.Value, mail.SentAt!.Value, cancellationToken))
        {
            why = IncomingReason.Replayed;
        }

        if (why is { } reason)
        {
            var state = reason is IncomingReason.Moved or IncomingReason.Replayed
                ? IncomingState.Noted : IncomingState.Waiting;
            return (Row(mail, match, state, reason), IncomingEffects.None);
        }

        if (answer.Says == Participation.Tentative)
        {
            await NoteTentativeAsync(mail, match, call!.Meeting, cancellationToken);
            return (Row(mail, match, IncomingState.Noted, IncomingReason.Tentative), IncomingEffects.None);
        }

        var comes = answer.Says == Participation.Accepted;
        return (
            Row(mail, match, IncomingState.Taken, word: comes ? ReplyWord.Comes : ReplyWord.Declines,
                remark: comes ? "" : answer.Comment.Length > 0 ? answer.Comment : DeclinedByCalendar),
            IncomingEffects.None);
    }

    /// <summary>The sender's seat in the task by which the meeting's notice is answered.</summary>
    private async Task<(Match Match, TaskAssignee? Seat)?> AskedAsync(
        ReadMail mail, MeetingCall call, CancellationToken cancellationToken)
    {
        var organisation = call.Meeting.OrganisationId;
        if (await cases.FindDirectoryAsync(organisation, cancellationToken) is not { } directory) return null;
        directory = directory.With(call.Tasks);
        var (task, seat) = call.Tasks
            .SelectMany(task => task.Assignees.Where(seat => seat.Active).Select(seat => (task, seat)))
            .FirstOrDefault(pair => mail.FromAddress.Length > 0 && string.Equals(
                directory.Find(pair.seat.PersonId)?.Email, mail.FromAddress, StringComparison.OrdinalIgnoreCase));
        var match = new Match(organisation, directory, Task: task, SenderId: seat?.PersonId);
        var file = task?.CaseId ?? call.Meeting.Topics.FirstOrDefault()?.CaseId;
        return file is { } id
            ? (match with { File = await cases.FindCaseAsync(organisation, id, cancellationToken) }, seat)
            : (match, seat);
    }

    private static IncomingReason? WhyNot(
        ReadMail mail, CalendarAnswer answer, Meeting? meeting, TaskAssignee? seat, OrganisationDirectory? directory)
    {
        if (meeting is not { IsAhead: true } || seat is null || directory is null) return IncomingReason.NotInvited;
        if (answer.Attendee != mail.FromAddress) return IncomingReason.OtherSender;
        if (!mail.IsAuthenticated) return IncomingReason.NotAuthenticated;
        if (mail.SentAt is null) return IncomingReason.Old;
        return answer.Sequence < meeting.SequenceFor(mail.FromAddress, directory, isCancelled: false)
            ? IncomingReason.Moved : null;
    }

    /// <summary>The roster says so; the person still owes an answer.</summary>
    private async Task NoteTentativeAsync(
        ReadMail mail, Match match, Meeting meeting, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await cases.EditAsync(match.Organisation, match.File!.Id, $"tentative:{mail.Key}", file =>
        {
            if (file.Meetings.Find(one => one.Id == meeting.Id) is { IsAhead: true } own
                && own.SeatOf(match.SenderId!.Value) is { Reply: SeatReply.None } seat)
            {
                seat.TentativeAt = now;
                own.Touch();
            }

            return new FileEdit([], []);
        }, cancellationToken);
    }
}
