namespace Consultation.Mail.Outgoing;

/// <summary>
/// The rows of outgoing mail as the sender works on them. An interface because Mail may not see SQL: Storage implements
/// it. Every method is one transaction.
/// </summary>
public interface IMailQueue
{
    /// <summary>
    /// Waits until this process has committed a mail that can leave now, or until the time is over. What other
    /// processes commit is not noticed.
    /// </summary>
    Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken);

    /// <summary>
    /// Takes up to <paramref name="most"/> pending mails whose time has come and that nobody works on, oldest first, by
    /// a conditional update: two senders never get the same row. Counts the attempt. A row whose lease ended without a
    /// result gets the note that it may have been sent twice. Mails with a digest line are not taken.
    /// </summary>
    Task<IReadOnlyList<OutgoingMail>> ClaimDueAsync(
        string sender, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>The same for messages of the second channel, which no mail waits for.</summary>
    Task<IReadOnlyList<OutgoingMail>> ClaimChannelAsync(
        string sender, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>A message of the second channel; null when there is none of that id.</summary>
    Task<OutgoingMail?> FindChannelAsync(MailId message, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that a message of the second channel has reached the person; it has left, whatever was known of it.
    /// </summary>
    Task MarkArrivedAsync(MailId message, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that the second channel failed for good with a message, before it was taken or after, flags its task while
    /// that is open, and adds the notice to the organiser and the mail that takes its place; all in one transaction.
    /// False when it had failed, arrived or been cancelled before.
    /// </summary>
    Task<bool> MarkChannelFailedAsync(
        MailId message, string error, OutgoingMail? notice, OutgoingMail? instead, CancellationToken cancellationToken);

    /// <summary>
    /// Gives back mails that were claimed and not begun, as if they had not been claimed; what somebody else has taken
    /// meanwhile stays his.
    /// </summary>
    /// <param name="claimed">The mails.</param>
    /// <param name="until">They are not due before; null: at once.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task GiveBackAsync(
        IReadOnlyCollection<OutgoingMail> claimed, DateTimeOffset? until, CancellationToken cancellationToken);

    /// <summary>
    /// Pending mails with a digest line whose time has come, at most <paramref name="most"/>, those of one recipient
    /// together.
    /// </summary>
    Task<IReadOnlyList<OutgoingMail>> DueForDigestAsync(
        int most, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a digest and takes the mails it carries out of the queue; false, and nothing is written, when one of them
    /// was cancelled or carried meanwhile.
    /// </summary>
    Task<bool> AddDigestAsync(
        OutgoingMail digest, IReadOnlyList<MailId> carried, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The links of these mails, by id; what is missing has been deleted.</summary>
    Task<IReadOnlyDictionary<Guid, ActionLinks.ActionLink>> LinksAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that the server took the mail; wipes its secret. Even when it was cancelled meanwhile: it is out.
    /// </summary>
    Task MarkSentAsync(MailId mail, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Notes a transient failure and when to try again, and what a reader of the ledger must know, if there is
    /// something; a mail cancelled meanwhile stays cancelled.
    /// </summary>
    Task MarkRetryAsync(
        MailId mail, string error, string? note, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken);

    /// <summary>
    /// Notes a permanent failure, flags the task and adds the notice to the organiser in the same transaction (mail
    /// rule 10); wipes the secret.
    /// </summary>
    Task MarkFailedAsync(
        MailId mail, string error, OutgoingMail? notice, DateTimeOffset now, CancellationToken cancellationToken);
}
