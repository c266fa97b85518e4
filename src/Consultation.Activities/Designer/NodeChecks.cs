using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Activities.Documents;
using Consultation.Activities.Notices;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Designer;

/// <summary>
/// What is checked on a node before its workflow may be published. Only literal values can be checked; expressions are
/// checked when they run.
/// </summary>
internal static class NodeChecks
{
    /// <summary>Those of the checks that found something.</summary>
    public static IEnumerable<DefinitionFinding> Findings(params IEnumerable<DefinitionFinding?> checks) =>
        checks.OfType<DefinitionFinding>();

    /// <summary>A gate, a piece of work, a report: somebody must be named, in words that are understood.</summary>
    public static DefinitionFinding? Assignees(ActivityNode node, string input)
    {
        if (!node.HasInput(input))
        {
            return node.Finding(
                FindingSeverity.Error, "no-assignee",
                new($"“{node.DisplayText}”没有指定办理人", $"{node.DisplayText} names nobody"),
                new("请选择由谁办理", "Choose who does it"), input);
        }

        if (Literal(node, input) is not { } text) return null;
        var rest = NoticeRecipients.Read(text).Others;
        return rest.Length == 0 ? null : AssigneeSpec.Read(rest) switch
        {
            AssigneeSpecReading.Wrong wrong => node.Finding(
                FindingSeverity.Error, "bad-assignee",
                new($"“{node.DisplayText}”的办理人写法有误", $"{node.DisplayText}: the assignee is not understood"),
                new(wrong.Message.Zh, wrong.Message.For("en")), input),
            AssigneeSpecReading.Read { Spec.MeansEverybody: true } => node.Finding(
                FindingSeverity.Warning, "everybody",
                new($"“{node.DisplayText}”会发给全区所有联系人或委员",
                    $"{node.DisplayText} goes to every contact or every member of the district"),
                new("相关部门和委员请写 topic.units; topic.members，或指明单位",
                    "For those concerned write topic.units; topic.members, or name the unit"), input),
            _ => null,
        };
    }

    /// <summary>Durations must be readable.</summary>
    public static DefinitionFinding? Duration(
        ActivityNode node, string input, string from = "DueFrom", bool ofMeeting = false) =>
        Literal(node, input) is not { Length: > 0 } text || WorkingDuration.TryParse(text, out _)
        || IsRule(text, RuleForm.Limit) || (MayLeadBack(node, from, ofMeeting) && IsRule(text, RuleForm.Span))
        || (MayLeadBack(node, from, ofMeeting) && WorkingDuration.TryParseSpan(text, out _)) ? null : node.Finding(
            FindingSeverity.Error, "bad-duration",
            new($"“{node.DisplayText}”的期限“{text}”无效", $"{node.DisplayText}: \"{text}\" is not a duration"),
            new("请写 5wd（工作日）或 30d（自然日）；从会议日起算的，会前写 -5wd；用单位规则的，写 rule:verify",
                "Write 5wd (working days) or 30d (calendar days); before a meeting, counted from it, -5wd; for a "
                    + "rule of the organisation rule:verify"), input);

    /// <summary>Whether a text names a rule of the organisation whose value is of that form.</summary>
    public static bool IsRule(string text, RuleForm form) =>
        RuleSet.KeyIn(text) is { } key && RuleCatalogue.Find(key)?.Form == form;

    /// <summary>A share such as 2/3.</summary>
    public static DefinitionFinding? Share(ActivityNode node, string input) =>
        Literal(node, input) is not { Length: > 0 } text || Fraction.TryParse(text, out _) ? null : node.Finding(
            FindingSeverity.Error, "bad-share",
            new($"“{node.DisplayText}”的比例“{text}”无效", $"{node.DisplayText}: \"{text}\" is not a share"),
            new("请写 2/3 的样子", "Write it like 2/3"), input);

    /// <summary>A span before the day is one only where it counts from a meeting.</summary>
    private static bool MayLeadBack(ActivityNode node, string from, bool ofMeeting) =>
        node.HasInput(from) ? Literal(node, from) is null or CountedFrom.Meeting : ofMeeting;

    /// <summary>Working days before or after a day, as a list.</summary>
    public static DefinitionFinding? Spans(ActivityNode node, string input) =>
        Literal(node, input) is not { Length: > 0 } text || ItemDueNotices.Spans(text) is not null
            ? null
            : node.Finding(
            FindingSeverity.Error, "bad-spans",
            new($"“{node.DisplayText}”的“{text}”不是工作日间隔",
                $"{node.DisplayText}: \"{text}\" is not a list of working days"),
            new("请写成 -3wd, 0wd, 1wd 的样子", "Write it like -3wd, 0wd, 1wd"), input);

