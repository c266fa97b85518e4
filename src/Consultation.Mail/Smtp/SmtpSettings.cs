using System.ComponentModel.DataAnnotations;

namespace Consultation.Mail.Smtp;

/// <summary>How the connection to the mail server is kept from being read.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS, and nothing leaves without it. The default (port 587).</summary>
    StartTls,
    /// <summary>STARTTLS if the server offers it; a password is never sent without it.</summary>
    StartTlsIfOffered,
    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,
    /// <summary>In the open: for a relay on the same machine or in a closed network.</summary>
    None,
}

/// <summary>How the host logs in to the mail server, if it has a log-in name.</summary>
public enum SmtpLogIn
{
    /// <summary>By password, in the safest way that the server offers. The default.</summary>
    Password,
    /// <summary>By password with AUTH PLAIN.</summary>
    Plain,
    /// <summary>By password with AUTH LOGIN.</summary>
    Login,
    /// <summary>By an access token (AUTH XOAUTH2).</summary>
    OAuth2,
}

/// <summary>One SMTP server.</summary>
public sealed class SmtpSettings
{
    /// <summary>Host name or address.</summary>
    public string Host { get; set; } = "";

    /// <summary>Default 587 (submission with STARTTLS); 465 goes with Tls, 25 is usual for a relay.</summary>
    public int Port { get; set; } = 587;

    /// <summary>
    /// StartTls insists on STARTTLS, StartTlsIfOffered does without where the server has none, Tls begins with TLS
    /// (port 465), None is for a relay on the same machine or in a closed network. Default StartTls.
    /// </summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>
    /// File (PEM) with the certificate of the authority that issued the mail server's, where this machine does not
    /// trust it already. Default none.
    /// </summary>
    public string? AuthorityFile { get; set; }

    /// <summary>
    /// Ask the certificate's issuer whether it was revoked. Default false, because that needs a way into the internet;
    /// true where there is one.
    /// </summary>
    public bool CheckRevocation { get; set; }

    /// <summary>Log-in name; null for a relay that asks for none.</summary>
    public string? User { get; set; }

    /// <summary>
    /// Password takes the safest way that the server offers; Plain and Login name one; OAuth2 logs in by an access
    /// token. Default Password.
    /// </summary>
    public SmtpLogIn LogIn { get; set; } = SmtpLogIn.Password;

    /// <summary>
    /// File whose first line is the password; keeps it out of the configuration. Needed with <see cref="User"/>, but
    /// not for OAuth2.
    /// </summary>
    public string? PasswordFile { get; set; }

    /// <summary>Where access tokens come from.</summary>
    public OAuthSettings OAuth { get; set; } = new();

    /// <summary>
    /// Longest time for one mail, connecting included. Default 30 s, 1 s to 5 min; at least 10 s shorter than
    /// <see cref="MailOptions.Lease"/>.
    /// </summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the connection waits for the next mail before it is closed. Default 10 s, 0 s (a connection for each
    /// mail) to 5 min.
    /// </summary>
    public TimeSpan KeepOpen { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong with it, told by the keys of its section ("Mail:Smtp").</summary>
    internal IEnumerable<ValidationResult> Problems(string section)
    {
        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return new($"{section}:Host: 请填写邮件服务器 / name the mail server", [nameof(Host)]);
        }

        if (Port is < 1 or > 65535) yield return new($"{section}:Port: 1 – 65535", [nameof(Port)]);
        if (AuthorityFile is { Length: > 0 } && !File.Exists(AuthorityFile))
        {
            yield return new(
                $"{section}:AuthorityFile: 找不到证书文件 / the certificate file is missing", [nameof(AuthorityFile)]);
        }

        foreach (var problem in User is { Length: > 0 } ? OfLogIn(section) : []) yield return problem;
    }

    /// <summary>What is wrong with the times, whichever transport is used.</summary>
    internal IEnumerable<ValidationResult> Limits(string section)
    {
        if (SendTimeout < TimeSpan.FromSeconds(1) || SendTimeout > TimeSpan.FromMinutes(5))
        {
            yield return new($"{section}:SendTimeout: 00:00:01 – 00:05:00", [nameof(SendTimeout)]);
        }

        if (KeepOpen < TimeSpan.Zero || KeepOpen > TimeSpan.FromMinutes(5))
        {
            yield return new($"{section}:KeepOpen: 00:00:00 – 00:05:00", [nameof(KeepOpen)]);
        }
    }

    private IEnumerable<ValidationResult> OfLogIn(string section)
    {
        if (LogIn == SmtpLogIn.OAuth2) return OAuth.Problems(section);
        return File.Exists(PasswordFile)
            ? []
            : [new($"{section}:PasswordFile: 找不到密码文件 / the password file is missing", [nameof(PasswordFile)])];
    }
}
