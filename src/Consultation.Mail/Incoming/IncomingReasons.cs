using Consultation.Mail.Templates;

namespace Consultation.Mail.Incoming;

/// <summary>Why a mail did not count, in words for people: at the desk, and in the answer to its sender.</summary>
public static class IncomingReasons
{
    private static readonly Dictionary<IncomingReason, MailWords> Words = new()
    {
        [IncomingReason.None] = new("已按任务答复计入。", "It counted as an answer."),
        [IncomingReason.Unreadable] = new("邮件已损坏，无法读取。", "The mail is broken and cannot be read."),
        [IncomingReason.TooBig] = new("邮件过大，没有读取正文。", "The mail is too large; its text was not read."),
        [IncomingReason.TooTangled] = new("邮件结构过于复杂，没有读取正文。", "The mail has too many parts; its text was not read."),
        [IncomingReason.Automatic] = new("这是自动回复。", "A machine wrote it."),
        [IncomingReason.List] = new("这是群发邮件。", "It came by a mailing list or in bulk."),
        [IncomingReason.Own] = new("这是本系统发出的邮件，又转了回来。", "It is a mail of our own that came back."),
        [IncomingReason.Old] = new("邮件发出时间过早，或没有日期，不能作为答复。", "It is too old, or has no date, to count as an answer."),
        [IncomingReason.NoToken] = new(
            "来信没有回到任务邮件的回复地址，无法确认答复的是哪项任务。",
            "It did not go to the reply address of a task's mail, so nobody knows which task it answers."),
        [IncomingReason.UnknownToken] = new("回复地址无效。", "The reply address is not valid."),
        [IncomingReason.SeveralTokens] = new("一封邮件答复了几项任务，请分别回复。", "It answers several tasks; reply to each."),
        [IncomingReason.OtherSender] = new(
            "发件人不是这项任务邮件的收件人。", "The sender is not the person to whom the task's mail was sent."),
        [IncomingReason.NotAuthenticated] = new(
            "本单位邮件网关不能确认发件人身份。", "Our own mail relay does not vouch for the sender."),
        [IncomingReason.HtmlOnly] = new(
            "邮件只有网页格式，没有纯文本。请打开任务邮件中的链接答复，或改用纯文本回复。",
            "The mail is HTML alone, without plain text. Answer by the link, or reply in plain text."),
        [IncomingReason.Files] = new(
            "邮件带有附件，回复邮件收不下附件。请打开链接答复并上传。", "Files came along, which a reply cannot keep. Answer by the link."),
        [IncomingReason.NoWord] = new(
            "第一行不是单独的一个答复词。", "The first line is not one of the answers alone."),
        [IncomingReason.NotOffered] = new("这项任务没有这个答复选项。", "The task does not offer this answer."),
        [IncomingReason.NeedsReason] = new(
            "这个答复要写明理由：请把理由写在答复词下面。", "This answer needs a reason: write it below the answer."),
        [IncomingReason.NeedsForm] = new(
            "这项任务要填表，请打开链接填写。", "The task asks for a form; fill it in by the link."),
        [IncomingReason.Irreversible] = new(
            "这个决定不能撤回，不能用邮件回复作出，请打开链接办理。",
            "This decision cannot be taken back, so it is not taken by a reply; use the link."),
        [IncomingReason.Restricted] = new(
            "这件协商事项限制查阅，不能用邮件回复办理。", "The case is restricted; nothing of it is decided by a reply."),
        [IncomingReason.Answered] = new("您已经答复过了。", "You have answered already."),
        [IncomingReason.Overtaken] = new("这项任务已经办结或有变化。", "The task is decided, or has changed."),
        [IncomingReason.Revoked] = new("这项任务已转交他人或已撤回。", "The task went to somebody else, or was withdrawn."),
        [IncomingReason.Expired] = new("回复地址已过期。", "The reply address has expired."),
        [IncomingReason.Replayed] = new(
            "更晚发出的一封邮件已经计入。", "A mail that was written later has counted already."),
        [IncomingReason.Refused] = new("系统没有接受这个答复。", "The answer was not accepted."),
        [IncomingReason.NotInvited] = new(
            "会议不存在、已结束或已取消，或者发件人不在参会名单上。",
            "The meeting is unknown, over or called off, or the sender has no seat in it."),
        [IncomingReason.Moved] = new(
            "会议在这之后改过时间或地点，旧通知的回复不再计入。",
            "The meeting was moved since; an answer to the earlier notice does not count."),
        [IncomingReason.Tentative] = new("日历回复：暂定参加。", "The calendar says: tentative."),
        [IncomingReason.NoCalendar] = new("日历文件不是对会议通知的回复。", "The calendar file is no answer to a notice."),
        [IncomingReason.NotOurs] = new("与本系统发出的邮件无关。", "It is about no mail of ours."),
        [IncomingReason.Undelivered] = new(
            "邮件没有送达，请核对邮箱或另行告知本人。",
            "The mail did not reach its recipient; check the address, or tell the person another way."),
        [IncomingReason.DeadAddress] = new(
            "这个邮箱已两次退信，请向本人另要联系方式，或改用纸质通知单。",
            "The address failed twice: ask the person for another way, or use a printed slip."),
    };

    /// <summary>The words of a reason.</summary>
    public static MailWords Say(IncomingReason reason) => Words[reason];
}
