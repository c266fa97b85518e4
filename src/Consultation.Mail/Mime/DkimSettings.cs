using System.ComponentModel.DataAnnotations;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Mime;

/// <summary>
/// DKIM (RFC 6376): mails are signed with a private key whose public half stands in the name system, so that receiving
/// servers can tell ours from forged ones. Not signed while no key file is named.
/// </summary>
public sealed class DkimSettings
{
    /// <summary>
    /// File (PEM) with the private key: RSA of at least 2048 bits (older servers know no other), or Ed25519. Default
    /// none: mails are not signed.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Domain that signs: that of Mail:From or one above it, e.g. tongzhou.example.gov.cn. Needed with KeyFile.
    /// </summary>
    public string? Domain { get; set; }

    /// <summary>
    /// Name of the key below _domainkey in the name system, e.g. xieshang2026. Needed with KeyFile.
    /// </summary>
    public string? Selector { get; set; }

    /// <summary>Mails are signed.</summary>
    public bool IsOn => KeyFile is { Length: > 0 };

    internal IEnumerable<ValidationResult> Problems(string from)
    {
        if (!IsOn) yield break;
        if (!IsName(Selector))
        {
            yield return new(
                "Mail:Dkim:Selector: 请填写密钥名称，只用字母、数字、点和横线 / name the key: letters, digits, dots, hyphens",
                [nameof(Selector)]);
        }

        var sender = MailAddressRule.DomainOf(from);
        if (!IsName(Domain) || !IsOwn(sender, Domain!))
        {
            yield return new(
                $"Mail:Dkim:Domain ({Domain}), Mail:From ({from}): 前者应是发件地址的域名或其上级域名 / the first is the "
                    + "domain of the second or one above it",
                [nameof(Domain)]);
        }

        if (DkimKey.WhyNot(KeyFile!) is { } problem)
        {
            yield return new($"Mail:Dkim:KeyFile: {problem.Zh} / {problem.En}", [nameof(KeyFile)]);
        }
    }

    /// <summary>The domain of a sender, or one above it.</summary>
    private static bool IsOwn(string sender, string domain)
    {
        var above = "." + domain;
        return string.Equals(sender, domain, StringComparison.OrdinalIgnoreCase)
            || sender.EndsWith(above, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= 200 } && text[0] != '.' && text[^1] != '.'
        && text.All(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or '_');
}
