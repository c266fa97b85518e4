using System.Text.Json.Nodes;
using Consultation.Activities.Work;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;

namespace Consultation.Activities.Designer;

/// <summary>
/// What experienced people look for before they publish. All of it can be meant, so nothing of it forbids publishing;
/// what an author has looked at and wants so is named in the node's custom property <c>lintAccepted</c>.
/// </summary>
internal sealed partial class DefinitionLint : IDefinitionLint
{
    /// <summary>Custom property of a node: codes of findings that are meant.</summary>
    public const string Accepted = "lintAccepted";

    public const string DeadEnd = "dead-end", NoDue = "wait-without-due", NoOwner = "wait-without-owner",
        NoWayBack = "gate-without-way-back", LongReminder = "reminder-longer-than-due",
        SamePeople = "same-people-twice",
        NoNotice = "meeting-without-notice", Uncovered = "statement-uncovered";

    /// <summary>Steps that wait for people for ever unless the node says when they are due.</summary>
    private static readonly string[] DueByNode =
        [StepTypes.RequestWork, StepTypes.RequestApproval, "Consultation.PlanMeeting"];

    /// <summary>Waits that nobody of the house is asked about.</summary>
    private static readonly string[] OwnerlessWaits = ["Elsa.Event", "Elsa.RunTask", "Elsa.HttpEndpoint"];

    /// <summary>Whom a step writes to, by its inputs.</summary>
    private static readonly string[] Recipients = ["Assignees", "Approvers", "Recipients", "Who"];

    public IReadOnlyList<DefinitionFinding> Look(CompiledWorkflow workflow, WorkflowDefinition? published)
    {
        var own = workflow.Nodes.Where(node => ReferenceEquals(node.Definition, workflow.Definition)).ToList();
        var isOfCases = own.Exists(node => node.Type.StartsWith("Consultation.", StringComparison.Ordinal));
        List<DefinitionFinding> found =
        [
            .. own.Where(node => node.Type == "Elsa.Flowchart").SelectMany(DeadEnds),
            .. own.SelectMany(node => OfNode(node, isOfCases)),
            .. own.Where(node => node.Type == "Elsa.Flowchart").SelectMany(SameAtOnce),
            .. LostStatements(workflow.Definition, published),
        ];
        return [.. found.Where(finding => !IsAccepted(workflow, finding))];
    }

    private static bool IsAccepted(CompiledWorkflow workflow, DefinitionFinding finding) =>
        finding.NodeId is { } id && workflow.FindNode(id)?.CustomProperties[Accepted] is JsonArray accepted
        && accepted.Any(code => code?.ToString() == finding.Code);

    private static IEnumerable<DefinitionFinding> OfNode(ActivityNode node, bool isOfCases)
    {
        if (DueByNode.Contains(node.Type) && !node.HasInput("Due"))
        {
            yield return node.Finding(
                FindingSeverity.Warning, NoDue,
                new($"“{node.DisplayText}”没有办理期限：没人办就一直等下去，也不会提醒",
                    $"{node.DisplayText} has no due time: it waits for ever, and nobody is reminded"),
                new("请填写办理期限，例如 5wd", "Enter when it is due, for example 5wd"), "Due");
        }

        if (isOfCases && OwnerlessWaits.Contains(node.Type) && !node.CanStartWorkflow)
        {
            yield return node.Finding(
                FindingSeverity.Warning, NoOwner,
                new($"“{node.DisplayText}”等待外来的消息，没有人负责，也没有期限",
                    $"{node.DisplayText} waits for something from outside: nobody answers for it and it is never due"),
                new("请并行放一个“督办”或“等待”节点，指定由谁过问、等多久",
                    "Put a reminder or a wait beside it that says who looks after it and how long it may take"));
        }

        if (node.Type == "Consultation.PlanMeeting" && NoticeOf(node) is { Days: 0 })
        {
            yield return node.Finding(
                FindingSeverity.Warning, NoNotice,
                new($"“{node.DisplayText}”没有留出会议通知的时间", $"{node.DisplayText} leaves no time for the notice of the "
                    + "meeting"),
                new("请填写通知提前期，例如 5wd", "Enter how long before the meeting the notice goes out, for example 5wd"),
                "LeadTime");
        }

        if (node.Type == StepTypes.RequestApproval && LeadsNowhereBack(node))
        {
            yield return node.Finding(
                FindingSeverity.Warning, NoWayBack,
                new($"“{node.DisplayText}”的任何结果都不会回到前面的步骤：不同意时没法改了再审",
                    $"No outcome of {node.DisplayText} leads back: what is refused can never be mended "
                        + "and judged again"),
                new("请从“退回”连线到要修改的那一步", "Connect Return to the step that is to be done again"));
        }

        if (LongestReminder(node) is { } reminder && DueOf(node) is { } due && Length(reminder) > Length(due))
        {
            yield return node.Finding(
                FindingSeverity.Warning, LongReminder,
                new($"“{node.DisplayText}”要在到期前 {reminder} 提醒，而办理期限只有 {due}：刚派发就会提醒",
                    $"{node.DisplayText} reminds {reminder} before it is due, but is due after {due} already: the "
                        + "reminder comes with the task"),
                new("请选择更短的提醒策略，或延长期限", "Choose shorter reminders, or a longer time"), "Reminders");
        }
    }