    /// <summary>Where somebody is named, in words that are understood.</summary>
    public static DefinitionFinding? AssigneesIfAny(ActivityNode node, string input) =>
        node.HasInput(input) ? Assignees(node, input) : null;

    /// <summary>A form must exist.</summary>
    public static DefinitionFinding? Form(ActivityNode node, string input = "Form") =>
        Known(node, input, key => FormCatalogue.Find(key) is not null, "unknown-form", "表单", "form",
            FormCatalogue.All.Select(form => form.Key));

    /// <summary>
    /// What a task shows must be a list. A record may have a key of its own, so an unknown key is a warning.
    /// </summary>
    public static DefinitionFinding? Shows(ActivityNode node)
    {
        if ((node.Bare("Shows") as JsonObject)?["expression"] is not JsonObject { } expression
            || expression["type"]?.ToString() is not ("Object" or "Literal"))
        {
            return null;
        }
        List<string>? keys;
        try
        {
            keys = JsonSerializer.Deserialize<List<string>>(expression["value"] is { } value ? value.ToString() : "[]");
        }
        catch (JsonException)
        {
            return node.Finding(
                FindingSeverity.Error, "bad-list",
                new($"“{node.DisplayText}”显示的材料不是一个列表", $"{node.DisplayText}: the material shown is not a list"),
                new("请写成 [\"topic\", \"facts\"] 的样子", "Write it like [\"topic\", \"facts\"]"), "Shows");
        }

        if (expression["type"]!.ToString() == "Literal")
        {
            return node.Finding(
                FindingSeverity.Warning, "hidden-list",
                new($"设计器看不见“{node.DisplayText}”显示的材料",
                    $"The designer does not see the material that {node.DisplayText} shows"),
                new("请把表达式类型由 Literal 改为 Object，否则勾选时会丢失",
                    "Write the expression as Object, not Literal, or a tick in the designer loses it"), "Shows");
        }

        var unknown = (keys ?? []).Where(key => !Exhibits.All.Any(one => one.Key == key)).ToList();
        return unknown.Count == 0 ? null : node.Finding(
            FindingSeverity.Warning, "unknown-material",
            new($"“{node.DisplayText}”要显示的材料“{string.Join('、', unknown)}”不在列表中",
                $"{node.DisplayText} shows material that is not in the list: {string.Join(", ", unknown)}"),
            new("如果是其他步骤的记录代码，可以不改；否则请从列表中选择",
                "Leave it if another step keeps a record under that key; otherwise choose from the list"), "Shows");
    }

    /// <summary>A mail needs its template.</summary>
    public static DefinitionFinding? Template(ActivityNode node, string input = "Template") =>
        Known(node, input, key => MailTemplateCatalogue.Find(key) is not null, "unknown-template", "邮件模板",
            "mail template", MailTemplateCatalogue.Kinds.Select(kind => kind.Key));

    /// <summary>A kind of document must exist.</summary>
    public static DefinitionFinding? Document(ActivityNode node, string input) =>
        Known(node, input, key => DocumentKinds.All.Any(kind => kind.Key == key), "unknown-document", "文书",
            "document", DocumentKinds.All.Select(kind => kind.Key));

    /// <summary>A notice is written from a template that somebody chose; there is no other text to send.</summary>
    public static DefinitionFinding? HasTemplate(ActivityNode node) =>
        node.HasInput("Template") ? Template(node) : node.Finding(
        FindingSeverity.Error, "no-template",
        new($"“{node.DisplayText}”没有选择邮件模板", $"{node.DisplayText} sends a mail but names no template"),
        new("请选择邮件模板", "Choose the mail template"), "Template");

    /// <summary>A watched date that concerns nobody warns nobody.</summary>
    public static DefinitionFinding? Owner(ActivityNode node, string input) =>
        node.HasInput(input) ? Assignees(node, input) : node.Finding(
        FindingSeverity.Error, "timer-without-owner",
        new($"“{node.DisplayText}”到期要预警，却没有指定告知谁", $"{node.DisplayText} watches a date but names nobody to tell"),
        new("请选择由谁负责这个期限", "Choose who answers for the date"), input);

