namespace Consultation.Mail.ActionLinks;

/// <summary>
/// The address with which a person leaves the daily digest without a log-in (List-Unsubscribe, mail rule 5). Holds no
/// row: the token names organisation and person and is sealed with the key ring. GET shows a page; POST
/// (<c>List-Unsubscribe=One-Click</c>) leaves.
/// </summary>
public sealed class UnsubscribeLink(LinkKeyRing ring)
{
    private const string Purpose = "leave-digest";

    /// <summary>The address for one person.</summary>
    public string Address(Uri publicBaseUrl, Guid organisation, Guid person) =>
        publicBaseUrl.AbsoluteUri.TrimEnd('/') + "/digest/leave/"
            + SealedPair.Write(ring, Purpose, organisation, person);

    /// <summary>Who leaves; null when the token is forged or its key is gone.</summary>
    public (Guid Organisation, Guid Person)? Read(string? token) => SealedPair.Read(ring, Purpose, token);
}
