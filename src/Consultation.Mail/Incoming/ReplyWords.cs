using System.Text;

namespace Consultation.Mail.Incoming;

/// <summary>An answer that may stand alone on the first line of a reply.</summary>
public enum ReplyWord
{
    /// <summary>同意.</summary>
    Agree,
    /// <summary>退回.</summary>
    Return,
    /// <summary>不同意.</summary>
    Reject,
    /// <summary>已收到.</summary>
    Noted,
    /// <summary>参加.</summary>
    Comes,
    /// <summary>不参加.</summary>
    Declines,
    /// <summary>无异议.</summary>
    NoObjection,
    /// <summary>有异议.</summary>
    Objection,
}

/// <summary>
/// The closed list of words that decide. Nothing else does: whoever writes more on the first line means something more.
/// </summary>
public static class ReplyWords
{
    /// <summary>The words by language; the first of each answer is the one that mails suggest.</summary>
    private static readonly Dictionary<string, (ReplyWord Word, string[] Said)[]> Languages = new()
    {
        ["zh"] =
        [
            (ReplyWord.Agree, ["同意", "批准", "通过"]),
            (ReplyWord.Return, ["退回", "退回修改"]),
            (ReplyWord.Reject, ["不同意", "不批准", "不通过", "不予通过"]),
            (ReplyWord.Noted, ["已收到", "收到", "已知悉", "知悉", "已阅"]),
            (ReplyWord.Comes, ["参加", "按时参加"]),
            (ReplyWord.Declines, ["不参加", "不能参加", "无法参加"]),
            (ReplyWord.NoObjection, ["无异议", "没有异议"]),
            (ReplyWord.Objection, ["有异议"]),
        ],
        ["en"] =
        [
            (ReplyWord.Agree, ["agree", "i agree", "approve", "approved"]),
            (ReplyWord.Return, ["return"]),
            (ReplyWord.Reject, ["reject", "i disagree", "disagree", "do not agree"]),
            (ReplyWord.Noted, ["noted", "received", "acknowledged"]),
            (ReplyWord.Comes, ["attend", "i will attend"]),
            (ReplyWord.Declines, ["not attend", "cannot attend", "i cannot attend"]),
            (ReplyWord.NoObjection, ["no objection"]),
            (ReplyWord.Objection, ["objection", "i object"]),
        ],
    };

    private static readonly Dictionary<string, ReplyWord> Known =
        Languages.Values.SelectMany(words => words).SelectMany(one => one.Said.Select(said => (said, one.Word)))
            .ToDictionary(pair => pair.said, pair => pair.Word, StringComparer.Ordinal);

    /// <summary>The word that mails suggest.</summary>
    public static string Suggested(ReplyWord word, string language) =>
        Languages[language].First(one => one.Word == word).Said[0];

    /// <summary>
    /// The answer that a line is, alone: blanks around it, a full stop or exclamation mark after it, full-width letters
    /// and capitals make no difference; anything else does.
    /// </summary>
    public static ReplyWord? Read(string line)
    {
        if (line.Length > 40) return null;
        string plain;
        try
        {
            plain = line.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Halves of characters.
            return null;
        }

        if (plain is [.., '。' or '.' or '!'] and not [.., '。' or '.' or '!', _]) plain = plain[..^1].TrimEnd();
        return Known.TryGetValue(plain, out var word) ? word : null;
    }
}
