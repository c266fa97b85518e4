using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.TrackedItems;
using static Consultation.Cases.Calendar.IsoDay;

namespace Consultation.Cases.Plans;

/// <summary>A part of a plan that gets another day.</summary>
/// <param name="Part">The part, as it was before.</param>
/// <param name="Until">Its new last day.</param>
/// <param name="From">New first day of a phase; null for the rest.</param>
/// <param name="WorkingDays">Working days by which its end moves; negative is earlier.</param>
/// <param name="Follows">True when nobody named it: it moves along with a phase.</param>
public sealed record PlanPartMove(PlanPart Part, DateOnly Until, DateOnly? From, int WorkingDays, bool Follows)
{
    /// <summary>The days for the history.</summary>
    public DateMove Days => new(
        Part.Until, Until, Part.From, From, Part.Kind == PlanPartKind.Phase ? Part.Id : null,
        Part.Kind == PlanPartKind.Work ? Part.Id : null);
}

/// <summary>
/// A change of a plan (P70). Who asks for it names parts of the plan with a new last day, or with working days more. A
/// phase that moves takes along its tasks that are not done and the later phases, by as many working days; what is
/// named itself gets its own day. Tracked items move only when they are named. Pure but for the case file.
/// </summary>
public static class PlanChange
{
    /// <summary>The form by which a change is asked for, and the kind of its record.</summary>
    public const string Form = FormKeys.ChangeRequest;

    /// <summary>The form's rows: what gets which day.</summary>
    public const string Rows = "moves";

    /// <summary>
    /// Columns of the rows. The last two are the product's: the day before, and whether the row follows a phase.
    /// </summary>
    public const string Part = "part", Until = "until", Days = "days", Before = "before", Follows = "follows";

    /// <summary>Most working days by which one change moves a part.</summary>
    internal const int MostDays = 120;

    /// <summary>What is wrong with the rows, cell by cell.</summary>
    public static IReadOnlyList<FieldError> Check(
        IReadOnlyList<PlanPart> plan, IReadOnlyDictionary<string, string> fields, WorkingCalendar calendar,
        DateOnly today)
    {
        var rows = fields.RowsOf(Rows);
        var errors = rows.Select(
            (row, index) => CheckRow(row, index, rows, plan, calendar, today)).OfType<FieldError>().ToList();
        if (errors.Count > 0 || rows.Any(
            row => plan.All(part => part.Key != KeyOf(row.Text(Part)) || DayOf(row, part, calendar) is null)))
        {
            return errors;
        }
        var moves = Moves(plan, Named(plan, rows, calendar), calendar, today);
        return [.. rows.Select(
            (row, index) =>
                CheckOrder(moves.First(move => !move.Follows && move.Part.Key == KeyOf(row.Text(Part))), index, plan,
                    moves)).OfType<FieldError>()];
    }

