using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Plans;

namespace Consultation.Cases.TrackedItems;

/// <summary>What came of something done to a tracked item.</summary>
public abstract record ItemResult
{
    private ItemResult() { }

    /// <summary>Done; the item has been changed.</summary>
    /// <param name="Entry">The new progress entry, where there is one: still to be added to the case file.</param>
    public sealed record Done(ProgressEntry? Entry = null) : ItemResult;

    /// <summary>Not done, with what to mend; nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : ItemResult;
}

/// <summary>
/// How a tracked item moves: rows of the problem list, progress entries, closing check, extension (Q99–Q102, Q104–Q113,
/// O8). Pure but for the item itself.
/// </summary>
public static class ProgressRules
{
    /// <summary>Makes a tracked item from a row of the problem list (Q99, Q104–Q113).</summary>
    public static TrackedItem FromProblem(
        OrganisationId organisation, CaseId caseId, IReadOnlyDictionary<string, string> row, int number, int year,
        DateTimeOffset now) => new()
        {
            OrganisationId = organisation,
            Id = TrackedItemId.New(),
            CaseId = caseId,
            Number = number,
            Year = year,
            ConsultedOn = row.Day("consulted-on"),
            Topic = row.Text("topic"),
            Advice = row.Text("advice"),
            AssigningUnitId = row.Unit("assigning"),
            UndertakingUnitId = row.Unit("undertaking"),
            ResponsibleOfficeId = row.Unit("office"),
            SupervisorId = row.Person("supervisor"),
            Progress = row.Text("progress"),
            Problems = row.Text("problems"),
            Solution = row.Text("solution"),
            DueOn = row.Day("due"),
            OriginalDueOn = row.Day("due"),
            OpenedAt = now,
        };

    /// <summary>Makes a tracked item from a line of the implementation plan (P58).</summary>
    /// <remarks>
    /// The person responsible carries it out where he belongs to the unit; the head of the work group then supervises.
    /// </remarks>
    public static TrackedItem FromPlanLine(
        CaseFile file, IReadOnlyDictionary<string, string> line, int number, int year, DateTimeOffset now)
    {
        var (@case, organisation) = (file.Case, file.Case.OrganisationId);
        var hands = HandsOfPlanLine(file, line.Unit("unit"), line.Person("person"), now);
        return new()
        {
            OrganisationId = organisation,
            Id = TrackedItemId.New(),
            CaseId = @case.Id,
            Number = number,
            Year = year,
            ConsultedOn = file.Meeting?.On,
            Topic = file.Topic?.Title ?? @case.Title,
            Advice = PlanPaperVersion.AdviceOf(line.Text("task"), line.Text("demand")),
            AssigningUnitId = @case.WorkGroupId ?? @case.PlatformId,
            UndertakingUnitId = line.Unit("unit"),
            ResponsibleOfficeId = @case.CommitteeId ?? @case.WorkGroupId,
            UndertakerId = hands.UndertakerId,
            SupervisorId = hands.SupervisorId,
            DueOn = line.Day("due"),
            OriginalDueOn = line.Day("due"),
            OpenedAt = now,
        };
    }

    /// <summary>
    /// Who carries out a line of the plan and who watches over it, as its tracked item will have them: the task table
    /// is printed before there are items.
    /// </summary>
    public static ItemHands HandsOfPlanLine(CaseFile file, UnitId? unit, PersonId? person, DateTimeOffset now)
    {
        var hands = new ItemHands(person, unit, null, []);
        return hands.ChecksItself(file.Directory, now)
            ? hands with { UndertakerId = person, SupervisorId = SupervisorOfPlan(file, unit, now) }
            : hands;
    }

    /// <summary>
    /// Who watches over a plan's line: the work group's lead, otherwise a member or the secretary, never the unit.
    /// </summary>
    private static PersonId? SupervisorOfPlan(CaseFile file, UnitId? unit, DateTimeOffset now) =>
        Assignees.PeopleOf(
            "role:WorkGroupLead@case.workgroup; role:WorkGroupMember@case.workgroup; role:Secretary", file, null, now)
            .FirstOrDefault(person => !new ItemHands(person.Id, unit, null, []).ChecksItself(file.Directory, now))?.Id;

