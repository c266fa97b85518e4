using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Screening;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Closing;

/// <summary>Sets the coarse state of the case: resumed after a suspension (O14), or suspended.</summary>
internal sealed class SetCaseState : CaseActivity, IMailingActivity
{
    private readonly StepTools _tools;
    private readonly InputBinding<string?> _state;

    public SetCaseState(ActivityNode node, StepTools tools)
        : base(node) => (_tools, _state) = (tools, node.Input<string?>("State", nameof(CaseState.Open)));

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.SetCaseState", "设置案件状态", "Set the case's state")
            .Category("协商", "Consultation").Description("恢复或暂停案件", "Resumes or suspends the case")
            .Pick("State", "状态", "State", CaseStates.Options, nameof(CaseState.Open)).Build(),
        node => new SetCaseState(node, tools),
        node => NodeChecks.Findings(NodeChecks.OneOf(node, "State", CaseStates.Options)));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var state = CaseStates.Read(_state.Get(context));
        var changes = (file.Case.State == CaseState.Suspended) != (state == CaseState.Suspended);
        if (state == CaseState.Suspended) Suspension.Begin(file.Case, context.Now);
        var resumed = file.Case.State == CaseState.Suspended && state == CaseState.Open
            ? Suspension.End(file, context.Now) : null;
        file.Case.State = state;
        if (changes && (state is CaseState.Suspended or CaseState.Open))
        {
            RestNotice.Tell(_tools, file, $"state {context.Execution.Id}", null, context.Now);
        }

        Tell(context, file, HistoryVerbs.CaseState,
            new($"协商事项{CaseStates.NameOf(state).Zh}。", $"Case {CaseStates.NameOf(state).For("en")}."));
        if (resumed is not null && ScreeningRules.Lift(file))
        {
            Tell(context, file, HistoryVerbs.CaseState,
                new("限制查阅随暂停解除。", "The restriction is lifted with the suspension."));
        }

        if (resumed is { WorkingDays: > 0 }) TellResumed(context, file, resumed);
        context.Complete();
    }

    private void TellResumed(ActivityContext context, CaseFile file, Resumption resumed)
    {
        Tell(context, file, HistoryVerbs.CaseDueMoved, new(
            $"协商暂停了{resumed.WorkingDays}个工作日，{resumed.Tasks.Count}项任务、{resumed.Items.Count}个督办事项的时限相应顺延。",
            $"The case rested for {resumed.WorkingDays} working days; {resumed.Tasks.Count} tasks "
                + $"and {resumed.Items.Count} tracked items are due so much later."));
        foreach (var shift in resumed.Tasks)
        {
            var (was, due) = (DueTime.Show(shift.Before, file.Calendar), DueTime.Show(shift.After, file.Calendar));
            Tell(context, file, HistoryVerbs.TaskDueMoved, new(
                $"“{shift.Subject.Title.Zh}”的时限由{was.Zh}顺延至{due.Zh}。",
                $"“{shift.Subject.Title.For("en")}” is now due {due.For("en")} instead of {was.For("en")}."),
                shift.Subject.Id,
                moved: new DateMove(file.Calendar.DayOf(shift.Before), file.Calendar.DayOf(shift.After)));
        }

        foreach (var (item, days) in resumed.Items)
        {
            Tell(context, file, HistoryVerbs.ItemDueMoved, new(
                $"督办事项{item.Year}-{item.Number}的办结期限由{days.Before:yyyy-MM-dd}顺延至{days.After:yyyy-MM-dd}。",
                $"Tracked item {item.Year}-{item.Number} is now due {days.After:yyyy-MM-dd} "
                    + $"instead of {days.Before:yyyy-MM-dd}."),
                moved: days, item: item.Id);
        }

        foreach (var (phase, days) in resumed.Phases)
        {
            Tell(context, file, HistoryVerbs.PhaseMoved, new(
                $"{phase.Name.Zh}的计划结束日由{days.Before:yyyy-MM-dd}顺延至{days.After:yyyy-MM-dd}。",
                $"{phase.Name.For("en")} is now planned to end {days.After:yyyy-MM-dd} "
                    + $"instead of {days.Before:yyyy-MM-dd}."),
                moved: days);
        }
    }
}
