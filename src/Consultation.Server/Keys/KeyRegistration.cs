using Consultation.Storage.Keys;
using Microsoft.AspNetCore.DataProtection;

namespace Consultation.Server.Keys;

/// <summary>
/// Wires the keys of sign-in cookies and forms: in the database, encrypted when a certificate is set.
/// </summary>
internal static class KeyRegistration
{
    public static void AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        var keys = services.AddDataProtection().SetApplicationName("Consultation").PersistKeysToDatabase();
        var options = configuration.GetSection(KeyOptions.Section).Get<KeyOptions>() ?? new KeyOptions();
        // A file that is of no use is named by the validation, with all other wrong settings.
        if (options.CertificateFile is not { } file
            || KeyCertificate.Read(file, options.CertificatePassword).Certificate is not { } present) return;
        keys.ProtectKeysWithCertificate(present);
        keys.UnprotectKeysWithAnyCertificate(
        [
            present,
            .. options.OlderCertificateFiles.Select(
                older => KeyCertificate.Read(older, options.CertificatePassword).Certificate)
                .OfType<System.Security.Cryptography.X509Certificates.X509Certificate2>(),
        ]);
    }
}
