using Consultation.Cases.Attachments;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Archiving;

/// <summary>One item of what a case has to leave in the archive (P85–P90).</summary>
/// <param name="Key">The field of the archive checklist.</param>
/// <param name="Name">What the checklist calls it.</param>
/// <param name="Kinds">Kinds of documents; of each list one has to be filed.</param>
public sealed record ArchiveItem(string Key, LocalText Name, params IReadOnlyList<string[]> Kinds)
{
    /// <summary>True where photographs or recordings count, not documents.</summary>
    public bool IsMedia => Kinds.Count == 0;
}

/// <summary>What of an item is there.</summary>
/// <param name="Item">The item.</param>
/// <param name="Filed">Titles of what is filed.</param>
/// <param name="Missing">Names of the kinds of which nothing is filed; none when the item is complete.</param>
public sealed record ArchiveStanding(
    ArchiveItem Item, IReadOnlyList<LocalText> Filed, IReadOnlyList<LocalText> Missing)
{
    /// <summary>True when all that the item asks for is filed.</summary>
    public bool IsComplete => Missing.Count == 0;
}

/// <summary>
/// What is to be filed and what of it is there, computed from what the case holds and from nothing that somebody ticks.
/// Which items a case needs is a rule of its kind; the plan names the items up to the implementation plan, and the rest
/// of its list is lost, so that it is the product's own (O1).
/// </summary>
public static class ArchiveList
{
    /// <summary>All items that a rule can name.</summary>
    public static IReadOnlyList<ArchiveItem> Items { get; } =
    [
        new("notice", new("会议通知", "Notice"), [DocumentKeys.Notice]),
        new("agenda", new("议程", "Agenda"), [DocumentKeys.Agenda]),
        new("record", new("会议记录", "Record"), [FormKeys.MeetingRecord]),
        new("minutes", new("会议纪要", "Minutes"), [FormKeys.Minutes]),
        new("plan", new("实施方案", "Implementation plan"), [FormKeys.ImplementationPlan]),
        new("roster", new("参会名单和签到表", "Roster and sign-in"), [DocumentKeys.Roster], [DocumentKeys.SignIn]),
        new("resolution", new("会议决议", "Resolution"), [FormKeys.Resolution, FormKeys.PreliminaryOpinion]),
        new("reports", new("进展汇报", "Reports"), [FormKeys.PeriodicReport]),
        new("evaluation", new("评估和总结报告", "Evaluation and summary"), ["evaluation"], ["summary"]),
        new("topic", new("协商议题论证单", "Topic sheet"), [DocumentKeys.TopicSheet]),
        new("submission", new("报送材料", "Submission"),
            ["submission", DocumentKeys.Proposal, DocumentKeys.OpinionReport]),
        new("tracking", new("问题清单和督办落实情况", "Problem list and follow-up sheet"),
            [FormKeys.ProblemList], [DocumentKeys.Annex]),
        new("media", new("影像资料", "Media")),
    ];

    /// <summary>The items that a rule names; null when it names none, or one that is not known.</summary>
    public static IReadOnlyList<ArchiveItem>? Read(string rule)
    {
        var keys = rule.Split(
            [',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var items = keys.Select(key => Items.FirstOrDefault(item => item.Key == key)).ToList();
        return keys.Length == 0 || items.Contains(null) ? null : [.. items.OfType<ArchiveItem>().Distinct()];
    }

    /// <summary>The items of a rule as it is kept.</summary>
    public static string Write(IEnumerable<ArchiveItem> items) => string.Join(", ", items.Select(item => item.Key));

    /// <summary>What a case of that kind has to leave.</summary>
    public static IReadOnlyList<ArchiveItem> Of(CaseKind kind, RuleSet rules) => Read(
        rules[kind == CaseKind.TenWeekPlan ? RuleKeys.ArchiveOfPlan : RuleKeys.ArchiveOfCase]) ?? Items;

    /// <summary>How each item stands.</summary>
    /// <param name="items">What has to be there.</param>
    /// <param name="documents">Kind and title of every document of the case.</param>
    /// <param name="files">The files of the case, its matters and meetings.</param>
    public static IReadOnlyList<ArchiveStanding> StandingOf(
        IReadOnlyList<ArchiveItem> items, IEnumerable<(string Kind, LocalText Title)> documents,
        IEnumerable<Attachment> files)
    {
        var filed = documents.ToLookup(one => one.Kind, one => one.Title);
        var media = files
            .Where(file => file.State == AttachmentState.Kept
                && FileKinds.Find(file.Kind)?.Nature == FileNature.Picture)
            .Select(file => new LocalText(file.Name)).ToList();
        return [.. items.Select(item => item.IsMedia
            ? new ArchiveStanding(item, media, media.Count > 0 ? [] : [item.Name])
            : Standing(item, filed))];
    }

    private static ArchiveStanding Standing(ArchiveItem item, ILookup<string, LocalText> filed)
    {
        return new(
            item,
            [.. item.Kinds.SelectMany(kinds => kinds).SelectMany(kind => filed[kind])],
            [.. item.Kinds.Where(kinds => !kinds.Any(filed.Contains)).Select(kinds => NameOf(kinds[0]))]);
    }

    private static LocalText NameOf(string kind) =>
        FormCatalogue.Find(kind) is { } form ? form.Title : CaseDocuments.NameOf(kind);
}
