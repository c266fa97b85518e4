using Consultation.Activities.Approvals;
using Consultation.Activities.Closing;
using Consultation.Activities.Designer;
using Consultation.Activities.Documents;
using Consultation.Activities.Escalation;
using Consultation.Activities.Notices;
using Consultation.Activities.Numbers;
using Consultation.Activities.Plans;
using Consultation.Activities.Reports;
using Consultation.Activities.Screening;
using Consultation.Activities.TrackedItems;
using Consultation.Activities.Work;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities;

/// <summary>
/// The workflow steps of the product, named <c>Consultation.*</c>: few, and each reads like a line of the documents.
/// </summary>
public static class ConsultationActivities
{
    /// <summary>All of them, for the catalogue.</summary>
    public static IReadOnlyList<ActivityType> Types(StepTools tools) =>
    [
        new(EnterStepDescriptor(), node => new EnterStep(node)),
        new(WatchPlanDescriptor(), node => new WatchPlan(node, tools), node => Findings(
            NodeChecks.Duration(node, "After"), NodeChecks.Owner(node, "Recipients"), NodeChecks.Template(node))),
        new(WaitDescriptor(), node => new Wait(node), node => Findings(
            NodeChecks.Duration(node, "For"), NodeChecks.OneOf(node, "From", Choices.WaitFrom))),
        new(ChangePlanDescriptor(), node => new ChangePlan(node)),
        new(GiveNumberDescriptor(), node => new GiveNumber(node)),
        new(ScreenMatterDescriptor(), node => new ScreenMatter(node, tools), node => Findings(
            [NodeChecks.Assignees(node, "Screeners"), NodeChecks.Duration(node, "Due"),
                NodeChecks.ClockHasDue(node, "Due"), NodeChecks.Shows(node),
                .. NodeChecks.Policies(node), .. NodeChecks.Outcomes(node, ["Eligible", "Excluded"])])),
        new(RequestApprovalDescriptor(), node => new RequestApproval(node, tools), CheckApproval),
        new(RequestWorkDescriptor(), node => new RequestWork(node, tools), node => Findings(
            [NodeChecks.Assignees(node, "Assignees"), NodeChecks.Duration(node, "Due"),
                NodeChecks.ClockHasDue(node, "Due"), NodeChecks.Form(node), NodeChecks.Shows(node),
                .. NodeChecks.Policies(node), .. Leaves(node)])),
        new(NotifyDescriptor(), node => new Notify(node, tools), node => Findings(
            [NodeChecks.Assignees(node, "Recipients"), NodeChecks.HasTemplate(node), NodeChecks.Form(node),
                NodeChecks.Shows(node), NodeChecks.Duration(node, "Due"),
                .. NodeChecks.Policies(node),
                .. NodeChecks.Literal(node, "Acknowledge") is "True" or "true"
                    ? NodeChecks.Outcomes(node, ["AllAcknowledged", "Overdue"])
                    : []])),
        new(OpenTrackedItemsDescriptor(), node => new OpenTrackedItems(node), node => Findings(
            NodeChecks.OneOf(node, "Source", Choices.Sources), NodeChecks.Duration(node, "ProgressDays"))),
        new(SetItemDescriptor(), node => new SetItem(node),
            node => Findings(NodeChecks.OneOf(node, "State", Choices.ItemStates))),
        new(AwaitReportDescriptor(), node => new AwaitReport(node, tools), node => Findings(
            [NodeChecks.Assignees(node, "Reporters"), NodeChecks.Form(node), NodeChecks.Shows(node),
                NodeChecks.Duration(node, "Interval"), NodeChecks.Duration(node, "StallAfter"),
                .. NodeChecks.Policies(node),
                .. NodeChecks.Outcomes(node, NodeChecks.Literal(node, "Subject") == "plan"
                    ? ["Reported"]
                    : ["Reported", "Closed", "ExtensionAsked"])])),
        new(RemindDescriptor(), node => new Remind(node, tools), node => Findings(NodeChecks.Template(node))),
        new(EscalateDescriptor(), node => new Escalate(node, tools), node => Findings(
            [NodeChecks.Template(node), NodeChecks.OneOf(node, "Audience", Choices.Audiences),
                .. NodeChecks.Policies(node)])),
        new(GenerateDocumentDescriptor(), node => new GenerateDocument(node),
            node => Findings(NodeChecks.Document(node))),
        new(CloseCaseDescriptor(), node => new CloseCase(node, tools),
            node => Findings(NodeChecks.Template(node), NodeChecks.OneOf(node, "State", Choices.CaseStates))),
        new(SetCaseStateDescriptor(), node => new SetCaseState(node),
            node => Findings(NodeChecks.OneOf(node, "State", Choices.CaseStates))),
    ];

