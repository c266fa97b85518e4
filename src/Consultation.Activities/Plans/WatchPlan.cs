using Consultation.Activities.Designer;
using Consultation.Activities.Notices;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Plans;

/// <summary>
/// Warns when a phase of the plan is not left by its planned end (P14), once, and again when a change of the plan gave
/// it a later end (P70). Follows
/// <c>Slipped</c> with each warning; ends by <c>OnTime</c> when the phase was left without one.
/// </summary>
internal sealed class WatchPlan : CaseActivity, IMailingActivity
{
    private const string SlipTag = "slip", WarnedProperty = "warned";
    private readonly StepTools _tools;
    private readonly InputBinding<string?> _phase, _after, _recipients, _template;

    public WatchPlan(ActivityNode node, StepTools tools)
        : base(node)
    {
        _tools = tools;
        _phase = node.Input<string?>("Phase");
        _after = node.Input<string?>("After", "0wd");
        _recipients = node.Input<string?>("Recipients");
        _template = node.Input<string?>("Template", MailTemplateCatalogue.SlipWarning);
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.WatchPlan", "进度预警", "Watch the plan")
            .Category("督办", "Follow-up").Description("阶段到期未完成时预警", "Warns when a phase is not left by its planned end")
            .Input("Phase", "String", "阶段代码", "Phase key").Duration("After", "宽限", "Grace", "0wd")
            .Who("Recipients", "告知", "Tell")
            .Pick("Template", "邮件模板", "Mail template", Choices.Templates, "slip-warning")
            .OptionalOutcome("Slipped", "滞后", "Slipped").OptionalOutcome("OnTime", "按期", "On time").Build(),
        node => new WatchPlan(node, tools),
        node => NodeChecks.Findings(
            NodeChecks.Duration(node, "After"), NodeChecks.Owner(node, "Recipients"), NodeChecks.Template(node)));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        SetTimer(context, file, PhaseOf(context, file));
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var file = FileOf(context);
        var phase = PhaseOf(context, file);
        if (phase.LeftAt is not null || file.Case.ClosedAt is not null)
        {
            if (context.GetProperty(WarnedProperty) is true) context.CompleteWithOutcomes();
            else context.CompleteWithOutcome("OnTime");
            return;
        }

        if (file.Case.Rests)
        {
            TaskClock.RestADay(context, file, SlipTag);
            return;
        }

        if (SlipsAt(context, file, phase) > context.Now)
        {
            SetTimer(context, file, phase);
            return;
        }

        if (phase.SlipWarnedAt is not null)
        {
            LookTomorrow(context, file);
            return;
        }

        phase.SlipWarnedAt = context.Now;
        context.SetProperty(WarnedProperty, true);
        var open = file.Tasks.Where(task => task.State == TaskState.Open && task.Phase == phase.Key)
            .Select(task => task.Title).ToList();
        var mail = new CaseMail(_tools, file, context.Now);
        var template = _template.Get(context) is { Length: > 0 } named ? named : MailTemplateCatalogue.SlipWarning;
        var values = new Dictionary<string, object?>
        {
            ["phase"] = phase.Name.InBoth(),
            ["planned_end"] = MailWords.Of(phase.PlannedTo),
            ["slip_days"] =
                (long)Math.Max(1, file.Calendar.WorkingDaysBetween(phase.PlannedTo, file.Calendar.DayOf(context.Now))),
            ["open_tasks"] = Words.Join(open, "；", "; "),
        };
        var ordinal = CaseMail.OrdinalOf($"{phase.Key} {phase.PlannedTo:yyyy-MM-dd}");
        foreach (var person in Recipients(context, file)) mail.Inform(person, template, values, ordinal);

        Tell(context, file, HistoryVerbs.PlanSlipped, new(
            $"{phase.Name.Zh}未在{phase.PlannedTo:yyyy-MM-dd}前完成，尚有：{string.Join('、', open.Select(title => title.Zh))}。",
            $"{phase.Name.For("en")} was not done by {phase.PlannedTo:yyyy-MM-dd}; open: "
                + $"{string.Join(", ", open.Select(title => title.For("en")))}."));
        LookTomorrow(context, file);
        context.FollowOutcomes("Slipped");
    }

    /// <summary>A change of the plan may give the phase another end.</summary>
    private static void LookTomorrow(ActivityContext context, CaseFile file) =>
        TaskClock.LookTomorrow(context, file, SlipTag, LookAgainReason.Slipped);

    private void SetTimer(ActivityContext context, CaseFile file, PlanPhase phase)
    {
        var at = SlipsAt(context, file, phase);
        TaskClock.Set(
            context, SlipTag, at > context.Now ? at : context.Now,
            new TimerBasis.PhaseEnd(Grace(context), phase.PlannedTo));
    }

    private DateTimeOffset SlipsAt(ActivityContext context, CaseFile file, PlanPhase phase) =>
        file.Calendar.At(file.Calendar.Add(phase.PlannedTo, Grace(context)), DueTime.EndOfDay);

    private WorkingDuration Grace(ActivityContext context) =>
        DueTime.Read(_after.Get(context) is { Length: > 0 } after ? after : "0wd", FileOf(context));

    private IReadOnlyList<Person> Recipients(ActivityContext context, CaseFile file) =>
        Assignees.PeopleOf(
            _recipients.Get(context) is { Length: > 0 } spec ? spec : "role:Secretary", file, null, context.Now);

    private PlanPhase PhaseOf(ActivityContext context, CaseFile file)
    {
        var key = _phase.Get(context) is { Length: > 0 } named ? named : file.Case.Step;
        return file.Phases.Find(phase => phase.Key == key) ?? throw new ActivityFaultException(
            $"计划中没有阶段“{key}”，请在前面加上“进入步骤”并填写起止周 / The plan has no phase \"{key}\"; put an EnterStep with weeks before "
                + "this node.",
            code: "no-phase");
    }
}
