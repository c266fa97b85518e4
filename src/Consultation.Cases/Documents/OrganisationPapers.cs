using Consultation.Cases.Forms;

namespace Consultation.Cases.Documents;

/// <summary>How documents of one kind look in an organisation.</summary>
/// <param name="Red">红头: the red head with 发文机关标志, number and line.</param>
/// <param name="Imprint">版记: 抄送, 印发机关 and 印发日期 at the foot of the last page.</param>
/// <param name="Word">发文机关代字: what the number begins with, e.g. 协通; empty where the kind draws no number.</param>
/// <param name="Mark">发文机关标志 of this kind alone; empty for the organisation's.</param>
public sealed record PaperForm(bool Red, bool Imprint, string Word = "", string Mark = "");

/// <summary>
/// How an organisation's official documents look: 红头, 落款 and 版记, edited at the desk. What is empty follows from the
/// organisation's own name.
/// </summary>
public sealed record OrganisationPapers
{
    /// <summary>
    /// Kinds that come out as issues of a series, 2026年第3期, and bear no 文号 (社情民意信息: its issue number).
    /// </summary>
    public static IReadOnlySet<string> Issues { get; } = new HashSet<string> { DocumentKeys.OpinionReport };

    /// <summary>
    /// The number that the kind's next document bears; null for a kind that draws none.
    /// </summary>
    public string? NumberOf(string kind, int year, Func<string> next)
    {
        if (Issues.Contains(kind)) return $"{year}年第{next()}期";
        return FormOf(kind).Word is { Length: > 0 } word ? $"{word}〔{year}〕{next()}号" : null;
    }

    /// <summary>Longest entry.</summary>
    public const int Longest = 100;

    /// <summary>Stands for the organisation's name in the mark of a kind.</summary>
    public const string Place = "{单位}";

    /// <summary>发文机关标志, e.g. 通河区政协办公室文件; empty: who signs, and 文件.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Who signs documents with a red head, and whose seal they bear; empty: the office.</summary>
    public string Signer { get; init; } = "";

    /// <summary>抄送 of documents with a 版记; empty for none.</summary>
    public string CopyTo { get; init; } = "";

    /// <summary>印发机关; empty: who signs.</summary>
    public string PrintedBy { get; init; } = "";

    /// <summary>Kinds that differ from <see cref="Usual"/>.</summary>
    public Dictionary<string, PaperForm> Forms { get; init; } = [];

    /// <summary>How a kind looks unless the organisation says otherwise; product default, not from the plan.</summary>
    public static IReadOnlyDictionary<string, PaperForm> Usual { get; } = new Dictionary<string, PaperForm>
    {
        [DocumentKeys.Notice] = new(true, true, "协通"),
        [DocumentKeys.ResearchNotice] = new(true, true, "协研"),
        [DocumentKeys.WorkGroupNotice] = new(true, true, "协组"),
        [FormKeys.Minutes] = new(true, true, "协纪", Place + "会议纪要"),
        [FormKeys.Resolution] = new(true, false),
        [DocumentKeys.FormalReminder] = new(true, true, "协催"),
        [DocumentKeys.ExtensionGranted] = new(true, false, "协延"),
        [DocumentKeys.OpinionReport] = new(true, true, "", "社情民意信息"),
        [DocumentKeys.Proposal] = new(false, false, "协提"),
        [DocumentKeys.ExclusionNotice] = new(false, false, "协告"),
        [DocumentKeys.ReviewNotice] = new(false, false, "协复"),
        [DocumentKeys.Annex] = new(false, false, "协督"),
        [FormKeys.ImplementationPlan] = new(false, false),
        [FormKeys.ResearchReport] = new(false, false),
        [FormKeys.Rules] = new(false, false),
    };

    /// <summary>How a kind looks here.</summary>
    public PaperForm FormOf(string kind) =>
        Forms.GetValueOrDefault(kind) ?? Usual.GetValueOrDefault(kind) ?? new(false, false);

    /// <summary>
    /// What is wrong with the entries: one too long, a kind without the word its number needs, two kinds with one word,
    /// whose numbers could not be told apart.
    /// </summary>
    public IReadOnlyList<FieldError> Check()
    {
        var errors = new List<FieldError>();
        foreach (var (field, entry) in new[]
        {
            ("mark", Mark), ("signer", Signer), ("copy-to", CopyTo), ("printed-by", PrintedBy),
        })
        {
            if (entry.Length > Longest)
            {
                errors.Add(new(field, new($"不超过 {Longest} 字。", $"At most {Longest} characters.")));
            }
        }

        foreach (var kind in Usual.Keys)
        {
            var form = FormOf(kind);
            if (form.Mark.Length > 30) errors.Add(new($"{kind}.mark", new("不超过 30 字。", "At most 30 characters.")));
            if (Usual[kind].Word.Length == 0) continue;
            if (form.Word.Length is 0 or > 20)
            {
                errors.Add(new($"{kind}.word", new(
                    "请填写发文机关代字，不超过 20 字。", "Enter the word that the number begins with, at most 20 characters.")));
            }
            else if (Usual.Keys.FirstOrDefault(other =>
                other != kind && FormOf(other).Word == form.Word) is not null)
            {
                errors.Add(new($"{kind}.word", new(
                    $"“{form.Word}”已用于另一种文书，两种文书各编各的号，代字不能相同。",
                    $"“{form.Word}” is another kind's word; each kind counts its own numbers, so words differ.")));
            }
        }

        return errors;
    }
}