    /// <summary>Organisations may add policies of their own, so an unknown key is a warning.</summary>
    public static IEnumerable<DefinitionFinding?> Policies(ActivityNode node)
    {
        yield return Policy(node, "Reminders", "提醒策略", "reminder policy", PolicyDefaults.Reminders(default)
            .Select(policy => policy.Key));
        yield return Policy(
            node, "Ladder", "督办阶梯", "escalation ladder", PolicyDefaults.Ladders(default).Select(ladder => ladder.Key));
    }

    /// <summary>A choice must be one of the offered values.</summary>
    public static DefinitionFinding? OneOf(ActivityNode node, string input, IReadOnlyList<InputOption> options) =>
        Known(
            node, input, key =>
                options.Any(option => string.Equals(option.Value, key, StringComparison.OrdinalIgnoreCase)),
            "unknown-choice", "选项", "choice", options.Select(option => option.Value));

    /// <summary>A timer without a due time has nothing to count from.</summary>
    public static DefinitionFinding? ClockHasDue(ActivityNode node, string due) =>
        node.HasInput(due)
            || !(Literal(node, "Ladder") is { Length: > 0 }
                || Literal(node, "Reminders") is { Length: > 0 } and not "none") ? null : node.Finding(
            FindingSeverity.Warning, "timer-without-due",
            new($"“{node.DisplayText}”设了提醒或督办，却没有办理期限",
                $"{node.DisplayText} has reminders or a ladder but no due time"),
            new("请填写办理期限", "Enter when it is due"), due);

    /// <summary>Every outcome of a gate needs a connection, otherwise the case stops there.</summary>
    public static IEnumerable<DefinitionFinding> Outcomes(ActivityNode node, IReadOnlyList<string> ports)
    {
        if (node.Parent is not { Type: "Elsa.Flowchart" } flowchart) yield break;
        var led = (flowchart.Json["connections"] as JsonArray ?? [])
            .Where(connection => connection?["source"]?["activity"]?.ToString() == node.ActivityId)
            .Select(connection => connection!["source"]!["port"]?.ToString() ?? "Done").ToHashSet();
        foreach (var port in ports.Where(port => !led.Contains(port)))
        {
            yield return node.Finding(
                FindingSeverity.Error, "outcome-unhandled",
                new($"“{node.DisplayText}”的结果“{Work.Outcomes.Of(port).Label.Zh}”（{port}）没有接到下一步",
                    $"Outcome {port} of {node.DisplayText} leads nowhere"),
                new("请从这个结果连线到下一步", "Connect the outcome to what follows"));
        }
    }

    /// <summary>A task that ends when overdue must lead somewhere.</summary>
    public static IEnumerable<DefinitionFinding> Leaves(ActivityNode node) =>
        Literal(node, "AfterOverdue") == "leave" ? Outcomes(node, ["Overdue"]) : [];

    /// <summary>Whether a Boolean input is literally set.</summary>
    public static bool IsSet(ActivityNode node, string input) => Literal(node, input) is "True" or "true";

    /// <summary>A literal value as written; null when there is none or an expression stands there.</summary>
    public static string? Literal(ActivityNode node, string input)
    {
        var bare = node.Bare(input);
        if (bare is JsonValue value) return value.ToString();
        return (bare as JsonObject)?["expression"] is JsonObject expression
            && expression["type"]?.ToString() == "Literal"
            ? expression["value"]?.ToString()
            : null;
    }

    /// <summary>A key must be one that exists.</summary>
    public static DefinitionFinding? Known(
        ActivityNode node, string input, Func<string, bool> exists, string code, string zh, string en,
        IEnumerable<string> all) =>
        Literal(node, input) is not { Length: > 0 } key || exists(key) ? null : node.Finding(
            FindingSeverity.Error, code,
            new($"“{node.DisplayText}”用了不存在的{zh}“{key}”", $"{node.DisplayText} names an unknown {en}: {key}"),
            new($"请从列表中选择，例如：{string.Join("、", all.Where(one => one.Length > 0).Take(5))}",
                $"Choose one from the list, for example {string.Join(", ", all.Where(one => one.Length > 0).Take(5))}"),
            input);

    private static DefinitionFinding? Policy(
        ActivityNode node, string input, string zh, string en, IEnumerable<string> known) =>
        Known(node, input, key => known.Contains(key), "unknown-policy", zh, en, known) is { } finding
            ? finding with { Severity = FindingSeverity.Warning }
            : null;
}
