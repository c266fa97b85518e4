using Consultation.Activities.Meetings;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Mail.Templates;
using Consultation.Runtime;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Activities.Desk;

/// <summary>
/// What people do with a meeting on its page: the meeting, the lines of its record, moved due times and mails in one
/// transaction, then the steps that wait.
/// </summary>
internal sealed class MeetingActs(StimulusSender sender, ICaseStore store, StepTools tools, TimeProvider clock)
    : IMeetingActs
{
    public async Task<IReadOnlyList<FieldError>> DoAsync(MeetingAct act, CancellationToken cancellationToken)
    {
        if (await store.FindCaseAsync(act.OrganisationId, act.CaseId, cancellationToken) is null) return NoMeeting;
        var done = await store.EditAsync(
            act.OrganisationId, act.CaseId, act.OperationId, file => Edit(file, act, tools, clock.GetUtcNow()),
            cancellationToken);

        // The inbox would tell the waiting steps a moment later; whoever pressed the button sees the case go on now.
        foreach (var message in done.Messages)
        {
            await sender.SendAsync(
                new StimulusMessage.Resume(new InstanceId(message.InstanceId), message.BookmarkId, message.Payload)
                {
                    OperationId = message.OperationId,
                },
                cancellationToken);
        }

        return done.Errors;
    }

    private static IReadOnlyList<FieldError> NoMeeting =>
        [new("", new("没有这次会议。", "There is no such meeting."))];

    /// <summary>The edit of the case file. Public to tests, which keep files in memory.</summary>
    internal static FileEdit Edit(CaseFile file, MeetingAct act, StepTools tools, DateTimeOffset now)
    {
        if (file.Meetings.Find(one => one.Id == act.MeetingId) is not { } meeting) return new(NoMeeting, []);
        if (MeetingEdit.Check(act, meeting, file, file.Calendar, now) is { Count: > 0 } errors) return new(errors, []);
        switch (act)
        {
            case MeetingAct.Move move:
                Move(file, meeting, move, tools, now);
                return new([], []);
            case MeetingAct.CallOff off:
                return CallOff(file, meeting, off, tools, now);
            case MeetingAct.Enrol enrol:
                Change(file, meeting, act, null, meeting.Enrol(file.Case, enrol, now), enrol.Why, tools, now);
                return new([], []);
            case MeetingAct.Dismiss { Seat: var id } dismiss:
                if (meeting.Current.FirstOrDefault(one => one.Id == id) is not { } seat) return new([], []);
                meeting.Drop(seat, dismiss.Why, dismiss.ShortRoster.Trim());
                Change(file, meeting, act, seat, null, dismiss.Why, tools, now);
                return new([], []);
            default:
                MeetingEdit.DoOnDay(act, meeting, file, now);
                return new([], []);
        }
    }

    private static void Move(CaseFile file, Meeting meeting, MeetingAct.Move move, StepTools tools, DateTimeOffset now)
    {
        var (was, wasAt) = (MailWords.Of(meeting.On), $"{meeting.From:HH\\:mm}");
        meeting.Move(move.Slot, file.Directory);
        var tasks = file.Tasks.Concat(file.SharedTasks).ToList();
        if (meeting.ReplySpan(file.Calendar) is { } span)
        {
            foreach (var call in tasks.Where(task => task is { Changeable: true, FormKey: FormKeys.AttendanceReply }
                && task.DueBasis?.Meeting == meeting.Id))
            {
                (call.DueBasis, call.DueAt) = (call.DueBasis! with { Within = span },
                    (call.DueBasis! with { Within = span }).Due(file.Calendar));
            }
        }

        file.MovedMeeting = meeting;
        file.MovedDues.AddRange(
            DueTimes.MoveWith(meeting, tasks, file.Calendar, move.ActorId, now, line => file.Add(line)));
        KeepPlans(file, meeting, move, now);
        var day = MailWords.Of(meeting.On);
        TellCases(file, meeting, move.ActorId, HistoryVerbs.MeetingMoved, new(
            $"会议由{was.Zh} {wasAt}改为{day.Zh} {meeting.From:HH\\:mm}，{meeting.Place}。原因：{move.Reason}",
            $"The meeting was moved from {was.En}, {wasAt}, to {day.En}, {meeting.From:HH\\:mm}, {meeting.Place}. "
                + $"Reason: {move.Reason}"), now);
        var mail = new CaseMail(tools, file, now) { About = meeting };
        foreach (var seat in meeting.Current.Where(seat => seat.Reply != SeatReply.Declines))
        {
            MeetingMail.Move(mail, file, meeting, seat, new(move.Reason));
        }

        if (meeting.NoticedAt is not null)
        {
            MeetingMail.TellDuties(
                mail, file, meeting, move.ActorId, MailTemplateCatalogue.MeetingMoved, new(move.Reason));
        }
    }

    /// <summary>
    /// Whoever is shown the plan of the meeting sees the new day: each of its cases keeps its plan anew, as it is now.
    /// </summary>
    private static void KeepPlans(CaseFile file, Meeting meeting, MeetingAct.Move move, DateTimeOffset now)
    {
        var own = file.Records.Find(record => record.Kind == FormKeys.MeetingPlan);
        // The own one last: it is the newest of this file.
        foreach (var plan in file.SharedPlans.Where(plan => meeting.Topics.Exists(topic => topic.CaseId == plan.CaseId))
            .Append(own).OfType<CaseRecord>().ToList())
        {
            file.Add(new CaseRecord
            {
                OrganisationId = plan.OrganisationId,
                Id = OrderedGuid.New(now),
                CaseId = plan.CaseId,
                Kind = plan.Kind,
                Title = plan.Title,
                Fields = MeetingPlan.Moved(plan.Fields, meeting, move.Slot),
                TaskId = plan.TaskId,
                ById = move.ActorId,
                At = now,
            });
        }
    }

    private static FileEdit CallOff(
        CaseFile file, Meeting meeting, MeetingAct.CallOff off, StepTools tools, DateTimeOffset now)
    {
        meeting.CallOff(off.Reason);
        file.MovedMeeting = meeting;
        TellCases(file, meeting, off.ActorId, HistoryVerbs.MeetingCalledOff, new(
            $"会议{ChineseQuote.Of(meeting.Title)}取消。原因：{off.Reason}",
            $"The meeting “{meeting.Title}” was called off. Reason: {off.Reason}"), now);
        var mail = new CaseMail(tools, file, now) { About = meeting };
        foreach (var seat in meeting.Current) MeetingMail.Cancel(mail, file, meeting, seat, new(off.Reason));
        if (meeting.NoticedAt is not null)
        {
            MeetingMail.TellDuties(
                mail, file, meeting, off.ActorId, MailTemplateCatalogue.MeetingCancelled, new(off.Reason));
        }

        return new([], [.. file.Tasks.Concat(file.SharedTasks).Where(task => IsOf(meeting, task))
            .Select(task => new StepMessage(
                task.InstanceId, task.BookmarkId, new TaskMessage.NotNeeded(off.ActorId).Write(),
                $"{off.OperationId}.{task.Id.Value:N}"))]);
    }

    private static void Change(
        CaseFile file, Meeting meeting, MeetingAct act, MeetingSeat? went, MeetingSeat? came, string why,
        StepTools tools, DateTimeOffset now) =>
        TellCases(file, meeting, act.ActorId, HistoryVerbs.MeetingRoster,
            RosterChange.Tell(tools, file, meeting, went, came, why, now), now);

    /// <summary>A task that asks for a reply, a record or a replacement for the meeting.</summary>
    private static bool IsOf(Meeting meeting, WorkTask task) => task.State == TaskState.Open && task.FormKey switch
    {
        FormKeys.AttendanceReply or FormKeys.MeetingRecord => meeting.IsOf(task),
        FormKeys.SeatReplacement => meeting.Seats.Exists(
            seat => task.Prefill.GetValueOrDefault(ReplaceSeat.SeatKey) == seat.Id.ToString("N")),
        _ => false,
    };

    private static void TellCases(
        CaseFile file, Meeting meeting, PersonId actor, string verb, LocalText text, DateTimeOffset now)
    {
        foreach (var topic in meeting.Topics)
        {
            file.Add(new HistoryEntry
            {
                OrganisationId = file.Case.OrganisationId,
                Id = OrderedGuid.New(now),
                CaseId = topic.CaseId,
                At = now,
                ActorId = actor,
                Verb = verb,
                Text = text,
            });
        }
    }
}
