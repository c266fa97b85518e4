using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Cases.Tasks;
using Consultation.Engine.Describing;

namespace Consultation.Activities.Designer;

/// <summary>The inputs and ports that several steps share, so that they look the same everywhere.</summary>
internal static class DescriptorWords
{
    public static ActivityDescriptorBuilder Who(
        this ActivityDescriptorBuilder builder, string name, string zh, string en,
        IReadOnlyList<InputOption>? options = null) =>
        builder.Choice(name, zh, en, options ?? Choices.Assignees, more: OptionSource.Assignees);

    /// <summary>Whom the step gives its task; only if another input is set, where one is given.</summary>
    public static ActivityDescriptorBuilder AsksWho(
        this ActivityDescriptorBuilder builder, string name, string zh, string en,
        IReadOnlyList<InputOption>? options = null,
        string? onlyIf = null) => builder.Asks(name, onlyIf).Who(name, zh, en, options);

    public static ActivityDescriptorBuilder Words(
        this ActivityDescriptorBuilder builder, string name, string zh, string en, bool lines = false) => builder
        .Input(name, "String", zh, en, input => input with { UIHint = lines ? UIHints.MultiLine : UIHints.SingleLine })
        .Input(name + "En", "String", zh + "（英文）", en + " (English)", input => input with
        {
            UIHint = lines ? UIHints.MultiLine : UIHints.SingleLine,
            Category = new("英文", "English"),
        });

    public static ActivityDescriptorBuilder Duration(
        this ActivityDescriptorBuilder builder, string name, string zh, string en, string? value = null) =>
        builder.Input(name, "String", zh, en, input => input with
        {
            Description = new("例如 5wd（5 个工作日）、30d（30 天），或 rule:verify（“规则与提醒”页上的单位规则）",
                "For example 5wd (working days), 30d (calendar days), or rule:verify (a rule of the page “Rules and "
                    + "reminders”)"),
            UISpecifications = Choices.DurationEditor(),
            DefaultValue = value is null ? null : JsonValue.Create(value),
        });

    public static ActivityDescriptorBuilder Pick(
        this ActivityDescriptorBuilder builder, string name, string zh, string en, IReadOnlyList<InputOption> options,
        string? value = null,
        OptionSource? more = null) => builder.Choice(name, zh, en, options, value, more);

    public static ActivityDescriptorBuilder YesNo(
        this ActivityDescriptorBuilder builder, string name, string zh, string en) =>
        builder.Input(name, "Boolean", zh, en);

    /// <summary>What whoever answers is shown of the case.</summary>
    public static ActivityDescriptorBuilder Shows(this ActivityDescriptorBuilder builder) =>
        builder.Input("Shows", "Object", "显示的材料", "Material shown", input => input with
        {
            UIHint = UIHints.CheckList,
            Options = Choices.Exhibits,
            DefaultValue = JsonValue.Create(JsonSerializer.Serialize(Exhibits.Usual)),
            DefaultSyntax = "Object",
            Description = new(
                "打开任务或邮件链接的人在答复前看到的内容：协商事项的部分，或某种表单的最新登记及其文件。起草人须回避的记录总是显示在最前。",
                "What people see before they answer, at the desk and by the link of a mail: parts of the case, or the "
                    + "newest record of a form with its documents. A record whose author is barred always comes "
                    + "first."),
        });

    public static ActivityDescriptorBuilder Whole(
        this ActivityDescriptorBuilder builder, string name, string zh, string en, int value = 0) =>
        builder.Input(name, "Int32", zh, en, input => input with { DefaultValue = JsonValue.Create(value) });

    /// <summary>Due time and what happens when it passes.</summary>
    public static ActivityDescriptorBuilder Clock(
        this ActivityDescriptorBuilder builder, string? due, bool mayLeave = true, string? from = null,
        string reminders = PolicyDefaults.StandardKey)
    {
        if (due is not null) builder.Duration("Due", "办理期限", "Due after", due);
        builder.Pick("DueFrom", "期限起算", "Counted from", Choices.DueFrom, from)
            .Pick("Reminders", "提醒策略", "Reminders", Choices.Reminders, reminders,
                OptionSource.Reminders)
            .Pick("Ladder", "督办阶梯", "Escalation ladder", Choices.Ladders, PolicyDefaults.StandardKey,
                OptionSource.Ladders);
        return mayLeave ? builder.Pick("AfterOverdue", "逾期之后", "After overdue", Choices.AfterOverdue) : builder;
    }
}
