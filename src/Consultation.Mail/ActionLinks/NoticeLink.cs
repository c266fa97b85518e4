namespace Consultation.Mail.ActionLinks;

/// <summary>
/// The address at which a mail is read as a page, with how the matter stands now, by whoever got it, with or without a
/// log-in. Holds no row: the token names organisation and mail, sealed with the key ring. It only shows; nothing is
/// answered by it.
/// </summary>
public sealed class NoticeLink(LinkKeyRing ring)
{
    private const string Purpose = "read-notice";

    /// <summary>For how long after it was written a mail is read so.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <summary>The address for one mail.</summary>
    public string Address(Uri publicBaseUrl, Guid organisation, Guid mail) =>
        $"{publicBaseUrl.AbsoluteUri.TrimEnd('/')}/n/{SealedPair.Write(ring, Purpose, organisation, mail)}";

    /// <summary>Which mail; null when the token is forged or its key is gone.</summary>
    public (Guid Organisation, Guid Mail)? Read(string? token) => SealedPair.Read(ring, Purpose, token);
}
