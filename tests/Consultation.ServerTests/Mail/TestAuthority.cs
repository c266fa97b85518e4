using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

/// <summary>An authority of a test's own, which issues certificates to its servers.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _authority = Make();

    /// <summary>The certificate of the authority, for a client to trust.</summary>
    public string Pem => _authority.ExportCertificatePem();

    /// <summary>A certificate with its key for a server of this name.</summary>
    public X509Certificate2 Issue(string name, int until = 2046)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        var end = new DateTimeOffset(until, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var issued = request.Create(
            _authority, MailMaking.Noon.AddYears(-1), end, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose() => _authority.Dispose();

    private static X509Certificate2 Make()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=Test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        return request.CreateSelfSigned(MailMaking.Noon.AddYears(-2), MailMaking.Noon.AddYears(30));
    }
}