    private static IEnumerable<DefinitionFinding> CheckApproval(ActivityNode node)
    {
        var outcomes = NodePorts.Of(node) is { } ports ? ports.Where(port => port is not ("Overdue" or "Suspended"))
            .ToList() : [];
        var asks = NodeChecks.Literal(node, "AskExclusions") is "True" or "true";
        return Findings(
            [NodeChecks.Assignees(node, "Approvers"), NodeChecks.Duration(node, "Due"),
                NodeChecks.ClockHasDue(node, "Due"), NodeChecks.Form(node),
                NodeChecks.OneOf(node, "Mode", Choices.Modes), NodeChecks.Shows(node), .. NodeChecks.Policies(node),
                .. NodeChecks.Outcomes(node, asks ? [.. outcomes, "Suspended"] : outcomes), .. Leaves(node)]);
    }

    /// <summary>A task that ends when overdue must lead somewhere.</summary>
    private static IEnumerable<DefinitionFinding> Leaves(ActivityNode node) =>
        NodeChecks.Literal(node, "AfterOverdue") == "leave" ? NodeChecks.Outcomes(node, ["Overdue"]) : [];

    private static IEnumerable<DefinitionFinding> Findings(params IEnumerable<DefinitionFinding?> findings) =>
        findings.OfType<DefinitionFinding>();

    private static ActivityDescriptor EnterStepDescriptor() =>
        Activity("Consultation.EnterStep", "进入步骤", "Enter a step")
        .Category("协商", "Consultation")
        .Description("案件进入一个步骤或阶段", "The case enters a step of the procedure or a phase of the plan")
        .Input("Key", "String", "步骤代码", "Key").Whole("Number", "第几步", "Number", 1).Words("StepName", "步骤名称", "Name")
        .Whole("FromWeek", "计划起始周（0 为不计划）", "Planned from week (0: none)")
        .Whole("ToWeek", "计划结束周", "Planned to week").Build();

    private static ActivityDescriptor WatchPlanDescriptor() =>
        Activity("Consultation.WatchPlan", "进度预警", "Watch the plan")
        .Category("督办", "Follow-up").Description("阶段到期未完成时预警", "Warns when a phase is not left by its planned end")
        .Input("Phase", "String", "阶段代码", "Phase key").Duration("After", "宽限", "Grace", "0wd")
        .Who("Recipients", "告知", "Tell")
        .Pick("Template", "邮件模板", "Mail template", Choices.Templates, "slip-warning")
        .OptionalOutcome("Slipped", "滞后", "Slipped").OptionalOutcome("OnTime", "按期", "On time").Build();

    private static ActivityDescriptor WaitDescriptor() =>
        Activity("Consultation.Wait", "等到工作日", "Wait for a working day")
        .Category("协商", "Consultation")
        .Description("到这一天上午 9 时继续；这一天已到的，立即继续", "Goes on at 9:00 on that day; at once when the day has come already")
        .Duration("For", "等待", "Wait for", "0wd").Pick("From", "起算", "Counted from", Choices.WaitFrom, "now").Build();

