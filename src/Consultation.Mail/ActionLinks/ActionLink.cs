using Consultation.Mail.Templates;

namespace Consultation.Mail.ActionLinks;

/// <summary>
/// A link in a mail that lets one person answer one task without a log-in (mail rule 2). The row alone opens nothing:
/// the token comes from <see cref="Nonce"/> and a key that never is in the database.
/// </summary>
public sealed class ActionLink
{
    /// <summary>OrganisationId of Cases.</summary>
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>TaskId of Cases.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>PersonId of Cases: who acts through it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Outcome keys that may be given through it.</summary>
    public required List<string> Outcomes { get; init; }

    /// <summary>Revision of the task that the link answers to; it follows the task (<see cref="Follow"/>).</summary>
    public required int TaskRevision { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>256 random bits.</summary>
    public required byte[] Nonce { get; init; }

    /// <summary>Key of the ring that made the token.</summary>
    public required string KeyId { get; init; }

    /// <summary>SHA-256 of the token, hexadecimal; what a presented token is looked up by.</summary>
    public required string TokenHash { get; init; }

    /// <summary>
    /// SHA-256 of the token in the address to which the person replies, hexadecimal; another token than the link's.
    /// </summary>
    public required string ReplyHash { get; init; }

    /// <summary>When a decision through this link was committed.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The operation that used it; always <see cref="OperationId"/>.</summary>
    public string? UsedByOperation { get; set; }

    /// <summary>When the task was closed or given to somebody else, or an administrator took the link back.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>
    /// Operation id of the answer given through this link. Derived from the link, so that two clicks are one operation:
    /// the second gets the first one's answer (mail rule 4).
    /// </summary>
    public string OperationId => $"link-{Id:N}";

    /// <summary>
    /// The task has a new revision. What it asks is the same as before, so the link goes along with it, and may be
    /// used anew by somebody whose answer was taken back; of a task that is closed, or that the person is no longer
    /// asked in, an unused link is revoked.
    /// </summary>
    /// <param name="revision">The task's revision; null when it is closed or the person sits in it no more.</param>
    /// <param name="owesAnswer">The person's answer does not stand (any more).</param>
    /// <param name="now">The step's time.</param>
    public void Follow(int? revision, bool owesAnswer, DateTimeOffset now)
    {
        if (RevokedAt is not null) return;
        if (revision is not { } present)
        {
            if (UsedAt is null) RevokedAt = now;
            return;
        }

        TaskRevision = present;
        if (owesAnswer) (UsedAt, UsedByOperation) = (null, null);
    }

    /// <summary>What stands in the mail's body until it is sent.</summary>
    public string Placeholder => MailPlaceholder.ForLink(Id);
}
