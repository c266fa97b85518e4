using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Starts a workflow at the times of a cron expression, or waits for the next of them.</summary>
internal sealed class Cron : Activity
{
    private readonly InputBinding<string?> _expression;
    private readonly CronSchedule? _schedule;

    private Cron(ActivityNode node)
    {
        _expression = node.Input<string?>("CronExpression");
        if (!_expression.IsConstant) return;
        try
        {
            _schedule = CronSchedule.Parse(_expression.Constant ?? "");
        }
        catch (ExpressionException bad)
        {
            node.Report(node.Finding(
                FindingSeverity.Error,
                "bad-cron",
                new BilingualText(
                    $"cron 表达式“{_expression.Constant}”有误：{Problems.Of(bad).Zh}",
                    $"The cron expression \"{_expression.Constant}\" is not valid: {bad.Message}"),
                new BilingualText(
                    "请按“秒 分 时 日 月 周”填写，例如 0 0 9 * * *（每天九点）",
                    "Write: second minute hour day month weekday, for example 0 0 9 * * * (every day at nine)"),
                "CronExpression"));
        }
    }

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Cron", "周期", "Cron")
            .Scheduling()
            .Description("按 cron 表达式触发流程", "Triggers workflow execution by a cron expression")
            .Kind(ActivityKind.Trigger)
            .Input("CronExpression", "String", "cron 表达式", "Cron expression")
            .Pauses()
            .Build(),
        node => new Cron(node));

    public override void Execute(ActivityContext context)
    {
        if (context.IsTriggerOfWorkflow)
        {
            context.Complete();
            return;
        }

        var schedule = _schedule ?? CronSchedule.Parse(_expression.Get(context) ?? "");
        var next = schedule.Next(context.Now, context.Zone)
            ?? throw new ActivityFaultException($"“{schedule.Text}”不会再到来 / \"{schedule.Text}\" never comes again.")
            {
                InputName = "CronExpression",
            };
        context.CreateTimer(next);
    }

    public override IEnumerable<TriggerDescription> DescribeTriggers(TriggerContext context)
    {
        if (_schedule is null && _expression.IsConstant) return [];
        try
        {
            var schedule = _schedule ?? CronSchedule.Parse(context.Get(_expression) ?? "");
            return [new TriggerDescription("Elsa.Cron", schedule.Text) { NextDue = schedule.Next }];
        }
        catch (ExpressionException bad)
        {
            throw new ActivityFaultException(
                $"cron 表达式有误：{Problems.Of(bad).Zh} / The cron expression is not valid: {bad.Message}", cause: bad);
        }
    }
}
