using Consultation.Activities.Designer;
using Consultation.Activities.Notices;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
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
/// Sends the notice with its calendar file to everybody whom the case brings to its meeting, and takes replies until
/// the meeting begins (P25, P26, Q89). <c>Replied</c> is followed once, when all have replied or the day for replies
/// has come; whoever declines, or kept silent by then, gives the organiser a task. Ends by <c>Begun</c>.
/// </summary>
internal sealed class CallMeeting(ActivityNode node, StepTools tools)
    : MeetingTask(node, tools, "Message", "-3wd"), IMailingActivity
{
    private const string BeginTag = "begin", RepliedProperty = "replied";
    private readonly InputBinding<string?> _template =
        node.Input<string?>("Template", MailTemplateCatalogue.MeetingNotice);

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.CallMeeting", "发会议通知并收回执", "Call a meeting")
            .Category("会议", "Meetings")
            .Description(
                "向名单上的人发通知和日历文件；会议开始前都可以改回复；不能参加或到期未回复的，交组织人替换",
                "Sends notice and calendar file; replies can be changed until it begins; who declines or keeps silent "
                    + "is replaced")
            .Words("Title", "标题", "Title").Words("Message", "内容", "Message", lines: true)
            .Pick("Template", "邮件模板", "Mail template", Choices.Templates, MailTemplateCatalogue.MeetingNotice)
            .Shows().Clock("-3wd", mayLeave: false, CountedFrom.Meeting, "meeting")
            .Input("Replacement", "String", "替换流程", "Workflow for replacements", input => input with
            {
                UIHint = UIHints.WorkflowDefinitionPicker,
                DefaultValue = System.Text.Json.Nodes.JsonValue.Create(WorkflowKeys.SeatReplacement),
            })
            .StartsVersion()
            .OptionalOutcome("Replied", "全部回复或回复截止", "All replied, or time is over")
            .OptionalOutcome("Begun", "会议开始", "The meeting begins")
            .OptionalOutcome(CalledOff, "会议取消", "Called off").Build(),
        node => new CallMeeting(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Template(node), NodeChecks.Shows(node), NodeChecks.Duration(node, "Due", ofMeeting: true),
            .. NodeChecks.Policies(node),
        ]));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        // A case that joined a meeting with people who all had seats asks nobody again.
        if (Resolve(Own(MeetingOf(context, file), file), file).Count == 0) context.CompleteWithOutcome("Begun");
        else base.Execute(context);
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file) => new()
    {
        Kind = TaskKind.Acknowledgement,
        Mode = GateMode.All,
        Outcomes = [Outcomes.Of(OutcomeKeys.Submit)],
        Template = _template.Get(context) is { Length: > 0 } template ? template : MailTemplateCatalogue.MeetingNotice,
        FormKey = FormKeys.AttendanceReply,
        People = Resolve(Own(MeetingOf(context, file), file), file),
        Changeable = true,
        Prefill = MeetingOf(context, file).Mark(),
    };

    /// <summary>The day that the organiser named, as a span before the meeting, so that it moves with it.</summary>
    protected override DueTime? DueOf(ActivityContext context, CaseFile file)
    {
        var meeting = MeetingOf(context, file);
        if (meeting.ReplySpan(file.Calendar) is not { } span) return base.DueOf(context, file);
        var (at, basis) = DueTimes.OfMeeting(span, meeting, file.Calendar, context.Now);
        return new DueTime(at, basis);
    }

    protected override void Opened(ActivityContext context, CaseFile file, WorkTask task)
    {
        var meeting = MeetingOf(context, file);
        if (meeting.NoticedAt is null)
        {
            MeetingMail.TellDuties(
                new CaseMail(Tools, file, context.Now) { About = meeting }, file, meeting,
                meeting.OrganiserId, MailTemplateCatalogue.MeetingNotice);
        }

        meeting.Notice(Own(meeting, file), context.Now);
        AwaitBeginning(context, file, meeting);
    }

    /// <summary>Whoever has a duty besides the seat reads it in the notice.</summary>
    protected override IReadOnlyDictionary<string, object?> MailValues(
        ActivityContext context, CaseFile file, TaskAssignee seat, IReadOnlyDictionary<string, object?> common) =>
        MeetingOf(context, file).Duties().FirstOrDefault(one => one.Person == seat.PersonId) is { Duty: { } duty }
            ? new Dictionary<string, object?>(common) { ["duty"] = duty.InBoth() }
            : common;

    protected override void Keep(Meeting meeting, MeetingSeat seat, TaskAnswer answer, DateTimeOffset now) =>
        meeting.Reply(seat, answer.Fields, now);

    protected override bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        base.Answered(context, file, task, answer, seat);
        if (!task.Assignees.Exists(one => one is { Active: true, Outcome: null })) FollowReplied(context);
        return false;
    }

    /// <summary>The day for replies has come: silence is one.</summary>
    protected override void TimeIsOver(ActivityContext context, CaseFile file, WorkTask task)
    {
        var meeting = MeetingOf(context, file);
        foreach (var seat in Own(meeting, file).Where(seat => seat.Reply == SeatReply.None).ToList())
        {
            AskReplacement(context, file, meeting, seat);
        }

        FollowReplied(context);
    }

    protected override void OwnTimer(ActivityContext context, CaseFile file, WorkTask task, Bookmark bookmark)
    {
        var meeting = MeetingOf(context, file);
        if (meeting.State == MeetingState.CalledOff) NotNeeded(context, file, task);
        else if (meeting.Begins(file.Calendar) > context.Now) AwaitBeginning(context, file, meeting);
        else End(context, file, task);
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally) =>
        throw new System.Diagnostics.UnreachableException();

    private void End(ActivityContext context, CaseFile file, WorkTask task)
    {
        (task.State, task.Outcome, task.ClosedAt) = (TaskState.Done, OutcomeKeys.Submit, context.Now);
        task.Revision++;
        TaskClock.Stop(context);
        var seats = Own(MeetingOf(context, file), file).ToList();
        var (come, silent) = (seats.Count(seat => seat.IsExpected), seats.Count(seat => seat.Reply == SeatReply.None));
        Tell(context, file, HistoryVerbs.TaskDecided, new(
            $"会议开始，“{task.Title.Zh}”截止：{come}人参加，{silent}人未回复。",
            $"The meeting begins; “{task.Title.For("en")}” ends: {come} come, {silent} did not reply."), task.Id);
        context.RemoveBookmarks();
        context.CompleteWithOutcome("Begun");
    }

    private static void FollowReplied(ActivityContext context)
    {
        if (context.GetProperty(RepliedProperty) is true) return;
        context.SetProperty(RepliedProperty, true);
        context.FollowOutcomes("Replied");
    }

    private static void AwaitBeginning(ActivityContext context, CaseFile file, Meeting meeting) => TaskClock.Set(
        context, BeginTag, meeting.Begins(file.Calendar), new TimerBasis.MeetingBegins(meeting.Id, meeting.On));
}
