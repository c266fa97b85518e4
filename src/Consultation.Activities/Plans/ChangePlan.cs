using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Plans;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Cases.Calendar.IsoDay;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Plans;

/// <summary>
/// Carries an approved change of the plan out (P70): the newest request's days, with the timers of whatever run they
/// belong to, and a line of history for each, which together are the plan's next version. Answers what moved and who is
/// asked for it, so that a notice can say so.
/// </summary>
internal sealed class ChangePlan : CaseActivity, IDescribedActivity
{
    private readonly OutputBinding _changes, _changesEn, _people;

    public ChangePlan(ActivityNode node)
        : base(node)
    {
        _changes = node.Output("Changes");
        _changesEn = node.Output("ChangesEn");
        _people = node.Output("People");
    }

    public static ActivityType Type { get; } = new(
        Activity("Consultation.ChangePlan", "调整计划", "Change the plan")
            .Category("督办", "Follow-up")
            .Description(
                "采用经同意的方案调整：阶段、任务和督办事项的新日期连同提醒一并生效",
                "Takes over an approved change: new days of phases, tasks and items, with their reminders")
            .Output("Changes", "String", "调整清单", "What moved")
            .Output("ChangesEn", "String", "调整清单（英文）", "What moved, in English")
            .Output("People", "String", "受影响的承办人", "Who is asked for what moved").Build(),
        node => new ChangePlan(node));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var request = Records.Newest(file, PlanChange.Form, null) ?? throw new ActivityFaultException(
            "协商事项中没有方案调整申请，请在前面加上填写“方案调整申请”的任务 / The case has no request to change the plan; ask for one before this "
                + "step.",
            code: "no-change-request");
        var (change, reason) = (request.Fields.Text("change"), request.Fields.Text("reason"));
        Tell(context, file, PlanVersions.Changed, new(
            $"方案调整：{change}（理由：{reason}）", $"The plan was changed: {change} (reason: {reason})"), actor: request.ById,
            onBehalfOf: request.OnBehalfOfId);
        var moves = PlanChange.Apply(file, request.Fields, context.Now);
        foreach (var move in moves) TellMove(context, file, move);
        context.SetOutput(_changes, string.Join('\n', moves.Select(move => LineOf(move).Zh)));
        context.SetOutput(_changesEn, string.Join('\n', moves.Select(move => LineOf(move).For("en"))));
        context.SetOutput(
            _people, string.Join(
                "; ", file.MovedDues.SelectMany(
                    due => due.Task.Assignees.Where(seat => seat is { Active: true, Outcome: null }))
            .Select(seat => seat.PersonId).Distinct().Where(person => file.Directory.Find(person) is { Active: true })
            .Select(person => $"person:{person.Value:N}")));
        context.Complete();
    }

    private void TellMove(ActivityContext context, CaseFile file, PlanPartMove move)
    {
        var (part, line) = (move.Part, LineOf(move));
        var verb = part.Kind switch
        {
            PlanPartKind.Phase => HistoryVerbs.PhaseMoved,
            PlanPartKind.Item => HistoryVerbs.ItemDueMoved,
            PlanPartKind.Task => HistoryVerbs.TaskDueMoved,
            _ => HistoryVerbs.WorkDueMoved,
        };
        Tell(context, file, verb, new($"方案调整：{line.Zh}。", $"The plan was changed: {line.For("en")}."),
            part.Kind == PlanPartKind.Task ? new TaskId(Guid.Parse(part.Id)) : null, moved: move.Days,
            item: part.Kind == PlanPartKind.Item ? new TrackedItemId(Guid.Parse(part.Id)) : null);
    }

    /// <summary>"决策实施阶段：2026-04-24 → 2026-05-08".</summary>
    private static LocalText LineOf(PlanPartMove move)
    {
        var days = $"{Iso(move.Part.Until)} → {Iso(move.Until)}";
        return new($"{move.Part.Name.Zh}：{days}", $"{move.Part.Name.For("en")}: {days}");
    }
}