    private static ActivityDescriptor ChangePlanDescriptor() =>
        Activity("Consultation.ChangePlan", "调整计划", "Change the plan")
        .Category("督办", "Follow-up")
        .Description("采用经同意的方案调整：阶段、任务和督办事项的新日期连同提醒一并生效",
            "Takes over an approved change: new days of phases, tasks and items, with their reminders")
        .Output("Changes", "String", "调整清单", "What moved")
        .Output("ChangesEn", "String", "调整清单（英文）", "What moved, in English")
        .Output("People", "String", "受影响的承办人", "Who is asked for what moved").Build();

    private static ActivityDescriptor GiveNumberDescriptor() =>
        Activity("Consultation.GiveNumber", "编号", "Give a number")
        .Category("文书", "Documents").Description("按年度连续编号，不跳号", "Takes the next number of a yearly series without gaps")
        .Input("Series", "String", "编号序列", "Series")
        .Input("Pattern", "String", "编号格式", "Pattern",
            input => input with
            {
                Description = new(
                    "{year} 年份，{n} 序号，{n:3} 三位序号", "{year} is the year, {n} the number, {n:3} padded to three digits"),
            })
        .Pick("Target", "用于", "For", [new("document", new("文书", "A document")), new("case", new("案件", "The case"))])
        .Output("Number", "String", "编号", "Number").Build();

    private static ActivityDescriptor ScreenMatterDescriptor() =>
        Activity("Consultation.ScreenMatter", "核实与筛查", "Screen the matter")
        .Category("协商", "Consultation")
        .Description("核实事项，逐条询问八种不纳入情形；特定情形由第二人复核",
            "Verifies the matter and asks the eight exclusions; some need a second person")
        .Who("Screeners", "筛查人", "Screeners").Who("SecondPerson", "复核人", "Second person")
        .Words("Title", "任务名称", "Title")
        .Words("Instructions", "说明", "Instructions", lines: true)
        .Clock("3wd", mayLeave: false).Shows().Output("ExclusionCodes", "Object", "不纳入情形", "Exclusions that apply")
        .OptionalOutcome("Eligible", "纳入", "Eligible").OptionalOutcome("Excluded", "不予纳入", "Excluded")
        .OptionalOutcome("Overdue", "逾期（仍等待）", "Overdue (still waiting)").Build();

    private static ActivityDescriptor RequestApprovalDescriptor() =>
        Activity("Consultation.RequestApproval", "请求审批", "Request approval")
        .Category("协商", "Consultation")
        .Description("由指定的人按决定方式作出决定，每种结果一个出口", "People decide by a gate mode; every outcome is a port")
        .Who("Approvers", "审批人", "Approvers").Pick("Mode", "决定方式", "Gate mode", Choices.Modes)
        .Input("Quorum", "Double", "法定人数比例", "Quorum",
            input => input with { DefaultValue = System.Text.Json.Nodes.JsonValue.Create(0.67) })
        .Words("Title", "任务名称", "Title").Words("Question", "需要决定的问题", "Question", lines: true)
        .Pick("Form", "表单", "Form", Choices.Forms)
        .Input("Outcomes", "Object", "可选结果", "Outcomes", input => input with
        {
            UIHint = UIHints.DynamicOutcomes,
            DefaultValue = System.Text.Json.Nodes.JsonValue.Create("[\"Confirm\",\"Return\",\"Reject\"]"),
            DefaultSyntax = "Object",
            Description = new("第一个为通过", "The first one passes"),
        })
        .Words("ReturnLabel", "退回的名称（默认“退回修改”）", "What Return is called (default: Return for changes)")
        .Shows().Clock("5wd").YesNo("AskExclusions", "再次询问不纳入情形", "Ask the exclusions again")
        .Pick("Decides", "决定对象", "Decides",
            [new("", new("（只走流程）", "(the flow only)")), new("topic", new("协商议题", "The topic"))])
        .Input("BarAuthorOf", "String", "起草人回避（记录代码）", "Bar the author of (record kind)")
        .Whole("TakeBackMinutes", "决定可撤回时间（分钟）", "Decisions can be taken back for (minutes)", 2)
        .Output("Outcome", "String", "结果", "Outcome").Output("Reason", "String", "理由", "Reason")
        .Output("TaskId", "String", "任务", "Task")
        .OptionalOutcome("Overdue", "逾期（仍等待）", "Overdue (still waiting)")
        .OptionalOutcome("Suspended", "暂停", "Suspended").Build();

