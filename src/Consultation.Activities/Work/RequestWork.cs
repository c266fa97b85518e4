using Consultation.Activities.Designer;
using Consultation.Cases;
using Consultation.Cases.Evaluation;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Work;

/// <summary>Work that somebody does and hands in, with a form whose entries become a record of the case (T).</summary>
internal sealed class RequestWork : PeopleTask, IMailingActivity
{
    private readonly InputBinding<string?> _form, _record, _mode;
    private readonly OutputBinding _fields, _taskId;

    public RequestWork(ActivityNode node, StepTools tools)
        : base(node, tools, "Assignees", "Instructions")
    {
        _form = node.Input<string?>("Form");
        _record = node.Input<string?>("Record");
        _mode = node.Input<string?>("Mode", nameof(GateMode.AnyOne));
        _fields = node.Output("Fields");
        _taskId = node.Output("TaskId");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.RequestWork", "派发工作", "Request work")
            .Category("办理", "Work")
            .Description("派发一项工作，填表后归入案卷", "Gives somebody work; what is handed in becomes a record")
            .AsksWho("Assignees", "承办人", "Assignees").Words("Title", "任务名称", "Title")
            .Words("Instructions", "工作要求", "Instructions", lines: true)
            .Pick("Form", "表单", "Form", Choices.Forms)
            .Input("Record", "String", "记录代码（默认同表单）", "Record kind (the form's by default)")
            .Pick(
                "Mode", "几人办理", "Who must do it",
                [new(nameof(GateMode.AnyOne), new("任一人", "Any one")),
                    new(nameof(GateMode.All), new("每个人", "Everybody"))])
            .Shows().Clock("5wd")
            .Output("Fields", "Object", "填写内容", "Entries").Output("TaskId", "String", "任务", "Task")
            .OptionalOutcome("Done", "完成", "Done").OptionalOutcome("Overdue", "逾期", "Overdue").Build(),
        node => new RequestWork(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Assignees"), NodeChecks.Duration(node, "Due"),
            NodeChecks.ClockHasDue(node, "Due"),
            NodeChecks.Form(node), NodeChecks.Shows(node), .. NodeChecks.Policies(node), .. NodeChecks.Leaves(node),
        ]));

    protected override TaskShape Shape(ActivityContext context, CaseFile file)
    {
        var form = _form.Get(context) is { Length: > 0 } named ? named : null;
        var kind = _record.Get(context) is { Length: > 0 } record ? record : form;
        context.SetProperty("record", kind);
        return new TaskShape
        {
            Kind = TaskKind.Work,
            Mode = _mode.Get(context) == nameof(GateMode.All) ? GateMode.All : GateMode.AnyOne,
            Outcomes = [Outcomes.Of(OutcomeKeys.Done)],
            Template = MailTemplateCatalogue.WorkRequest,
            FormKey = form,

            // What was said when an extension was asked for is not asked again; work that comes back (returned,
            // repeated) starts from what was handed in before.
            Prefill = form == FormKeys.Minutes ? Minutes(file, kind!)
                : form == FormKeys.ExtensionRequest && AskedFor(context, file) is { } asked
                ? new() { ["reason"] = asked }
                : form == FormKeys.SubmissionReply ? [] // Every answer of the district is another one.
                : kind is null || Records.Newest(file, kind, ItemOf(context, file)) is not { } before
                ? Prefills.Of(form, file, kind, context.Now)
                : form == PlanChange.Form ? PlanChange.Prefill(PlanSchedule.Of(file), before.Fields)
                : before.Fields.ToDictionary(),
        };
    }

    /// <summary>The reason with which the extension was asked for at the report; null when it was not.</summary>
    private static string? AskedFor(ActivityContext context, CaseFile file) => file.Tasks
        .Where(task => task.InstanceId == context.InstanceId && task.Outcome == OutcomeKeys.AskExtension)
        .OrderByDescending(task => task.ClosedAt).SelectMany(task => task.Assignees)
        .FirstOrDefault(seat => seat.Outcome == OutcomeKeys.AskExtension)?.Reason;

    protected override string? RecordKind(WorkTask task) => null;

    protected override bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        if (context.GetProperty("record") is not string kind || task.FormKey is null) return false;
        if (task.FormKey == PlanChange.Form)
        {
            answer = answer with
            {
                Fields = PlanChange.Resolve(
                    PlanSchedule.Of(file), answer.Fields, file.Calendar, file.Calendar.DayOf(context.Now)),
            };
        }

        if (task.FormKey == FormKeys.Minutes && DraftOf(file, kind) is { } draft)
        {
            var fields = answer.Fields.ToDictionary();
            fields["difference"] = MeetingDraft.Difference(draft.Fields, answer.Fields);
            answer = answer with { Fields = fields };
        }

        if (task.FormKey == FormKeys.Evaluation)
        {
            answer = answer with { Fields = EvaluationDraft.Complete(file, answer.Fields, context.Now) };
        }

        // How many answered the survey is counted, not typed.
        if (task.FormKey == FormKeys.IssueCollection && EvaluationDraft.AnswersFor(file, kind) is { } answers)
        {
            var fields = answer.Fields.ToDictionary();
            fields["answers"] = answers.ToString(System.Globalization.CultureInfo.InvariantCulture);
            answer = answer with { Fields = fields };
        }

        Records.Keep(file, task, kind, answer, context.Now);
        if (task.FormKey == FormKeys.TopicDraft) KeepTopic(file, answer, context.Now);
        return false;
    }

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer) =>
        task.FormKey switch
        {
            FormKeys.ExtensionRequest when ItemOf(context, file) is { } item =>
                ProgressRules.CheckExtension(
                    item, answer.Fields.Day("new-due"), answer.Fields.Text("reason"), file.Calendar, context.Now,
                    task.OpenedAt),
            FormKeys.ProblemList =>
                ProgressRules.CheckRows(FormKeys.ProblemList, answer.Fields, file.Directory, context.Now),
            FormKeys.ImplementationPlan => ProgressRules.CheckPlanLines(file, answer.Fields, context.Now),
            FormKeys.Indicators => Indicators.Check(answer.Fields),
            FormKeys.Evaluation => EvaluationDraft.Check(file, answer.Fields, context.Now),
            FormKeys.WorkGroup => WorkGroupDuties.Check(answer.Fields),
            PlanChange.Form =>
                PlanChange.Check(PlanSchedule.Of(file), answer.Fields, file.Calendar, file.Calendar.DayOf(context.Now)),
            _ => [],
        };

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        context.SetOutput(_fields,
            PlainData.Normalise(answer.Fields.ToDictionary(field => field.Key, field => (object?)field.Value)));
        context.SetOutput(_taskId, task.Id.Value.ToString("N"));
        context.Complete();
    }

    /// <summary>Minutes start from the draft before, the first from the meeting (P55).</summary>
    private static Dictionary<string, string> Minutes(CaseFile file, string kind)
    {
        if (DraftOf(file, kind) is { } before)
        {
            var fields = before.Fields.ToDictionary();
            fields.Remove("difference");
            fields.Remove("reply");
            return fields;
        }

        return file.Meeting is { } meeting ? MeetingDraft.Minutes(meeting, file) : [];
    }

    /// <summary>The newest draft of the minutes of the meeting that was held last.</summary>
    private static CaseRecord? DraftOf(CaseFile file, string kind) =>
        file.Records.Find(record => record.Kind == kind && record.At >= (file.Meeting?.HeldAt ?? default));

    /// <summary>The topic, new or a further revision (Q84, P22).</summary>
    private static void KeepTopic(CaseFile file, TaskAnswer answer, DateTimeOffset now)
    {
        var known = file.Topic;
        var topic = TopicRules.Draft(
            known, file.Case.OrganisationId, file.Case.Id, answer.Fields, answer.OnBehalfOfId ?? answer.ActorId, now);
        if (known is null) file.Add(topic);
    }
}