    /// <summary>
    /// Ways on which the flow never comes to one of its ends. Branches beside the main way may simply stop, and so may
    /// what a step does while it goes on waiting.
    /// </summary>
    private static IEnumerable<DefinitionFinding> DeadEnds(ActivityNode flowchart)
    {
        var ends = flowchart.Children.Where(node => node.ActivityType?.Descriptor.IsTerminal == true).ToList();
        if (ends.Count == 0) yield break;
        var comesToEnd = Reach(ends, node => Into(flowchart, node).Select(way => way.Source));
        foreach (var node in flowchart.Children.Where(comesToEnd.Contains))
        {
            foreach (var port in Out(flowchart, node).GroupBy(way => way.SourcePort))
            {
                if (port.Any(way => comesToEnd.Contains(way.Target)) || IsBeside(node, port.Key)) continue;
                var name = Outcomes.Of(port.Key).Label;
                yield return node.Finding(
                    FindingSeverity.Warning, DeadEnd,
                    new($"从“{node.DisplayText}”的“{name.Zh}”（{port.Key}）走下去，流程到不了任何一个结束节点",
                        $"By the outcome {port.Key} of {node.DisplayText} the flow never comes to one of its ends"),
                    new($"请把“{port.First().Target.DisplayText}”之后接到后续步骤或结束节点",
                        $"Connect what comes after {port.First().Target.DisplayText} to a next step or an end"));
            }
        }
    }

    /// <summary>An outcome that is followed while the step goes on, so that another one ends it.</summary>
    private static bool IsBeside(ActivityNode node, string port) =>
        node.ActivityType?.Descriptor.Ports.Any(one => one.Name == port && one.IsOptional && port != "Done") == true;

    private static bool LeadsNowhereBack(ActivityNode gate)
    {
        if (gate.Parent is not { Type: "Elsa.Flowchart" } flowchart) return false;
        var after = Out(flowchart, gate).Select(way => way.Target);
        return Out(flowchart, gate).Any()
            && !Reach(after, node => Out(flowchart, node).Select(way => way.Target)).Contains(gate);
    }

    /// <summary>Two steps that write to the same people at the same moment, without a wait between them.</summary>
    private static IEnumerable<DefinitionFinding> SameAtOnce(ActivityNode flowchart)
    {
        foreach (var node in flowchart.Children)
        {
            if (PeopleOf(node) is not { } people) continue;
            var together = Into(flowchart, node)
                .SelectMany(way => Out(flowchart, way.Source).Where(one => one.SourcePort == way.SourcePort))
                .Select(way => way.Target)
                .Concat(IsNotice(node) ? Out(flowchart, node).Select(way => way.Target) : [])
                .Where(other => other != node && PeopleOf(other) == people);
            foreach (var other in together.Distinct())
            {
                // Said once of two that begin together.
                if (!IsNotice(node) && other.Index < node.Index) continue;
                if (IsNotice(node) && IsNotice(other) && other.Index < node.Index) continue;
                yield return node.Finding(
                    FindingSeverity.Warning, SamePeople,
                    new($"“{node.DisplayText}”和“{other.DisplayText}”同时给同一些人发信（{people}）",
                        $"{node.DisplayText} and {other.DisplayText} write to the same people at once ({people})"),
                    new("请合成一封，或让其中一个只发给还不知情的人",
                        "Make it one mail, or let one of them write only to those who do not know yet"));
            }
        }
    }

    private static bool IsNotice(ActivityNode node) =>
        node.Type == "Consultation.Notify" && !NodeChecks.IsSet(node, "Acknowledge");

    private static string? PeopleOf(ActivityNode node) =>
        node.Type.StartsWith("Consultation.", StringComparison.Ordinal)
            ? Recipients.Select(input => NodeChecks.Literal(node, input)).FirstOrDefault(one => one is { Length: > 0 })
            : null;

