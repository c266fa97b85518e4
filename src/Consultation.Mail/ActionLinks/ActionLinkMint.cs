using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Consultation.Mail.Incoming;

namespace Consultation.Mail.ActionLinks;

/// <summary>
/// Makes action links, and their tokens again when a mail is sent. Nothing of a token is ever stored.
/// </summary>
public sealed class ActionLinkMint(LinkKeyRing ring)
{
    /// <summary>Characters of a token.</summary>
    internal const int TokenLength = 43;

    private const int BoundLength = 16 + 16 + 32;

    /// <summary>
    /// A new link. Add it to the step (<c>CaseFile.Add</c>) together with the mail that shows it.
    /// </summary>
    /// <param name="organisation">OrganisationId of Cases.</param>
    /// <param name="task">TaskId of Cases.</param>
    /// <param name="person">PersonId of Cases: the only one who acts through it.</param>
    /// <param name="outcomes">Outcome keys that may be given.</param>
    /// <param name="taskRevision">The task's revision; a later one overtakes the link.</param>
    /// <param name="expiresAt">Later than <paramref name="now"/>.</param>
    /// <param name="now">The step's time.</param>
    public ActionLink Issue(
        Guid organisation,
        Guid task,
        Guid person,
        IEnumerable<string> outcomes,
        int taskRevision,
        DateTimeOffset expiresAt,
        DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(expiresAt, now);
        var id = Guid.CreateVersion7(now);
        var nonce = RandomNumberGenerator.GetBytes(32);
        var key = ring.Current;
        return new ActionLink
        {
            OrganisationId = organisation,
            Id = id,
            TaskId = task,
            PersonId = person,
            Outcomes = [.. outcomes],
            TaskRevision = taskRevision,
            CreatedAt = now,
            ExpiresAt = expiresAt,
            Nonce = nonce,
            KeyId = key.Id,
            TokenHash = HashOf(Token(key, organisation, id, nonce)),
            ReplyHash = HashOf(ReplyToken(key, organisation, id, nonce)),
        };
    }

    /// <summary>
    /// The token of a link: 43 characters that stand in an address as they are; null when its key has left the ring.
    /// </summary>
    public string? TokenOf(ActionLink link) =>
        ring.Find(link.KeyId) is { } key ? Token(key, link.OrganisationId, link.Id, link.Nonce) : null;

    /// <summary>
    /// The token in the address to which the person replies: 32 letters and digits; null when its key has left the
    /// ring.
    /// </summary>
    public string? ReplyTokenOf(ActionLink link) =>
        ring.Find(link.KeyId) is { } key ? ReplyToken(key, link.OrganisationId, link.Id, link.Nonce) : null;

    /// <summary>What a token is stored and looked up by: SHA-256, hexadecimal, lower case.</summary>
    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The address that a person opens. GET shows; only a post from that page decides (mail rule 1).</summary>
    /// <param name="publicBaseUrl">Where the desk is reached from outside.</param>
    /// <param name="token">The token.</param>
    public static string Address(Uri publicBaseUrl, string token) =>
        $"{publicBaseUrl.AbsoluteUri.TrimEnd('/')}/link/{token}";

    private static string Token(LinkKey key, Guid organisation, Guid id, byte[] nonce)
    {
        Span<byte> bound = stackalloc byte[BoundLength];
        Bind(bound, organisation, id, nonce);
        return Base64Url.EncodeToString(HMACSHA256.HashData(key.Secret, bound));
    }

    private static string ReplyToken(LinkKey key, Guid organisation, Guid id, byte[] nonce)
    {
        Span<byte> bound = stackalloc byte[BoundLength];
        Bind(bound, organisation, id, nonce);
        return ReplyTokens.Of(key, bound);
    }

    private static void Bind(Span<byte> bound, Guid organisation, Guid id, byte[] nonce)
    {
        organisation.TryWriteBytes(bound);
        id.TryWriteBytes(bound[16..]);
        nonce.CopyTo(bound[32..]);
    }
}
