using System.Security.Cryptography;
using System.Text;

namespace Consultation.Mail.ActionLinks;

/// <summary>
/// What a token opens. Every case is listed here; all but <see cref="Unknown"/> name the task, so that the page can
/// show how it stands.
/// </summary>
public abstract record LinkStanding
{
    private LinkStanding() { }

    /// <summary>
    /// The person may answer the task with one of the link's outcomes; authority is checked again when the answer
    /// commits.
    /// </summary>
    public sealed record Usable(ActionLink Link) : LinkStanding;

    /// <summary>A decision through this link stands.</summary>
    public sealed record Used(ActionLink Link, DateTimeOffset At) : LinkStanding;

    /// <summary>The task was closed or changed since the mail was written.</summary>
    public sealed record Overtaken(ActionLink Link) : LinkStanding;

    /// <summary>The link was taken back: the task was closed or given to somebody else.</summary>
    public sealed record Revoked(ActionLink Link, DateTimeOffset At) : LinkStanding;

    /// <summary>Too late for this link; the task may still be open at the desk.</summary>
    public sealed record Expired(ActionLink Link, DateTimeOffset At) : LinkStanding;

    /// <summary>
    /// No such link: forged, mistyped, or of a key long gone. Says nothing about anything (mail rule 2).
    /// </summary>
    public sealed record Unknown : LinkStanding;
}

/// <summary>
/// Says what a presented token opens. Only reads: looking, however often, changes nothing (mail rule 1).
/// </summary>
public sealed class ActionLinkRegister(IActionLinkStore store, ActionLinkMint mint, TimeProvider time)
{
    /// <summary>Length of every token: 32 bytes in Base64Url.</summary>
    private const int TokenLength = 43;

    /// <summary>
    /// The standing of a token. Forged and known tokens take the same path: one look-up by hash and one keyed
    /// comparison that does not end early, so that a row planted in the database without the key opens nothing either.
    /// </summary>
    public async Task<LinkStanding> FindAsync(string? token, CancellationToken cancellationToken)
    {
        var presented = token is { Length: TokenLength } ? token : new string('-', TokenLength);
        var stored = await store.FindByHashAsync(ActionLinkMint.HashOf(presented), cancellationToken);
        var expected = mint.TokenOf(stored?.Link ?? Nobody) ?? new string('+', TokenLength);
        var genuine = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(expected));
        return stored is not null && genuine ? Judge(stored, time.GetUtcNow()) : new LinkStanding.Unknown();
    }

    /// <summary>The link of the token in an address to which somebody replied; null for a forged one.</summary>
    public async Task<StoredLink?> FindReplyAsync(string token, CancellationToken cancellationToken)
    {
        var stored = await store.FindByReplyHashAsync(ActionLinkMint.HashOf(token), cancellationToken);
        return stored is not null && mint.ReplyTokenOf(stored.Link) is { } expected
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(expected))
            ? stored : null;
    }

    /// <summary>The standing of a genuine link at an instant.</summary>
    public static LinkStanding Judge(StoredLink stored, DateTimeOffset now) => stored.Link switch
    {
        { UsedAt: { } used } link => new LinkStanding.Used(link, used),
        { RevokedAt: { } revoked } link => new LinkStanding.Revoked(link, revoked),
        var link when !stored.TaskOpen || stored.TaskRevision != link.TaskRevision => new LinkStanding.Overtaken(link),
        var link when link.ExpiresAt <= now => new LinkStanding.Expired(link, link.ExpiresAt),
        var link => new LinkStanding.Usable(link),
    };

    /// <summary>Stands in for the row of a forged token, so that the comparison is made all the same.</summary>
    private ActionLink Nobody => field ??= mint.Issue(
        Guid.Empty, Guid.Empty, Guid.Empty, [], 0, DateTimeOffset.UnixEpoch.AddDays(1), DateTimeOffset.UnixEpoch);
}
