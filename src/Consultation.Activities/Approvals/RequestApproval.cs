using System.Text.Json.Nodes;
using Consultation.Activities.Closing;
using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Approvals;

/// <summary>
/// A gate: people decide by the node's gate mode, and each outcome is a port (O2, Q85). Whoever may not take part
/// stands aside (回避), who has no view abstains (弃权). What the answers do not decide, the chair is asked. Exclusions
/// 3, 4 and 6 are asked again with it where the node says so; a hit suspends the case and leaves by <c>Suspended</c>
/// (O14).
/// </summary>
internal sealed partial class RequestApproval : PeopleTask, IMailingActivity
{
    private static readonly IReadOnlyList<InputOption> Modes =
    [
        new(nameof(GateMode.ChairLast), new("主任最后决定", "Chair decides last")),
        new(nameof(GateMode.NamedPerson), new("指定一人", "One named person")),
        new(nameof(GateMode.AnyOne), new("任一人", "Any one")),
        new(nameof(GateMode.All), new("全体同意", "All")),
        new(nameof(GateMode.MajorityWithQuorum), new("法定人数过半", "Majority with quorum")),
    ];

    private readonly InputBinding<string?> _mode, _form, _barred, _decides, _returnLabel, _returnLabelEn, _quorum,
        _chairTime, _called, _prolongation;
    private readonly InputBinding<List<string>> _outcomes;
    private readonly InputBinding<bool> _askExclusions;
    private readonly InputBinding<int> _takeBackMinutes;
    private readonly OutputBinding _outcome, _reason, _taskId;

    public RequestApproval(ActivityNode node, StepTools tools)
        : base(node, tools, "Approvers", "Question")
    {
        _mode = node.Input<string?>("Mode", nameof(GateMode.ChairLast));
        _form = node.Input<string?>("Form");
        _barred = node.Input<string?>("BarAuthorOf");
        _decides = node.Input<string?>("Decides");
        _returnLabel = node.Input<string?>("ReturnLabel");
        _returnLabelEn = node.Input<string?>("ReturnLabelEn");
        _quorum = node.Input<string?>("Quorum", UsualQuorum);
        _chairTime = node.Input<string?>("ChairTime", UsualChairTime);
        _called = node.Input<string?>("IfUndecided", UsuallyCalled);
        _prolongation = node.Input<string?>("Prolongation", UsualProlongation);
        _outcomes = node.Input<List<string>>("Outcomes", [.. OutcomeKeys.Usual]);
        _askExclusions = node.Input("AskExclusions", false);
        _takeBackMinutes = node.Input("TakeBackMinutes", 2);
        _outcome = node.Output("Outcome");
        _reason = node.Output("Reason");
        _taskId = node.Output("TaskId");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.RequestApproval", "请求审批", "Request approval")
            .Category("协商", "Consultation").Shape(ActivityShape.Gate)
            .Description("由指定的人按决定方式作出决定，每种结果一个出口", "People decide by a gate mode; every outcome is a port")
            .AsksWho("Approvers", "审批人", "Approvers").Pick("Mode", "决定方式", "Gate mode", Modes)
            .Input("Quorum", "String", "法定人数（应答复人数的几分之几）", "Quorum, a share of those asked", input => input with
            {
                DefaultValue = JsonValue.Create(UsualQuorum),
                Description = new(
                    "例如 2/3；用于“法定人数过半”。三人的 2/3 是二人，六人的是四人；回避的人不计入。到期时应答的人达到法定人数，就按已有的答复决定；"
                        + "没有达到，就请主任决定。",
                    "For example 2/3; for a majority with quorum. Two thirds of three are two, of six four; who stands "
                        + "aside does not count. At the due day the answers decide if they make a quorum; if not, "
                        + "the chair is asked."),
            })
            .Duration("ChairTime", "留给主任决定的时间", "Time kept for the chair", UsualChairTime)
            .Who("IfUndecided", "未能决定时提请谁决定", "Who decides if the answers do not")
            .Duration("Prolongation", "延长答复的时间", "A prolongation is", UsualProlongation)
            .Words("Title", "任务名称", "Title").Words("Question", "需要决定的问题", "Question", lines: true)
            .Pick("Form", "表单", "Form", Choices.Forms)
            .Input("Outcomes", "Object", "可选结果", "Outcomes", input => input with
            {
                UIHint = UIHints.DynamicOutcomes,
                DefaultValue = JsonValue.Create("[\"Confirm\",\"Return\",\"Reject\"]"),
                DefaultSyntax = "Object",
                Description = new("第一个为通过", "The first one passes"),
            })
            .Words("ReturnLabel", "退回的名称（默认“退回修改”）", "What Return is called (default: Return for changes)")
            .Shows().Clock("5wd").YesNo("AskExclusions", "再次询问不纳入情形", "Ask the exclusions again")
            .Pick(
                "Decides", "决定对象", "Decides",
                [new("", new("（只走流程）", "(the flow only)")), new("topic", new("协商议题", "The topic"))])
            .Input("BarAuthorOf", "String", "起草人回避（记录代码）", "Bar the author of (record kind)")
            .Whole("TakeBackMinutes", "决定可撤回时间（分钟）", "Decisions can be taken back for (minutes)", 2)
            .Output("Outcome", "String", "结果", "Outcome").Output("Reason", "String", "理由", "Reason")
            .Output("TaskId", "String", "任务", "Task")
            .OptionalOutcome("Overdue", "逾期（仍等待）", "Overdue (still waiting)")
            .OptionalOutcome("Suspended", "暂停", "Suspended")
            .Build(),
        node => new RequestApproval(node, tools),
        CheckNode);

