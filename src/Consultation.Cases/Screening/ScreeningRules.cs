using System.Globalization;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Screening;

/// <summary>
/// Whether a matter may be consulted on, decided from the filled-in screening form (Q24, Q57–Q73, Q82, O13–O15).
/// </summary>
public static class ScreeningRules
{
    /// <summary>The field that says that none of the exclusions applies (以上均无).</summary>
    public const string NoneField = "excl-none";

    /// <summary>The field that confirms what an exclusion brings about.</summary>
    public const string ConfirmField = "excl-confirm";

    /// <summary>Stands in place of a text that must not be kept in the open store (O15).</summary>
    public static readonly LocalText Withheld = new("（依规不在此保存具体内容）", "(content is not kept here)");

    /// <summary>
    /// The record of a screening whose form was validated. An exclusion of code 2, 5 or 6 keeps neither facts nor
    /// reasons in words; whatever is excluded has no class.
    /// </summary>
    public static ScreeningRecord Record(
        OrganisationId organisation, CaseId caseId, IReadOnlyDictionary<string, string> fields, PersonId by,
        DateTimeOffset now)
    {
        var answers = Answers(fields);
        var excluded = answers.Exists(answer => answer.Applies);
        var restricted = IsRestricted(answers);
        return new ScreeningRecord
        {
            OrganisationId = organisation,
            Id = OrderedGuid.New(),
            CaseId = caseId,
            Class = !excluded && Enum.TryParse<EligibleClass>(fields.Text("class"), out var eligible) ? eligible : null,
            PublicConcern = [.. FormValues.List(fields.Text("concern"))],
            Answers = restricted ? WithoutWords(answers) : answers,
            FactSheet = restricted ? Withheld.Zh : fields.Text("facts"),
            Excluded = excluded,
            ScreenedById = by,
            ScreenedAt = now,
        };
    }

    /// <summary>
    /// The exclusions that apply, from a screening form or from the question asked again at a gate (O14).
    /// </summary>
    public static List<ExclusionAnswer> Answers(IReadOnlyDictionary<string, string> fields) =>
        [.. Enumerable.Range(1, 8)
            .Where(code => fields.Text($"excl-{code}").Length > 0 || fields.Text(NoneField).Length > 0)
            .Select(code => fields.IsYes($"excl-{code}")
            ? new ExclusionAnswer(
                code, true, Empty(fields.Text($"excl-{code}-reason")), Empty(fields.Text($"excl-{code}-ref")))
            : new ExclusionAnswer(code, false, null, null))];

    /// <summary>Codes that apply, in order.</summary>
    public static IReadOnlyList<int> Hits(IEnumerable<ExclusionAnswer> answers) =>
        [.. answers.Where(answer => answer.Applies).Select(answer => answer.Code).Order()];

    /// <summary>True when a second person must confirm the exclusion (O13): it stands on codes 2, 5, 6 or 8.</summary>
    public static bool NeedsSecondPerson(ScreeningRecord record) =>
        record.Answers.Exists(answer => answer.Applies && Exclusions.NeedSecondPerson.Contains(answer.Code));

    /// <summary>True when the content may be read by cleared people only (O15).</summary>
    public static bool IsRestricted(IEnumerable<ExclusionAnswer> answers) =>
        answers.Any(answer => answer.Applies && Exclusions.Restricted.Contains(answer.Code));

    /// <summary>
    /// Notes the second person. The screener cannot be the second person; an error says so and nothing is changed.
    /// </summary>
    public static FieldError? Second(ScreeningRecord record, PersonId by, DateTimeOffset now)
    {
        if (by == record.ScreenedById)
        {
            return new FieldError("",
                new("复核人不能是筛查人本人，请由另一位同志复核。", "The screener cannot confirm the own screening; somebody else must."));
        }

        (record.SecondedById, record.SecondedAt) = (by, now);
        return null;
    }

