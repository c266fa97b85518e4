using Consultation.Activities.Designer;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
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
        Activity("Consultation.SetCaseState", "设置协商事项状态", "Set the case's state")
            .Category("协商", "Consultation").Description("恢复或暂停协商事项", "Resumes or suspends the case")
            .Pick("State", "状态", "State", CaseStates.Options, nameof(CaseState.Open)).Build(),
        node => new SetCaseState(node, tools),
        node => NodeChecks.Findings(NodeChecks.OneOf(node, "State", CaseStates.Options)));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var state = CaseStates.Read(_state.Get(context));
        var changes = (file.Case.State == CaseState.Suspended) != (state == CaseState.Suspended);
        var since = file.Case.SuspendedAt;
        if (state == CaseState.Suspended) Suspension.Begin(file.Case, context.Now);
        var resumed = since is not null && state == CaseState.Open ? Suspension.End(file, context.Now) : null;
        file.Case.State = state;
        if (changes && (state is CaseState.Suspended or CaseState.Open))
        {
            RestNotice.Tell(_tools, file, $"state {context.Execution.Id}", null, context.Now);
        }

        Tell(context, file, HistoryVerbs.CaseState,
            new($"协商事项{CaseStates.NameOf(state).Zh}。", $"Case {CaseStates.NameOf(state).For("en")}."));
        if (resumed is not null)
        {
            RestEnd.Lift(_tools, file, since, context.Now);
            RestEnd.Write(file, resumed, null, context.Now);
        }

        context.Complete();
    }
}
