using Consultation.Cases.Forms;
using Consultation.Cases.Rules;

namespace Consultation.Cases.People;

/// <summary>
/// By which way people are told what: by mail, by the second channel (a district's gateway for text messages or a
/// messenger), or by both. Chosen for each person and kind of message; where nobody chose, the organisation's rule
/// counts.
/// </summary>
public static class MessageWays
{
    /// <summary>By mail; what counts where nothing was chosen.</summary>
    public const string Mail = "mail";

    /// <summary>By the second channel.</summary>
    public const string Channel = "channel";

    /// <summary>By both.</summary>
    public const string Both = "both";

    private const int LongestAddress = 100;

    /// <summary>The kinds of messages, in the order of the pages.</summary>
    public static IReadOnlyList<(string Key, LocalText Name)> Kinds { get; } =
    [
        ("task", new("需要办理的任务", "Tasks to be done")),
        ("reminder", new("提醒和催办", "Reminders")),
        ("meeting", new("会议通知和变更", "Meetings")),
        ("news", new("其他告知", "Other news")),
    ];

    /// <summary>The ways.</summary>
    public static IReadOnlyList<FieldChoice> Ways { get; } =
    [
        FieldMaker.Option(Mail, "邮件", "Mail"),
        FieldMaker.Option(Channel, "短信等通道", "Second channel"),
        FieldMaker.Option(Both, "两种都发", "Both"),
    ];

    /// <summary>The rule that says what counts for a kind where nobody chose.</summary>
    public static string RuleOf(string kind) => kind switch
    {
        "task" => RuleKeys.WayOfTasks,
        "reminder" => RuleKeys.WayOfReminders,
        "meeting" => RuleKeys.WayOfMeetings,
        "news" => RuleKeys.WayOfNews,
        _ => throw new ArgumentException($"no kind of message \"{kind}\"", nameof(kind)),
    };

    /// <summary>
    /// What is kept of a person's choices: those that are known and differ from "as the organisation".
    /// </summary>
    public static Dictionary<string, string> Clean(IReadOnlyDictionary<string, string> chosen) => chosen
        .Where(pair => Kinds.Any(kind => kind.Key == pair.Key) && Ways.Any(way => way.Key == pair.Value))
        .ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>
    /// What is wrong with an address in the channel, or null: a phone number or an account's name as the gateway knows
    /// it; signs that could be taken for anything else are refused.
    /// </summary>
    public static FieldError? CheckAddress(string field, string? value) =>
        Normal(value) is not { } address || IsAddress(address) ? null : new(field, new(
            "请填写手机号码或通道中的账号，最多 100 个字母、数字或 + - _ . : @，不要有空格。",
            "Write a mobile number or the account's name in the channel: at most 100 letters, digits or + - _ . : @, "
                + "no blanks."));

    /// <summary>An address as it is stored: people write numbers in groups. Null when nothing was written.</summary>
    public static string? Normal(string? value) =>
        TypedText.Code(value).Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } address ? address : null;

    /// <summary>True for what may stand as an address in the channel.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 0 and <= LongestAddress }
        && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '+' or '-' or '_' or '.' or ':' or '@');
}
