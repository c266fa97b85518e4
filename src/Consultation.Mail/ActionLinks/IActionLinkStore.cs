namespace Consultation.Mail.ActionLinks;

/// <summary>Where links are kept. An interface because Mail may not see SQL: Storage implements it.</summary>
public interface IActionLinkStore
{
    /// <summary>The link with this token hash, and how its task stands now; null when there is none.</summary>
    Task<StoredLink?> FindByHashAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>The link with this hash of its reply address's token; null when there is none.</summary>
    Task<StoredLink?> FindByReplyHashAsync(string replyHash, CancellationToken cancellationToken);
}

/// <summary>A link and its task as they stand now.</summary>
/// <param name="Link">The row.</param>
/// <param name="TaskOpen">The task takes answers: it is open, and no decision is held.</param>
/// <param name="TaskRevision">The task's revision now; 0 when the task is gone.</param>
public sealed record StoredLink(ActionLink Link, bool TaskOpen, int TaskRevision);
