using Consultation.Activities.Designer;
using Consultation.Activities.Documents;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Outgoing;
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

    /// <summary>
    /// More people than these, and the sender looks through them first; product default, not from the plan.
    /// </summary>
    public const int UsualLimit = 10;

    private const string LookedThrough = "lookedThrough", Looking = "looking", TakenOutProperty = "takenOut";
    private readonly InputBinding<string?> _recipients, _template, _form, _message, _messageEn, _sender,
        _document;
    private readonly InputBinding<bool> _acknowledge;
    private readonly InputBinding<int> _limit;

    public Notify(ActivityNode node, StepTools tools)
        : base(node, tools, "Recipients", "Message")
    {
        _recipients = node.Input<string?>("Recipients");
        _template = node.Input<string?>("Template");
        _form = node.Input<string?>("Form");
        _message = node.Input<string?>("Message");
        _messageEn = node.Input<string?>("MessageEn");
        _acknowledge = node.Input("Acknowledge", false);
        _limit = node.Input("LookThroughAbove", UsualLimit);
        _sender = node.Input<string?>("Sender");
        _document = node.Input<string?>("Document");
    }

    /// <summary>Silence is an answer to a notice; the check of its recipients is waited for.</summary>
    protected override bool LeavesWhenOverdue(ActivityContext context) => context.GetProperty(Looking) is not true;

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.Notify", "通知", "Notify")
            .Category("通知", "Notices")
            .Description("告知有关人员；可要求确认或回执", "Tells people; may ask them to acknowledge or reply")
            .AsksWho("Recipients", "收件人", "Recipients", RecipientChoices, onlyIf: "Acknowledge")
            .Pick("Template", "邮件模板", "Mail template", Choices.Templates)
            .Words("Title", "标题", "Title").Words("Message", "内容", "Message", lines: true)
            .YesNo("Acknowledge", "需要确认或回执", "Wants acknowledgement")
            .Pick("Form", "回执表单", "Reply form", Choices.Forms)
            .Whole("LookThroughAbove", "超过几人先由发件人核对（0 为不核对）",
                "Above so many the sender looks through (0: never)", UsualLimit)
            .Pick("Document", "附上刚生成的文书（只告知时）", "Attach the document just made (when nothing is asked)",
                [new("", new("（不附）", "(none)")), .. DocumentKinds.All
                    .Select(kind => new InputOption(kind.Key, Choices.Text(kind.Name)))])
            .Who("Sender", "由谁核对（默认经办人）", "Who looks through (by default who runs the case)")
            .Shows().Duration("Due", "确认期限", "Acknowledge within", "3wd").Clock(null, mayLeave: false)
            .OptionalOutcome("Done", "已发送", "Sent").OptionalOutcome("AllAcknowledged", "全部确认", "All acknowledged")
            .OptionalOutcome("Overdue", "到期仍有人未确认", "Overdue").Build(),
        node => new Notify(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Recipients"), NodeChecks.HasTemplate(node), NodeChecks.Form(node),
            NodeChecks.Shows(node), NodeChecks.AssigneesIfAny(node, "Sender"),
            NodeChecks.Duration(node, "Due"), NodeChecks.Document(node, "Document"), .. NodeChecks.Policies(node),
            .. NodeChecks.IsSet(node, "Acknowledge") ? NodeChecks.Outcomes(node, ["AllAcknowledged", "Overdue"]) : [],
        ]));

    public override void Execute(ActivityContext context)
    {
        foreach (var property in (string[])[LookedThrough, Looking, TakenOutProperty])
        {
            context.SetProperty(property, null);
        }

        Begin(context, FileOf(context));
    }

    private void Begin(ActivityContext context, CaseFile file)
    {
        var people = PeopleOf(context, file);
        if (_limit.Get(context) is > 0 and var limit && people.Count > limit
            && context.GetProperty(LookedThrough) is not true)
        {
            LookThrough(context, file, people);
        }
        else if (_acknowledge.Get(context))
        {
            base.Execute(context);
        }
        else
        {
            Send(context, file);
            context.Complete();
        }
    }

    /// <summary>
    /// Before anything goes to many the sender sees how many and who, and may take people out with a reason.
    /// </summary>
    private void LookThrough(ActivityContext context, CaseFile file, IReadOnlyList<Person> people)
    {
        context.SetProperty(Looking, true);
        var title = TitleOf(context);
        Open(context, file, new TaskShape
        {
            Kind = TaskKind.Work,
            Mode = GateMode.AnyOne,
            Outcomes = [Outcomes.Of(OutcomeKeys.Submit)],
            Template = MailTemplateCatalogue.WorkRequest,
            FormKey = FormKeys.RecipientCheck,
            Words = (
                new($"核对收件人：{title.Zh}", $"Check the recipients: {title.For("en")}"),
                new($"“{title.Zh}”将发给 {people.Count} 人。请核对后发出。",
                    $"“{title.For("en")}” would go to {people.Count} people. Look through them and send it.")),
            Prefill = new() { ["recipients"] = FormValues.List(people.Select(Id)) },
        }, _sender.Get(context) is { Length: > 0 } sender ? sender : AssigneeChoices.SupervisorOrOrganiser);
    }

    /// <summary>Nobody is added, and whoever is taken out is taken out for a reason.</summary>
    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer)
    {
        if (context.GetProperty(Looking) is not true) return [];
        var (proposed, kept) = (FormValues.List(task.Prefill.Text("recipients")), Kept(answer));
        if (kept.Except(proposed).Any())
        {
            return [new("recipients", new(
                "这里只能去掉人，不能添加。需要另外告知的，请单独发送。", "People can only be taken out here; tell others separately."))];
        }

        return kept.Count < proposed.Distinct().Count() && string.IsNullOrWhiteSpace(answer.Fields.Text("reason"))
            ? [new("reason", new("去掉了收件人，请写明理由。", "Somebody was taken out; give the reason."))]
            : [];
    }

    protected override IReadOnlyCollection<PersonId> TakenOut(ActivityContext context) =>
        context.GetProperty(TakenOutProperty) is string ids
            ? [.. FormValues.List(ids).Select(id => new PersonId(Guid.Parse(id)))]
            : [];

    private static List<string> Kept(TaskAnswer answer) =>
        [.. FormValues.List(answer.Fields.Text("recipients"))
            .Select(id => Guid.TryParse(id, out var person) ? person.ToString("N") : id).Distinct()];

    private static string Id(Person person) => person.Id.Value.ToString("N");

    /// <summary>The organisation's people among those meant; guests of a roster are not chosen from here.</summary>
    private IReadOnlyList<Person> PeopleOf(ActivityContext context, CaseFile file)
    {
        var takenOut = TakenOut(context);
        return
        [
            .. Assignees.PeopleOf(
                NoticeRecipients.Read(_recipients.Get(context)).Others, file, ItemOf(context, file), context.Now)
                .Where(person => file.Directory.Find(person.Id) is not null && !takenOut.Contains(person.Id)),
        ];
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
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        if (context.GetProperty(Looking) is not true)
        {
            context.CompleteWithOutcome("AllAcknowledged");
            return;
        }

        List<string> takenOut =
            [.. FormValues.List(task.Prefill.Text("recipients")).Except(Kept(answer))];
        context.SetProperty(Looking, null);
        context.SetProperty(LookedThrough, true);
        context.SetProperty(TakenOutProperty, takenOut.Count == 0 ? null : FormValues.List(takenOut));
        if (takenOut.Count > 0)
        {
            var names = string.Join('、', takenOut.Select(id =>
                file.Directory.Find(new PersonId(Guid.Parse(id)))?.Name ?? "?"));
            Tell(context, file, HistoryVerbs.RecipientsTakenOut, new(
                $"“{TitleOf(context).Zh}”不发给{names}：{answer.Fields.Text("reason")}",
                $"“{TitleOf(context).For("en")}” does not go to {names}: {answer.Fields.Text("reason")}"), task.Id,
                answer.ActorId);
        }

        Begin(context, file);
    }

    private string? TemplateKey(ActivityContext context) =>
        _template.Get(context) is { Length: > 0 } template ? template : null;

    private void Send(ActivityContext context, CaseFile file)
    {
        var mail = new CaseMail(Tools, file, context.Now);
        var template = TemplateKey(context) ?? NoticeValues.Template;
        var title = TitleOf(context);
        var message = WithItem(new(_message.Get(context) ?? "", _messageEn.Get(context)), ItemOf(context, file), file);
        message = WithShown(message, context, file);
        var recipients = NoticeRecipients.Read(_recipients.Get(context));
        var told = new List<string>();
        if (recipients.Proposers)
        {
            var count = mail.InformProposers(template, matter => Values(file, title, message, matter));
            if (count > 0) told.Add($"{count} 位提出人");
        }

        var (values, item) = (Values(file, title, message), ItemOf(context, file));
        var (takenOut, attached) = (TakenOut(context), Attached(context, file));
        foreach (var person in Assignees.PeopleOf(recipients.Others, file, item, context.Now)
            .Where(person => !takenOut.Contains(person.Id)))
        {
            var ordinal = CaseMail.OrdinalOf(context.Execution.Id);
            if (mail.Inform(person, template, values, ordinal, item, attached)) told.Add(person.Name);
        }

        var names = told.Count > 0 ? string.Join('、', told) : null;
        Tell(context, file, HistoryVerbs.NoticeSent, names is null
            ? new($"{title.Zh}：没有可送达的收件人，未发送邮件。", $"{title.For("en")}: nobody could be reached by mail.")
            : new($"{title.Zh}：已告知{names}。", $"{title.For("en")}: told {names}."));
    }

    /// <summary>The document that the steps just before made, so that guests, who have no desk, can read it.</summary>
    private IReadOnlyList<MailAttachment> Attached(ActivityContext context, CaseFile file) =>
        _document.Get(context) is { Length: > 0 } kind
        && file.Added.OfType<CaseDocument>().LastOrDefault(document => document.Kind == kind) is { } document
            ?
            [
                new()
                {
                    Id = OrderedGuid.New(context.Now),
                    Name = document.FileName,
                    ContentType = document.ContentType,
                    Content = document.Content,
                },
            ]
            : [];

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

    /// <summary>
    /// What the node shows stands in the mail itself: whoever is only told has no page to read it at. Records alone;
    /// where no rules were adopted, those of the product.
    /// </summary>
    private LocalText WithShown(LocalText message, ActivityContext context, CaseFile file)
    {
        var (zh, en) = (message.Zh, message.For("en"));
        foreach (var key in ShownRecords(context))
        {
            if (file.Records.Find(one => one.Kind == key) is { } record)
            {
                zh += $"\n\n{record.Title.Zh}\n{RecordText.Of(record, file.Directory, "zh")}";
                en += $"\n\n{record.Title.For("en")}\n{RecordText.Of(record, file.Directory, "en")}";
            }
            else if (key == FormKeys.Rules)
            {
                var rules = AdoptedRules.Of(file).Describe();
                (zh, en) = ($"{zh}\n{rules.Zh}。", $"{en}\n{rules.For("en")}.");
            }
        }

        return new(zh, en);
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
