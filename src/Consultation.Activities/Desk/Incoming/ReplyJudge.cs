using Consultation.Cases;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;

namespace Consultation.Activities.Desk.Incoming;

/// <summary>What is known of a reply after all rules that need no look-up.</summary>
/// <param name="Why">Why it decides nothing; null lets it decide.</param>
/// <param name="Word">The answer on its first line, if it came so far.</param>
internal sealed record ReplyFinding(IncomingReason? Why, ReplyWord? Word = null);

/// <summary>
/// The rules by which a reply decides: is it a person's own mail of these days, to one token, from whom that was sent
/// to; does the token stand; is it one plain answer that the task takes. Pure.
/// </summary>
internal static class ReplyJudge
{
    private const int LongestRemark = 2000;

    /// <summary>A mail written before its task's mail cannot answer it; clocks differ a little.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>What the person wrote below the answer, as it stands in the record.</summary>
    public static string RemarkOf(ReadMail mail) =>
        PlainText.Cut(PlainText.Clean(mail.Words.Below).Trim(), LongestRemark, "…");

    /// <summary>Judges it.</summary>
    public static ReplyFinding Of(ReadMail mail, Match match, DateTimeOffset now)
    {
        if (mail.Closed is { } closed) return new(closed);
        if (mail.Tokens.Count != 1)
        {
            return new(mail.Tokens.Count == 0 ? IncomingReason.NoToken : IncomingReason.SeveralTokens);
        }

        if (match.Link is not { } stored) return new(IncomingReason.UnknownToken);
        if (!match.IsFromAddressee(mail.FromAddress)) return new(IncomingReason.OtherSender);
        if (!mail.IsAuthenticated) return new(IncomingReason.NotAuthenticated);
        if (mail.SentAt is not { } sent || sent < stored.Link.CreatedAt - ClocksDiffer) return new(IncomingReason.Old);
        if (OfStanding(ActionLinkRegister.Judge(stored, now)) is { } standing) return new(standing);
        if (match is not { Task: { } task, File: { } file }) return new(IncomingReason.Overtaken);
        if (file.Restricted) return new(IncomingReason.Restricted);
        if (mail.IsHtmlOnly) return new(IncomingReason.HtmlOnly);
        if (mail.Files.Count > 0) return new(IncomingReason.Files);
        return ReplyWords.Read(mail.Words.FirstLine) is not { } word ? new(IncomingReason.NoWord)
            : ReplyRule.Judge(task, word, RemarkOf(mail)) is ReplyJudgement.Kept(var why) ? new(why, word)
            : new(null, word);
    }

    private static IncomingReason? OfStanding(LinkStanding standing) => standing switch
    {
        LinkStanding.Usable => null,
        LinkStanding.Used => IncomingReason.Answered,
        LinkStanding.Revoked => IncomingReason.Revoked,
        LinkStanding.Expired => IncomingReason.Expired,
        _ => IncomingReason.Overtaken,
    };

    /// <summary>
    /// True for what nobody needs to look at: machines' mail, and old mail that belongs to nothing of ours.
    /// </summary>
    public static bool NeedsNobody(IncomingReason why, Match match) =>
        why is IncomingReason.Automatic or IncomingReason.List or IncomingReason.Own
        || (why == IncomingReason.Old && match is { Task: null, File: null });

    /// <summary>
    /// Reasons that are told to the sender: those of a known person's own mail. Machines, strangers, forged and foreign
    /// tokens are never answered, so that no two machines write to each other and nobody learns by trying.
    /// </summary>
    public static bool IsTold(IncomingReason why) => why is IncomingReason.NoToken or IncomingReason.HtmlOnly
        or IncomingReason.Files or IncomingReason.NoWord or IncomingReason.NotOffered or IncomingReason.NeedsReason
        or IncomingReason.NeedsForm or IncomingReason.Irreversible or IncomingReason.Restricted
        or IncomingReason.Answered or IncomingReason.Overtaken or IncomingReason.Revoked or IncomingReason.Expired
        or IncomingReason.Refused;
}
