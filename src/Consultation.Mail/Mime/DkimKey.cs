using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Consultation.Mail.Mime;

/// <summary>The key of <see cref="DkimSettings"/>: signs mails, and says what stands in the name system.</summary>
public sealed class DkimKey
{
    private const int LeastBits = 2048;

    /// <summary>What is signed; a header that is missing is signed as missing, so that none can be added.</summary>
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.InReplyTo,
        HeaderId.References, HeaderId.ReplyTo, HeaderId.MimeVersion, HeaderId.ContentType, HeaderId.ListId,
        HeaderId.AutoSubmitted, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private readonly Signer _signer;
    private readonly string _record;

    private DkimKey(AsymmetricKeyParameter key, DkimSettings settings, TimeProvider time)
    {
        var isRsa = key is RsaKeyParameters;
        _signer = new(
            key, settings.Domain!, settings.Selector!,
            isRsa ? DkimSignatureAlgorithm.RsaSha256 : DkimSignatureAlgorithm.Ed25519Sha256, time);
        RecordName = $"{settings.Selector}._domainkey.{settings.Domain}";
        _record = $"v=DKIM1; k={(isRsa ? "rsa" : "ed25519")}; p={Convert.ToBase64String(PublicHalf(key))}";
    }

    /// <summary>Name of the record (TXT) with the public half.</summary>
    public string RecordName { get; }

    /// <summary>What the record has to say.</summary>
    public string Record => _record;

    /// <summary>The key of checked settings; null where mails are not signed.</summary>
    public static DkimKey? Open(DkimSettings settings, TimeProvider time) =>
        settings.IsOn ? new(Read(settings.KeyFile!), settings, time) : null;

    /// <summary>Puts the signature on a message that is complete.</summary>
    public void Sign(MimeMessage message)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        _signer.Sign(message, Signed);
    }

    /// <summary>Why a file holds no key to sign with; null when it does.</summary>
    internal static (string Zh, string En)? WhyNot(string file)
    {
        try
        {
            return Read(file) is RsaKeyParameters { Modulus.BitLength: < LeastBits }
                ? ($"RSA 密钥至少要 {LeastBits} 位", $"an RSA key has at least {LeastBits} bits")
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ("找不到密钥文件", "the key file is missing");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or GeneralSecurityException or ArgumentException or InvalidCastException or FormatException)
        {
            return ("读不出未加密的 RSA 或 Ed25519 私钥（PEM）", "holds no RSA or Ed25519 private key (PEM, not encrypted)");
        }
    }

    private static AsymmetricKeyParameter Read(string file)
    {
        using var text = new StreamReader(file);
        using var pem = new PemReader(text);
        return pem.ReadObject() switch
        {
            AsymmetricCipherKeyPair { Private: RsaKeyParameters rsa } => rsa,
            RsaKeyParameters { IsPrivate: true } rsa => rsa,
            Ed25519PrivateKeyParameters ed25519 => ed25519,
            _ => throw new FormatException("No private key of a known kind."),
        };
    }

    private static byte[] PublicHalf(AsymmetricKeyParameter key) => key switch
    {
        Ed25519PrivateKeyParameters ed25519 => ed25519.GeneratePublicKey().GetEncoded(),
        RsaPrivateCrtKeyParameters rsa => SubjectPublicKeyInfoFactory
            .CreateSubjectPublicKeyInfo(new RsaKeyParameters(isPrivate: false, rsa.Modulus, rsa.PublicExponent))
            .GetDerEncoded(),
        _ => throw new InvalidOperationException("A key of an unknown kind."),
    };

    /// <summary>Tells the time of the signature by the host's clock.</summary>
    private sealed class Signer : DkimSigner
    {
        private readonly TimeProvider _time;

        public Signer(
            AsymmetricKeyParameter key, string domain, string selector, DkimSignatureAlgorithm algorithm,
            TimeProvider time)
            : base(key, domain, selector, algorithm)
        {
            _time = time;
            HeaderCanonicalizationAlgorithm = BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        }

        protected override long GetTimestamp() => _time.GetUtcNow().ToUnixTimeSeconds();
    }
}
