using Consultation.Activities.Designer;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Closing;

/// <summary>The case ends with a state and words for the proposers, who are told (P05, Q102).</summary>
internal sealed class CloseCase : CaseActivity, IMailingActivity
{
    private readonly StepTools _tools;
    private readonly InputBinding<string?> _state, _outcome, _outcomeEn, _template;

    public CloseCase(ActivityNode node, StepTools tools)
        : base(node)
    {
        _tools = tools;
        _state = node.Input<string?>("State", nameof(CaseState.Closed));
        _outcome = node.Input<string?>("Outcome");
        _outcomeEn = node.Input<string?>("OutcomeEn");
        _template = node.Input<string?>("Template");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.CloseCase", "结束协商事项", "Close the case")
            .Category("协商", "Consultation").Description("协商事项以一种结果结束，告知提出人", "The case ends; its proposers are told")
            .Pick("State", "结果", "State", CaseStates.Options).Words("Outcome", "结果说明", "Outcome", lines: true)
            .Pick(
                "Template", "告知提出人的邮件", "Mail to the proposers", [new("", new("（不发）", "(none)")), .. Choices.Templates])
            .Build(),
        node => new CloseCase(node, tools),
        node => NodeChecks.Findings(NodeChecks.Template(node), NodeChecks.OneOf(node, "State", CaseStates.Options)));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var state = CaseStates.Read(_state.Get(context));
        file.Case.State = state;
        file.Case.Outcome = new(_outcome.Get(context) ?? "", _outcomeEn.Get(context));
        file.Case.ClosedAt = context.Now;
        foreach (var phase in file.Phases.Where(phase => phase is { EnteredAt: not null, LeftAt: null }))
        {
            phase.LeftAt = context.Now;
        }
        // Of a meeting that had no quorum, or whose vote failed, no minutes will stand.
        foreach (var meeting in file.Meetings.Where(meeting => meeting.State == MeetingState.Held))
        {
            meeting.CloseTopic(file.Case.Id, context.Now);
        }

        foreach (var matter in file.Matters.Where(matter => matter.State != MatterState.Merged))
        {
            matter.State = state == CaseState.Excluded ? MatterState.Excluded : MatterState.Closed;
        }

        if (state == CaseState.Excluded) Restriction.Forget(file);
        foreach (var task in file.Tasks.Where(task => task.State == TaskState.Open))
        {
            (task.State, task.ClosedAt) = (TaskState.Cancelled, context.Now);
            task.Revision++;
        }

        var told = _template.Get(context) is { Length: > 0 } template
            ? new CaseMail(_tools, file, context.Now).InformProposers(template, matter => NoticeValues.Of(file, matter))
            : 0;
        Tell(context, file, HistoryVerbs.CaseClosed, new(
            $"协商事项{CaseStates.NameOf(state).Zh}。{file.Case.Outcome.Zh}{(told > 0 ? $"已告知{told}位提出人。" : "")}",
            $"Case {CaseStates.NameOf(state).For("en")}. "
                + $"{file.Case.Outcome.For("en")}{(told > 0 ? $" {told} proposers told." : "")}"));
        context.Complete();
    }
}
