using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// Asks those who accepted whether they still come (P36), and nobody else: not even them as long as their reply is
/// fresh, which a rule of the organisation says. Who does not come gives the organiser a task; ends when all answered
/// or the time is over, and at once when nobody is to be asked.
/// </summary>
internal sealed class Reconfirm(ActivityNode node, StepTools tools)
    : MeetingTask(node, tools, "Message", "-2wd"), IMailingActivity
{
    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.Reconfirm", "再次确认出席", "Confirm attendance again")
            .Category("会议", "Meetings")
            .Description("只请已答复参加的人再次确认", "Asks only those who accepted whether they still come")
            .Words("Title", "标题", "Title").Words("Message", "内容", "Message", lines: true)
            .Shows().Clock("-2wd", mayLeave: false, CountedFrom.Meeting, "none")
            .Input("Replacement", "String", "替换流程", "Workflow for replacements", input => input with
            {
                UIHint = UIHints.WorkflowDefinitionPicker,
                DefaultValue = System.Text.Json.Nodes.JsonValue.Create(WorkflowKeys.SeatReplacement),
            })
            .StartsVersion()
            .OptionalOutcome("Confirmed", "全部确认", "All answered")
            .OptionalOutcome("Overdue", "到期仍有人未确认", "Overdue")
            .OptionalOutcome(CalledOff, "会议取消", "Called off").Build(),
        node => new Reconfirm(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Shows(node), NodeChecks.Duration(node, "Due", ofMeeting: true), .. NodeChecks.Policies(node),
        ]));

    protected override bool LeavesWhenOverdue(ActivityContext context) => true;

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var meeting = MeetingOf(context, file);
        if (meeting.State == MeetingState.CalledOff)
        {
            context.CompleteWithOutcome(CalledOff);
            return;
        }

        // Whoever took a place after the day for replies has none of their own: silent until now is silent.
        var today = file.Calendar.DayOf(context.Now);
        foreach (var seat in Own(meeting, file).Where(seat => seat is { AddedIn: > 1, Reply: SeatReply.None }
            && seat.NoticedAt is { } at && file.Calendar.DayOf(at) < today).ToList())
        {
            AskReplacement(context, file, meeting, seat);
        }

        if (Accepted(meeting, file, context.Now).Count == 0) context.CompleteWithOutcome("Confirmed");
        else base.Execute(context);
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file) => new()
    {
        Kind = TaskKind.Acknowledgement,
        Mode = GateMode.All,
        Outcomes = [Outcomes.Of(OutcomeKeys.Submit)],
        Template = MailTemplateCatalogue.AcknowledgementRequest,
        FormKey = FormKeys.AttendanceReply,
        People = Accepted(MeetingOf(context, file), file, context.Now),
        Prefill = MeetingOf(context, file).Mark(),
    };

    protected override void Keep(Meeting meeting, MeetingSeat seat, TaskAnswer answer, DateTimeOffset now) =>
        meeting.Reconfirm(seat, answer.Fields, now);

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally) =>
        context.CompleteWithOutcome("Confirmed");

    private static IReadOnlyList<Cases.People.ResolvedAssignee> Accepted(
        Meeting meeting, CaseFile file, DateTimeOffset now)
    {
        var rest = DueTime.Read($"rule:{RuleKeys.ReconfirmRest}", file);
        return Resolve(Own(meeting, file).Where(seat => seat.MayBeAskedAgain(rest, file.Calendar, now)), file);
    }
}