    /// <summary>
    /// The entries as they are kept: a row for everything that moves, with its name and the day before.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Resolve(
        IReadOnlyList<PlanPart> plan, IReadOnlyDictionary<string, string> fields, WorkingCalendar calendar,
        DateOnly today)
    {
        var moves = Moves(plan, Named(plan, fields.RowsOf(Rows), calendar), calendar, today);
        return new Dictionary<string, string>(fields)
        {
            [Rows] = moves.Count == 0 ? "" : FormValues.Write(moves.Select(move => new Dictionary<string, string>
            {
                [Part] = new PlanPartCell(move.Part.Key, move.Part.Name).Write(),
                [Before] = Iso(move.Part.Until),
                [Until] = Iso(move.Until),
                [Days] = move.WorkingDays.ToString(CultureInfo.InvariantCulture),
                [Follows] = move.Follows ? FormValues.Yes : FormValues.No,
            })),
        };
    }

    /// <summary>
    /// What a request that comes back shows first: what was named in it. Nothing of a request that has been carried
    /// out.
    /// </summary>
    public static Dictionary<string, string> Prefill(
        IReadOnlyList<PlanPart> plan, IReadOnlyDictionary<string, string> kept)
    {
        var named = kept.RowsOf(Rows).Where(row => !row.IsYes(Follows)).ToList();
        if (named.Exists(row => plan.Any(part => part.Key == KeyOf(row.Text(Part)) && part.Until == row.Day(Until))))
        {
            return [];
        }
        return new(kept)
        {
            [Rows] = named.Count == 0 ? "" : FormValues.Write(named.Select(row => new Dictionary<string, string>
            {
                [Part] = KeyOf(row.Text(Part)),
                [Until] = row.Text(Until),
            })),
        };
    }

    /// <summary>
    /// Carries an approved request out: days of phases, open tasks, tracked items, and of what the workflow has still
    /// to give. What is over by now stays as it is; a day that has passed meanwhile becomes the next working day.
    /// </summary>
    public static IReadOnlyList<PlanPartMove> Apply(
        CaseFile file, IReadOnlyDictionary<string, string> request, DateTimeOffset now)
    {
        var (plan, today) = (PlanSchedule.Of(file), file.Calendar.DayOf(now));
        var named =
            plan.Select(
                part => (part.Key, Row: request.RowsOf(Rows)
                    .FirstOrDefault(row => !row.IsYes(Follows) && KeyOf(row.Text(Part)) == part.Key)))
            .Where(one => one.Row?.Day(Until) is not null)
            .ToDictionary(one => one.Key, one => one.Row!.Day(Until) is { } day && day > today
                ? day
                : file.Calendar.Move(today, 1));
        var moves = Moves(plan, named, file.Calendar, today);
        var shiftsBefore = new Dictionary<string, int>(file.Case.PlanShifts);
        foreach (var move in moves)
        {
            switch (move.Part.Kind)
            {
                case PlanPartKind.Phase:
                    MovePhase(file, move, now);
                    break;
                case PlanPartKind.Task:
                    MoveTask(file, move, shiftsBefore);
                    break;
                case PlanPartKind.Work when !move.Follows:
                    SetShift(file.Case, move.Part.Id, move.Part.Phase!, move.WorkingDays, shiftsBefore);
                    break;
                case PlanPartKind.Item:
                    ProgressRules.Extend(file.Items.First(item => $"{item.Id.Value:N}" == move.Part.Id), move.Until);
                    break;
                default: // Follows its phase by the shift of that.
                    break;
            }
        }

        return moves;
    }

    /// <summary>Everything that moves when some parts get a day: what they take along too.</summary>
    private static List<PlanPartMove> Moves(
        IReadOnlyList<PlanPart> plan, Dictionary<string, DateOnly> named, WorkingCalendar calendar, DateOnly today)
    {
        var moves = new List<PlanPartMove>();
        var shift = 0;
        foreach (var part in plan)
        {
            var given = named.TryGetValue(part.Key, out var day);
            if (part.Kind == PlanPartKind.Phase)
            {
                // A phase begins after the one before, so it begins by so much later.
                var from = part.From is { } first && first > today && shift != 0
                    ? calendar.Move(first, shift)
                    : part.From;
                var until = given ? day : shift == 0 ? part.Until : calendar.Move(part.Until, shift);
                shift = calendar.WorkingDaysBetween(part.Until, until);
                if (given || shift != 0 || from != part.From) moves.Add(new(part, until, from, shift, !given));
            }
            else if (given)
            {
                moves.Add(new(part, day, null, calendar.WorkingDaysBetween(part.Until, day), false));
            }
            else if (part.Phase is not null && Along(part.Until, shift, calendar, today) is var until
                && until != part.Until)
            {
                moves.Add(new(part, until, null, calendar.WorkingDaysBetween(part.Until, until), true));
            }
        }

        return moves;
    }

    /// <summary>Nothing is moved into the past; what is overdue and would be overdue all the same stays.</summary>
    private static DateOnly Along(DateOnly until, int shift, WorkingCalendar calendar, DateOnly today)
    {
        if (shift == 0) return until;
        var moved = calendar.Move(until, shift);
        return moved > today ? moved : until > today ? calendar.Move(today, 1) : until;
    }

    private static Dictionary<string, DateOnly> Named(
        IReadOnlyList<PlanPart> plan, IReadOnlyList<IReadOnlyDictionary<string, string>> rows,
        WorkingCalendar calendar) =>
        rows.Select(row => (Row: row, Part: plan.First(part => part.Key == KeyOf(row.Text(Part)))))
            .ToDictionary(one => one.Part.Key, one => DayOf(one.Row, one.Part, calendar)!.Value);

    private static DateOnly? DayOf(IReadOnlyDictionary<string, string> row, PlanPart part, WorkingCalendar calendar) =>
        row.Day(Until)
            ?? (row.Number(Days) is { } days and >= -MostDays and <= MostDays ? calendar.Move(part.Until, days) : null);

    private static FieldError? CheckRow(
        IReadOnlyDictionary<string, string> row, int index, IReadOnlyList<IReadOnlyDictionary<string, string>> rows,
        IReadOnlyList<PlanPart> plan,
        WorkingCalendar calendar, DateOnly today)
    {
        var key = KeyOf(row.Text(Part));
        if (plan.FirstOrDefault(part => part.Key == key) is not { } part)
        {
            return Wrong(
                index, Part, "请选择要调整的内容；已经办结的内容不能再调整。", "Choose what is to be moved; what is done cannot be moved.");
        }

        if (rows.Take(index).Any(other => KeyOf(other.Text(Part)) == key))
        {
            return Wrong(
                index, Part, $"“{part.Name.Zh}”已经填写过一行，请合并。", $"“{part.Name.For("en")}” has a row already; keep one.");
        }

        var (typed, days) = (row.Text(Until).Length > 0, row.Text(Days).Length > 0);
        if (typed == days)
        {
            return typed
                ? Wrong(index, Days, "新的结束日期和增加的工作日只填一项。", "Give either the new day or the working days, not both.")
                : Wrong(index, Until, "请填写新的结束日期，或填写增加几个工作日。", "Give the new day, or how many working days more.");
        }

        if (DayOf(row, part, calendar) is not { } day) return null; // The form has said that it is no day or no number.
        var cell = typed ? Until : Days;
        if (day == part.Until)
        {
            return Wrong(index, cell, $"“{part.Name.Zh}”现在就是 {Iso(day)} 结束，没有变化。",
                $"“{part.Name.For("en")}” ends on {Iso(day)} already; nothing would change.");
        }

        if (day <= today)
        {
            return Wrong(
                index, cell, $"{Iso(day)} 不晚于今天，请选今天以后的日期。", $"{Iso(day)} is not after today; choose a later day.");
        }

        if (!calendar.IsWorkingDay(day))
        {
            var next = calendar.Move(day, 0);
            return Wrong(index, cell, $"{Iso(day)} 不是工作日，最近的工作日是 {Iso(next)}。",
                $"{Iso(day)} is no working day; the next one is {Iso(next)}.");
        }

        return part.Kind == PlanPartKind.Item && day < part.Until
            ? Wrong(index, cell, $"督办事项的期限只能推后，现为 {Iso(part.Until)}。",
                $"A tracked item can only be put off; it is due {Iso(part.Until)}.")
            : Math.Abs(calendar.WorkingDaysBetween(part.Until, day)) > MostDays
                ? Wrong(index, cell, $"一次最多调整 {MostDays} 个工作日。", $"A change moves by at most {MostDays} working days.")
                : null;
    }

    /// <summary>A phase does not end before it begins, and a task not after its phase.</summary>
    private static FieldError? CheckOrder(
        PlanPartMove move, int index, IReadOnlyList<PlanPart> plan, IReadOnlyList<PlanPartMove> moves)
    {
        if (move.From > move.Until)
        {
            return Wrong(index, Until, $"“{move.Part.Name.Zh}”{Iso(move.From.Value)} 才开始，不能在 {Iso(move.Until)} 结束。",
                $"“{move.Part.Name.For("en")}” begins on {Iso(move.From.Value)}; it cannot end on {Iso(move.Until)}.");
        }

        if (move.Part.Kind is not (PlanPartKind.Task or PlanPartKind.Work)) return null;
        var phase = plan.First(part => part.Kind == PlanPartKind.Phase && part.Id == move.Part.Phase);
        var end = moves.FirstOrDefault(one => one.Part == phase)?.Until ?? phase.Until;
        return move.Until <= end || move.Until <= move.Part.Until ? null : Wrong(index, Until,
            $"“{phase.Name.Zh}”{Iso(end)} 结束，这项任务不能晚于那一天；请把阶段一并推后。",
            $"“{phase.Name.For("en")}” ends on {Iso(end)}, and the task cannot be due later; put the phase off too.");
    }

    private static void MovePhase(CaseFile file, PlanPartMove move, DateTimeOffset now)
    {
        var key = move.Part.Id;
        var phase = file.Phases.Find(one => one.Key == key) ?? file.Add(new PlanPhase
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = file.Case.Id,
            Number = file.Outline.Phases.First(one => one.Key == key).Number,
            Key = key,
            Name = move.Part.Name,
            PlannedFrom = move.Part.From!.Value,
            PlannedTo = move.Part.Until,
        });
        file.MovedPhases.Add(move.Days);
        (phase.PlannedFrom, phase.PlannedTo) = (move.From!.Value, move.Until);
        if (move.Until > file.Calendar.DayOf(now)) phase.SlipWarnedAt = null;
        Add(file.Case.PlanShifts, PlanPart.OfPhase(key), move.WorkingDays);

        // What was moved by itself before goes along too.
        foreach (var own in file.Outline.Works.Where(work => work.Phase == key)
            .Select(work => PlanPart.OfWork(work.ActivityId)).Where(file.Case.PlanShifts.ContainsKey))
        {
            Add(file.Case.PlanShifts, own, move.WorkingDays);
        }
    }

    private static void MoveTask(CaseFile file, PlanPartMove move, Dictionary<string, int> shiftsBefore)
    {
        var task = file.Tasks.First(one => $"{one.Id.Value:N}" == move.Part.Id);
        file.MovedDues.Add(new(task, task.DueAt!.Value, task.DueBasis));
        var start = file.Case.StartDate!.Value;
        task.DueAt = file.Calendar.At(
            move.Until, TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(task.DueAt.Value, file.Calendar.Zone).DateTime));
        task.DueBasis = new DueBasis(
            new WorkingDuration(file.Calendar.WorkingDaysBetween(start, move.Until), DayCount.WorkingDays), start);
        task.DueBeforeRest = null;

        // Should it be sent back and given again, it keeps its day.
        if (!move.Follows && task.InstanceId == file.Case.InstanceId)
        {
            SetShift(file.Case, task.ActivityId, move.Part.Phase!, move.WorkingDays, shiftsBefore);
        }
    }

    private static void SetShift(
        Case file, string activityId, string phase, int workingDays, Dictionary<string, int> before) =>
        file.PlanShifts[PlanPart.OfWork(activityId)] =
            workingDays + (before.TryGetValue(PlanPart.OfWork(activityId), out var own)
                ? own
                : before.GetValueOrDefault(PlanPart.OfPhase(phase)));

    private static void Add(Dictionary<string, int> shifts, string key, int workingDays) =>
        shifts[key] = shifts.GetValueOrDefault(key) + workingDays;

    /// <summary>The key in a stored cell, which holds the name too.</summary>
    private static string KeyOf(string cell) => PlanPartCell.Read(cell).Key;

    private static FieldError Wrong(int row, string cell, string zh, string en) =>
        new($"{Rows}[{row}].{cell}", new($"第 {row + 1} 行：{zh}", $"Row {row + 1}: {en}"));
}
