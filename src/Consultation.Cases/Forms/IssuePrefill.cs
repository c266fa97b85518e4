using System.Globalization;

namespace Consultation.Cases.Forms;

/// <summary>
/// What the survey, the visits and the open call brought in is not typed again when it is sorted, nor what was sorted
/// when the topic is drafted (P15–P22). Each collection starts with its own way ticked.
/// </summary>
internal static class IssuePrefill
{
    private const string Issues = "issues", Visit = "visit-record";
    private static readonly string[] Scores = ["representative", "widespread", "urgent"];

    internal static Dictionary<string, string> Of(CaseFile file, string? record) => record switch
    {
        "survey-issues" => new() { ["ways"] = "survey" },
        "call-issues" => new() { ["ways"] = "call" },
        _ => Sorted(file, record),
    };

    /// <summary>All collections together: ways, sources, sums, and each issue once.</summary>
    private static Dictionary<string, string> Sorted(CaseFile file, string? record)
    {
        var collected = file.Records.Where(one => one.Kind != record && one.Fields.ContainsKey(Issues))
            .DistinctBy(one => one.Kind).Reverse().Select(one => one.Fields).ToList();
        var visited = file.Records.Exists(one => one.Kind == Visit);
        if (collected.Count == 0) return visited ? new() { ["ways"] = "visit" } : [];
        var rows = collected.SelectMany(fields => fields.RowsOf(Issues)).GroupBy(row => row.Text("issue"))
            .Select(same => same.Aggregate(Together)).ToList();
        return new Dictionary<string, string>
        {
            ["ways"] = Joined(collected, "ways", visited ? ["visit"] : []),
            ["sources"] = Joined(collected, "sources", []),
            ["answers"] = collected.Sum(fields => Number(fields, "answers")).ToString(CultureInfo.InvariantCulture),
            [Issues] = FormValues.Write([.. rows]),
        }.Where(entry => entry.Value.Length > 0).ToDictionary();
    }

    /// <summary>The topic starts from the issue with the most points; the others stand below it.</summary>
    internal static Dictionary<string, string> Topic(CaseFile file)
    {
        var rows = file.Records.Find(one => one.Kind == FormKeys.IssueCollection)?.Fields.RowsOf(Issues)
            .OrderByDescending(row => Scores.Sum(score => Number(row, score)))
            .ThenByDescending(row => Number(row, "count")).ToList() ?? [];
        if (rows.Count == 0) return [];
        var fields = new Dictionary<string, string>
        {
            ["title"] = rows[0].Text("issue"),
            ["problem"] = string.Join('\n', rows.Select(row => Number(row, "count") is > 0 and var times
                ? $"{row.Text("issue")}（提及 {times} 次）" : row.Text("issue"))),
        };
        foreach (var score in Scores) fields[score] = rows[0].Text(score);
        return fields.Where(entry => entry.Value.Length > 0).ToDictionary();
    }

    private static Dictionary<string, string> Together(
        IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other)
    {
        var both = one.ToDictionary();
        if (Number(one, "count") + Number(other, "count") is > 0 and var count)
        {
            both["count"] = count.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var score in Scores)
        {
            if (Number(other, score) > Number(one, score)) both[score] = other.Text(score);
        }

        return both;
    }

    private static string Joined(
        List<Dictionary<string, string>> collected, string field, IEnumerable<string> more) =>
        FormValues.List(collected.SelectMany(fields => FormValues.List(fields.Text(field))).Concat(more).Distinct());

    private static int Number(IReadOnlyDictionary<string, string> fields, string key) =>
        int.TryParse(fields.Text(key), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
