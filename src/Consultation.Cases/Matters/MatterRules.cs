using System.Security.Cryptography;
using System.Text;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Matters;

/// <summary>
/// What a matter must look like and what it is called (P17–P19, Q36, Q64, Q80). Pure.
/// </summary>
public static class MatterRules
{
    /// <summary>Keys of the number series.</summary>
    public const string NumberSeries = Numbers.SeriesKeys.Matter;

    /// <summary>Limits in characters.</summary>
    public const int LongestTitle = 200, LongestText = 10_000, LongestPlace = 200, LongestName = 50;

    /// <summary>
    /// What is wrong with an entry, field by field; fields are named as on the form: title, text, place, proposer-name,
    /// consent ... Its mail address is checked where mails are known (<see cref="ContactRules.Email"/>).
    /// </summary>
    public static IReadOnlyList<FieldError> Check(
        MatterEntry entry, OrganisationDirectory directory, DateTimeOffset now)
    {
        var errors = new List<FieldError?>
        {
            ContactRules.Length("title", new("标题", "Title"), entry.Title, 2, LongestTitle),
            ContactRules.Length("text", new("内容", "Text"), entry.Text, 5, LongestText),
            ContactRules.Length("place", new("地点", "Place"), entry.Place, 0, LongestPlace),
            ContactRules.Length("proposer-name", new("姓名", "Name"), entry.ProposerName, 0, LongestName),
            ContactRules.Length("proposer-group", new("群体", "Group"), entry.ProposerGroup, 0, LongestName),
            ContactRules.Phone("proposer-phone", entry.ProposerPhone),
        };
        if (entry.PlatformId is { } platform && directory.Find(platform) is not { Active: true, IsPlatform: true })
        {
            errors.Add(new("platform",
                new("所选协商议事平台不存在或已停用，请重新选择。", "The chosen platform does not exist or is closed; choose again.")));
        }

        if (!entry.Consented)
        {
            errors.Add(new("consent", new(
                "请先阅读并勾选同意说明，您填写的内容还在。", "Please read and tick the note first; what you typed is still there.")));
        }

        if (entry.Language is not ("zh" or "en"))
        {
            errors.Add(new("language", new("语言请选择中文或英文。", "Choose Chinese or English.")));
        }

        if (entry.RaisedAt > now.AddMinutes(5))
        {
            errors.Add(new("raised-at", new("反映时间不能晚于现在。", "It cannot have been raised in the future.")));
        }

        if (entry.Tags.FirstOrDefault(
            tag => !directory.Tags.Any(one => one.Offered && one.Tag.Key == tag)) is { } unknown)
        {
            errors.Add(new(
                "tags", new($"没有标签“{unknown}”，请从列表中选择。", $"There is no tag “{unknown}”; choose from the list.")));
        }

        return [.. errors.OfType<FieldError>()];
    }

    /// <summary>Receipt number: SX2026-000012.</summary>
    public static string Number(int year, int number) => $"SX{year:D4}-{number:D6}";

    /// <summary>
    /// The code with which a proposer follows the matter: 8 easily typed characters, derived from the form's random
    /// operation id, so that a form posted twice shows the same one although only its hash is stored. Short enough for
    /// a slip of paper; guesses are slowed down at the door.
    /// </summary>
    /// <exception cref="ArgumentException">The id is too short to be unguessable.</exception>
    public static string FollowSecretFor(string operationId) => operationId.Length >= 16
        ? Base32(SHA256.HashData(Encoding.UTF8.GetBytes("follow:" + operationId))[..5])
        : throw new ArgumentException("an operation id has at least 16 random characters", nameof(operationId));

    /// <summary>What is stored of the secret. Case and blanks typed by people do not matter.</summary>
    public static string HashFollowSecret(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normal(secret))));

    /// <summary>True when the secret opens the matter; takes the same time whether it does or not.</summary>
    public static bool Opens(Matter matter, string secret) => matter.FollowSecretHash is { } hash
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(HashFollowSecret(secret)));

    /// <summary>A new key of the same kind, for a mail that asks the proposer something.</summary>
    public static string NewKey() => Base32(RandomNumberGenerator.GetBytes(20));

    /// <summary>True when the key, from the mail that asked or the proposer's own, opens the answer.</summary>
    public static bool OpensReply(Matter matter, string key) => Opens(matter, key)
        | (matter.ReplyKeyHash is { } hash && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(HashFollowSecret(key))));

    /// <summary>What is wrong with merging (P19): only matters of the pool, not into themselves.</summary>
    public static LocalText? CheckMerge(Matter into, IReadOnlyList<Matter> merged) => (into, merged) switch
    {
        (_, { Count: 0 }) => new("请选择要并入的事项。", "Choose the matters to merge."),
        ({ State: not (MatterState.Pooled or MatterState.InCase) }, _) =>
            new("主事项已经结束，不能再并入。", "The leading matter is closed."),
        _ when merged.Any(one => one.Id == into.Id) => new("不能并入自身。", "A matter cannot be merged into itself."),
        _ when merged.FirstOrDefault(one => one.State != MatterState.Pooled) is { } other =>
            new($"{other.Number}不在待处理池中，不能并入。", $"{other.Number} is not in the pool."),
        _ => null,
    };

    private static string Normal(string secret) =>
        new([.. TypedText.Fold(secret).Where(char.IsAsciiLetterOrDigit)]);

    /// <summary>Letters and digits without those that look alike (i, l, o, u).</summary>
    private static string Base32(byte[] bytes)
    {
        const string alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (buffer, bits) = ((buffer << 8) | one, bits + 8);
            while (bits >= 5)
            {
                text.Append(alphabet[(buffer >> (bits - 5)) & 31]);
                bits -= 5;
            }

            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }
}

/// <summary>Hotline orders about the same thing in the same place (Q64): shows what is common.</summary>
/// <param name="Category">Category of the orders.</param>
/// <param name="Place">Their place.</param>
/// <param name="Count">How many.</param>
/// <param name="Latest">When the last one was raised.</param>
public sealed record OrderCluster(string Category, string Place, int Count, DateTimeOffset Latest)
{
    /// <summary>Clusters of at least so many orders, largest first.</summary>
    public static IReadOnlyList<OrderCluster> Of(IEnumerable<Matter> matters, int threshold) =>
        [.. matters.Where(matter => matter.OrderNumber is not null && !string.IsNullOrWhiteSpace(matter.OrderCategory)
            && !string.IsNullOrWhiteSpace(matter.Place))
            .GroupBy(matter => (matter.OrderCategory, matter.Place))
            .Where(group => group.Count() >= threshold)
            .Select(group => new OrderCluster(
                group.Key.OrderCategory!, group.Key.Place!, group.Count(), group.Max(matter => matter.RaisedAt)))
            .OrderByDescending(cluster => cluster.Count).ThenBy(cluster => cluster.Category, StringComparer.Ordinal)];
}
