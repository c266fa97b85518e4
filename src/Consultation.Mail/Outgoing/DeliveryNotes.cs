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

    /// <summary>A mail that went out because the second channel failed.</summary>
    public const string InsteadOfChannel =
        "短信等通道没有送达，改发邮件。 / The second channel failed; sent by mail instead.";

    /// <summary>The gateway said that the message is there.</summary>
    public const string Arrived = "通道报告：已送达。 / The gateway reports: delivered.";

    /// <summary>
    /// The second channel may have passed the message on before a process died: the gateway knows its id.
    /// </summary>
    public const string MaybeTwiceByChannel =
        "发送过程曾中断，已用同一标识重发，网关据此去重。 / Sending was interrupted; sent again with the same id, by which the "
            + "gateway knows it.";

    /// <summary>What somebody does about a message that did not arrive.</summary>
    public static string Next(OutgoingMail failed) => failed.MailInstead is { } address
        ? $"已改发邮件到 {address}。 / It goes by mail to {address} instead."
        : "没有可用的邮箱，请打印任务单或另行通知。 / There is no mail address: print the slip, or tell the person otherwise.";

    /// <summary>What the task says whose mail did not reach its recipient.</summary>
    public static string NotDelivered(OutgoingMail mail) => mail.Way == MessageWay.Channel
        ? $"短信等通道无法送达：{mail.RecipientName} {mail.RecipientAddress}，"
            + $"{(mail.MailInstead is null ? "请打印任务单" : "已改发邮件")} / Second channel failed: {mail.RecipientAddress}; "
            + (mail.MailInstead is null ? "print the slip" : "sent by mail instead")
        : $"邮件无法送达：{mail.RecipientName} {mail.RecipientAddress} / Mail not delivered: {mail.RecipientAddress}";
}
