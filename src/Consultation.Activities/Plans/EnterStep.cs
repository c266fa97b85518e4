using Consultation.Activities.Designer;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Plans;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Plans;

/// <summary>
/// The case enters a step of the procedure or a phase of the plan; the one before is left (Q82–Q102, P14).
/// </summary>
internal sealed class EnterStep : CaseActivity, IDescribedActivity
{
    private readonly InputBinding<string?> _key, _name, _nameEn;
    private readonly InputBinding<int> _number, _fromWeek, _toWeek;

    public EnterStep(ActivityNode node)
        : base(node)
    {
        _key = node.Input<string?>("Key");
        _number = node.Input("Number", 0);
        _name = node.Input<string?>("StepName");
        _nameEn = node.Input<string?>("StepNameEn");
        _fromWeek = node.Input("FromWeek", 0);
        _toWeek = node.Input("ToWeek", 0);
    }

    public static ActivityType Type { get; } = new(
        Activity("Consultation.EnterStep", "进入步骤", "Enter a step")
            .Category("协商", "Consultation").Shape(ActivityShape.Milestone)
            .Description("协商事项进入一个步骤或阶段", "The case enters a step of the procedure or a phase of the plan")
            .Input("Key", "String", "步骤代码", "Key").Whole("Number", "第几步", "Number", 1)
            .Words("StepName", "步骤名称", "Name")
            .Whole("FromWeek", "计划起始周（0 为不计划）", "Planned from week (0: none)")
            .Whole("ToWeek", "计划结束周", "Planned to week").Build(),
        node => new EnterStep(node));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var name = new LocalText(
            _name.Get(context) is { Length: > 0 } given ? given : Node.DisplayText, _nameEn.Get(context));
        foreach (var left in file.Phases.Where(phase => phase is { EnteredAt: not null, LeftAt: null }))
        {
            left.LeftAt = context.Now;
        }
        file.Case.Step = _key.Get(context) ?? Node.ActivityId;
        file.Case.StepNumber = _number.Get(context);
        file.Case.StepName = name;
        file.Case.StepEnteredAt = context.Now;
        if (_toWeek.Get(context) > 0) EnterPhase(context, file, name);
        Tell(context, file, HistoryVerbs.StepEntered,
            new($"进入{Node.DisplayText}。", $"Entered step {file.Case.StepNumber}: {name.For("en")}."));
        context.Complete();
    }

    private void EnterPhase(ActivityContext context, CaseFile file, LocalText name)
    {
        var start = file.Case.StartDate ??= file.Calendar.DayOf(context.Now);
        var planned =
            new PlannedPhase(file.Case.Step, file.Case.StepNumber, name, _fromWeek.Get(context), _toWeek.Get(context));
        var (from, to) = planned.Days(file.Case, start, file.Calendar);
        var phase = file.Phases.Find(one => one.Key == file.Case.Step) ?? file.Add(new PlanPhase
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Number = file.Case.StepNumber,
            Key = file.Case.Step,
            Name = name,
            PlannedFrom = from,
            PlannedTo = to,
        });
        phase.EnteredAt ??= context.Now;
    }
}
