using System.ComponentModel.DataAnnotations;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;

namespace Consultation.Mail.Incoming;

/// <summary>Where mail that comes in is read from.</summary>
public enum IncomingSource
{
    /// <summary>Nothing is read. The default.</summary>
    None,
    /// <summary>A mailbox on an IMAP server.</summary>
    Imap,
    /// <summary>A folder into which a mail server delivers: a Maildir, or one with .eml files.</summary>
    Folder,
    /// <summary>A mail server posts each mail to /mail/post.</summary>
    Post,
}

/// <summary>
/// Reading mail (section "Mail:Incoming"): bounces and delivery reports, answers of calendar programs, replies. Off
/// until a source is named.
/// </summary>
public sealed class IncomingSettings
{
    internal const string Token = "{token}";

    /// <summary>
    /// Where mail is read from: None, Imap (a mailbox), Folder (a Maildir or a folder of .eml files) or Post (a mail
    /// server posts it to /mail/post). Default None.
    /// </summary>
    public IncomingSource Source { get; set; } = IncomingSource.None;

    /// <summary>
    /// Address to which people reply to a task's mail, with {token} once before the @, e.g.
    /// xieshang+{token}@example.gov.cn; all such addresses must reach what is read. Empty: mails ask for no reply, and
    /// only bounces and calendar answers are read. Default empty.
    /// </summary>
    public string ReplyAddress { get; set; } = "";

    /// <summary>
    /// The name by which your own relay signs its Authentication-Results (authserv-id), e.g. mx.example.gov.cn. Only
    /// what it says of a sender is believed: without it answers of calendar programs wait for a person. Needed with
    /// <see cref="ReplyAddress"/>.
    /// </summary>
    public string AuthServId { get; set; } = "";

    /// <summary>
    /// How many Received lines your own servers put on top of a mail. An Authentication-Results below them was written
    /// by somebody else and does not count. Default 1, 1–10.
    /// </summary>
    public int OwnReceived { get; set; } = 1;

    /// <summary>A mail older than this decides nothing. Default 7 days, 1 h to 90 days.</summary>
    public TimeSpan OldAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Largest mail that is read; of a larger one only sender and subject are kept. Default 10485760 (10 MB), 65536 to
    /// 52428800.
    /// </summary>
    public int MostBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// Longest wait between two looks into the mailbox or folder; a server that can tell of new mail (IDLE) is asked
    /// to. Default 30 s, 1 s to 10 min.
    /// </summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Folder of the source Folder: a Maildir (with new and cur in it), or one in which whole .eml files appear. What
    /// was read goes to cur, or to a folder "read" beside the files.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>
    /// File whose first line, at least 32 characters, is the secret of whoever posts mail; for the source Post.
    /// </summary>
    public string? PostSecretFile { get; set; }

    /// <summary>The mailbox of the source Imap.</summary>
    public ImapSettings Imap { get; set; } = new();

    /// <summary>Mail is read at all.</summary>
    internal bool Reads => Source != IncomingSource.None;

    /// <summary>Mails of tasks can be answered by a reply.</summary>
    internal bool TakesReplies => Reads && ReplyAddress.Length > 0;

    /// <summary>The address that replies with a token go to.</summary>
    internal string ReplyTo(string token) => ReplyAddress.Replace(Token, token, StringComparison.Ordinal);

    internal IEnumerable<ValidationResult> Problems(string from)
    {
        if (!Reads)
        {
            return ReplyAddress.Length == 0
                ? Limits()
                : [.. Limits(), Problem(
                    $"Mail:Incoming:ReplyAddress, Mail:Incoming:Source ({Source}): 不读取邮件时不能请人回复；请指定来源或清空回复地址 / "
                        + "nobody can be asked to reply while no mail is read; name a source or empty the address",
                    nameof(ReplyAddress))];
        }

        return [.. OfReplies(from), .. OfSource(), .. Limits()];
    }

    private IEnumerable<ValidationResult> OfReplies(string from)
    {
        if (ReplyAddress.Length == 0) yield break;
        var at = ReplyAddress.IndexOf('@', StringComparison.Ordinal);
        var place = ReplyAddress.IndexOf(Token, StringComparison.Ordinal);
        if (place < 0 || place > at || ReplyAddress.LastIndexOf(Token, StringComparison.Ordinal) != place
            || MailAddressRule.Check(ReplyTo(new string('a', ReplyTokens.Length))) is not null || at - place > 30)
        {
            yield return Problem(
                "Mail:Incoming:ReplyAddress: 请在 @ 前写一次 {token}，例如 xieshang+{token}@example.gov.cn / write {token} "
                    + "once before the @, e.g. xieshang+{token}@example.gov.cn",
                nameof(ReplyAddress));
        }
        else if (string.Equals(ReplyTo(""), from, StringComparison.OrdinalIgnoreCase))
        {
            yield return Problem(
                $"Mail:Incoming:ReplyAddress, Mail:From ({from}): 两者之间还要有一个字符，例如 + / at least one character must "
                    + "stand between them, e.g. +",
                nameof(ReplyAddress));
        }

        if (string.IsNullOrWhiteSpace(AuthServId))
        {
            yield return Problem(
                "Mail:Incoming:ReplyAddress, Mail:Incoming:AuthServId: 请填写本单位邮件网关在 Authentication-Results 中的名称，否则"
                    + "无法确认回复人是谁 / name your relay as it stands in Authentication-Results, or nobody knows who replied",
                nameof(AuthServId));
        }
    }

