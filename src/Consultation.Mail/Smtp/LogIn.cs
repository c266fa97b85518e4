using System.Net;
using System.Text;
using MailKit;
using MailKit.Security;

namespace Consultation.Mail.Smtp;

/// <summary>Logs in to a mail server of either kind as its settings want it.</summary>
internal static class LogIn
{
    /// <summary>Logs in; secrets are read anew each time.</summary>
    public static async Task DoAsync(
        IMailService client, SmtpLogIn how, string user, string? passwordFile, AccessToken token,
        CancellationToken cancellationToken)
    {
        if (how == SmtpLogIn.OAuth2)
        {
            await token.LogInAsync(
                value => client.AuthenticateAsync(new SaslMechanismOAuth2(user, value), cancellationToken),
                cancellationToken);
            return;
        }

        var password = await SecretFile.ReadAsync(passwordFile!, cancellationToken);
        var credentials = new NetworkCredential(user, password);
        await (how switch
        {
            SmtpLogIn.Plain =>
                client.AuthenticateAsync(new SaslMechanismPlain(Encoding.UTF8, credentials), cancellationToken),
            SmtpLogIn.Login =>
                client.AuthenticateAsync(new SaslMechanismLogin(Encoding.UTF8, credentials), cancellationToken),
            _ => client.AuthenticateAsync(Encoding.UTF8, credentials, cancellationToken),
        });
    }
}
