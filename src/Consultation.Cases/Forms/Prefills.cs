using Consultation.Cases.Calendar;
using Consultation.Cases.Evaluation;
using Consultation.Cases.Rules;
using Consultation.Cases.Votes;

namespace Consultation.Cases.Forms;

/// <summary>
/// What a form starts with, from what the case knows already: nobody types the same twice (Q96, Q99, Q105–Q109).
/// </summary>
public static class Prefills
{
    /// <summary>The entries that a form starts with; none where the case knows nothing of them.</summary>
    /// <param name="form">Key of the form.</param>
    /// <param name="file">The case.</param>
    /// <param name="record">What the record will be called, where the workflow gives one form several.</param>
    /// <param name="now">The instant; what is late counts by it.</param>
    public static Dictionary<string, string> Of(
        string? form, CaseFile file, string? record = null, DateTimeOffset now = default) =>
        // A unit that was merged meanwhile cannot be chosen any more: the form starts with the one kept.
        Known(form, file, record, now).ToDictionary(entry => entry.Key, entry => file.Directory.Following(entry.Value));

    private static Dictionary<string, string> Known(
        string? form, CaseFile file, string? record, DateTimeOffset now) => form switch
        {
            FormKeys.Indicators => Indicators.Usual(),
            FormKeys.Evaluation => EvaluationDraft.Evaluation(file, now),
            FormKeys.Summary => EvaluationDraft.Summary(file, now),
            FormKeys.WorkGroup => WorkGroupPrefill.Of(file),
            FormKeys.IssueCollection => IssuePrefill.Of(file, record),
            FormKeys.TopicDraft => Topic(file),
            FormKeys.CommonProblems => Submission(file),
            FormKeys.ProblemList => Problems(file),
            FormKeys.Resolution => Resolution(file),
            FormKeys.MeetingBrief => Brief(file),
            FormKeys.PreliminaryOpinion => Opinion(file),
            FormKeys.VoteRevision => file.Votes is [.., var last] ? new() { ["proposal"] = last.Question.Zh } : [],
            FormKeys.Rules => new()
            {
                ["quorum"] = file.Policies.Rules[RuleKeys.Quorum],
                ["majority"] = file.Policies.Rules[RuleKeys.Majority],
                ["voting"] = file.Policies.Rules[RuleKeys.Voting],
            },
            _ => [],
        };

    /// <summary>The submission starts from the topic and the advice that was given in the meeting.</summary>
    private static Dictionary<string, string> Submission(CaseFile file)
    {
        var advice = AdviceOf(file);
        var fields = new Dictionary<string, string>();
        if (advice.Count > 0)
        {
            fields["problems"] = FormValues.Write([.. advice.Select(one => new Dictionary<string, string>
            {
                ["problem"] = file.Topic?.Title ?? file.Case.Title,
                ["advice"] = one,
            })]);
            fields["advice"] = string.Join('\n', advice.Select((one, index) => $"{index + 1}.{one}"));
        }

        if (file.Topic is { } topic)
        {
            fields["title"] = topic.Title;
            fields["situation"] = string.Join('\n', new[] { topic.Background, topic.CurrentState, topic.Problem }
                .Where(part => part.Length > 0));
        }

        return fields;
    }

    /// <summary>
    /// A row for each advice: day and topic of the consultation, the platform that assigns, the topic's unit, the
    /// committee that follows it.
    /// </summary>
    private static Dictionary<string, string> Problems(CaseFile file)
    {
        var advice = AdviceOf(file);
        if (advice.Count == 0) return [];
        // Whom the meeting resolved to carry it out, else the unit that the topic leads with.
        var owner = file.Records.Find(record => record.Kind == FormKeys.Resolution)?.Fields.Unit("owner")
            ?? file.Topic?.LeadUnitId;
        return new()
        {
            ["items"] = FormValues.Write([.. advice.Select(one => new Dictionary<string, string>
            {
                ["consulted-on"] = file.Meeting is { } meeting ? IsoDay.Iso(meeting.On) : "",
                ["topic"] = file.Topic?.Title ?? file.Case.Title,
                ["advice"] = one,
                ["assigning"] = file.Case.PlatformId?.Value.ToString("N") ?? "",
                ["undertaking"] = owner?.Value.ToString("N") ?? "",
                ["office"] = file.Case.CommitteeId?.Value.ToString("N") ?? "",
            })]),
        };
    }

    /// <summary>The brief starts from the topic's three parts and what the research found (P43 P44).</summary>
    private static Dictionary<string, string> Brief(CaseFile file)
    {
        var report = file.Records.Find(record => record.Kind == FormKeys.ResearchReport)?.Fields;
        var known = new Dictionary<string, string>
        {
            ["background"] = file.Topic?.Background ?? "",
            ["state"] = file.Topic?.CurrentState ?? "",
            ["problem"] = file.Topic?.Problem ?? "",
            ["material"] = report?.Text("facts") ?? "",
        };
        return known.Where(entry => entry.Value.Length > 0).ToDictionary();
    }

    /// <summary>
    /// A first draft of the topic starts from the issues that were collected and sorted, else from the matter and what
    /// was found out about it (P19 Q82 Q84).
    /// </summary>
    private static Dictionary<string, string> Topic(CaseFile file)
    {
        if (file.Topic is not null || file.Case.Restricted) return [];
        if (IssuePrefill.Topic(file) is { Count: > 0 } sorted) return sorted;
        var known = new Dictionary<string, string>
        {
            ["title"] = file.Case.Title,
            ["background"] = file.Matters is [var matter, ..] ? matter.Text : "",
            ["state"] = file.Screening?.FactSheet ?? "",
        };
        return known.Where(entry => entry.Value.Length > 0).ToDictionary();
    }

    /// <summary>The opinion starts from what was resolved, else from what all agreed on (Q95).</summary>
    private static Dictionary<string, string> Opinion(CaseFile file)
    {
        var resolved = file.Records.Find(record => record.Kind == FormKeys.Resolution)?.Fields.Text("text") ?? "";
        var agreed = string.Join('\n', file.Records.Find(record => record.Kind == FormKeys.MeetingRecord)?.Fields
            .RowsOf("consensus").Select(row => row.Text("text")).Where(text => text.Length > 0) ?? []);
        var opinion = resolved.Length > 0 ? resolved : agreed;
        return opinion.Length == 0 ? [] : new() { ["opinion"] = opinion };
    }

    /// <summary>
    /// What was put to the vote is what was resolved, until somebody words it better: as it was revised after a failed
    /// vote, as the record says it, or the question.
    /// </summary>
    private static Dictionary<string, string> Resolution(CaseFile file)
    {
        if (file.Votes.LastOrDefault(vote => vote.Result == VoteResult.Passed) is not { } vote) return [];
        var held = file.Meeting?.HeldAt ?? default;
        string Since(string kind, string field) => file.Records.Find(record => record.Kind == kind && record.At >= held)
            ?.Fields.Text(field) ?? "";
        return new()
        {
            ["text"] = new[] { Since(FormKeys.VoteRevision, "changed"), Since(FormKeys.MeetingRecord, "resolutions") }
                .FirstOrDefault(text => text.Length > 0) ?? vote.Question.Zh,
        };
    }

    private static List<string> AdviceOf(CaseFile file) =>
    [
        .. file.Records.Find(record => record.Kind == FormKeys.MeetingRecord)?.Fields.RowsOf("advice")
            .Select(row => row.Text("text")).Where(text => text.Length > 0) ?? [],
    ];
}
