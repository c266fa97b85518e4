namespace Consultation.Mail.Incoming;

/// <summary>
/// Where mail is read. An interface because there are two in production: an IMAP server and a folder.
/// </summary>
internal interface IMailbox : IAsyncDisposable
{
    /// <summary>
    /// Hands over each mail that was not read yet, and marks it read when it was taken; one that could not be taken
    /// stays for the next look, and the others go on. Answers how many were taken.
    /// </summary>
    Task<int> ReadAsync(Func<ReadMail, CancellationToken, Task> take, CancellationToken cancellationToken);

    /// <summary>Waits for new mail, at most so long.</summary>
    Task WaitAsync(TimeSpan most, CancellationToken cancellationToken);
}
