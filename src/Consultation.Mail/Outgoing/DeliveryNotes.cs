namespace Consultation.Mail.Outgoing;

/// <summary>Notes that stand in the ledger beside a mail, for people, in both languages.</summary>
public static class DeliveryNotes
{
    /// <summary>
    /// A process died, or the connection broke, after the server may have taken the mail (mail rule 10).
    /// </summary>
    public const string MaybeTwice =
        "发送过程曾中断，可能发送了两次（邮件标识相同）。 / Sending was interrupted; the mail may have arrived twice, with the same "
            + "Message-ID.";

    /// <summary>The mail travelled in a digest (mail rule 8).</summary>
    public const string InDigest = "已并入每日摘要。 / Carried by the daily digest.";

    /// <summary>The task was closed or given to somebody else first (mail rule 8).</summary>
    public const string TaskClosed = "任务已办结或已转交，邮件不再发送。 / The task was closed or reassigned first; not sent.";

    /// <summary>A server further on still tries; the words are its own.</summary>
    public static string Delayed(string words) =>
        $"对方邮件服务器暂时没有投递成功，仍在重试。{words} / Not delivered yet; a server further on still tries. {words}";

    /// <summary>What the task says whose mail did not reach its recipient.</summary>
    public static string NotDelivered(OutgoingMail mail) =>
        $"邮件无法送达：{mail.RecipientName} {mail.RecipientAddress} / Mail not delivered: {mail.RecipientAddress}";
}
