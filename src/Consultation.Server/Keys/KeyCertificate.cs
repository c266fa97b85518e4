using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Consultation.Server.Keys;

/// <summary>A certificate file as it was read: the certificate, or why it is of no use.</summary>
internal sealed record KeyCertificate(X509Certificate2? Certificate, string? Trouble)
{
    public static KeyCertificate Read(string file, string? password)
    {
        if (!File.Exists(file))
        {
            return new(null, $"找不到文件“{file}” / the file “{file}” is missing");
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            // Encrypted XML knows RSA only; without the private key nothing could be read again.
            using var key = certificate.GetRSAPrivateKey();
            return key is null
                ? new(null, $"文件“{file}”里没有 RSA 私钥 / the file “{file}” holds no RSA private key")
                : new(certificate, null);
        }
        catch (CryptographicException)
        {
            return new(null, $"文件“{file}”不是 PKCS#12 证书，或密码 Keys:CertificatePassword 不对 / the file “{file}” is no "
                + "PKCS#12 certificate, or the password Keys:CertificatePassword is wrong");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(null, $"文件“{file}”无法读取，请检查权限 / the file “{file}” cannot be read; check its permissions");
        }
    }
}
