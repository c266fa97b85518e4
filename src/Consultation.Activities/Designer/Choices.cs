using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Engine.Describing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Designer;

/// <summary>What the designer offers to choose from, as far as several steps offer the same.</summary>
internal static class Choices
{
    /// <summary>
    /// Whom a task may go to; other specifications are written as text (the expression editor takes them).
    /// </summary>
    public static IReadOnlyList<InputOption> Assignees { get; } =
        [.. AssigneeChoices.All.Select(one => new InputOption(one.Spec, Text(one.Name)))];

    public static IReadOnlyList<InputOption> Forms { get; } =
        [new("", new("（不填表）", "(no form)")),
            .. FormCatalogue.All.Select(form => new InputOption(form.Key, Text(form.Title)))];

    public static IReadOnlyList<InputOption> Exhibits { get; } =
        [.. Consultation.Cases.Tasks.Exhibits.All.Select(one => new InputOption(one.Key, Text(one.Name)))];

    public static IReadOnlyList<InputOption> Templates { get; } =
        [.. MailTemplateCatalogue.Kinds.Select(kind => new InputOption(kind.Key, new(kind.Zh, kind.En)))];

    public static IReadOnlyList<InputOption> Reminders { get; } =
        [new("", new("（不提醒）", "(none)")), .. PolicyDefaults.Reminders(default)
            .Select(policy => new InputOption(policy.Key, Text(policy.Name)))];

    public static IReadOnlyList<InputOption> Ladders { get; } =
        [new("", new("（不升级）", "(none)")), .. PolicyDefaults.Ladders(default)
            .Select(ladder => new InputOption(ladder.Key, Text(ladder.Name)))];

    public static IReadOnlyList<InputOption> DueFrom { get; } =
        [new(CountedFrom.Now, new("任务下达时", "When the task is given")),
            new(CountedFrom.PlanStart, new("计划开始日", "First day of the plan")),
            new(CountedFrom.Meeting, new("会议日（-5wd 为会前 5 个工作日）", "The day of the meeting (-5wd is before it)"))];

    public static IReadOnlyList<InputOption> AfterOverdue { get; } =
        [new(Work.PeopleTask.Stay, new("任务继续等待", "The task goes on waiting")),
            new(Work.PeopleTask.Leave, new("结束任务，从“逾期”离开", "End the task, leave by Overdue"))];

    /// <summary>How a duration is typed: a line with its unit beside it.</summary>
    public static JsonObject DurationEditor() =>
        new() { ["singleline"] = new JsonObject { ["adornmentText"] = "工作日 wd / 天 d" } };

    /// <summary>A name of the field as the designer shows it.</summary>
    public static BilingualText Text(LocalText text) => new(text.Zh, text.For("en"));
}
