using Consultation.Cases.Documents;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Tasks;

/// <summary>
/// What of a case a task may show to whoever answers it (mail rule 1): parts of the case, or the newest record of a
/// form, each with its documents.
/// </summary>
public static class Exhibits
{
    /// <summary>
    /// The matters as they were handed in; withheld once a screening found them not to be read by everybody (O15).
    /// </summary>
    public const string Matters = "matters";

    /// <summary>The facts that the screening verified.</summary>
    public const string Facts = "facts";

    /// <summary>The topic with its scores and the topic sheet.</summary>
    public const string Topic = "topic";

    /// <summary>The screener's answers about the eight exclusions, with reasons.</summary>
    public const string Screening = "screening";

    /// <summary>The tracked item that the task is about, with the history of its entries.</summary>
    public const string Item = "item";

    /// <summary>Every document of the case.</summary>
    public const string Documents = "documents";

    /// <summary>What the surveys of the case came to so far; counts and texts, never who answered what.</summary>
    public const string Survey = "survey";

    /// <summary>What finished cases that were alike teach (P31, P84).</summary>
    public const string Lessons = "lessons";

    /// <summary>What a task shows whose workflow does not say.</summary>
    public static IReadOnlyList<string> Usual { get; } = [Topic, Facts];

    /// <summary>
    /// Everything that can be shown, with its name: the parts, then the record of every form. Records of another key
    /// may be named as well.
    /// </summary>
    public static IReadOnlyList<(string Key, LocalText Name)> All { get; } =
    [
        (Matters, new("协商事项", "Matters")),
        (Facts, new("事项基本情况", "Facts of the matter")),
        (Screening, new("筛查结论和理由", "Screening with reasons")),
        (Topic, new("协商议题", "Topic")),
        (Item, new("督办事项和进展记录", "Tracked item with its entries")),
        (Documents, new("全部案卷文件", "All documents of the case")),
        (Survey, new("问卷结果", "Results of the surveys")),
        (Lessons, new("以往相近事项的经验教训", "Lessons of cases that were alike")),
        .. FormCatalogue.All.Where(form => PartOf(form.Key) is null).Select(form => (form.Key, form.Title)),

        // Records that the shipped workflows keep under a key of their own.
        ("survey-issues", new("问卷调查汇总", "Issues from the survey")),
        ("call-issues", new("公开征集汇总", "Issues from the open call")),
        ("satisfaction-survey", new("满意度问卷汇总", "Satisfaction survey")),
    ];

    /// <summary>
    /// The part of the case that shows what was entered in a form; null for a form whose record is shown itself.
    /// </summary>
    public static string? PartOf(string form) => form switch
    {
        FormKeys.Screening => Screening,
        FormKeys.TopicDraft => Topic,
        FormKeys.ProgressEntry => Item,
        _ => null,
    };

    /// <summary>Kinds of document that belong to what is shown under a key.</summary>
    public static IReadOnlyList<string> DocumentsOf(string key) => key switch
    {
        Topic => [DocumentKeys.TopicSheet, DocumentKeys.ResearchNotice],
        FormKeys.ImplementationPlan => [FormKeys.ImplementationPlan, DocumentKeys.TaskTable],
        FormKeys.CommonProblems => [FormKeys.CommonProblems, DocumentKeys.Proposal, DocumentKeys.OpinionReport],
        Screening => [DocumentKeys.ExclusionNotice, DocumentKeys.ReviewNotice],
        FormKeys.MeetingPlan => [DocumentKeys.Roster, DocumentKeys.Agenda, DocumentKeys.Notice],
        Matters or Facts or Item or Documents => [],
        _ => [key],
    };

    /// <summary>
    /// Kinds of document that a guest does not read: they hold what the house notes for itself, such as scores, replies
    /// and their reasons, or why somebody is invited.
    /// </summary>
    public static IReadOnlyList<string> HouseDocuments { get; } =
    [
        DocumentKeys.TopicSheet, DocumentKeys.ResearchNotice, DocumentKeys.ExclusionNotice, DocumentKeys.ReviewNotice,
        DocumentKeys.Roster, DocumentKeys.SignIn, DocumentKeys.HostScript, DocumentKeys.FormalReminder,
        DocumentKeys.ArchiveIndex,
    ];

    /// <summary>
    /// Fields of a form that are the house's own. The plan of a meeting holds telephone numbers and addresses, which
    /// nobody outside reads, and reasons, which are no guest's business.
    /// </summary>
    public static IReadOnlyList<string> HouseFields(string form, bool guest) => form switch
    {
        FormKeys.MeetingPlan when guest =>
            ["people", "others", "invited-why", "rest-day", "short-notice", "recorder", "photographer", "tellers"],
        FormKeys.MeetingPlan => ["people", "others"],
        _ => [],
    };

    /// <summary>
    /// Names of what the case has of it by now, in the order in which it is shown; for a mail, which names what the
    /// link opens.
    /// </summary>
    public static IReadOnlyList<LocalText> Present(WorkTask task, CaseFile file) =>
        [.. task.Shows.Select(key => NameIn(key, file)).OfType<LocalText>()];

    /// <summary>What a record is called among what is shown.</summary>
    public static LocalText NameOf(CaseRecord record) =>
        All.FirstOrDefault(one => one.Key == record.Kind).Name ?? record.Title;

    private static LocalText? NameIn(string key, CaseFile file) => key switch
    {
        Matters => file.Matters.Count > 0 ? Name(key) : null,
        Facts => file.Screening is { FactSheet.Length: > 0 } ? Name(key) : null,
        Screening => file.Screenings.Count > 0 ? Name(key) : null,
        Topic => file.Topic is null ? null : Name(key),
        Item => file.Items.Count > 0 ? Name(key) : null,
        Documents => Name(key),
        Survey => file.Surveys.Count > 0 ? Name(key) : null,
        Lessons => null, // Only the page knows whether there are any.
        _ => file.Records.Find(record => record.Kind == key) is { } record ? NameOf(record) : null,
    };

    private static LocalText Name(string key) => All.First(one => one.Key == key).Name;
}