    /// <summary>
    /// Enters progress from a validated form (Q111–Q113). Clears a stall; "done" asks for the closing check.
    /// </summary>
    public static ItemResult Enter(
        TrackedItem item, IReadOnlyDictionary<string, string> fields, PersonId by, DateTimeOffset? nextDueAt,
        DateTimeOffset now)
    {
        if (item.State is TrackedItemState.Done or TrackedItemState.Abandoned)
        {
            return Refuse("", "事项已经结束，不再填报进展。", "The item is closed; no more entries.");
        }

        var percent = fields.Number("percent") ?? item.Percent;
        var saysDone = fields.IsYes("done");
        if (saysDone && percent < 100)
        {
            return Refuse("done", $"完成进度为 100 时才能申请办结核查，现在填的是 {percent}。",
                $"A closing check needs 100 per cent; you entered {percent}.");
        }

        var entry = new ProgressEntry
        {
            OrganisationId = item.OrganisationId,
            Id = OrderedGuid.New(),
            TrackedItemId = item.Id,
            At = now,
            ById = by,
            Percent = percent,
            Progress = fields.Text("progress"),
            Problems = fields.Text("problems"),
            Solution = fields.Text("solution"),
            SaysDone = saysDone,
        };
        (item.Percent, item.Progress, item.Problems, item.Solution) =
            (entry.Percent, entry.Progress, entry.Problems, entry.Solution);
        (item.LastEntryAt, item.NextEntryDueAt, item.RestedDays) = (now, saysDone ? null : nextDueAt, 0);
        (item.Stall, item.Rung) = (null, 0);
        item.State = saysDone ? TrackedItemState.AwaitingCheck : TrackedItemState.InProgress;
        return new ItemResult.Done(entry);
    }

    /// <summary>
    /// Ends the closing check (Q102): done, or back to work. Who reported the item done cannot check it (O16).
    /// </summary>
    public static ItemResult Close(
        TrackedItem item, bool passed, string note, PersonId checker, IEnumerable<ProgressEntry> entries,
        DateTimeOffset now)
    {
        if (item.State != TrackedItemState.AwaitingCheck)
        {
            return Refuse("", "事项没有申请办结核查。", "Nobody asked for a closing check of this item.");
        }

        if (entries.Where(entry => entry.TrackedItemId == item.Id).MaxBy(entry => entry.At) is { } last
            && last.ById == checker)
        {
            return Refuse("", "填报办结的人不能自己核查，请由他人核查。", "Who reported it done cannot check it; somebody else must.");
        }

        item.ClosingNote = note.Trim();
        (item.State, item.ClosedAt) = passed
            ? (TrackedItemState.Done, now)
            : (TrackedItemState.InProgress, (DateTimeOffset?)null);
        return new ItemResult.Done();
    }

    /// <summary>Why no extension can be asked for any more; null while the due day is not over (O8).</summary>
    public static FieldError? TooLateToExtend(TrackedItem item, WorkingCalendar calendar, DateTimeOffset now) =>
        item.DueOn is { } due && calendar.DayOf(now) > due
            ? new("", new(
                $"办结期限 {due:yyyy-MM-dd} 已过，不能再申请延期；请填报进展并说明原因。",
                $"The due day {due:yyyy-MM-dd} has passed; enter progress and say why instead."))
            : null;

    /// <summary>
    /// What is wrong with the rows from which tracked items are made: nobody supervises the own unit, who would check
    /// in the end what that unit reported (Q102, O16).
    /// </summary>
    public static IReadOnlyList<FieldError> CheckRows(
        string form, IReadOnlyDictionary<string, string> fields, OrganisationDirectory directory, DateTimeOffset now)
    {
        if (form != FormKeys.ProblemList) return [];
        return
        [
            .. from row in fields.RowsOf("items").Select((cells, index) => (Cells: cells, Index: index))
               let hands = new ItemHands(row.Cells.Person("supervisor"), row.Cells.Unit("undertaking"), null, [])
               where hands.ChecksItself(directory, now)
               let name = directory.Find(hands.SupervisorId)?.Name
               select new FieldError($"items[{row.Index}].supervisor", new(
                   $"第 {row.Index + 1} 行：{name}是承办单位自己的人，不能督办自己的单位。请选择其他单位的人。",
                   $"Row {row.Index + 1}: {name} belongs to the undertaking unit and cannot supervise it; choose "
                       + "somebody of another unit.")),
        ];
    }

