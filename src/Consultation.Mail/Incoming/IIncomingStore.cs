using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Incoming;


/// <summary>Somebody whose address stands in an organisation's list of people.</summary>
/// <param name="OrganisationId">OrganisationId of Cases.</param>
/// <param name="PersonId">PersonId of Cases.</param>
public sealed record KnownSender(Guid OrganisationId, Guid PersonId);

/// <summary>What is written together with a mail that came in.</summary>
public sealed record IncomingEffects
{
    /// <summary>Nothing besides the mail itself.</summary>
    public static IncomingEffects None { get; } = new();

    /// <summary>
    /// The mail of ours that came back: it has failed, and its task is flagged (mail rule 10). One that failed before,
    /// or was cancelled, stays as it is.
    /// </summary>
    public (MailId Mail, string Words)? Failed { get; init; }

    /// <summary>The mail of ours that is delayed.</summary>
    public (MailId Mail, string Note)? Delayed { get; init; }

    /// <summary>Mails to people who have to know.</summary>
    public IReadOnlyList<OutgoingMail> Notices { get; init; } = [];

    /// <summary>The answer to the sender; left out when one went to the address on the same day.</summary>
    public OutgoingMail? Answer { get; init; }

    /// <summary>The day of the answer, by the organisation's clock.</summary>
    public DateOnly AnswerDay { get; init; }
}

/// <summary>
/// Where mail that came in is kept, and what is looked up for it. An interface because Mail may not see SQL: Storage
/// implements it.
/// </summary>
public interface IIncomingStore
{
    /// <summary>The mail that was kept before under this key; null when there is none.</summary>
    Task<IncomingMail?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a mail with its effects, in one transaction. False, and nothing is written, when it was kept before.
    /// </summary>
    Task<bool> AddAsync(IncomingMail mail, IncomingEffects effects, CancellationToken cancellationToken);

    /// <summary>
    /// A mail that was to decide and did not: a person has to look. Nothing when it has counted, or somebody has
    /// looked.
    /// </summary>
    Task SettleAsync(
        IncomingMail mail, IncomingReason reason, string detail, IncomingEffects effects,
        CancellationToken cancellationToken);

    /// <summary>Mails that were to decide, kept before the instant and not settled: a process died over them.</summary>
    Task<IReadOnlyList<IncomingMail>> UnsettledAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>The link with this id and how its task stands; null when it is gone.</summary>
    Task<StoredLink?> FindLinkAsync(Guid link, CancellationToken cancellationToken);

    /// <summary>The newest mail of ours with one of these Message-IDs (with brackets), or null.</summary>
    Task<OutgoingMail?> FindSentAsync(IReadOnlyCollection<string> messageIds, CancellationToken cancellationToken);

    /// <summary>Active people with this address, those of real organisations before those of samples.</summary>
    Task<IReadOnlyList<KnownSender>> FindPeopleAsync(string address, CancellationToken cancellationToken);

    /// <summary>
    /// The organisation to whose desk mail of strangers goes: the oldest that is no sample. Null without any.
    /// </summary>
    Task<Guid?> FindHomeAsync(CancellationToken cancellationToken);

    /// <summary>True when a mail of this person about this task counted that was written then or later.</summary>
    Task<bool> HasLaterAsync(Guid task, Guid person, DateTimeOffset sentAt, CancellationToken cancellationToken);

    /// <summary>How many other mails of ours came back from this address.</summary>
    Task<int> CountBouncesAsync(
        Guid organisation, string address, MailId except, CancellationToken cancellationToken);

    /// <summary>Somebody has looked at a mail that waits. False when it does not wait (any more).</summary>
    Task<bool> HandleAsync(
        Guid organisation, IncomingMailId mail, Guid person, string note, CancellationToken cancellationToken);
}

/// <summary>
/// Of several processes one reads the mailbox. An interface because Mail may not see SQL: Storage implements it.
/// </summary>
public interface IReaderLease
{
    /// <summary>Takes or prolongs it; false while another process holds it.</summary>
    Task<bool> TakeAsync(string holder, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Gives it back, so that another process need not wait for its end.</summary>
    Task GiveBackAsync(string holder, CancellationToken cancellationToken);
}

/// <summary>
/// What happens with a mail that was read. An interface because an answer moves a workflow, which Mail may not see:
/// Activities implements it.
/// </summary>
public interface IIncomingDesk
{
    /// <summary>
    /// Keeps it, and lets it decide where it may. Safe to repeat: a message counts once. When it returns, the message
    /// need not be kept where it came from.
    /// </summary>
    Task TakeAsync(ReadMail mail, CancellationToken cancellationToken);

    /// <summary>Goes on with mails over which a process died.</summary>
    Task ResumeAsync(CancellationToken cancellationToken);
}
