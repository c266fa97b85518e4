using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// Asks those who were at the meeting whether its minutes are right (P56, O12): 无异议, or 有异议 with what should be
/// changed. An objection leads to <c>Objected</c> at once, so that the recorder makes another version, which all are
/// asked about again; in the last round that the node allows it stays and is attached. <c>Settled</c> when all answered
/// or the time is over; silence is kept as silence. Each round leaves a record of who confirmed, objected, kept silent.
/// </summary>
internal sealed class ConfirmMinutes(ActivityNode node, StepTools tools)
    : PeopleTask(node, tools, "Recipients", "Question"), IMailingActivity
{
    private const string RoundProperty = "round";
    private readonly InputBinding<int> _rounds = node.Input("Rounds", 2);

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.ConfirmMinutes", "确认会议纪要", "Confirm the minutes")
            .Category("会议", "Meetings")
            .Description(
                "请到会人员确认纪要；有异议的，记录人修改后再次请全体确认；未回复不算确认",
                "Asks those present; an objection makes the recorder write another version; silence is no consent")
            .Words("Title", "标题", "Title").Words("Question", "内容", "Question", lines: true)
            .Whole("Rounds", "最多几轮（最后一轮的异议附在纪要后）", "Most rounds; objections of the last are attached", 2)
            .Shows().Clock("5wd", mayLeave: false, reminders: "minutes")
            .OptionalOutcome("Settled", "全部答复或截止", "All answered, or time is over")
            .OptionalOutcome("Objected", "有异议，需修改", "Objected").Build(),
        node => new ConfirmMinutes(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Shows(node), NodeChecks.Duration(node, "Due"), NodeChecks.ClockHasDue(node, "Due"),
            .. NodeChecks.Policies(node), .. NodeChecks.Outcomes(node, ["Settled", "Objected"]),
        ]));

    protected override TaskShape Shape(ActivityContext context, CaseFile file)
    {
        var meeting = DueTime.MeetingOf(file);
        var present = meeting.Present.Select(seat => seat.ResolveWhoCame(file.Directory, meeting.OrganisationId))
            .OfType<ResolvedAssignee>().DistinctBy(one => one.Person.Id).ToList();
        if (present.Count == 0)
        {
            throw new ActivityFaultException(
                "会议没有登记到会人员，无人可以确认纪要，请先完成签到 / Nobody is signed in at the meeting, so nobody can confirm its "
                    + "minutes; complete the sign-in list.",
                code: "nobody");
        }

        var round = file.Records.Count(record => record.Kind == FormKeys.MinutesAnswers
            && record.At >= meeting.HeldAt) + 1;
        context.SetProperty(RoundProperty, (long)round);
        var title = TitleOf(context);
        return new TaskShape
        {
            Kind = TaskKind.Approval,
            Mode = GateMode.All,
            Outcomes = [Outcomes.Of(OutcomeKeys.NoObjection), Outcomes.Of(OutcomeKeys.Objection)],
            Template = MailTemplateCatalogue.AcknowledgementRequest,
            // Whoever is asked again sees that it is another draft.
            Words = round == 1 ? null : (new(
                $"{title.Zh}（第{round}稿）", $"{title.For("en")} (draft {round})"), QuestionOf(context)),
            People = present,
            Changeable = true,
            Judged = [FormKeys.Minutes],
        };
    }

    protected override bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        var isLast = Convert.ToInt64(
            context.GetProperty(RoundProperty) ?? 1L, System.Globalization.CultureInfo.InvariantCulture)
            >= Math.Max(1, _rounds.Get(context));
        if (answer.Outcome == OutcomeKeys.Objection && !isLast)
        {
            End(context, file, task, answer.ActorId, "Objected");
            return true;
        }

        if (task.Assignees.Exists(one => one is { Active: true, Outcome: null })) return false;
        End(context, file, task, answer.ActorId, "Settled");
        return true;
    }

    protected override void TimeIsOver(ActivityContext context, CaseFile file, WorkTask task)
    {
        var meeting = DueTime.MeetingOf(file);
        End(context, file, task, meeting.RecorderId ?? meeting.OrganiserId, "Settled");
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally) =>
        throw new System.Diagnostics.UnreachableException();

    private void End(ActivityContext context, CaseFile file, WorkTask task, PersonId by, string way)
    {
        var seats = task.Assignees.Where(seat => seat.Active).ToList();
        var objections = seats.Where(seat => seat.Outcome == OutcomeKeys.Objection).ToList();
        (task.State, task.ClosedAt) = (TaskState.Done, context.Now);
        task.Outcome = objections.Count > 0 ? OutcomeKeys.Objection : OutcomeKeys.NoObjection;
        task.Revision++;
        TaskClock.Stop(context);
        var fields = new Dictionary<string, string>
        {
            ["confirmed"] = Names(seats.Where(seat => seat.Outcome == OutcomeKeys.NoObjection)),
            ["objections"] = objections.Count == 0 ? "" : FormValues.Write(objections.Select(seat =>
                new Dictionary<string, string> { ["by"] = Name(seat), ["text"] = seat.Reason ?? "" })),
            ["silent"] = Names(seats.Where(seat => seat.Outcome is null)),
        };
        file.Add(new CaseRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Kind = FormKeys.MinutesAnswers,
            Title = FormCatalogue.Find(FormKeys.MinutesAnswers)!.Title,
            Fields = fields.Where(field => field.Value.Length > 0).ToDictionary(),
            TaskId = task.Id,
            ById = by,
            At = context.Now,
        });
        var (confirmed, silent) = (seats.Count(seat => seat.Outcome == OutcomeKeys.NoObjection),
            seats.Count(seat => seat.Outcome is null));
        Tell(context, file, HistoryVerbs.TaskDecided, new(
            $"“{task.Title.Zh}”：{confirmed}人无异议，{objections.Count}人有异议，{silent}人未回复。",
            $"“{task.Title.For("en")}”: {confirmed} confirmed, {objections.Count} objected, {silent} did not reply."),
            task.Id);
        context.RemoveBookmarks();
        context.CompleteWithOutcome(way);

        string Name(TaskAssignee seat) => file.Directory.Find(seat.PersonId)?.Name ?? "?";
        string Names(IEnumerable<TaskAssignee> some) => string.Join('、', some.Select(Name));
    }
}