    /// <summary>
    /// Lines of the implementation plan that nobody could watch over: said before the task table is printed without a
    /// supervisor.
    /// </summary>
    public static IReadOnlyList<FieldError> CheckPlanLines(
        CaseFile file, IReadOnlyDictionary<string, string> fields, DateTimeOffset now) =>
    [
        .. from row in fields.RowsOf("lines").Select((cells, index) => (Cells: cells, Index: index))
           let hands = HandsOfPlanLine(file, row.Cells.Unit("unit"), row.Cells.Person("person"), now)
           where hands.SupervisorId is null && row.Cells.Person("person") is not null
           select new FieldError($"lines[{row.Index}].person", new(
               $"第 {row.Index + 1} 行没有人可以督办：工作小组成员和秘书都是责任单位自己的人，或者没有指定。请先在“人员和角色”中"
                   + "指定其他单位的秘书或工作小组成员，或者改由其他单位的人负责。",
               $"Row {row.Index + 1}: nobody can supervise it; the work group and the secretaries belong to the unit "
                   + "itself, or there are none. Appoint somebody of another unit first.")),
    ];

    /// <summary>
    /// What is wrong with a request for extension (O8): asked before the due day is over, for a later working day, with
    /// a reason. Who asked in time may fill the request in later.
    /// </summary>
    public static IReadOnlyList<FieldError> CheckExtension(
        TrackedItem item, DateOnly? newDue, string reason, WorkingCalendar calendar, DateTimeOffset now,
        DateTimeOffset? askedAt = null)
    {
        var errors = new List<FieldError>();
        if (TooLateToExtend(item, calendar, askedAt ?? now) is { } late) errors.Add(late);

        if (newDue is null || newDue <= item.DueOn || newDue <= calendar.DayOf(now))
        {
            errors.Add(new(
                "new-due", new("新的期限应当晚于原期限和今天。", "The new day must lie after the present due day and after today.")));
        }
        else if (!calendar.IsWorkingDay(newDue.Value))
        {
            var next = calendar.Add(newDue.Value, new WorkingDuration(0, DayCount.WorkingDays));
            errors.Add(new("new-due",
                new($"所选日期不是工作日，可以选 {next:yyyy-MM-dd}。", $"That day is no working day; {next:yyyy-MM-dd} is.")));
        }

        errors.AddRange(CheckExtensionReason(reason, "reason"));
        return errors;
    }

    /// <summary>
    /// What is wrong with the reason of an extension, wherever it is written: the form's own limits count, so that what
    /// is taken when somebody asks is not refused when the request is filled in.
    /// </summary>
    /// <param name="reason">The reason.</param>
    /// <param name="key">Key of the field in which it was written.</param>
    public static IReadOnlyList<FieldError> CheckExtensionReason(string? reason, string key)
    {
        var field = FormCatalogue.Find(FormKeys.ExtensionRequest)!.Opinion!;
        var length = TypedText.Prose(reason).Length;
        return length == 0 ? [new(key, new("请写明延期理由。", "Give the reason."))]
            : length < field.Min ? [new(key, new(
                $"延期理由至少 {field.Min} 字，请写得具体一些。",
                $"The reason for an extension needs at least {field.Min} characters; please say more."))]
            : length > field.Max ? [new(key, new(
                $"延期理由不能超过 {field.Max} 字，现有 {length} 字。",
                $"The reason for an extension has at most {field.Max} characters; it has {length}."))]
            : [];
    }

    /// <summary>Grants an extension that was checked; the first due day stays visible (O8).</summary>
    public static void Extend(TrackedItem item, DateOnly newDue)
    {
        item.OriginalDueOn ??= item.DueOn;
        item.DueOn = newDue;
        item.Rung = 0;
    }

    private static ItemResult.Refused Refuse(string field, string zh, string en) =>
        new([new FieldError(field, new(zh, en))]);
}
