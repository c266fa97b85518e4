using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;

namespace Consultation.Activities.Reports;

/// <summary>Joins what the units reported, each for itself, to one record for later steps and documents.</summary>
internal static class UnitReports
{
    /// <summary>
    /// Keeps the joined record where several reported: every text with the name of its unit before it, in the order in
    /// which they came.
    /// </summary>
    public static void Join(CaseFile file, WorkTask task, string kind, TaskAnswer last, DateTimeOffset now)
    {
        // Records stand newest first.
        var reports = file.Records.Where(record => record.TaskId == task.Id && record.Kind == kind).Reverse()
            .OrderBy(record => record.At).ToList();
        if (reports.Count < 2) return;
        var fields = reports.SelectMany(report => report.Fields.Keys).Distinct()
            .ToDictionary(key => key, key => string.Join('\n', reports
                .Where(report => report.Fields.Text(key).Length > 0)
                .Select(report => $"【{UnitOf(file, task, report)}】{report.Fields.Text(key)}")));
        Records.Keep(file, task, kind, last with { Fields = fields }, now);
    }

    private static string UnitOf(CaseFile file, WorkTask task, CaseRecord report)
    {
        var by = report.OnBehalfOfId ?? report.ById;
        var seat = task.Assignees.Find(one => one.PersonId == by);
        return file.Directory.Find(seat?.UnitId)?.Name.Zh ?? file.Directory.Find(by)?.Name ?? "?";
    }
}
