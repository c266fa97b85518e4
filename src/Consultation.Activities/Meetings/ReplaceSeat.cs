using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// The organiser settles who takes the place of somebody who does not come or has not replied (P37). The new one gets
/// the notice, the old one the cancellation, the host hears of the new version of the roster.
/// </summary>
internal sealed class ReplaceSeat(ActivityNode node, StepTools tools)
    : PeopleTask(node, tools, "Assignees", "Instructions"), IMailingActivity
{
    /// <summary>Under this name the task knows its seat.</summary>
    public const string SeatKey = "seat";

    private readonly InputBinding<string?> _seat = node.Input<string?>("Seat");

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.ReplaceSeat", "替换参会人员", "Replace a participant")
            .Category("会议", "Meetings")
            .Description("组织人确定由谁接替；新的人收到通知，原来的人收到取消", "The organiser names who takes the place; both are told")
            .AsksWho("Assignees", "会议组织人", "Organiser").Words("Instructions", "工作要求", "Instructions", lines: true)
            .Input("Seat", "String", "席位", "Seat").Shows().Clock("1wd")
            .OptionalOutcome("Done", "完成", "Done").OptionalOutcome("Overdue", "逾期", "Overdue").Build(),
        node => new ReplaceSeat(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Assignees"), NodeChecks.Duration(node, "Due"),
            NodeChecks.ClockHasDue(node, "Due"),
            NodeChecks.Shows(node), .. NodeChecks.Policies(node), .. NodeChecks.Leaves(node),
        ]));

    /// <summary>The open task in which the organiser looks for somebody in the place of a seat.</summary>
    public static WorkTask? OpenTask(CaseFile file, MeetingSeat seat) => file.Tasks.Find(task =>
        task is { State: TaskState.Open, FormKey: FormKeys.SeatReplacement }
        && task.Prefill.GetValueOrDefault(SeatKey) == seat.Id.ToString("N"));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        if (SeatOf(file, _seat.Get(context)) is not (var meeting, var seat) || !meeting.IsAhead || seat.IsExpected
            || seat.StaysEmpty || OpenTask(file, seat) is not null)
        {
            context.Complete();
            return;
        }

        base.Execute(context);
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file)
    {
        var (meeting, seat) = SeatOf(file, _seat.Get(context))!.Value;
        var name = seat.NameIn(file.Directory);
        var day = MailWords.Of(meeting.On);
        var why = seat.Reply == SeatReply.Declines
            ? new LocalText($"不能参加：{seat.Reason}", $"does not come: {seat.Reason}")
            : new LocalText("到期未回复", "has not replied in time");
        return new TaskShape
        {
            Kind = TaskKind.Work,
            Mode = GateMode.AnyOne,
            Outcomes = [Outcomes.Of(OutcomeKeys.Done)],
            Template = MailTemplateCatalogue.WorkRequest,
            FormKey = FormKeys.SeatReplacement,
            Words = (new($"替换参会人员：{name}", $"Replace {name} at the meeting"), new(
                $"{day.Zh}的会议{ChineseQuote.Of(meeting.Title)}：{name}（{SeatClasses.NameOf(seat.Class).Zh}）{why.Zh}。"
                    + "请确定由谁接替。",
                $"Meeting “{meeting.Title}” on {day.En}: {name} ({SeatClasses.NameOf(seat.Class).For("en")}) "
                    + $"{why.For("en")}. Who takes the place?")),
            Prefill = new() { [SeatKey] = seat.Id.ToString("N") },
        };
    }

    protected override string? RecordKind(WorkTask task) => null;

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer)
    {
        if (SeatOf(file, task.Prefill[SeatKey]) is not (var meeting, var leaving)) return [];
        if (answer.Fields.Text("how") == "none")
        {
            return MeetingRules.CheckLeaving(
                meeting, leaving, file.Policies.Rules, answer.Fields.Text("short-roster"));
        }

        if (answer.Fields.Text("how") != "person" || answer.Fields.Person("person") is not { } taker) return [];

        var name = file.Directory.Find(taker)?.Name;
        if (meeting.SeatOf(taker) is not null)
        {
            return [new("person", new(
                $"{name}已在参会名单上，请另选。", $"{name} is on the roster already; choose somebody else."))];
        }

        return
        [
            .. file.OtherMeetings.Where(other => other.IsAhead && other.On == meeting.On && other.From < meeting.To
                && meeting.From < other.To && other.Needed().Contains(taker))
                .Select(_ => new FieldError("person", new(
                    $"{name}在同一时间要参加其他会议，请另选。",
                    $"{name} will be at another meeting at that time; choose somebody else."))).Take(1),
        ];
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        var (meeting, seat) = SeatOf(file, task.Prefill[SeatKey])!.Value;
        var (how, why) = (answer.Fields.Text("how"), answer.Fields.Text("why"));
        if (how == "keep") Settle(meeting, seat);
        else
        {
            var taker = how == "none" ? null : meeting.Replace(
                seat, file.Case, how == "person" ? answer.Fields.Person("person") : null, answer.Fields.Text("name"),
                answer.Fields.Text("contact"), why, context.Now);
            if (taker is null) meeting.Drop(seat, why, answer.Fields.Text("short-roster"));
            var change = RosterChange.Tell(Tools, file, meeting, seat, taker, why, context.Now);
            Tell(context, file, HistoryVerbs.MeetingRoster, change, actor: answer.ActorId);
        }

        context.Complete();
    }

    private static void Settle(Meeting meeting, MeetingSeat seat)
    {
        seat.StaysEmpty = true;
        meeting.Touch();
    }

    private static (Meeting Meeting, MeetingSeat Seat)? SeatOf(CaseFile file, string? id)
    {
        foreach (var meeting in file.Meetings)
        {
            if (Guid.TryParse(id, out var known) && meeting.Current.FirstOrDefault(one => one.Id == known) is { } seat)
            {
                return (meeting, seat);
            }
        }

        return null;
    }
}
