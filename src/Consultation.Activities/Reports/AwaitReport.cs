using Consultation.Activities.Designer;
using Consultation.Activities.Notices;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Reports;

/// <summary>
/// Waits for one report: a progress entry of the tracked item that this run follows (Q100, Q111), or a report on the
/// plan (P66–P68), which each unit gives for itself; the entries of all units are joined to one.
/// <c>Reported</c>, <c>Closed</c> (the reporter says it is done) and <c>ExtensionAsked</c> end it; <c>Overdue</c> and
/// <c>Stalled</c> are followed while it goes on waiting, <c>Stalled</c> together with <c>Reported</c> when the figures
/// do not move.
/// </summary>
internal sealed class AwaitReport : PeopleTask, IMailingActivity
{
    private const string StallTag = "stall", ToldProperty = "stallTold";
    private readonly InputBinding<string?> _subject, _form, _interval, _stallAfter, _dueSpans, _dueTold;
    private readonly InputBinding<int> _unchangedReports;
    private readonly OutputBinding _stallReason, _percent;

    public AwaitReport(ActivityNode node, StepTools tools)
        : base(node, tools, "Reporters", "Instructions")
    {
        _subject = node.Input<string?>("Subject", "item");
        _form = node.Input<string?>("Form");
        _interval = node.Input<string?>("Interval", "30d");
        _stallAfter = node.Input<string?>("StallAfter");
        _dueSpans = node.Input<string?>("DueNotices", ItemDueNotices.UsualSpans);
        _dueTold = node.Input<string?>("DueNoticesTo", "item.unit; item.supervisor");
        _unchangedReports = node.Input("UnchangedReports", 2);
        _stallReason = node.Output("StallReason");
        _percent = node.Output("Percent");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.AwaitReport", "等待填报", "Await a report")
            .Category("督办", "Follow-up")
            .Description("等待一次填报或汇报，识别停滞", "Waits for one report or progress entry and notices a stall")
            .AsksWho("Reporters", "填报人", "Reporters")
            .Pick("Subject", "对象", "About",
                [new("item", new("督办事项", "The tracked item")), new("plan", new("实施计划", "The plan"))])
            .Words("Title", "任务名称", "Title").Words("Instructions", "说明", "Instructions", lines: true)
            .Pick("Form", "表单", "Form", Choices.Forms, "progress-entry")
            .Shows().Duration("Interval", "填报间隔", "Due after", "30d").Clock(null, mayLeave: false)
            .Duration("StallAfter", "多久未填报算停滞", "Stalled without entry for", "45d")
            .Whole("UnchangedReports", "连续几期无变化算停滞", "Stalled after unchanged reports", 2)
            .Input("DueNotices", "String", "事项到期提醒（办结期限前后）", "Notices about the item's own day", input => input with
            {
                DefaultValue = System.Text.Json.Nodes.JsonValue.Create(ItemDueNotices.UsualSpans),
                Description = new("例如 -3wd, 0wd, 1wd：前 3 个工作日、当天、后 1 个工作日；不填不提醒",
                    "For example -3wd, 0wd, 1wd: three working days before, on the day, one after; empty for none"),
            })
            .Who("DueNoticesTo", "到期提醒发给", "Notices go to")
            .Output("StallReason", "String", "停滞原因", "Reason of the stall")
            .Output("Percent", "Int32", "完成进度", "Per cent")
            .OptionalOutcome("Reported", "已填报", "Reported").OptionalOutcome("Closed", "申请办结", "Said to be done")
            .OptionalOutcome("ExtensionAsked", "申请延期", "Extension asked")
            .OptionalOutcome("Overdue", "逾期（仍等待）", "Overdue (still waiting)")
            .OptionalOutcome("Stalled", "停滞", "Stalled").Build(),
        node => new AwaitReport(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Reporters"), NodeChecks.Form(node), NodeChecks.Shows(node),
            NodeChecks.Spans(node, "DueNotices"), NodeChecks.AssigneesIfAny(node, "DueNoticesTo"),
            NodeChecks.Duration(node, "Interval"), NodeChecks.Duration(node, "StallAfter"),
            .. NodeChecks.Policies(node),
            .. NodeChecks.Outcomes(
                node, NodeChecks.Literal(node, "Subject") == "plan"
                    ? ["Reported"] : ["Reported", "Closed", "ExtensionAsked"]),
        ]));

    protected override TaskShape Shape(ActivityContext context, CaseFile file)
    {
        var item = IsItem(context) ? ItemOf(context, file) : null;
        return new TaskShape
        {
            Kind = TaskKind.Report,
            Mode = item is null ? GateMode.EachUnit : GateMode.AnyOne,
            Outcomes = item is null
                ? [Outcomes.Of(OutcomeKeys.Report)]
                : [Outcomes.Of(OutcomeKeys.Report), Outcomes.Of(OutcomeKeys.AskExtension)],
            Template = MailTemplateCatalogue.ReportRequest,
            Judged = item is null ? [] : [Exhibits.Item],
            FormKey = _form.Get(context) is { Length: > 0 } form ? form : item is null
                ? FormKeys.PeriodicReport
                : FormKeys.ProgressEntry,
            Prefill = item is null ? [] : new()
            {
                ["percent"] = item.Percent.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["problems"] = item.Problems,
                ["solution"] = item.Solution,
            },
        };
    }

    /// <summary>
    /// An entry is due so long after the last one, whatever happened between: asking for an extension gains no time.
    /// One that would come after the item's own day is due before it, while something can still be done.
    /// </summary>
    protected override DueTime? DueOf(ActivityContext context, CaseFile file)
    {
        if (!IsItem(context) || ItemOf(context, file) is not { } item
            || _interval.Get(context) is not { Length: > 0 } interval)
        {
            return DueAfter(context, file, _interval.Get(context));
        }

        var due = DueTime.After(item.SilentSince, interval, file, context.Now);
        var since = file.Calendar.DayOf(item.SilentSince);
        if (item.DueOn is not { } own || own <= since) return due;
        var before = file.Calendar.Add(own, file.Policies.Rules.Duration(RuleKeys.LastReport), -1);
        var day = before > since ? before : own;
        var last = file.Calendar.At(day, DueTime.EndOfDay);
        return last <= context.Now || due.At <= last
            ? due
            : new DueTime(last, new DueBasis(
                new WorkingDuration(day.DayNumber - since.DayNumber, DayCount.CalendarDays), since));
    }

    protected override void Opened(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (!IsItem(context) || ItemOf(context, file) is not { } item) return;
        item.NextEntryDueAt = task.DueAt;
        context.SetProperty(ToldProperty, null);
        TellDue(context, file, item, task);
        SetStall(context, file, item);
    }

    protected override void OwnTimer(ActivityContext context, CaseFile file, WorkTask task, Bookmark bookmark)
    {
        if (ItemOf(context, file) is not { } item) return;
        TellDue(context, file, item, task);
        SetStall(context, file, item);
        Look(context, file, item, follow: true);
    }

    /// <summary>
    /// Tells the unit and the supervisor how near the item's own day is, or that it has passed (P64); once for each
    /// span.
    /// </summary>
    private void TellDue(ActivityContext context, CaseFile file, TrackedItem item, WorkTask task)
    {
        if (Notices(context, file, item) is not [var notice, ..] || notice.At > context.Now) return;
        item.DueTold = notice.Mark;

        // What had passed before the item was assigned is no news.
        if (notice.At < item.OpenedAt) return;
        var when = ItemDueNotices.When(notice.Days);
        var mail = new CaseMail(Tools, file, context.Now);
        var values = new Dictionary<string, object?>
        {
            ["when"] = when.InBoth(),
            ["missing"] = Missing(item).InBoth(),
        };
        var told = Assignees.PeopleOf(_dueTold.Get(context), file, item, context.Now, task)
            .Where(person => mail.OfTask(
                task, person, MailTemplateCatalogue.ItemDue, CaseMail.OrdinalOf(notice.Mark), values))
            .Select(person => person.Name).ToList();
        Tell(context, file, HistoryVerbs.ItemDueTold, new(
            $"督办事项{item.Year}-{item.Number}{when.Zh}，已告知{(told.Count > 0 ? string.Join('、', told) : "（当日已另有告知）")}。",
            $"Tracked item {item.Year}-{item.Number} is {when.For("en")}; told "
                + $"{(told.Count > 0 ? string.Join(", ", told) : "(told otherwise today)")}."));
    }

    private static LocalText Missing(TrackedItem item)
    {
        var (zh, en) = item.Problems is { Length: > 0 } problems && problems != "无"
            ? ($"；存在问题：{problems}", $"; problems: {problems}")
            : ("", "");
        return new($"完成进度 {item.Percent}%{zh}", $"{item.Percent} per cent done{en}");
    }

    private IReadOnlyList<ItemDueNotice> Notices(ActivityContext context, CaseFile file, TrackedItem item) =>
        ItemDueNotices.Spans(_dueSpans.Get(context)) is { Count: > 0 } spans
            ? ItemDueNotices.Pending(item, spans, file.Calendar, context.Now)
            : [];

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer) =>
        (answer.Outcome, IsItem(context) ? ItemOf(context, file) : null) switch
        {
            (OutcomeKeys.Report, _) when answer.Fields.IsYes("done") && (answer.Fields.Number("percent") ?? 0) < 100 =>
                [new FieldError("done", new("完成进度为 100 时才能申请办结核查。", "A closing check needs 100 per cent."))],
            (OutcomeKeys.AskExtension, { } item) when ProgressRules.TooLateToExtend(item, file.Calendar, context.Now)
                is { } late => [late],
            (OutcomeKeys.AskExtension, { }) => ProgressRules.CheckExtensionReason(answer.Reason, "reason"),
            _ => [],
        };

    protected override string? RecordKind(WorkTask task) => null;

    protected override bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        if (!IsItem(context)) Records.Keep(file, task, KindOf(task), answer, context.Now);
        return false;
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        if (tally.Outcome == OutcomeKeys.AskExtension)
        {
            context.CompleteWithOutcome("ExtensionAsked");
            return;
        }

        if (IsItem(context))
        {
            Records.Keep(file, task, KindOf(task), answer, context.Now);
            if (ItemOf(context, file) is { } item) TakeEntry(context, file, item, answer);
            else context.CompleteWithOutcome("Reported");
            return;
        }

        UnitReports.Join(file, task, KindOf(task), answer, context.Now);
        context.CompleteWithOutcome("Reported");
    }

    private static string KindOf(WorkTask task) => task.FormKey ?? "report";

    private void TakeEntry(ActivityContext context, CaseFile file, TrackedItem item, TaskAnswer answer)
    {
        if (ProgressRules.Enter(item, answer.Fields, answer.OnBehalfOfId ?? answer.ActorId, null,
            context.Now) is ItemResult.Done { Entry: { } entry })
        {
            file.Add(entry);
        }

        context.SetOutput(_percent, (long)item.Percent);
        Tell(context, file, HistoryVerbs.ItemEntry, new(
            $"督办事项{item.Year}-{item.Number}填报进展：完成{item.Percent}%。",
            $"Progress of tracked item {item.Year}-{item.Number}: {item.Percent} per cent."),
            actor: answer.ActorId, onBehalfOf: answer.OnBehalfOfId);
        if (item.State == TrackedItemState.AwaitingCheck) context.CompleteWithOutcome("Closed");
        else if (Look(context, file, item, follow: false)) context.CompleteWithOutcomes("Reported", "Stalled");
        else context.CompleteWithOutcome("Reported");
    }

    /// <summary>
    /// Looks for a stall (O6). A reply that is merely overdue shows on the item and climbs the ladder; any other
    /// reason, once told, leads out by
    /// <c>Stalled</c>. True when it does.
    /// </summary>
    private bool Look(ActivityContext context, CaseFile file, TrackedItem item, bool follow)
    {
        var patience = Patience(context, file, item);
        var findings = StallDetector.Find(
            item,
            file.Entries.Where(entry => entry.TrackedItemId == item.Id),
            file.Directory,
            file.Calendar,
            new StallPolicy(patience ?? 45, Math.Clamp(_unchangedReports.Get(context), 1, 20)),
            context.Now);
        if (StallDetector.Apply(item, findings) && item.Stall is not null)
        {
            Tell(context, file, HistoryVerbs.ItemStalled, new(
                $"督办事项{item.Year}-{item.Number}停滞：{findings[0].Text.Zh}",
                $"Tracked item {item.Year}-{item.Number} has stalled: {findings[0].Text.For("en")}"));
        }

        var grave = findings.FirstOrDefault(finding => finding.Reason != StallReason.ReplyOverdue);
        if (grave is null || context.GetProperty(ToldProperty) as string == grave.Reason.ToString()) return false;
        context.SetProperty(ToldProperty, grave.Reason.ToString());
        context.SetOutput(_stallReason, grave.Reason.ToString());
        if (follow) context.FollowOutcomes("Stalled");
        return true;
    }

    private void SetStall(ActivityContext context, CaseFile file, TrackedItem item)
    {
        context.RemoveBookmarks(StallTag);
        var looks = new List<DateTimeOffset>();
        if (item.NextEntryDueAt is { } reply) looks.Add(reply + TimeSpan.FromMinutes(1));
        if (item.DueOn is { } due) looks.Add(file.Calendar.At(due.AddDays(1), DueTime.Morning));
        if (Notices(context, file, item) is { Count: > 0 } notices) looks.AddRange(notices.Select(notice => notice.At));
        if (Patience(context, file, item) is { } patience) looks.Add(item.SilentSince.AddDays(patience));
        if (looks.Where(look => look > context.Now).Select(look => (DateTimeOffset?)look).Min() is { } next)
        {
            DateOnly? lastEntry = item.LastEntryAt is { } entry ? file.Calendar.DayOf(entry) : null;
            TaskClock.Set(context, StallTag, next, new TimerBasis.Stall(item.DueOn, lastEntry));
        }
    }

    private bool IsItem(ActivityContext context) => _subject.Get(context) is null or "" or "item";

    /// <summary>Days, as the calendar counts them, after which silence is a stall.</summary>
    private int? Patience(ActivityContext context, CaseFile file, TrackedItem item)
    {
        if (_stallAfter.Get(context) is not { Length: > 0 } text) return null;
        var since = file.Calendar.DayOf(item.SilentSince);
        return file.Calendar.Add(since, DueTime.Read(text, file)).DayNumber - since.DayNumber;
    }
}
