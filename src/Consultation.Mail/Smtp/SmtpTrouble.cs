using System.Net.Sockets;
using Consultation.Mail.Outgoing;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Consultation.Mail.Smtp;

/// <summary>
/// What a failure means for the mail, in the server's words or in a sentence that says what to do. For good is only
/// what the server says of the recipient or of the mail itself. What concerns the connection, the log-in or the
/// sender's address would meet every mail: another server may take it, or it is tried again, so that a wrong setting
/// does not fail a whole queue.
/// </summary>
internal sealed class SmtpTrouble(SmtpSettings settings, string section)
{
    private string Server => $"{settings.Host}:{settings.Port}";

    /// <summary>What a server or a network may do to us; anything else is a mistake of ours.</summary>
    public static bool Knows(Exception exception) => exception
        is CommandException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        or SslHandshakeException or AuthenticationException or AccessTokenException or UnencryptedLogInException
        or NotSupportedException or IOException or SocketException or UnauthorizedAccessException;

    /// <summary>The connection did not come about.</summary>
    public TransportResult.Transient OfOpening(Exception exception, SmtpConnection connection) =>
        Elsewhere(WhyNotOpen(exception, connection));

    /// <summary>The server did not take the mail.</summary>
    public TransportResult OfSending(Exception exception, bool maybeTaken) => exception switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } refused => Elsewhere(Both(
            "邮件服务器不接受发件地址，请检查 Mail:From",
            "The mail server does not accept the sender's address; check Mail:From: ") + Words(refused)),
        SmtpCommandException refused when IsForGood((int)refused.StatusCode) =>
            new TransportResult.Permanent(MailAddressRule.OneLine(Words(refused), 500)),
        SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable } refused => Elsewhere(Words(refused)),
        SmtpCommandException refused => Later(Words(refused)),
        ServiceNotAuthenticatedException => Elsewhere(Both(
            $"邮件服务器 {Server} 要求先登录，请设置 {section}:User",
            $"The mail server {Server} wants a log-in; set {section}:User: ") + exception.Message),
        _ => Broken(
            Both($"与邮件服务器 {Server} 的连接中断", $"The connection to {Server} broke: ") + exception.Message, maybeTaken),
    };

    /// <summary>Nothing came back in time.</summary>
    public TransportResult.Transient OfSilence(bool maybeTaken) => Broken(
        Both(
            $"邮件服务器 {Server} 在 {settings.SendTimeout.TotalSeconds:0} 秒内没有完成",
            $"The mail server {Server} was not done within {settings.SendTimeout.TotalSeconds:0} s"),
        maybeTaken);

    private string WhyNotOpen(Exception exception, SmtpConnection connection) => exception switch
    {
        SslHandshakeException when connection.CertificateProblem is { } problem => OfCertificate(problem),
        SslHandshakeException => Both(
            $"与邮件服务器 {Server} 的加密连接没有建立：465 端口请设 {section}:Security=Tls，587 和 25 端口请设 StartTls",
            $"No encrypted connection to {Server}: set {section}:Security to Tls for port 465, StartTls for 587"),
        NotSupportedException when !connection.IsEncrypted && settings.Security == SmtpSecurity.StartTls => Both(
            $"邮件服务器 {Server} 不支持 STARTTLS：465 端口请设 {section}:Security=Tls；确认网络可信时才设为 None",
            $"The mail server {Server} offers no STARTTLS: set {section}:Security to Tls for port 465, "
                + "or to None if the network can be trusted"),
        NotSupportedException => Both(
            $"邮件服务器 {Server} 不支持这种登录方式，请更改 {section}:LogIn；不需要登录的请清空 {section}:User",
            $"The mail server {Server} has no such way to log in; change {section}:LogIn, "
                + $"or empty {section}:User where none is wanted"),
        UnencryptedLogInException => Both(
            $"邮件服务器 {Server} 没有提供加密，没有发送密码",
            $"The mail server {Server} offered no encryption, so the password was not sent"),
        AuthenticationException => Both(
            $"邮件服务器 {Server} 拒绝登录，请检查 {section}:User 和密码或令牌：",
            $"The mail server {Server} refuses the log-in; check {section}:User and the password or token: ")
                + exception.Message,
        AccessTokenException => exception.Message,
        SmtpCommandException refused => $"{(int)refused.StatusCode} {refused.Message}",
        _ => Both($"连接不上邮件服务器 {Server}", $"The mail server {Server} cannot be reached: ") + exception.Message,
    };

    private string OfCertificate(string problem) => Both(
        $"邮件服务器 {Server} 的证书不可信（{problem}），邮件没有发出。请把签发它的根证书存成文件，写入 {section}:AuthorityFile；"
            + $"名称不符的，请把 {section}:Host 写成证书上的名称；过期的，请邮件管理员更换",
        $"The certificate of {Server} is not trusted ({problem}); nothing was sent. Name a file with the root "
            + $"certificate of its issuer as {section}:AuthorityFile; if the name does not match, write that in the "
            + $"certificate as {section}:Host; if it expired, have it renewed");

    /// <summary>5xx, but not what the server says of the conversation (500, 502, 503) or of the log-in (53x).</summary>
    private static bool IsForGood(int code) =>
        code is >= 500 and < 600 and not (500 or 502 or 503 or (>= 530 and <= 539));

    private static string Words(SmtpCommandException refused) => $"{(int)refused.StatusCode} {refused.Message}";

    private static string Both(string zh, string en) => $"{zh} / {en}";

    private static TransportResult.Transient Later(string words) => new(MailAddressRule.OneLine(words, 500));

    private static TransportResult.Transient Elsewhere(string words) => Later(words) with { OfServer = true };

    /// <summary>Where the server may have taken the mail, another one would deliver it twice.</summary>
    private static TransportResult.Transient Broken(string words, bool maybeTaken) =>
        Later(words) with { MaybeTaken = maybeTaken, OfServer = !maybeTaken };
}
