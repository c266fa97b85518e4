namespace Consultation.Mail.Outgoing;

/// <summary>A mail that leaves, or left, the house.</summary>
public readonly record struct MailId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static MailId New() => new(Guid.CreateVersion7());
}

/// <summary>What became of a mail.</summary>
public enum MailState
{
    /// <summary>待发送: waits for its time, for the sender, or for the next attempt.</summary>
    Pending,
    /// <summary>已发送: the server (or the pickup folder) took it.</summary>
    Sent,
    /// <summary>发送失败: refused for good, or tried for too long; the organiser was told.</summary>
    Failed,
    /// <summary>已取消: the task was decided first, or the mail was carried by a digest.</summary>
    Cancelled,
}

/// <summary>By which way a mail leaves.</summary>
public enum MessageWay
{
    /// <summary>邮件.</summary>
    Mail,
    /// <summary>短信等通道: the gateway of the second channel.</summary>
    Channel,
}

/// <summary>
/// One mail to one person, written in the transaction of the step that wants it and sent afterwards by the sender
/// (mail rule 10). Complete when composed; only link tokens and secrets are put in at the moment of sending, because
/// the database never holds them readable.
/// </summary>
public sealed class OutgoingMail
{
    /// <summary>The organisation (OrganisationId of Cases) that the mail belongs to.</summary>
    public required Guid OrganisationId { get; init; }
    public required MailId Id { get; init; }

    /// <summary>CaseId of Cases, or null.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>
    /// TaskId of Cases, or null. Closing the task cancels the mail while it is pending (mail rule 8).
    /// </summary>
    public Guid? TaskId { get; init; }

    /// <summary>PersonId of Cases, or null for proposers without an account.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Mail, or the second channel; one row is one way.</summary>
    public MessageWay Way { get; init; }

    /// <summary>
    /// A valid address (<see cref="MailAddressRule"/>); of the second channel the number or account there.
    /// </summary>
    public required string RecipientAddress { get; init; }

    /// <summary>Display name, without line breaks.</summary>
    public required string RecipientName { get; init; }

    /// <summary>What the mail is for: a key of <see cref="Templates.MailTemplateCatalogue"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Subject, one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text part, complete in itself; links and secrets as placeholders.</summary>
    public required string TextBody { get; init; }

    /// <summary>
    /// HTML part, complete in itself without images or remote content; links and secrets as placeholders.
    /// </summary>
    public required string HtmlBody { get; init; }

    /// <summary>What goes out by the second channel, with the link as placeholder; null for a mail.</summary>
    public string? ShortText { get; init; }

    /// <summary>Number of the task, for the gateway; null when it is about none.</summary>
    public string? TaskNumber { get; init; }

    /// <summary>When the task is due, for the gateway; null when it is not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// Where it goes by mail when the second channel fails for good; null when it went by mail as well, or there is no
    /// address.
    /// </summary>
    public string? MailInstead { get; init; }

    /// <summary>
    /// How often somebody had it sent again after it had failed: each is a message anew to the gateway.
    /// </summary>
    public int Round { get; set; }

    /// <summary>When the gateway reported that it reached the person; null while it has not.</summary>
    public DateTimeOffset? ArrivedAt { get; set; }

    /// <summary>"zh" or "en".</summary>
    public required string Language { get; init; }

    /// <summary>
    /// With angle brackets; the same for the same task, recipient, purpose and ordinal (mail rule 5).
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>Root of the thread: one task is one thread; null for mails that start none.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Value of the References header, or null.</summary>
    public string? References { get; init; }

