using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Publishing;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Publishing;

/// <summary>
/// The gate through which something of a case becomes public (Q28, Q80, O23, O24): somebody redacts the words of the
/// case and says who reads which, a second person agrees where the organisation wants one. The procedure goes on
/// meanwhile by <c>Asked</c>, or waits, whatever way is drawn. A restricted case passes without being asked.
/// </summary>
internal sealed class Publish : PeopleTask, IMailingActivity
{
    private readonly InputBinding<string?> _kind, _second;

    public Publish(ActivityNode node, StepTools tools)
        : base(node, tools, "Publishers", "Instructions")
    {
        _kind = node.Input<string?>("Kind", "topic");
        _second = node.Input<string?>("SecondPerson");
    }

    private static readonly IReadOnlyList<InputOption> Kinds =
    [
        new("topic", new("议题", "Topic")), new("meeting", new("会议", "Meeting")), new("result", new("结果", "Result")),
    ];

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.Publish", "审定公开", "Publish")
            .Category("协商", "Consultation")
            .Description(
                "核对并公开议题、会议或结果；按单位规则由第二人审核",
                "Redacts and publishes a topic, a meeting or a result; a second person agrees where the rule says so")
            .AsksWho("Publishers", "公开人", "Publishers").Who("SecondPerson", "审核人", "Second person")
            .Pick("Kind", "公开什么", "What is published", Kinds, "topic")
            .Words("Title", "任务名称", "Title").Words("Instructions", "说明", "Instructions", lines: true)
            .Clock("3wd").Shows()
            .OptionalOutcome("Asked", "已派发（流程继续）", "Asked (the procedure goes on)")
            .OptionalOutcome("Published", "已公开", "Published").OptionalOutcome("Withheld", "不公开", "Not published")
            .OptionalOutcome("Overdue", "逾期", "Overdue").Build(),
        node => new Publish(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Publishers"), NodeChecks.AssigneesIfAny(node, "SecondPerson"),
            NodeChecks.OneOf(node, "Kind", Kinds), NodeChecks.Duration(node, "Due"),
            NodeChecks.ClockHasDue(node, "Due"), NodeChecks.Shows(node), .. NodeChecks.Policies(node),
            .. NodeChecks.Leaves(node),
        ]));

    public override void Execute(ActivityContext context)
    {
        var (file, kind) = (FileOf(context), KindOf(context));
        if (PublicationRules.WhyNot(file, kind) is not null)
        {
            context.CompleteWithOutcomes("Asked", "Withheld");
            return;
        }

        // The same gate of an earlier round, say of a meeting that was called off, is not needed any more.
        foreach (var earlier in file.Tasks.Where(task => task.State == TaskState.Open
            && task.InstanceId == context.InstanceId && task.ActivityId == Node.ActivityId).ToList())
        {
            (earlier.State, earlier.ClosedAt) = (TaskState.Cancelled, context.Now);
            earlier.Revision++;
        }

        base.Execute(context);
        context.FollowOutcomes("Asked");
    }

    /// <summary>What waits to be published is kept as a record; the second person reads it there.</summary>
    protected override string? RecordKind(WorkTask task) =>
        PublicationKinds.Any(kind => task.FormKey == PublicationRules.FormOf(kind)) ? task.FormKey : null;

    protected override TaskShape Shape(ActivityContext context, CaseFile file)
    {
        var kind = KindOf(context);
        return new()
        {
            Kind = TaskKind.Work,
            Mode = GateMode.AnyOne,
            Outcomes = [Outcomes.Of(OutcomeKeys.Publish), Outcomes.Of(OutcomeKeys.Withhold)],
            Template = MailTemplateCatalogue.WorkRequest,
            FormKey = PublicationRules.FormOf(kind),
            Prefill = PublicationDraft.Of(file, kind, context.Now),
        };
    }

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer) => answer.Outcome switch
        {
            OutcomeKeys.Publish => PublicationRules.Check(file, KindOf(context), answer.Fields, context.Now),
            OutcomeKeys.Confirm when PublicationRules.WhyNot(file, KindOf(context)) is { } why => [new("", why)],
            _ => [],
        };

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        var (kind, actor) = (KindOf(context), answer.OnBehalfOfId ?? answer.ActorId);
        switch (tally.Outcome)
        {
            case OutcomeKeys.Publish when file.Policies.Rules.IsYes(RuleKeys.SecondForPublishing):
                AskSecond(context, file, kind, actor);
                break;
            case OutcomeKeys.Publish:
                PublicationRules.Publish(file, kind, answer.Fields, actor, null, context.Now);
                context.CompleteWithOutcome("Published");
                break;
            case OutcomeKeys.Confirm when Written(file, kind) is { } written:
                PublicationRules.Publish(file, kind, written.Fields, written.ById, actor, context.Now);
                context.CompleteWithOutcome("Published");
                break;
            case OutcomeKeys.Return:
                Open(context, file, Shape(context, file) with
                {
                    Prefill = Again(context, file, kind),
                }, Who(context));
                break;
            default:
                Tell(context, file, HistoryVerbs.PublicationWithheld, new("决定不公开。", "It was decided not to publish."),
                    task.Id, answer.ActorId);
                context.CompleteWithOutcome("Withheld");
                break;
        }
    }

    private void AskSecond(ActivityContext context, CaseFile file, PublicationKind kind, PersonId first)
    {
        var who = _second.Get(context);
        Open(context, file, new TaskShape
        {
            Kind = TaskKind.Approval,
            Mode = GateMode.AnyOne,
            Outcomes = [Outcomes.Of(OutcomeKeys.Confirm), Outcomes.Of(OutcomeKeys.Return)],
            Template = MailTemplateCatalogue.ApprovalRequest,
            Words = (
                new("审核公开内容", "Second look before publishing"),
                new("以下文字是否可以向公众公开？", "May everybody read these words?")),
            Judged = [PublicationRules.FormOf(kind)],
            Barred = [first],
        }, string.IsNullOrWhiteSpace(who) ? "role:Secretary|role:PlatformHead@case.platform|role:Administrator" : who);
    }

    /// <summary>What was handed in before, beside the originals.</summary>
    private static Dictionary<string, string> Again(ActivityContext context, CaseFile file, PublicationKind kind)
    {
        var values = PublicationDraft.Of(file, kind, context.Now);
        foreach (var (key, value) in Written(file, kind)?.Fields ?? []) values[key] = value;
        return values;
    }

    private static CaseRecord? Written(CaseFile file, PublicationKind kind) =>
        file.Records.Find(record => record.Kind == PublicationRules.FormOf(kind));

    private static readonly IReadOnlyList<PublicationKind> PublicationKinds = Enum.GetValues<PublicationKind>();

    private PublicationKind KindOf(ActivityContext context) => _kind.Get(context) switch
    {
        "meeting" => PublicationKind.Meeting,
        "result" => PublicationKind.Result,
        _ => PublicationKind.Topic,
    };
}
