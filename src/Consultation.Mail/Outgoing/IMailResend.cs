namespace Consultation.Mail.Outgoing;

/// <summary>What became of the wish to send a failed mail again. Every case is listed here.</summary>
public abstract record SendAgainResult
{
    private SendAgainResult() { }

    /// <summary>Waits for the sender.</summary>
    public sealed record Queued : SendAgainResult;

    /// <summary>Not queued, with the reason in both languages; nothing was changed.</summary>
    public sealed record Refused(string Zh, string En) : SendAgainResult;

    /// <summary>It did not fail, or somebody else was faster.</summary>
    public static readonly Refused NotFailed = new(
        "这封邮件不在“发送失败”状态，不需要重发。请刷新页面查看最新情况。", "This mail has not failed; look at the page again.");

    /// <summary>Nobody needs it any more.</summary>
    public static readonly Refused TaskClosed = new(
        "这项任务已经办结或撤回，不再需要这封邮件。", "The task is decided or withdrawn; the mail is no longer needed.");

    /// <summary>What it said is not known any more.</summary>
    public static readonly Refused NoSecret = new(
        "这封邮件含有密码或查询码，失败后已按规定清除，不能重发。请重新生成后再发。",
        "This mail carried a password or code that is no longer kept; make a new one.");
}

/// <summary>
/// What people may do with outgoing mail. An interface because Mail may not see SQL: Storage implements it.
/// </summary>
public interface IMailResend
{
    /// <summary>
    /// Puts a failed mail back into the queue with the same Message-ID, takes the flag off its task and writes a line
    /// of history; all in one transaction. Refused when the mail did not fail, when its task is closed, or when it
    /// carried a secret, which is no longer kept.
    /// </summary>
    /// <param name="organisation">OrganisationId of Cases; another organisation's mail does not exist for it.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="actor">PersonId of Cases: who wants it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<SendAgainResult> SendAgainAsync(
        Guid organisation, MailId mail, Guid actor, CancellationToken cancellationToken);
}
