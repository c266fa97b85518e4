using System.ComponentModel.DataAnnotations;

namespace Consultation.Server.Keys;

/// <summary>
/// Settings of the keys that sign-in cookies and forms are sealed with (section "Keys"). The keys are in the database.
/// </summary>
public sealed class KeyOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Keys";

    /// <summary>
    /// File with a certificate and its RSA key (PKCS#12, *.pfx) that the keys are encrypted with in the database.
    /// Null: they lie there as they are. Every host on one database has the same. Default null.
    /// </summary>
    public string? CertificateFile { get; set; }

    /// <summary>Password of the certificate files; best kept in the secrets folder. Default null.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>Files of earlier certificates, so that keys encrypted with them are still read. Default none.</summary>
    public string[] OlderCertificateFiles { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CertificateFile is null && OlderCertificateFiles.Length > 0)
        {
            yield return new(
                "Keys:OlderCertificateFiles: 请同时指定现在的证书 Keys:CertificateFile / name the present certificate in "
                + "Keys:CertificateFile as well", [nameof(OlderCertificateFiles)]);
        }

        if (CertificateFile is { } file && KeyCertificate.Read(file, CertificatePassword).Trouble is { } trouble)
        {
            yield return new($"Keys:CertificateFile: {trouble}", [nameof(CertificateFile)]);
        }

        foreach (var older in OlderCertificateFiles)
        {
            if (KeyCertificate.Read(older, CertificatePassword).Trouble is { } wrong)
            {
                yield return new($"Keys:OlderCertificateFiles: {wrong}", [nameof(OlderCertificateFiles)]);
            }
        }
    }
}
