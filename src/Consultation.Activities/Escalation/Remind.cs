using Consultation.Activities.Designer;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Escalation;

/// <summary>
/// Reminds those who still owe an answer to the open tasks of this run (mail rule 8); with a 催办通知书 where the node wants
/// one (O7).
/// </summary>
internal sealed class Remind : CaseActivity, IMailingActivity
{
    private readonly StepTools _tools;
    private readonly InputBinding<string?> _template;
    private readonly InputBinding<bool> _document;

    public Remind(ActivityNode node, StepTools tools)
        : base(node)
    {
        _tools = tools;
        _template = node.Input<string?>("Template", MailTemplateCatalogue.Reminder);
        _document = node.Input("Document", false);
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.Remind", "提醒", "Remind")
            .Category("督办", "Follow-up").Description("提醒尚未办理的人", "Reminds those who still owe an answer")
            .Pick("Template", "邮件模板", "Mail template", Choices.Templates, "reminder")
            .YesNo("Document", "同时制作催办通知书", "Make a formal reminder too").Build(),
        node => new Remind(node, tools),
        node => NodeChecks.Findings(NodeChecks.Template(node)));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var mail = new CaseMail(_tools, file, context.Now);
        foreach (var task in Late.TasksOf(context, file))
        {
            var template = _template.Get(context) is { Length: > 0 } given ? given : MailTemplateCatalogue.Reminder;
            var count = Reminding.Send(mail, file, task, null, template, context.Now);
            if (_document.Get(context)) FormalReminders.Issue(file, task, ItemOf(context, file), null, context.Now, []);
            Tell(context, file, HistoryVerbs.ReminderSent, new(
                $"“{task.Title.Zh}”已到时限，提醒{count}人办理。", $"“{task.Title.For("en")}” is due; {count} people reminded."),
                task.Id);
        }

        context.Complete();
    }
}

/// <summary>The tasks that reminders and escalations of a run are about.</summary>
internal static class Late
{
    /// <summary>Open tasks of this run that are past due; all open ones when none is.</summary>
    public static IReadOnlyList<WorkTask> TasksOf(ActivityContext context, CaseFile file)
    {
        var open = file.Tasks.Where(
            task => task.State == TaskState.Open && task.InstanceId == context.InstanceId).ToList();
        var late = open.FindAll(task => task.DueAt <= context.Now);
        return late.Count > 0 ? late : open;
    }
}