    /// <summary>Statements of the documents that the version in force cites and this one does not.</summary>
    private static IEnumerable<DefinitionFinding> LostStatements(
        WorkflowDefinition definition, WorkflowDefinition? published)
    {
        if (published is null) yield break;
        var lost = RowsOf(published).Except(RowsOf(definition)).Order(StringComparer.Ordinal).ToList();
        if (lost.Count == 0) yield break;
        var where = SourceRows.Describe(lost);
        yield return new(
            FindingSeverity.Warning, Uncovered, null, null,
            new($"现行版落实的文件要求，这一版没有步骤落实了：{where.Zh}（{string.Join("、", lost)}）",
                $"Statements of the documents that the version in force covers are covered by no step any more: "
                    + $"{where.For("en")} ({string.Join(", ", lost)})"),
            new("请保留落实它们的步骤，或在别的步骤的 rows 中写明", "Keep the steps that cover them, or name the rows at another step"));
    }

    private static HashSet<string> RowsOf(WorkflowDefinition definition) =>
    [
        .. WorkflowUses.Activities(definition)
            .Select(activity => (activity["customProperties"] as JsonObject)?["rows"] as JsonArray)
            .SelectMany(rows => rows ?? []).Select(row => row?.ToString()).OfType<string>(),
    ];

    private static IEnumerable<FlowConnection> Out(ActivityNode flowchart, ActivityNode node) =>
        flowchart.Connections.Where(way => way.Source == node);

    private static IEnumerable<FlowConnection> Into(ActivityNode flowchart, ActivityNode node) =>
        flowchart.Connections.Where(way => way.Target == node);

    private static HashSet<ActivityNode> Reach(
        IEnumerable<ActivityNode> from, Func<ActivityNode, IEnumerable<ActivityNode>> next)
    {
        var reached = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>(from);
        while (open.TryPop(out var node))
        {
            if (!reached.Add(node)) continue;
            foreach (var one in next(node)) open.Push(one);
        }

        return reached;
    }

    private static WorkingDuration? NoticeOf(ActivityNode node) =>
        !node.HasInput("LeadTime") && node.Bare("LeadTime") is null ? null
        : NodeChecks.Literal(node, "LeadTime") is "" ? new WorkingDuration(0, DayCount.WorkingDays)
        : Span(node, "LeadTime");

    /// <summary>When the step is due after it begins; null where that counts from something else.</summary>
    private static WorkingDuration? DueOf(ActivityNode node) =>
        NodeChecks.Literal(node, "DueFrom") is null or "" or CountedFrom.Now ? Span(node, "Due") : null;

    /// <summary>A literal, or what a variable or a rule of the house says unless it was changed.</summary>
    private static WorkingDuration? Span(ActivityNode node, string input)
    {
        var text = NodeChecks.Literal(node, input) ?? OfVariable(node, input);
        if (RuleSet.KeyIn(text ?? "") is { } rule) text = RuleCatalogue.Find(rule)?.Default;
        return WorkingDuration.TryParse(text, out var span) ? span : null;
    }

    private static string? OfVariable(ActivityNode node, string input)
    {
        if ((node.Bare(input) as JsonObject)?["expression"] is not JsonObject expression
            || expression["type"]?.ToString() != "Variable"
            || expression["value"] is not JsonObject variable)
        {
            return null;
        }

        var id = variable["id"]?.ToString();
        for (var scope = node.Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Variables.FirstOrDefault(one => one.Id == id) is { } declared)
            {
                return declared.InitialValue as string;
            }
        }

        return null;
    }

    /// <summary>The earliest reminder before the due time, as the product's own policies have it.</summary>
    private static WorkingDuration? LongestReminder(ActivityNode node) =>
        NodeChecks.Literal(node, "Reminders") is { Length: > 0 } key
            && PolicyDefaults.Reminders(default).FirstOrDefault(policy => policy.Key == key) is { } policy
            ? FirstOf(policy)
            : null;

    private static WorkingDuration? FirstOf(ReminderPolicy policy) =>
        WorkingDuration.Several(policy.FirstBeforeDue)
            .Select(text => WorkingDuration.TryParse(text, out var span) ? span : (WorkingDuration?)null)
            .OfType<WorkingDuration>().OrderByDescending(Length).Cast<WorkingDuration?>().FirstOrDefault();

    /// <summary>Five working days are seven days.</summary>
    private static double Length(WorkingDuration span) =>
        span.Count == DayCount.WorkingDays ? span.Days * 1.4 : span.Days;
}
