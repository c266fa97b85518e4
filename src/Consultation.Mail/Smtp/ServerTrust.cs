using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Consultation.Mail.Smtp;

/// <summary>
/// Whether a mail server's certificate is believed: by what this machine trusts, or by an authority of the settings.
/// </summary>
internal sealed class ServerTrust
{
    /// <summary>What a certificate must be made for: a server's identity (RFC 5280, id-kp-serverAuth).</summary>
    private static readonly Oid OfServers = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection _authorities = [];
    private readonly bool _checkRevocation;

    /// <summary>Reads the authorities' file (PEM), if there is one.</summary>
    public ServerTrust(string? authorityFile, bool checkRevocation)
    {
        _checkRevocation = checkRevocation;
        if (authorityFile is { Length: > 0 } file) _authorities.ImportFromPemFile(file);
    }

    /// <summary>Why the last certificate is not trusted; null while nothing is wrong with it.</summary>
    public string? Problem { get; private set; }

    /// <summary>Looks at a certificate.</summary>
    public bool Trusts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var trusted = errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsOfAuthorities(certificate, chain));
        Problem = trusted ? null : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
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
            _checkRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(OfServers);
        return certificate is X509Certificate2 whole && own.Build(whole);
    }
}
