namespace Consultation.Mail.Outgoing;

/// <summary>What became of the wish to send a failed mail again. Every case is listed here.</summary>
public abstract record SendAgainResult
{
    private SendAgainResult() { }

    /// <summary>Waits for the sender.</summary>
    public sealed record Queued : SendAgainResult;

    /// <summary>Not queued, with the reason in both languages; nothing was changed.</summary>
    public sealed record Refused(string Zh, string En) : SendAgainResult;
}

/// <summary>
/// What people may do with outgoing mail. An interface because Mail may not see SQL: Storage implements it.
/// </summary>
public interface IOutboxDesk
{
    /// <summary>
    /// Puts a failed mail back into the queue with the same Message-ID, takes the flag off its task and writes a line
    /// of history; all in one transaction. Refused when the mail did not fail, when its task is closed, or when it
    /// carried a secret, which is no longer kept.
    /// </summary>
    /// <param name="organisation">OrganisationId of Cases; another organisation's mail does not exist for it.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="actor">PersonId of Cases: who wants it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<SendAgainResult> SendAgainAsync(
        Guid organisation, MailId mail, Guid actor, CancellationToken cancellationToken);
}