    /// <summary>
    /// The record of an exclusion that was found at a gate (O14): the matter was eligible until then. Facts stay as
    /// they were verified; of codes 2, 5 and 6 nothing is kept in words.
    /// </summary>
    public static ScreeningRecord Arisen(
        CaseFile file, List<ExclusionAnswer> answers, PersonId by, DateTimeOffset now)
    {
        var (before, restricted) = (file.Screening, IsRestricted(answers));
        return new ScreeningRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = file.Case.Id,
            PublicConcern = [.. before?.PublicConcern ?? []],
            Answers = restricted ? WithoutWords(answers) : answers,
            FactSheet = restricted ? Withheld.Zh : before?.FactSheet ?? "",
            Excluded = true,
            ScreenedById = by,
            ScreenedAt = now,
        };
    }

    /// <summary>
    /// What the proposer is told (不予纳入告知书, O13): the ground in the plan's words, where to turn, and how one review
    /// may be asked for. Grounds of codes 2, 5 and 6 are named only in general.
    /// </summary>
    /// <param name="matterNumber">The receipt number.</param>
    /// <param name="matterTitle">The title.</param>
    /// <param name="answers">What applies.</param>
    /// <param name="review">The review that may be asked for; null when there is none (any more).</param>
    public static LocalText Notice(
        string matterNumber, string matterTitle, IReadOnlyList<ExclusionAnswer> answers, ExclusionReview? review)
    {
        var (reviewZh, reviewEn) = Review(review);
        var hits = answers.Where(answer => answer.Applies).ToList();
        if (IsRestricted(hits))
        {
            return new(
                $"您反映的事项（编号 {matterNumber}）经核实，属于不纳入协商范围的情形，本平台不再办理。{reviewZh}",
                $"Your matter ({matterNumber}) was found to be outside the scope of consultation and is not taken "
                    + $"further here. {reviewEn}".TrimEnd());
        }

        var zh = string.Concat(hits.Select(hit =>
            $"属于“{Exclusions.Text(hit.Code).Zh}”情形{(hit.Reason is null ? "" : $"（{hit.Reason}）")}"
                + $"{(hit.Reference is null ? "" : $"，相关编号：{hit.Reference}")}；"));
        var en = string.Concat(
            hits.Select(hit => $"{Exclusions.Text(hit.Code).En}{(hit.Reason is null ? "" : $" ({hit.Reason})")}; "));
        var referral = hits.Count > 0 ? Referral(hits[0].Code) : LocalText.Empty;
        return new(
            $"您反映的“{matterTitle}”（编号 {matterNumber}）经核实，{zh.TrimEnd('；')}，不纳入协商范围。{referral.Zh}{reviewZh}",
            $"Your matter “{matterTitle}” ({matterNumber}) is not taken into consultation: {en.TrimEnd(' ', ';')}. "
                + $"{referral.En} {reviewEn}".TrimEnd());
    }

    private static (string Zh, string En) Review(ExclusionReview? review) => review is { EndedAt: null, Until: var day }
        ? ($"如有异议，可以在{day.Year}年{day.Month}月{day.Day}日前申请复核一次，由另一位工作人员办理：在查询页面输入编号和查询码申请，"
            + "或者请受理平台代为申请。",
            "If you disagree, you may ask once for a review by another person until "
                + $"{day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}: on the page where you follow the "
                + "matter, with number and code, or through the platform.")
        : ("", "");

    private static LocalText Referral(int code) => code switch
    {
        3 => new("请通过正在进行的诉讼、复议或者仲裁程序解决。", "Please pursue it in the procedure under way."),
        4 => new("请向受理该信访事项的机关查询办理情况。", "Please ask the body that handles the petition."),
        7 => new("对已有答复不服的，请向作出答复的部门提出。",
            "If you disagree with the answer you had, turn to the department that gave it."),
        _ => new("如需进一步咨询，请与受理平台联系。", "For questions please contact the platform."),
    };

    private static List<ExclusionAnswer> WithoutWords(List<ExclusionAnswer> answers) => answers.ConvertAll(
        answer => answer.Applies ? answer with { Reason = Withheld.Zh } : answer);

    private static string? Empty(string text) => text.Length == 0 ? null : text;
}
