using Consultation.Activities.Notices;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Activities.Meetings;

/// <summary>
/// Asks people with seats at the case's meeting whether they come. What they reply stands on their seats; for whoever
/// does not come a workflow of its own finds somebody else, like the workflow of a tracked item.
/// </summary>
internal abstract class MeetingTask : PeopleTask
{
    /// <summary>Way out when the meeting was called off.</summary>
    protected const string CalledOff = "CalledOff";

    private const string MeetingProperty = "meeting";
    private readonly InputBinding<string?> _replacement, _version;

    protected MeetingTask(ActivityNode node, StepTools tools, string text, string due)
        : base(node, tools, "Recipients", text, CountedFrom.Meeting, due)
    {
        _replacement = node.Input<string?>("Replacement", WorkflowKeys.SeatReplacement);
        _version = node.Input<string?>(ChildVersion.Input);
    }

    /// <summary>The meeting that the step began with, though it was called off since.</summary>
    protected static Meeting MeetingOf(ActivityContext context, CaseFile file)
    {
        var known = context.GetProperty(MeetingProperty) as string;
        var meeting = file.Meetings.Find(one => one.Id.Value.ToString("N") == known) ?? DueTime.MeetingOf(file);
        context.SetProperty(MeetingProperty, meeting.Id.Value.ToString("N"));
        return meeting;
    }

    /// <summary>People whom this case brought to the meeting.</summary>
    protected static IEnumerable<MeetingSeat> Own(Meeting meeting, CaseFile file) =>
        meeting.Current.Where(seat => seat.CaseId == file.Case.Id);

    /// <summary>The seats as seats of a task; people who have left get none.</summary>
    protected static IReadOnlyList<ResolvedAssignee> Resolve(IEnumerable<MeetingSeat> seats, CaseFile file) =>
        [.. seats.Select(seat => seat.Resolve(file.Directory, file.Case.OrganisationId)).OfType<ResolvedAssignee>()];

    /// <summary>Keeps a reply on its seat.</summary>
    protected abstract void Keep(Meeting meeting, MeetingSeat seat, TaskAnswer answer, DateTimeOffset now);

    protected override string? RecordKind(WorkTask task) => null;

    protected override IReadOnlyDictionary<string, object?> MailValues(ActivityContext context, CaseFile file) =>
        NoticeValues.Of(file);

    protected override bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        var meeting = MeetingOf(context, file);
        if (meeting.SeatOf(seat.PersonId) is { } place) Take(context, file, meeting, place, answer);
        return false;
    }

    /// <summary>Asks the organiser for somebody else, unless that is being asked.</summary>
    protected void AskReplacement(ActivityContext context, CaseFile file, Meeting meeting, MeetingSeat seat)
    {
        if (seat.StaysEmpty || ReplaceSeat.OpenTask(file, seat) is not null) return;
        var workflow = _replacement.Get(context) is { Length: > 0 } named ? named : WorkflowKeys.SeatReplacement;
        context.Request(new StepRequest.DispatchWorkflow(
            workflow, "Published", new Dictionary<string, object?> { ["Seat"] = seat.Id.ToString("N") },
            context.CorrelationId, context.NewId(), context.InstanceId, null)
        {
            VersionId = ChildVersion.Of(context.Node, workflow, _version.Get(context)),
        });
    }

    protected override void NotNeeded(ActivityContext context, CaseFile file, WorkTask task)
    {
        Withdraw(context, file, task);
        context.CompleteWithOutcome(CalledOff);
    }

    private void Take(
        ActivityContext context, CaseFile file, Meeting meeting, MeetingSeat place, TaskAnswer answer)
    {
        var before = (place.Reply, place.SubstituteContact);
        Keep(meeting, place, answer, context.Now);
        if (place.Reply == SeatReply.Declines) AskReplacement(context, file, meeting, place);
        else if (ReplaceSeat.OpenTask(file, place) is { } open)
        {
            // Whoever comes after all needs nobody in the place.
            context.Request(new StepRequest.ResumeRun(
                open.InstanceId, open.BookmarkId, new Desk.TaskMessage.NotNeeded(answer.ActorId).Write()));
        }

        if (place.Reply == SeatReply.SendsSubstitute && before != (place.Reply, place.SubstituteContact))
        {
            MeetingMail.TellSubstitute(new CaseMail(Tools, file, context.Now) { About = meeting }, file, place);
        }
    }
}
