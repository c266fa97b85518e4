using Consultation.Activities.Notices;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Activities.Closing;

/// <summary>The case ends with a state and words for the proposers, who are told (P05, Q102).</summary>
internal sealed class CloseCase : CaseActivity
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
        foreach (var matter in file.Matters.Where(matter => matter.State != MatterState.Merged))
        {
            matter.State = state == CaseState.Excluded ? MatterState.Excluded : MatterState.Closed;
        }

        foreach (var task in file.Tasks.Where(task => task.State == TaskState.Open))
        {
            (task.State, task.ClosedAt) = (TaskState.Cancelled, context.Now);
            task.Revision++;
            file.CancelMailOf.Add(task.Id);
        }

        var told = _template.Get(context) is { Length: > 0 } template
            ? new CaseMail(_tools, file, context.Now).InformProposers(template, matter => NoticeValues.Of(file, matter))
            : 0;
        Tell(context, file, HistoryVerbs.CaseClosed, new(
            $"案件{CaseStates.NameOf(state).Zh}。{file.Case.Outcome.Zh}{(told > 0 ? $"已告知{told}位提出人。" : "")}",
            $"Case {CaseStates.NameOf(state).For("en")}. "
                + $"{file.Case.Outcome.For("en")}{(told > 0 ? $" {told} proposers told." : "")}"));
        context.Complete();
    }
}

/// <summary>Sets the coarse state of the case: resumed after a suspension (O14), or suspended.</summary>
internal sealed class SetCaseState : CaseActivity
{
    private readonly InputBinding<string?> _state;

    public SetCaseState(ActivityNode node)
        : base(node) => _state = node.Input<string?>("State", nameof(CaseState.Open));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var state = CaseStates.Read(_state.Get(context));
        if (state == CaseState.Suspended) Suspension.Begin(file.Case, context.Now);
        var resumed = file.Case.State == CaseState.Suspended && state == CaseState.Open
            ? Suspension.End(file, context.Now)
            : null;
        file.Case.State = state;
        Tell(context, file, HistoryVerbs.CaseState,
            new($"案件{CaseStates.NameOf(state).Zh}。", $"Case {CaseStates.NameOf(state).For("en")}."));
        if (resumed is { WorkingDays: > 0 }) TellResumed(context, file, resumed);
        context.Complete();
    }

    private void TellResumed(ActivityContext context, CaseFile file, Resumption resumed)
    {
        Tell(context, file, HistoryVerbs.CaseDueMoved, new(
            $"案件暂停了{resumed.WorkingDays}个工作日，{resumed.Tasks.Count}项任务、{resumed.Items.Count}个督办事项的时限相应顺延。",
            $"The case rested for {resumed.WorkingDays} working days; {resumed.Tasks.Count} tasks and "
                + $"{resumed.Items.Count} tracked items are due so much later."));
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
                $"Tracked item {item.Year}-{item.Number} is now due {days.After:yyyy-MM-dd} instead of "
                    + $"{days.Before:yyyy-MM-dd}."),
                moved: days, item: item.Id);
        }

        foreach (var (phase, days) in resumed.Phases)
        {
            Tell(context, file, HistoryVerbs.PhaseMoved, new(
                $"{phase.Name.Zh}的计划结束日由{days.Before:yyyy-MM-dd}顺延至{days.After:yyyy-MM-dd}。",
                $"{phase.Name.For("en")} is now planned to end {days.After:yyyy-MM-dd} instead of "
                    + $"{days.Before:yyyy-MM-dd}."), moved: days);
        }
    }
}

/// <summary>States of a case by name.</summary>
internal static class CaseStates
{
    /// <summary>Reads a state as the descriptor writes it.</summary>
    public static CaseState Read(string? text) =>
        Enum.TryParse<CaseState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state)
        ? state
        : throw new ActivityFaultException(
            $"没有“{text}”这种案件状态，可用：{string.Join("、", Enum.GetNames<CaseState>())} / There is no case state \"{text}\"; "
                + $"use one of {string.Join(", ", Enum.GetNames<CaseState>())}.",
            code: "bad-state");

    /// <summary>What the states are called.</summary>
    public static LocalText NameOf(CaseState state) => state switch
    {
        CaseState.Open => new("恢复办理", "is being dealt with"),
        CaseState.Suspended => new("暂停", "is suspended"),
        CaseState.Closed => new("办结", "is closed"),
        CaseState.Excluded => new("不予纳入", "is excluded"),
        CaseState.Rejected => new("未通过", "was rejected"),
        _ => new("撤销", "is cancelled"),
    };
}