    private static ActivityDescriptor RequestWorkDescriptor() =>
        Activity("Consultation.RequestWork", "派发工作", "Request work")
        .Category("办理", "Work").Description("派发一项工作，填表后归入案卷", "Gives somebody work; what is handed in becomes a record")
        .Who("Assignees", "承办人", "Assignees").Words("Title", "任务名称", "Title")
        .Words("Instructions", "工作要求", "Instructions", lines: true)
        .Pick("Form", "表单", "Form", Choices.Forms)
        .Input("Record", "String", "记录代码（默认同表单）", "Record kind (the form's by default)")
        .Pick("Mode", "几人办理", "Who must do it",
            [new("AnyOne", new("任一人", "Any one")), new("All", new("每个人", "Everybody"))]).Shows().Clock("5wd")
        .Output("Fields", "Object", "填写内容", "Entries").Output("TaskId", "String", "任务", "Task")
        .OptionalOutcome("Done", "完成", "Done").OptionalOutcome("Overdue", "逾期", "Overdue").Build();

    private static ActivityDescriptor NotifyDescriptor() => Activity("Consultation.Notify", "通知", "Notify")
        .Category("通知", "Notices").Description("告知有关人员；可要求确认或回执", "Tells people; may ask them to acknowledge or reply")
        .Who("Recipients", "收件人", "Recipients", Choices.Recipients)
        .Pick("Template", "邮件模板", "Mail template", Choices.Templates)
        .Words("Title", "标题", "Title")
        .Words("Message", "内容", "Message", lines: true).YesNo("Acknowledge", "需要确认或回执", "Wants acknowledgement")
        .Pick("Form", "回执表单", "Reply form", Choices.Forms)
        .Shows().Duration("Due", "确认期限", "Acknowledge within", "3wd").Clock(null, mayLeave: false)
        .OptionalOutcome("Done", "已发送", "Sent").OptionalOutcome("AllAcknowledged", "全部确认", "All acknowledged")
        .OptionalOutcome("Overdue", "到期仍有人未确认", "Overdue").Build();

    private static ActivityDescriptor OpenTrackedItemsDescriptor() =>
        Activity("Consultation.OpenTrackedItems", "建立督办事项", "Open tracked items")
        .Category("督办", "Follow-up")
        .Description("清单的每一行建立一个督办事项，各自跟踪", "Every row of the list becomes a tracked item with its own workflow")
        .Pick("Source", "清单", "List", Choices.Sources)
        .Input("Workflow", "String", "督办流程", "Workflow",
            input => input with
            {
                UIHint = UIHints.WorkflowDefinitionPicker,
                DefaultValue = System.Text.Json.Nodes.JsonValue.Create("tracked-item"),
            })
        .Duration("ProgressDays", "填报间隔", "Entries every")
        .YesNo("WaitForAll", "等待全部办结", "Wait until all are done").Build();

    private static ActivityDescriptor SetItemDescriptor() => Activity("Consultation.SetItem", "更新督办事项", "Set the item")
        .Category("督办", "Follow-up")
        .Description("设置督办事项的办理状态或新期限", "Sets the state of the tracked item, or its new due date")
        .Pick("State", "办理状态", "State", Choices.ItemStates, "InProgress")
        .YesNo("ApplyExtension", "采用延期申请的新期限", "Take over the granted extension").Build();