    private static IEnumerable<DefinitionFinding> CheckNode(ActivityNode node)
    {
        List<string> decisions = [.. (NodePorts.Of(node) ?? []).Where(port => port is not ("Overdue" or "Suspended"))];
        return NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Approvers"), NodeChecks.Duration(node, "Due"),
            NodeChecks.ClockHasDue(node, "Due"), NodeChecks.Share(node, "Quorum"),
            NodeChecks.Duration(node, "ChairTime", ""), NodeChecks.Duration(node, "Prolongation", ""),
            NodeChecks.AssigneesIfAny(node, "IfUndecided"),
            NodeChecks.Form(node), NodeChecks.OneOf(node, "Mode", Modes), NodeChecks.Shows(node),
            .. NodeChecks.Policies(node),
            .. NodeChecks.Outcomes(
                node, NodeChecks.IsSet(node, "AskExclusions") ? [.. decisions, "Suspended"] : decisions),
            .. NodeChecks.Leaves(node),
        ]);
    }

    protected override IReadOnlyList<string> AskingInputs => ["Form", "AskExclusions", "Outcomes"];

    protected override AskedByNode? AskedBy(ActivityNode node)
    {
        if (base.AskedBy(node) is not { } asked || NodePorts.Of(node) is not { } ports) return null;
        var again = NodeChecks.IsSet(node, "AskExclusions");
        List<string> outcomes = [.. ports.Where(port => port is not ("Overdue" or "Suspended"))];
        return new(
            asked.Form ?? (again ? FormKeys.ExclusionRecheck : null),
            again && asked.Form is not null ? [FormKeys.ExclusionRecheck] : [],
            outcomes.Count > 0 ? outcomes : OutcomeKeys.Usual);
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file)
    {
        var outcomes = _outcomes.Get(context);
        var mode = ModeOf(context);
        var form = _form.Get(context) is { Length: > 0 } named ? named : null;
        var again = _askExclusions.Get(context);
        if (DecidesTopic(context, file)) file.Topic!.State = TopicState.Submitted;
        return new TaskShape
        {
            Kind = TaskKind.Approval,
            Mode = mode,
            Quorum = QuorumOf(context),
            Outcomes =
            [
                .. (outcomes.Count > 0 ? outcomes : OutcomeKeys.Usual).Select(key => OutcomeOf(context, key))
                    .Concat(StancesOf(mode)).DistinctBy(outcome => outcome.Key),
            ],
            Template = MailTemplateCatalogue.ApprovalRequest,
            IfSilent = mode == GateMode.MajorityWithQuorum && !LeavesAfterDue(context) ? SilenceAtMajority : null,
            FormKey = form ?? (again ? FormKeys.ExclusionRecheck : null),
            AddedForms = again && form is not null ? [FormKeys.ExclusionRecheck] : [],
            Barred = Authors(file, ItemOf(context, file), _barred.Get(context)),

            // Whose author may not judge it is what is judged.
            Judged = _barred.Get(context) switch
            {
                null or "" => [],
                var kind => [Exhibits.PartOf(kind) ?? kind],
            },
        };
    }

    /// <summary>
    /// What the button says; where a return leads to differs from gate to gate, so the node may name it.
    /// </summary>
    private TaskOutcome OutcomeOf(ActivityContext context, string key) =>
        key == OutcomeKeys.Return && _returnLabel.Get(context) is { Length: > 0 } named
        ? Outcomes.Of(key) with { Label = new(named, _returnLabelEn.Get(context)) }
        : Outcomes.Of(key);

    protected override TimeSpan TakeBackFor(ActivityContext context) =>
        TimeSpan.FromMinutes(Math.Clamp(_takeBackMinutes.Get(context), 0, 24 * 60));

    protected override bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        if (!task.Asks(FormKeys.ExclusionRecheck)) return false;
        var answers = ScreeningRules.Answers(answer.Fields);
        var hits = ScreeningRules.Hits(answers);
        if (hits.Count == 0) return false;
        Suspension.Begin(file.Case, context.Now);
        file.Add(ScreeningRules.Arisen(file, answers, answer.OnBehalfOfId ?? answer.ActorId, context.Now));
        if (ScreeningRules.IsRestricted(answers)) Restriction.Impose(file, Tools.Seal, context.Now);
        var codes = string.Join('、', hits);
        Tell(context, file, HistoryVerbs.CaseSuspended, new(
            $"办理中出现不纳入情形{codes}（{string.Join('；', hits.Select(code => Exclusions.Text(code).Zh))}），协商和计时暂停。",
            $"Exclusion {codes} arose ({string.Join("; ", hits.Select(code => Exclusions.Text(code).En))}); the case "
                + "and its timers rest."), task.Id, answer.ActorId);
        RestNotice.Tell(
            Tools, file, $"rests {context.Execution.Id}", "role:CommitteeDirector@case.committee", context.Now);
        Withdraw(context, file, task);
        context.RemoveBookmarks();
        context.CompleteWithOutcome("Suspended");
        return true;
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        if (tally.Outcome == OutcomeKeys.Prolong && Before(context, file) is { } before)
        {
            Prolong(context, file, before);
            return;
        }

        if (tally.Outcome == OutcomeKeys.End && file.Case.State == CaseState.Suspended
            && file.Screening is { Excluded: true, SecondedById: null } found)
        {
            // Who ends a case because of an exclusion confirms it, and so does not review it (O13).
            (found.SecondedById, found.SecondedAt) = (answer.OnBehalfOfId ?? answer.ActorId, context.Now);
        }

        Finish(context, file, task, tally, answer.ActorId);
    }

    /// <summary>
    /// True when the gate's outcome is the topic's (Q85, P22). A second gate after a confirmation may still return or
    /// reject it.
    /// </summary>
    private bool DecidesTopic(ActivityContext context, CaseFile file) =>
        file.Topic is not null && _decides.Get(context) == "topic";

    private static void DecideTopic(Topic topic, string outcome, string? reason, DateTimeOffset now)
    {
        topic.State = outcome switch
        {
            OutcomeKeys.Confirm => TopicState.Confirmed,
            OutcomeKeys.Return => TopicState.Returned,
            OutcomeKeys.Reject => TopicState.Rejected,
            _ => topic.State,
        };
        topic.DecisionReason = reason;
        topic.DecidedAt = now;
    }

    protected override WorkingDuration ChairTime(ActivityContext context, CaseFile file) =>
        DueTime.Read(_chairTime.Get(context) is { Length: > 0 } text ? text : UsualChairTime, file);

    private GateMode ModeOf(ActivityContext context)
    {
        var text = _mode.Get(context);
        return string.IsNullOrWhiteSpace(text) ? GateMode.ChairLast
            : Enum.TryParse<GateMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(mode) ? mode
            : throw new ActivityFaultException(
                $"没有“{text}”这种决定方式，可用：{string.Join("、", Enum.GetNames<GateMode>())} / There is no gate "
                    + $"mode \"{text}\"; use one of {string.Join(", ", Enum.GetNames<GateMode>())}.",
                code: "bad-mode");
    }

    /// <summary>Who wrote the newest record of a kind (O16); for the topic, who drafted it.</summary>
    private static List<PersonId> Authors(CaseFile file, TrackedItem? item, string? kind)
    {
        if (string.IsNullOrWhiteSpace(kind)) return [];
        List<PersonId> drafter = kind == FormKeys.TopicDraft && file.Topic?.DraftedById is { } author ? [author] : [];
        if (Records.Newest(file, kind, item) is not { } record) return Standing(drafter);

        // Several may have written it together, each an own part of the same task.
        return Standing(
        [
            .. file.Records.Where(one => one == record
                || (one.Kind == kind && record.TaskId is not null && one.TaskId == record.TaskId))
                .SelectMany(one => new[] { (PersonId?)one.ById, one.OnBehalfOfId }).OfType<PersonId>()
                .Concat(drafter),
        ]);

        // Whoever wrote it and was merged into somebody else judges it under no other name.
        List<PersonId> Standing(List<PersonId> people) =>
            [.. people.Concat(people.Select(one => file.Directory.Standing(one)?.Id ?? one)).Distinct()];
    }
}
