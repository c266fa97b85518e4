using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Consultation.Mail.Smtp;

/// <summary>One connection to the mail server, encrypted and logged in as the settings want it.</summary>
internal sealed class SmtpConnection(SmtpSettings settings) : SmtpClient
{
    /// <summary>What a certificate must be made for: a server's identity (RFC 5280, id-kp-serverAuth).</summary>
    private static readonly Oid OfServers = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection _authorities = [];
    private bool _begun;

    /// <summary>
    /// The server had accepted the last message's recipient, so that it may have taken the text that follows.
    /// </summary>
    public bool MaybeTaken { get; private set; }

    /// <summary>Why the server's certificate is not trusted; null while nothing is wrong with it.</summary>
    public string? CertificateProblem { get; private set; }

    /// <summary>Connects, encrypts, logs in.</summary>
    public async Task OpenAsync(AccessToken token, CancellationToken cancellationToken)
    {
        if (settings.AuthorityFile is { Length: > 0 } file) _authorities.ImportFromPemFile(file);
        CheckCertificateRevocation = settings.CheckRevocation;
        ServerCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(certificate, chain, errors);
        await ConnectAsync(settings.Host, settings.Port, Options(settings.Security), cancellationToken);
        if (settings.User is not { Length: > 0 } user) return;
        if (settings.Security == SmtpSecurity.StartTlsIfOffered && !IsEncrypted)
        {
            throw new UnencryptedLogInException();
        }

        if (settings.LogIn == SmtpLogIn.OAuth2) await LogInByTokenAsync(user, token, cancellationToken);
        else await LogInByPasswordAsync(user, cancellationToken);
    }

    /// <summary>Hands over one message to its one recipient.</summary>
    public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        _begun = MaybeTaken = false;
        await SendAsync(message, (MailboxAddress)message.From[0], [(MailboxAddress)message.To[0]], cancellationToken);
    }

    /// <summary>
    /// The server had hung up before it took notice of the last message: it may be sent again on a new connection
    /// without arriving twice.
    /// </summary>
    public bool HadHungUp(Exception exception) => !_begun
        && exception is IOException or ProtocolException or ServiceNotConnectedException
            or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    /// <inheritdoc/>
    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _begun = true;

    /// <inheritdoc/>
    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        MaybeTaken = true;

    private static SecureSocketOptions Options(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.StartTlsIfOffered => SecureSocketOptions.StartTlsWhenAvailable,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private async Task LogInByPasswordAsync(string user, CancellationToken cancellationToken)
    {
        var password = await SecretFile.ReadAsync(settings.PasswordFile!, cancellationToken);
        var credentials = new NetworkCredential(user, password);
        await (settings.LogIn switch
        {
            SmtpLogIn.Plain => AuthenticateAsync(new SaslMechanismPlain(Encoding.UTF8, credentials), cancellationToken),
            SmtpLogIn.Login => AuthenticateAsync(new SaslMechanismLogin(Encoding.UTF8, credentials), cancellationToken),
            _ => AuthenticateAsync(Encoding.UTF8, credentials, cancellationToken),
        });
    }

    private async Task LogInByTokenAsync(string user, AccessToken token, CancellationToken cancellationToken)
    {
        try
        {
            var value = await token.GetAsync(cancellationToken);
            await AuthenticateAsync(new SaslMechanismOAuth2(user, value), cancellationToken);
        }
        catch (AuthenticationException)
        {
            token.Forget();
            throw;
        }
    }

    private bool Trusts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var trusted = errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsOfAuthorities(certificate, chain));
        CertificateProblem = trusted ? null : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? "name mismatch"
            : string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.Status).Distinct());
        return trusted;
    }

    /// <summary>Issued by an authority of the settings' file, in force, and made for a server.</summary>
    private bool IsOfAuthorities(X509Certificate? certificate, X509Chain? chain)
    {
        if (_authorities.Count == 0) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        foreach (var element in chain?.ChainElements.AsEnumerable() ?? [])
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        own.ChainPolicy.RevocationMode =
            settings.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(OfServers);
        return certificate is X509Certificate2 whole && own.Build(whole);
    }
}

/// <summary>The server offered no encryption, and the password must not be read on the way.</summary>
internal sealed class UnencryptedLogInException : Exception;
