using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Plans;

/// <summary>A line of an implementation plan as it stands: what, who, by when.</summary>
public sealed record PlanLine(
    string Task, UnitId? Unit, PersonId? Person, PersonId? Supervisor, DateOnly? Due, string Demand);

/// <summary>One thing that a version of the plan says otherwise than the one before.</summary>
public sealed record PlanLineChange(string Task, string What, string Before, string After);

/// <summary>
/// A version of the plan's document (P70): its lines, and those of the version before. What a version said is kept as a
/// record, so that the next one can say what changed: dates, tasks, owners, units.
/// </summary>
public sealed class PlanPaperVersion
{
    /// <summary>Kind of the record that keeps a version's lines.</summary>
    public const string RecordKind = "implementation-plan-version";

    private const string NumberField = "version", RequestField = "request";
    private readonly IReadOnlyList<PlanLine> _before;
    private readonly CaseRecord? _request;
    private readonly HashSet<string> _items;

    private PlanPaperVersion(
        int number, CaseFile file, CaseRecord plan, IReadOnlyList<PlanLine> before, CaseRecord? request,
        DateTimeOffset now)
    {
        (Number, Lines, _before, _request) = (number, LinesOf(file, plan, now), before, request);
        _items = [.. file.Items.Select(item => $"{PlanPartKind.Item}.{item.Id.Value:N}")];
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>The lines as they stand.</summary>
    public IReadOnlyList<PlanLine> Lines { get; }

    /// <summary>What the approved request said: change and reason; empty where there was none.</summary>
    public string Why => _request is null ? ""
        : $"调整内容：{_request.Fields.Text("change").TrimEnd('。')}。"
            + $"理由：{_request.Fields.Text("reason").TrimEnd('。')}。";

    /// <summary>The next version of the case's plan; its lines are added to the case as a record.</summary>
    public static PlanPaperVersion Next(CaseFile file, CaseRecord plan, DateTimeOffset now)
    {
        var last = file.Records.Find(record => record.Kind == RecordKind);
        var number = (last?.Fields.Number(NumberField) ?? 0) + 1;
        var newest = file.Records.Find(record => record.Kind == PlanChange.Form);
        var request = last is null || last.Fields.Text(RequestField) == $"{newest?.Id:N}" ? null : newest;
        var version = new PlanPaperVersion(
            number, file, plan, last is null ? [] : [.. last.Fields.RowsOf("lines").Select(Read)],
            request, now);
        file.Add(new CaseRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = file.Case.Id,
            Kind = RecordKind,
            Title = new($"实施方案（第{number}版）", $"Implementation plan, version {number}"),
            Fields = new()
            {
                [NumberField] = number.ToString(CultureInfo.InvariantCulture),
                [RequestField] = $"{newest?.Id:N}",
                ["goal"] = plan.Fields.Text("goal"),
                ["support"] = plan.Fields.Text("support"),
                ["lines"] = FormValues.Write(version.Lines.Select(Write)),
            },
            ById = plan.ById,
            OnBehalfOfId = plan.OnBehalfOfId,
            At = now,
        });
        return version;
    }

    /// <summary>
    /// The plan's lines; of those that are followed as tracked items the unit, people and day that they have now, of
    /// the others the supervisor that their item will have.
    /// </summary>
    public static IReadOnlyList<PlanLine> LinesOf(CaseFile file, CaseRecord plan, DateTimeOffset now) =>
    [
        .. plan.Fields.RowsOf("lines").Select(row =>
        {
            var line = Read(row);
            return file.Items.Find(item => item.Advice == AdviceOf(line.Task, line.Demand)) is { } item
                ? line with
                {
                    Unit = item.UndertakingUnitId,
                    Person = item.UndertakerId ?? line.Person,
                    Supervisor = item.SupervisorId,
                    Due = item.DueOn,
                }
                : line with
                {
                    Supervisor = ProgressRules.HandsOfPlanLine(file, line.Unit, line.Person, now).SupervisorId,
                };
        }),
    ];

    /// <summary>What a tracked item says that follows a line: the task, and what is demanded of it.</summary>
    public static string AdviceOf(string task, string demand) => demand.Length == 0 ? task : $"{task}（{demand}）";

    /// <summary>
    /// What changed: lines, the same ones being those of the same task, then phases and tasks of the plan whose days
    /// the request moved.
    /// </summary>
    public IReadOnlyList<PlanLineChange> Changes(OrganisationDirectory directory)
    {
        var changes = new List<PlanLineChange>();
        foreach (var line in Lines)
        {
            if (_before.FirstOrDefault(one => one.Task == line.Task) is not { } was)
            {
                changes.Add(new(line.Task, "任务", "—", "新增"));
                continue;
            }

            Compare(line.Task, "责任单位", Unit(was.Unit), Unit(line.Unit));
            Compare(line.Task, "责任人", Person(was.Person), Person(line.Person));
            Compare(line.Task, "督办负责人", Person(was.Supervisor), Person(line.Supervisor));
            Compare(line.Task, "时间节点", Day(was.Due), Day(line.Due));
            Compare(line.Task, "工作要求", was.Demand, line.Demand);
        }

        changes.AddRange(_before.Where(was => Lines.All(line => line.Task != was.Task))
            .Select(was => new PlanLineChange(was.Task, "任务", Day(was.Due), "取消")));
        changes.AddRange(from row in _request?.Fields.RowsOf(PlanChange.Rows) ?? []
                         let part = PlanPartCell.Read(row.Text(PlanChange.Part))
                         where !_items.Contains(part.Key)
                         select new PlanLineChange(
                             part.Name?.Zh ?? part.Key, "结束日期", Day(row.Day(PlanChange.Before)),
                             Day(row.Day(PlanChange.Until))));
        return changes;

        // A supervisor is named only once the lines are followed: that is no change.
        void Compare(string task, string what, string before, string after)
        {
            if (before != after && (before.Length > 0 || what != "督办负责人")) changes.Add(new(task, what, before, after));
        }

        string Unit(UnitId? id) => directory.Find(id)?.Name.Zh ?? "";
        string Person(PersonId? id) => directory.Find(id)?.Name ?? "";
        string Day(DateOnly? day) => day is { } known ? $"{known.Year}年{known.Month}月{known.Day}日" : "";
    }

    private static PlanLine Read(IReadOnlyDictionary<string, string> row) => new(
        row.Text("task"), row.Unit("unit"), row.Person("person"), row.Person("supervisor"), row.Day("due"),
        row.Text("demand"));

    private static Dictionary<string, string> Write(PlanLine line) => new()
    {
        ["task"] = line.Task,
        ["unit"] = line.Unit?.Value.ToString("N") ?? "",
        ["person"] = line.Person?.Value.ToString("N") ?? "",
        ["supervisor"] = line.Supervisor?.Value.ToString("N") ?? "",
        ["due"] = line.Due is { } due ? IsoDay.Iso(due) : "",
        ["demand"] = line.Demand,
    };
}
