namespace Consultation.Mail.ActionLinks;

/// <summary>
/// The address behind the code at the door of a meeting, by which people sign in. Everybody in the room has the same
/// one: it names organisation and meeting, sealed with the key ring, and says nothing of who looks. GET shows a page;
/// the post signs in.
/// </summary>
public sealed class DoorLink(LinkKeyRing ring)
{
    private const string Purpose = "meeting-door";

    /// <summary>The address for one meeting.</summary>
    public string Address(Uri publicBaseUrl, Guid organisation, Guid meeting) =>
        $"{publicBaseUrl.AbsoluteUri.TrimEnd('/')}/m/{SealedPair.Write(ring, Purpose, organisation, meeting)}";

    /// <summary>Which meeting; null when the token is forged or its key is gone.</summary>
    public (Guid Organisation, Guid Meeting)? Read(string? token) => SealedPair.Read(ring, Purpose, token);
}
