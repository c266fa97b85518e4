using Consultation.Activities.Designer;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Escalation;

/// <summary>
/// Tells people about what is late or stalled (O6, O7, Q74, Q109): those whom the node names, or those of a rung of the
/// ladder.
/// </summary>
internal sealed class Escalate : CaseActivity, IMailingActivity
{
    private readonly StepTools _tools;
    private readonly InputBinding<string?> _recipients, _ladder, _template;
    private readonly InputBinding<int> _rung;
    private readonly InputBinding<bool> _document;

    public Escalate(ActivityNode node, StepTools tools)
        : base(node)
    {
        _tools = tools;
        _recipients = node.Input<string?>("Recipients");
        _ladder = node.Input<string?>("Ladder", PolicyDefaults.StandardKey);
        _template = node.Input<string?>("Template");
        _rung = node.Input("Rung", 0);
        _document = node.Input("Document", false);
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.Escalate", "升级督办", "Escalate")
            .Category("督办", "Follow-up")
            .Description("把逾期或停滞的事项报给指定的人", "Tells people about what is late or stalled")
            .Who("Recipients", "报给", "Tell")
            .Pick("Ladder", "督办阶梯", "Escalation ladder", Choices.Ladders, "standard", OptionSource.Ladders)
            .Whole("Rung", "第几级（0 为按“报给”）", "Rung (0: as named)")
            .Pick(
                "Template", "邮件模板（默认为逾期抄送）", "Mail template (overdue copy by default)",
                [new("", new("（默认）", "(default)")), .. Choices.Templates])
            .YesNo("Document", "同时制作催办通知书", "Make a formal reminder too").Build(),
        node => new Escalate(node, tools),
        node => NodeChecks.Findings(
            [NodeChecks.Template(node), NodeChecks.Owner(node, "Recipients"), .. NodeChecks.Policies(node)]));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var ladder = file.Policies.Ladders.GetValueOrDefault(_ladder.Get(context) ?? "");
        var index = _rung.Get(context) - 1;
        var item = ItemOf(context, file);
        foreach (var task in TasksOf(context, file))
        {
            var done = ladder is not null && index >= 0 && index < ladder.Rungs.Count
                ? Rung.Climb(_tools, file, item, task, ladder, index, context.Now)
                : Named(context, file, task);
            if (_document.Get(context) && !done.Rung.IsFormal)
            {
                FormalReminders.Issue(file, task, item, null, context.Now, []);
            }

            Tell(context, file, HistoryVerbs.TaskEscalated, new(
                $"{done.Rung.Name.Zh}：“{task.Title.Zh}”，已告知{done.Words.Zh}。",
                $"{done.Rung.Name.For("en")}: “{task.Title.For("en")}”, told {done.Words.For("en")}."), task.Id);
        }

        context.Complete();
    }

    /// <summary>Those whom the node names, but nobody who is asked to do the task.</summary>
    private RungDone Named(ActivityContext context, CaseFile file, WorkTask task)
    {
        var who = _recipients.Get(context) is { Length: > 0 } named ? named : AssigneeChoices.SupervisorOrOrganiser;
        var template = _template.Get(context) is { Length: > 0 } given ? given : MailTemplateCatalogue.EscalationOffice;
        EscalationLadder one = new()
        {
            OrganisationId = file.Case.OrganisationId,
            Key = "",
            Name = LocalText.Empty,
            Rungs = [new("0wd", who, new(Node.DisplayText, Node.DisplayTextEn), template)],
        };
        return Rung.Climb(_tools, file, ItemOf(context, file), task, one, 0, context.Now);
    }

    private static IReadOnlyList<WorkTask> TasksOf(ActivityContext context, CaseFile file)
    {
        if (Late.TasksOf(context, file) is { Count: > 0 } open) return open;

        // A task that was left when overdue is closed by now; it is the one meant.
        var last = file.Tasks.Where(task => task.InstanceId == context.InstanceId && task.ClosedAt == context.Now)
            .MaxBy(task => task.OpenedAt);
        return last is null ? [] : [last];
    }
}
