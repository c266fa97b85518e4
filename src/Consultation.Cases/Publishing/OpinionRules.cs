using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Publishing;

/// <summary>
/// What an opinion must look like, which two say the same, and why one is not shown (Q55). Pure.
/// </summary>
public static partial class OpinionRules
{
    /// <summary>Limits in characters.</summary>
    public const int Shortest = 5, Longest = 1000;

    /// <summary>So many wait for a moderator at most; more are asked to come back later.</summary>
    public const int MostWaiting = 2000;

    /// <summary>Key of the number series.</summary>
    public const string NumberSeries = Numbers.SeriesKeys.Opinion;

    /// <summary>Why a moderator does not show an opinion; its writer reads the sentence.</summary>
    public static IReadOnlyList<FieldChoice> Reasons { get; } =
    [
        new("off-topic", new("与议题无关", "It is not about the topic")),
        new("personal", new("涉及他人的个人信息", "It tells of other persons")),
        new("abusive", new("有侮辱、攻击性的言语", "It insults or attacks")),
        new("advert", new("是广告或推广", "It advertises")),
        new("unlawful", new("含有法律法规禁止发布的内容", "The law forbids publishing it")),
        new("unclear", new("看不出意见是什么", "It is not clear what is meant")),
    ];

    /// <summary>What is wrong with an opinion.</summary>
    public static IReadOnlyList<FieldError> Check(string text)
    {
        if (ContactRules.Length("text", new("意见", "Opinion"), text, Shortest, Longest) is { } length) return [length];
        if (Markup().IsMatch(text))
        {
            return [new("text", new(
                "请只写文字，不要写网页代码。", "Write plain words, no markup."))];
        }

        if (Link().IsMatch(text.Normalize(NormalizationForm.FormKC)))
        {
            return [new("text", new(
                "意见里不能有网址，请删去后再提交。", "Opinions hold no links; take the address out and send it again."))];
        }

        if (PersonalWords.Find(text) is { } found)
        {
            return [new("text", new(
                $"“{found}”像是个人信息（电话、证件号、邮箱或门牌号）。意见会公开，请删去后再提交。",
                $"“{found}” looks personal (phone, identity number, mail address or flat). Opinions are public; "
                    + "take it out and send it again."))];
        }

        return Fingerprint(text).Length < 2
            ? [new("text", new("看不出意见是什么，请写得具体一些。", "It is not clear what is meant; say a little more."))]
            : [];
    }

    /// <summary>
    /// What two texts have in common that say the same: letters and digits alone, however written, each run of one
    /// letter as one.
    /// </summary>
    public static string Fingerprint(string text)
    {
        var letters = new StringBuilder();
        foreach (var letter in TypedText.Fold(text).Where(char.IsLetterOrDigit))
        {
            if (letters.Length == 0 || letters[^1] != letter) letters.Append(letter);
        }

        return letters.Length <= LongestFingerprint
            ? letters.ToString()
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(letters.ToString())));
    }

    private const int LongestFingerprint = 64;

    /// <summary>Number of an opinion: YJ2026-000012.</summary>
    public static string Number(int year, int number) => $"YJ{year:D4}-{number:D6}";

    /// <summary>What is kept of a visitor in one topic.</summary>
    public static string VisitorIn(string visitor, PublicationId publication) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{visitor}\n{publication.Value:N}")));

    /// <summary>The id of a visitor's agreement with an opinion.</summary>
    public static Guid AgreementOf(string visitor, OpinionId opinion) =>
        HashedGuid.Of($"{visitor}\n{opinion.Value:N}");

    [GeneratedRegex(
        @"<[a-z!/?]|\[/?(?:url|img|b)\b|&#|javascript:", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    [GeneratedRegex(
        @"https?:|www\.|[a-z0-9-]{2,}\s?[.。点]\s?(?:com|cn|net|org|info|xyz|top|vip|cc|io|shop|site|club)\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
