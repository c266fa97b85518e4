using Consultation.Activities.Designer;
using Consultation.Activities.Documents;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Escalation;

/// <summary>
/// Tells an audience above the assignees about what is late or stalled (O6, O7, Q74, Q109): a rung of the ladder, or
/// whom the node names.
/// </summary>
internal sealed class Escalate : CaseActivity, IMailingActivity
{
    private readonly StepTools _tools;
    private readonly InputBinding<string?> _audience, _ladder, _template;
    private readonly InputBinding<int> _rung;
    private readonly InputBinding<bool> _document;

    public Escalate(ActivityNode node, StepTools tools)
        : base(node)
    {
        _tools = tools;
        _audience = node.Input<string?>("Audience");
        _ladder = node.Input<string?>("Ladder", PolicyDefaults.StandardKey);
        _template = node.Input<string?>("Template");
        _rung = node.Input("Rung", 0);
        _document = node.Input("Document", false);
    }

    private static readonly IReadOnlyList<InputOption> Audiences =
    [
        new(nameof(RungAudience.ResponsibleOffice), new("政协责任委室", "Responsible office")),
        new(nameof(RungAudience.Assignees), new("承办人", "Assignees")),
        new(nameof(RungAudience.CommitteeDirector), new("专委会主任", "Committee director")),
        new(nameof(RungAudience.LeadingGroup), new("政协党组", "Leading group")),
    ];

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.Escalate", "升级督办", "Escalate")
            .Category("督办", "Follow-up")
            .Description("把逾期或停滞的事项报给上一级", "Tells somebody above about what is late or stalled")
            .Pick("Audience", "报给", "Tell", Audiences)
            .Pick("Ladder", "督办阶梯", "Escalation ladder", Choices.Ladders, "standard", OptionSource.Ladders)
            .Whole("Rung", "第几级（0 为按“报给”）", "Rung (0: as named)")
            .Pick(
                "Template", "邮件模板（默认按对象）", "Mail template (by audience)",
                [new("", new("（按对象）", "(by audience)")), .. Choices.Templates])
            .YesNo("Document", "同时制作催办通知书", "Make a formal reminder too").Build(),
        node => new Escalate(node, tools),
        node => NodeChecks.Findings(
            [NodeChecks.Template(node), NodeChecks.OneOf(node, "Audience", Audiences), .. NodeChecks.Policies(node)]));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var ladder = file.Policies.Ladders.GetValueOrDefault(_ladder.Get(context) ?? "")
            ?? new EscalationLadder
            {
                OrganisationId = file.Case.OrganisationId,
                Key = "",
                Name = LocalText.Empty,
                Rungs = [],
            };
        var index = _rung.Get(context) - 1;
        var rung = index >= 0 && index < ladder.Rungs.Count ? ladder.Rungs[index] : null;
        var audience = rung?.Audience
            ?? (Enum.TryParse<RungAudience>(_audience.Get(context), ignoreCase: true, out var named)
                ? named
                : RungAudience.ResponsibleOffice);
        var template = _template.Get(context) is { Length: > 0 } given
            ? given
            : rung?.TemplateKey ?? TemplateOf(audience);
        var position = rung is null ? Math.Max(0, ladder.Rungs.FindIndex(one => one.Audience == audience)) : index;
        var item = ItemOf(context, file);
        var mail = new CaseMail(_tools, file, context.Now);
        foreach (var task in TasksOf(context, file))
        {
            var people = Rung.People(audience, file, item, task, context.Now);
            var told = Rung.Tell(mail, people, task, ladder, position, template);
            if (_document.Get(context)) Filing.Reminder(file, task, ItemOf(context, file), context.Now);
            var names = told.Count > 0
                ? string.Join('、', told)
                : string.Join('、', people.Select(person => person.Name));
            Tell(context, file, HistoryVerbs.TaskEscalated, new(
                $"{NameOf(audience).Zh}：“{task.Title.Zh}”，已告知{names}。",
                $"{NameOf(audience).For("en")}: “{task.Title.For("en")}”, told {names}."), task.Id);
        }

        context.Complete();
    }

    private static IReadOnlyList<WorkTask> TasksOf(ActivityContext context, CaseFile file)
    {
        if (Late.TasksOf(context, file) is { Count: > 0 } open) return open;

        // A task that was left when overdue is closed by now; it is the one meant.
        var last = file.Tasks.Where(task => task.InstanceId == context.InstanceId && task.ClosedAt == context.Now)
            .MaxBy(task => task.OpenedAt);
        return last is null ? [] : [last];
    }

    private static string TemplateOf(RungAudience audience) => audience switch
    {
        RungAudience.Assignees => MailTemplateCatalogue.FormalReminder,
        RungAudience.ResponsibleOffice => MailTemplateCatalogue.EscalationOffice,
        RungAudience.CommitteeDirector => MailTemplateCatalogue.EscalationDirector,
        _ => MailTemplateCatalogue.EscalationLeadingGroup,
    };

    private static LocalText NameOf(RungAudience audience) => audience switch
    {
        RungAudience.Assignees => new("催办", "Reminded"),
        RungAudience.ResponsibleOffice => new("报政协责任委室", "To the responsible office"),
        RungAudience.CommitteeDirector => new("报专委会主任", "To the committee director"),
        _ => new("报政协党组", "To the leading group"),
    };
}