    /// <summary>Not sent before this instant (quiet hours, mail rule 8).</summary>
    public required DateTimeOffset NotBefore { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public MailState State { get; set; } = MailState.Pending;

    /// <summary>Attempts begun so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Next attempt after a transient failure; null while none was needed.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The server's last complaint, or why the mail was cancelled.</summary>
    public string? LastError { get; set; }

    /// <summary>
    /// What a reader of the ledger must know, e.g. that the mail may have arrived twice (mail rule 10).
    /// </summary>
    public string? DeliveryNote { get; set; }

    /// <summary>Sender process that works on the row; null when none does.</summary>
    public string? LeasedBy { get; set; }

    /// <summary>
    /// End of the lease; a lease that ended without a result means that a process died between sending and noting it.
    /// </summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>
    /// A digest (mail rule 8): carries List-Unsubscribe, which a mail about a single task never does (mail rule 5).
    /// </summary>
    public bool IsDigest { get; init; }

    /// <summary>
    /// One line for the daily digest; null when the mail is sent on its own. A mail with a digest line waits until
    /// <see cref="NotBefore"/> and then travels in the recipient's digest of that day.
    /// </summary>
    public string? DigestLine { get; init; }

    /// <summary>The digest that carried this mail, or null.</summary>
    public MailId? CarriedById { get; set; }

    /// <summary>
    /// A first password or follow-up secret that stands in the bodies as <see
    /// cref="Templates.MailPlaceholder.Secret"/>; wiped when the mail is sent, failed or cancelled.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>
    /// Address that hears of a permanent failure: the organiser (mail rule 10); null: the administrator's address.
    /// </summary>
    public string? OrganiserAddress { get; init; }

    /// <summary>Name of the organiser.</summary>
    public string? OrganiserName { get; init; }

    /// <summary>Language of the organiser, "zh" or "en".</summary>
    public string OrganiserLanguage { get; init; } = "zh";

    /// <summary>Name of the organisation as the mail shows it.</summary>
    public string OrganisationName { get; init; } = "";

    /// <summary>Number of the case, for lists and notices; null when there is none or it must not be shown.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>
    /// The span (W3C traceparent) in which the mail was written, while traces are recorded; otherwise null.
    /// </summary>
    public string? WrittenIn { get; init; }

    /// <summary>
    /// Ids of the action links whose placeholders stand in the bodies. No other placeholder is ever filled in.
    /// </summary>
    public List<Guid> LinkIds { get; init; } = [];

    /// <summary>Files sent along, e.g. a calendar file (P25).</summary>
    public List<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Why a mail cannot be sent again; null when it can (mail rule 10).</summary>
    /// <param name="taskIsOpen">Whether the task that it is about is open; true when it is about none.</param>
    public SendAgainResult.Refused? WhyNotAgain(bool taskIsOpen)
    {
        if (State != MailState.Failed) return SendAgainResult.NotFailed;
        if (Secret is null && TextBody.Contains(Templates.MailPlaceholder.Secret, StringComparison.Ordinal))
        {
            return SendAgainResult.NoSecret;
        }
        return taskIsOpen ? null : SendAgainResult.TaskClosed;
    }

    /// <summary>
    /// Puts a failed mail back into the queue; counted anew from now, as a mail that was just written.
    /// </summary>
    public void QueueAgain(DateTimeOffset now) =>
        (State, Attempts, NextAttemptAt, NotBefore, Round) = (MailState.Pending, 0, null, now, Round + 1);

    /// <summary>
    /// The mail that takes its place where the second channel failed for good; null where there is no address.
    /// </summary>
    public OutgoingMail? AsMail(DateTimeOffset now) => MailInstead is not { } address ? null : new()
    {
        OrganisationId = OrganisationId,
        Id = MailId.New(),
        CaseId = CaseId,
        TaskId = TaskId,
        PersonId = PersonId,
        RecipientAddress = address,
        RecipientName = RecipientName,
        Purpose = Purpose,
        Subject = Subject,
        TextBody = TextBody,
        HtmlBody = HtmlBody,
        Language = Language,
        MessageId = MailThread.ByMail(MessageId),
        InReplyTo = InReplyTo,
        References = References,
        NotBefore = now,
        CreatedAt = now,
        DeliveryNote = DeliveryNotes.InsteadOfChannel,
        IsDigest = IsDigest,
        OrganiserAddress = OrganiserAddress,
        OrganiserName = OrganiserName,
        OrganiserLanguage = OrganiserLanguage,
        OrganisationName = OrganisationName,
        CaseNumber = CaseNumber,
        WrittenIn = WrittenIn,
        LinkIds = [.. LinkIds],
        Attachments =
        [
            .. Attachments.Select(file => new MailAttachment
            {
                Id = Guid.CreateVersion7(now), Name = file.Name, ContentType = file.ContentType, Content = file.Content,
            }),
        ],
    };
}

/// <summary>A file sent along with a mail.</summary>
public sealed class MailAttachment
{
    public required Guid Id { get; init; }

    /// <summary>File name, without folders or line breaks.</summary>
    public required string Name { get; init; }

    /// <summary>Media type, e.g. "text/calendar; charset=utf-8; method=REQUEST".</summary>
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
}
