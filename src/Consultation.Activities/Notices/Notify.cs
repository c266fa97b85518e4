using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Notices;

/// <summary>
/// Tells people something. Without acknowledgement it sends and goes on by <c>Done</c>. With it everybody gets a task
/// to acknowledge or reply:
/// <c>AllAcknowledged</c> when all did; <c>Overdue</c> when the time is over, silence then stays "not replied".
/// </summary>
internal sealed class Notify : PeopleTask, IMailingActivity
{
    /// <summary>Those who have accounts, as for tasks, and the proposers by mail.</summary>
    private static readonly IReadOnlyList<InputOption> RecipientChoices =
        [new(NoticeRecipients.ProposersWord, new("提出人（邮件）", "Proposers, by mail")), .. Choices.Assignees];

    private readonly InputBinding<string?> _recipients, _template, _form, _message, _messageEn;
    private readonly InputBinding<bool> _acknowledge;

    public Notify(ActivityNode node, StepTools tools)
        : base(node, tools, "Recipients", "Message")
    {
        _recipients = node.Input<string?>("Recipients");
        _template = node.Input<string?>("Template");
        _form = node.Input<string?>("Form");
        _message = node.Input<string?>("Message");
        _messageEn = node.Input<string?>("MessageEn");
        _acknowledge = node.Input("Acknowledge", false);
    }

    protected override bool LeavesWhenOverdue => true;

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.Notify", "通知", "Notify")
            .Category("通知", "Notices")
            .Description("告知有关人员；可要求确认或回执", "Tells people; may ask them to acknowledge or reply")
            .AsksWho("Recipients", "收件人", "Recipients", RecipientChoices, onlyIf: "Acknowledge")
            .Pick("Template", "邮件模板", "Mail template", Choices.Templates)
            .Words("Title", "标题", "Title").Words("Message", "内容", "Message", lines: true)
            .YesNo("Acknowledge", "需要确认或回执", "Wants acknowledgement")
            .Pick("Form", "回执表单", "Reply form", Choices.Forms)
            .Shows().Duration("Due", "确认期限", "Acknowledge within", "3wd").Clock(null, mayLeave: false)
            .OptionalOutcome("Done", "已发送", "Sent").OptionalOutcome("AllAcknowledged", "全部确认", "All acknowledged")
            .OptionalOutcome("Overdue", "到期仍有人未确认", "Overdue").Build(),
        node => new Notify(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Recipients"), NodeChecks.HasTemplate(node), NodeChecks.Form(node),
            NodeChecks.Shows(node),
            NodeChecks.Duration(node, "Due"), .. NodeChecks.Policies(node),
            .. NodeChecks.IsSet(node, "Acknowledge") ? NodeChecks.Outcomes(node, ["AllAcknowledged", "Overdue"]) : [],
        ]));

    public override void Execute(ActivityContext context)
    {
        if (_acknowledge.Get(context))
        {
            base.Execute(context);
            return;
        }

        Send(context, FileOf(context));
        context.Complete();
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file) => new()
    {
        Kind = TaskKind.Acknowledgement,
        Mode = GateMode.All,
        Outcomes = [
            Outcomes.Of(FormCatalogue.Find(_form.Get(context)) is { IsReply: true }
                ? OutcomeKeys.Submit
                : OutcomeKeys.Acknowledge)],
        Template = TemplateKey(context) ?? TemplateOf(TaskKind.Acknowledgement),
        FormKey = _form.Get(context) is { Length: > 0 } form ? form : null,
    };

    protected override IReadOnlyDictionary<string, object?> MailValues(ActivityContext context, CaseFile file) =>
        NoticeValues.Of(file);

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally) =>
        context.CompleteWithOutcome("AllAcknowledged");

    private string? TemplateKey(ActivityContext context) =>
        _template.Get(context) is { Length: > 0 } template ? template : null;

    private void Send(ActivityContext context, CaseFile file)
    {
        var mail = new CaseMail(Tools, file, context.Now);
        var template = TemplateKey(context) ?? NoticeValues.Template;
        var title = TitleOf(context);
        var message = WithItem(new(_message.Get(context) ?? "", _messageEn.Get(context)), ItemOf(context, file), file);
        var recipients = NoticeRecipients.Read(_recipients.Get(context));
        var told = new List<string>();
        if (recipients.Proposers)
        {
            var count = mail.InformProposers(template, matter => Values(file, title, message, matter));
            if (count > 0) told.Add($"{count} 位提出人");
        }

        var values = Values(file, title, message);
        foreach (var person in PeopleOf(context, file, recipients.Others))
        {
            if (mail.Inform(person, template, values, CaseMail.OrdinalOf(context.Execution.Id))) told.Add(person.Name);
        }

        var names = told.Count > 0 ? string.Join('、', told) : null;
        Tell(context, file, HistoryVerbs.NoticeSent, names is null
            ? new($"{title.Zh}：没有可送达的收件人，未发送邮件。", $"{title.For("en")}: nobody could be reached by mail.")
            : new($"{title.Zh}：已告知{names}。", $"{title.For("en")}: told {names}."));
    }

    /// <summary>
    /// A notice from the run of a tracked item says which one it is, who answers for it and until when (Q107–Q110).
    /// </summary>
    private static LocalText WithItem(LocalText message, TrackedItem? item, CaseFile file)
    {
        if (item is null) return message;
        var (unit, supervisor) = (file.Directory.Find(item.UndertakingUnitId)?.Name ?? LocalText.Empty,
            file.Directory.Find(item.SupervisorId)?.Name ?? "");
        var due = item.DueOn is { } day ? MailWords.Of(day) : new("", "");
        return new(
            $"{message.Zh}\n督办事项：{item.Year}-{item.Number} {item.Advice}\n承办单位：{unit.Zh}\n督办负责人：{supervisor}\n办结期限："
                + $"{due.Zh}",
            $"{message.For("en")}\nTracked item: {item.Year}-{item.Number} {item.Advice}\nUndertaking unit: "
                + $"{unit.For("en")}\nSupervisor: {supervisor}\nDue: {due.En}");
    }

    private static Dictionary<string, object?> Values(
        CaseFile file, LocalText title, LocalText message, Matter? about = null)
    {
        var values = NoticeValues.Of(file, about);
        values["subject"] = title.InBoth();
        values["message"] = message.InBoth();
        return values;
    }
}