    private static ActivityDescriptor AwaitReportDescriptor() =>
        Activity("Consultation.AwaitReport", "等待填报", "Await a report")
        .Category("督办", "Follow-up")
        .Description("等待一次填报或汇报，识别停滞", "Waits for one report or progress entry and notices a stall")
        .Who("Reporters", "填报人", "Reporters")
        .Pick("Subject", "对象", "About",
            [new("item", new("督办事项", "The tracked item")), new("plan", new("实施计划", "The plan"))])
        .Words("Title", "任务名称", "Title").Words("Instructions", "说明", "Instructions", lines: true)
        .Pick("Form", "表单", "Form", Choices.Forms, "progress-entry")
        .Shows().Duration("Interval", "填报间隔", "Due after", "30d").Clock(null, mayLeave: false)
        .Duration("StallAfter", "多久未填报算停滞", "Stalled without entry for", "45d")
        .Whole("UnchangedReports", "连续几期无变化算停滞", "Stalled after unchanged reports", 2)
        .Output("StallReason", "String", "停滞原因", "Reason of the stall").Output("Percent", "Int32", "完成进度", "Per cent")
        .OptionalOutcome("Reported", "已填报", "Reported").OptionalOutcome("Closed", "申请办结", "Said to be done")
        .OptionalOutcome("ExtensionAsked", "申请延期", "Extension asked")
        .OptionalOutcome("Overdue", "逾期（仍等待）", "Overdue (still waiting)")
        .OptionalOutcome("Stalled", "停滞", "Stalled").Build();

    private static ActivityDescriptor RemindDescriptor() => Activity("Consultation.Remind", "提醒", "Remind")
        .Category("督办", "Follow-up").Description("提醒尚未办理的人", "Reminds those who still owe an answer")
        .Pick("Template", "邮件模板", "Mail template", Choices.Templates, "reminder")
        .YesNo("Document", "同时制作催办通知书", "Make a formal reminder too").Build();

    private static ActivityDescriptor EscalateDescriptor() => Activity("Consultation.Escalate", "升级督办", "Escalate")
        .Category("督办", "Follow-up").Description("把逾期或停滞的事项报给上一级", "Tells somebody above about what is late or stalled")
        .Pick("Audience", "报给", "Tell", Choices.Audiences)
        .Pick("Ladder", "督办阶梯", "Escalation ladder", Choices.Ladders, "standard", OptionSource.Ladders)
        .Whole("Rung", "第几级（0 为按“报给”）", "Rung (0: as named)")
        .Pick("Template", "邮件模板（默认按对象）", "Mail template (by audience)",
            [new("", new("（按对象）", "(by audience)")), .. Choices.Templates])
        .YesNo("Document", "同时制作催办通知书", "Make a formal reminder too").Build();

    private static ActivityDescriptor GenerateDocumentDescriptor() =>
        Activity("Consultation.GenerateDocument", "生成文书", "Generate a document")
        .Category("文书", "Documents")
        .Description("根据登记内容生成文书并归入案卷", "Makes a document from what was recorded and files it")
        .Pick("Kind", "文书种类", "Kind", Choices.Documents).Output("DocumentId", "String", "文书", "Document")
        .Output("Number", "String", "文号", "Number").Build();

    private static ActivityDescriptor CloseCaseDescriptor() =>
        Activity("Consultation.CloseCase", "结束案件", "Close the case")
        .Category("协商", "Consultation").Description("案件以一种结果结束，告知提出人", "The case ends; its proposers are told")
        .Pick("State", "结果", "State", Choices.CaseStates).Words("Outcome", "结果说明", "Outcome", lines: true)
        .Pick("Template", "告知提出人的邮件", "Mail to the proposers", [new("", new("（不发）", "(none)")), .. Choices.Templates])
        .Build();

    private static ActivityDescriptor SetCaseStateDescriptor() =>
        Activity("Consultation.SetCaseState", "设置案件状态", "Set the case's state")
        .Category("协商", "Consultation").Description("恢复或暂停案件", "Resumes or suspends the case")
        .Pick("State", "状态", "State", Choices.CaseStates, "Open").Build();
}
