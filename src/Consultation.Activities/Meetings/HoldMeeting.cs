using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// The meeting is held and its record handed in by the recorder (P38, P41–P54, Q94). Sign-in, run sheet, speeches and
/// questions are entered on the meeting's page; the record is drafted from them. Nothing is taken before the meeting
/// began, nor while nobody has signed in. A case waits here for its own meeting.
/// </summary>
internal sealed class HoldMeeting(ActivityNode node, StepTools tools)
    : PeopleTask(node, tools, "Assignees", "Instructions", CountedFrom.Meeting, "0wd"), IMailingActivity
{
    private const string MeetingProperty = "meeting";
    private readonly OutputBinding _fields = node.Output("Fields");

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.HoldMeeting", "召开会议并记录", "Hold a meeting")
            .Category("会议", "Meetings")
            .Description(
                "等会议召开，由记录人提交会议记录；签到、议程、发言、问答在会议页登记",
                "Waits for the meeting; the recorder hands in the record; sign-in, run sheet, speeches and questions "
                    + "are on the meeting's page")
            .AsksWho("Assignees", "没有记录人时由谁记录", "Who records where no recorder is named")
            .Words("Title", "任务名称", "Title").Words("Instructions", "工作要求", "Instructions", lines: true)
            .Shows().Clock("0wd", mayLeave: false, CountedFrom.Meeting, "meeting")
            .Output("Fields", "Object", "会议记录", "The record")
            .OptionalOutcome("Held", "已召开", "Held").OptionalOutcome("Overdue", "逾期", "Overdue")
            .OptionalOutcome("CalledOff", "会议取消", "Called off").Build(),
        node => new HoldMeeting(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Assignees"), NodeChecks.Duration(node, "Due", ofMeeting: true),
            NodeChecks.Shows(node), .. NodeChecks.Policies(node),
        ]));

    public override void Execute(ActivityContext context)
    {
        // Called off between the notice and this step: the newest meeting of the case is the one that was.
        var isCalledOff = FileOf(context).Meetings is [{ State: MeetingState.CalledOff }, ..];
        if (isCalledOff) context.CompleteWithOutcome("CalledOff");
        else base.Execute(context);
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file)
    {
        var meeting = MeetingOf(context, file);
        return new TaskShape
        {
            Kind = TaskKind.Work,
            Mode = GateMode.AnyOne,
            Outcomes = [Outcomes.Of(OutcomeKeys.Done)],
            Template = MailTemplateCatalogue.WorkRequest,
            FormKey = FormKeys.MeetingRecord,
            People = file.Directory.Find(meeting.RecorderId) is { } recorder && recorder.IsPresent(context.Now)
                ? [new ResolvedAssignee(recorder, AssigneeBasis.Named, false)]
                : null,
            Prefill = meeting.Mark(MeetingDraft.Record(meeting, file)),
        };
    }

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer)
    {
        var meeting = MeetingOf(context, file);
        if (context.Now < meeting.Begins(file.Calendar))
        {
            return [new("", new(
                $"会议在{meeting.On:yyyy-MM-dd} {meeting.From:HH\\:mm}召开，开始后才能提交会议记录。",
                $"The meeting is on {meeting.On:yyyy-MM-dd} at {meeting.From:HH\\:mm}; its record can be handed in "
                    + "once it has begun."))];
        }

        return meeting.Present.Any() ? [] : [new("", new(
            "还没有人签到，请先在会议页的签到表上登记到会人员。",
            "Nobody has signed in; first enter on the meeting's sign-in list who is there."))];
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        var meeting = MeetingOf(context, file);
        var lines = meeting.Hold(seat => seat.NameIn(file.Directory), answer.ActorId, context.Now);
        foreach (var line in lines) file.Add(line);
        var (present, current) = (meeting.Present.Count(), meeting.Current.Count());
        Tell(context, file, HistoryVerbs.MeetingHeld, new(
            $"会议{ChineseQuote.Of(meeting.Title)}已召开，应到{current}人，到会{present}人。",
            $"The meeting “{meeting.Title}” was held; {present} of {current} were there."), task.Id, answer.ActorId);
        foreach (var open in meeting.Seats.Select(seat => ReplaceSeat.OpenTask(file, seat)).OfType<WorkTask>())
        {
            // Nobody takes a place in a meeting that is over, and nobody is urged to find somebody.
            context.Request(new StepRequest.ResumeRun(
                open.InstanceId, open.BookmarkId, new Desk.TaskMessage.NotNeeded(answer.ActorId).Write()));
        }

        context.SetOutput(_fields,
            PlainData.Normalise(answer.Fields.ToDictionary(field => field.Key, field => (object?)field.Value)));
        context.CompleteWithOutcome("Held");
    }

    protected override void NotNeeded(ActivityContext context, CaseFile file, WorkTask task)
    {
        Withdraw(context, file, task);
        context.CompleteWithOutcome("CalledOff");
    }

    private static Meeting MeetingOf(ActivityContext context, CaseFile file)
    {
        var known = context.GetProperty(MeetingProperty) as string;
        var meeting = file.Meetings.Find(one => one.Id.Value.ToString("N") == known) ?? DueTime.MeetingOf(file);
        context.SetProperty(MeetingProperty, meeting.Id.Value.ToString("N"));
        return meeting;
    }
}
