using System.Globalization;
using System.Security.Cryptography;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Tasks;

/// <summary>A late task that the rules put before the leading group, with its case and tracked item.</summary>
public sealed record SummarisedTask(WorkTask Task, Case Case, TrackedItem? Item);

/// <summary>
/// 每周督办汇总: what is so long overdue that the ladder reports it to the leading group, once a week in one mail with one
/// document (O7, Q74). Of a restricted case only the task's number stands in it. Pure.
/// </summary>
public static class WeeklySummary
{
    /// <summary>Kind of its document, which is of no case.</summary>
    public const string Kind = "weekly-summary";

    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>
    /// The Monday of the week whose summary is due; null before the morning of its first working day.
    /// </summary>
    public static DateOnly? DueOn(WorkingCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = calendar.Add(monday, new WorkingDuration(0, DayCount.WorkingDays));
        return first < monday.AddDays(7) && now >= calendar.At(first, Morning) ? monday : null;
    }

    /// <summary>Longest overdue first.</summary>
    public static IReadOnlyList<SummarisedTask> Order(IEnumerable<SummarisedTask> tasks) =>
        [.. tasks.OrderBy(one => one.Task.DueAt).ThenBy(one => one.Task.Number, StringComparer.Ordinal)];

    /// <summary>One line of the mail.</summary>
    public static LocalText Line(
        SummarisedTask one, OrganisationDirectory directory, WorkingCalendar calendar, DateTimeOffset now)
    {
        var days = DaysOver(one.Task, calendar, now);
        if (one.Case.Restricted)
        {
            return new($"任务 {one.Task.Number}，逾期 {days} 个工作日", $"task {one.Task.Number}, {days} working days overdue");
        }

        // A matter that is on its way to becoming a case has no number yet.
        var (what, who, number) = (What(one), Who(one, directory), one.Case.Number is { } given ? $"{given} " : "");
        return new(
            $"{number}{what}：{one.Task.Title.Zh}，{who}，逾期 {days} 个工作日",
            $"{number}{what}: {one.Task.Title.For("en")}, {who}, {days} working days overdue");
    }

    /// <summary>The series of its numbers, which it shares with nothing.</summary>
    public static string Series => SeriesKeys.Of(Kind);

    /// <summary>The document with its number, as it is filed: it belongs to no case.</summary>
    public static CaseDocument File(
        IReadOnlyList<SummarisedTask> tasks, OrganisationDirectory directory, WorkingCalendar calendar, int number,
        DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        var printed = $"协汇〔{today.Year}〕{number}号";
        var content = Document(tasks, directory, calendar, printed, now);
        return new()
        {
            OrganisationId = directory.Organisation.Id,
            Id = DocumentId.New(),
            Kind = Kind,
            Title = new(
                $"每周督办汇总（截至{ChineseDay.Of(today)}，{tasks.Count} 项）",
                $"Weekly summary ({IsoDay.Iso(today)}, {tasks.Count} tasks)"),
            Number = printed,
            FileName = $"{printed}每周督办汇总-{IsoDay.Iso(today)}.docx",
            ContentType = CaseDocuments.Word,
            Content = content,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            At = now,
        };
    }

    /// <summary>The document, a Word file.</summary>
    public static byte[] Document(
        IReadOnlyList<SummarisedTask> tasks, OrganisationDirectory directory, WorkingCalendar calendar, string number,
        DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        return new DocumentBuilder().Title("每周督办汇总").Number(number)
            .Text($"截至{ChineseDay.Of(today)}，下列 {tasks.Count} 项任务逾期较久，按督办规则报告如下。")
            .Table(
                [new("序号", 2, true), new("协商事项", 6), new("事项或任务", 7), new("承办", 5), new("督办负责人", 4, true),
                    new("任务期限", 5, true), new("办结期限", 5, true), new("逾期工作日", 4, true)],
                tasks.Select((one, index) => (IReadOnlyList<string>)
                [
                    (index + 1).ToString(CultureInfo.InvariantCulture),
                    one.Case.Restricted ? "（限制查阅）"
                        : one.Case.Title + (one.Case.Number is { } given ? $"（{given}）" : ""),
                    one.Case.Restricted ? one.Task.Number : $"{What(one)}（{one.Task.Title.Zh}）",
                    one.Case.Restricted ? "" : Who(one, directory),
                    one.Case.Restricted ? "" : directory.Find(one.Item?.SupervisorId)?.Name ?? "",
                    // Lateness is the task's: a report may be late long before its item is due.
                    ChineseDay.Of(calendar.DayOf(one.Task.DueAt ?? now)),
                    one.Item?.DueOn is { } due ? ChineseDay.Of(due) : "",
                    DaysOver(one.Task, calendar, now).ToString(CultureInfo.InvariantCulture),
                ]))
            .Signature(directory.Organisation.Name.Zh, today).Build();
    }

    private static string What(SummarisedTask one) =>
        one.Item is { } item ? $"{item.Year}-{item.Number} {item.Advice}" : one.Case.Title;

    private static string Who(SummarisedTask one, OrganisationDirectory directory) =>
        directory.Find(one.Item?.UndertakingUnitId)?.Name.Zh
        ?? string.Join('、', Gate.Owing(one.Task).Select(seat => seat.GuestName ?? directory.Find(seat.PersonId)?.Name));

    private static int DaysOver(WorkTask task, WorkingCalendar calendar, DateTimeOffset now) => task.DueAt is { } due
        ? Math.Max(1, calendar.WorkingDaysBetween(calendar.DayOf(due), calendar.DayOf(now)))
        : 0;
}