    private IEnumerable<ValidationResult> OfSource()
    {
        switch (Source)
        {
            case IncomingSource.Imap:
                return Imap.Problems();
            case IncomingSource.Folder when string.IsNullOrWhiteSpace(Folder):
                return [Problem(
                    "Mail:Incoming:Folder, Mail:Incoming:Source (Folder): 请指定文件夹 / name the folder", nameof(Folder))];
            case IncomingSource.Post when PostSecret() is not { Length: >= 32 }:
                return [Problem(
                    "Mail:Incoming:PostSecretFile, Mail:Incoming:Source (Post): 请指定密钥文件，第一行至少 32 个字符 / name a file "
                        + "whose first line is a secret of at least 32 characters",
                    nameof(PostSecretFile))];
            default:
                return [];
        }
    }

    private IEnumerable<ValidationResult> Limits()
    {
        if (OwnReceived is < 1 or > 10) yield return Problem("Mail:Incoming:OwnReceived: 1 – 10", nameof(OwnReceived));
        if (OldAfter < TimeSpan.FromHours(1) || OldAfter > TimeSpan.FromDays(90))
        {
            yield return Problem("Mail:Incoming:OldAfter: 01:00:00 – 90.00:00:00", nameof(OldAfter));
        }

        if (MostBytes is < 65_536 or > 52_428_800)
        {
            yield return Problem("Mail:Incoming:MostBytes: 65536 – 52428800", nameof(MostBytes));
        }

        if (PollEvery < TimeSpan.FromSeconds(1) || PollEvery > TimeSpan.FromMinutes(10))
        {
            yield return Problem("Mail:Incoming:PollEvery: 00:00:01 – 00:10:00", nameof(PollEvery));
        }
    }

    /// <summary>The secret of whoever posts mail; null when there is none.</summary>
    internal string? PostSecret() =>
        PostSecretFile is { Length: > 0 } file && File.Exists(file) ? File.ReadLines(file).FirstOrDefault() : null;

    private static ValidationResult Problem(string message, string member) => new(message, [member]);
}

/// <summary>A mailbox on an IMAP server.</summary>
public sealed class ImapSettings
{
    /// <summary>Host name or address.</summary>
    public string Host { get; set; } = "";

    /// <summary>Default 993; 143 goes with StartTls.</summary>
    public int Port { get; set; } = 993;

    /// <summary>
    /// Tls begins with TLS (port 993), StartTls insists on STARTTLS (port 143), None is for a server on the same
    /// machine or in a closed network; StartTlsIfOffered is not for a mailbox. Default Tls.
    /// </summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.Tls;

    /// <summary>
    /// File (PEM) with the certificate of the authority that issued the server's, where this machine does not trust it
    /// already. Default none.
    /// </summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Log-in name.</summary>
    public string User { get; set; } = "";

    /// <summary>
    /// Password takes the safest way that the server offers; Plain and Login name one; OAuth2 logs in by an access
    /// token (XOAUTH2). Default Password.
    /// </summary>
    public SmtpLogIn LogIn { get; set; } = SmtpLogIn.Password;

    /// <summary>File whose first line is the password; read anew at each log-in. Not needed for OAuth2.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Where access tokens come from.</summary>
    public OAuthSettings OAuth { get; set; } = new();

    /// <summary>The folder of the mailbox. Default INBOX.</summary>
    public string Mailbox { get; set; } = "INBOX";

    /// <summary>
    /// Folder of the mailbox into which a mail goes when it was read. Empty: it stays, and is marked. Default empty.
    /// </summary>
    public string MoveTo { get; set; } = "";

    internal IEnumerable<ValidationResult> Problems()
    {
        if (string.IsNullOrWhiteSpace(Host) || string.IsNullOrWhiteSpace(User) || string.IsNullOrWhiteSpace(Mailbox))
        {
            yield return new(
                "Mail:Incoming:Imap:Host, User, Mailbox, Mail:Incoming:Source (Imap): 请填写服务器、登录名和邮箱文件夹 / name "
                    + "the server, the log-in and the folder",
                [nameof(Host)]);
        }

        if (LogIn == SmtpLogIn.OAuth2)
        {
            foreach (var problem in OAuth.Problems("Mail:Incoming:Imap")) yield return problem;
        }
        else if (!File.Exists(PasswordFile))
        {
            yield return new(
                "Mail:Incoming:Imap:PasswordFile: 找不到密码文件 / the password file is missing", [nameof(PasswordFile)]);
        }

        if (AuthorityFile is { Length: > 0 } && !File.Exists(AuthorityFile))
        {
            yield return new(
                "Mail:Incoming:Imap:AuthorityFile: 找不到证书文件 / the certificate file is missing",
                [nameof(AuthorityFile)]);
        }

        if (Port is < 1 or > 65535) yield return new("Mail:Incoming:Imap:Port: 1 – 65535", [nameof(Port)]);
        if (Security == SmtpSecurity.StartTlsIfOffered)
        {
            yield return new("Mail:Incoming:Imap:Security: Tls, StartTls, None", [nameof(Security)]);
        }

        if (MoveTo.Length > 0 && string.Equals(MoveTo, Mailbox, StringComparison.OrdinalIgnoreCase))
        {
            yield return new(
                $"Mail:Incoming:Imap:MoveTo ({MoveTo}), Mail:Incoming:Imap:Mailbox ({Mailbox}): 不能是同一个文件夹 / must "
                    + "not be the same folder",
                [nameof(MoveTo)]);
        }
    }
}
