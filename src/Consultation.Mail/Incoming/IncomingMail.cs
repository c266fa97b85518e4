namespace Consultation.Mail.Incoming;

/// <summary>A mail that came in.</summary>
public readonly record struct IncomingMailId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static IncomingMailId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
}

/// <summary>What kind of mail came in.</summary>
public enum IncomingKind
{
    /// <summary>来信: written by somebody.</summary>
    Reply,
    /// <summary>日历回复: a calendar program's answer to a meeting.</summary>
    Calendar,
    /// <summary>退信: a mail of ours cannot be delivered.</summary>
    Bounce,
    /// <summary>投递延迟: it is still being tried.</summary>
    Delay,
    /// <summary>回执: it was delivered, or read.</summary>
    Receipt,
    /// <summary>自动回复: written by a machine.</summary>
    Automatic,
    /// <summary>无法读取: broken, too large or too tangled.</summary>
    Unreadable,
}

/// <summary>What became of a mail that came in.</summary>
public enum IncomingState
{
    /// <summary>处理中: it decides, and the step that it answers has not committed yet.</summary>
    Taken,
    /// <summary>已计入: it counted as an answer, in the transaction of the step.</summary>
    Decided,
    /// <summary>已记录: nobody needs to do anything.</summary>
    Noted,
    /// <summary>待处理: a person has to look.</summary>
    Waiting,
    /// <summary>已处理: a person has looked.</summary>
    Handled,
}

/// <summary>Why a mail decided nothing, or is there at all. The desk has words for each.</summary>
public enum IncomingReason
{
    /// <summary>There is none: it counted.</summary>
    None,
    /// <summary>It cannot be read.</summary>
    Unreadable,
    /// <summary>It is larger than the settings allow.</summary>
    TooBig,
    /// <summary>Too many headers or parts, or too deep.</summary>
    TooTangled,
    /// <summary>A machine wrote it.</summary>
    Automatic,
    /// <summary>It came by a mailing list or in bulk.</summary>
    List,
    /// <summary>It is a mail of ours that came back.</summary>
    Own,
    /// <summary>It is older than the settings allow, or has no date.</summary>
    Old,
    /// <summary>It went to an address without a token: nobody knows which task it answers.</summary>
    NoToken,
    /// <summary>Its token is forged, mistyped, or of a key long gone.</summary>
    UnknownToken,
    /// <summary>It went to several tokens.</summary>
    SeveralTokens,
    /// <summary>The sender is not the person to whom the token was sent.</summary>
    OtherSender,
    /// <summary>Our own relay does not say that the sender is who it seems.</summary>
    NotAuthenticated,
    /// <summary>The text is HTML alone, where words may be hidden.</summary>
    HtmlOnly,
    /// <summary>Files came along, which no answer can keep.</summary>
    Files,
    /// <summary>The first line is not one of the answers alone.</summary>
    NoWord,
    /// <summary>The task does not offer this answer.</summary>
    NotOffered,
    /// <summary>The answer needs its reason below the first line.</summary>
    NeedsReason,
    /// <summary>The answer needs a form.</summary>
    NeedsForm,
    /// <summary>The answer cannot be taken back.</summary>
    Irreversible,
    /// <summary>The case is restricted: nothing of it is decided by mail.</summary>
    Restricted,
    /// <summary>The person has answered already.</summary>
    Answered,
    /// <summary>The task is closed, or asks something else by now.</summary>
    Overtaken,
    /// <summary>The person is not asked any more.</summary>
    Revoked,
    /// <summary>The time of the reply address is over.</summary>
    Expired,
    /// <summary>A later mail of the same person about the same task counted already.</summary>
    Replayed,
    /// <summary>The step refused it, in its own words.</summary>
    Refused,
    /// <summary>The meeting is unknown, over or called off, or the sender has no seat in it.</summary>
    NotInvited,
    /// <summary>The meeting was moved since the calendar program was asked.</summary>
    Moved,
    /// <summary>The calendar program says that it is not sure yet.</summary>
    Tentative,
    /// <summary>A calendar answer that is none: another method, or broken.</summary>
    NoCalendar,
    /// <summary>The report is about no mail of ours.</summary>
    NotOurs,
    /// <summary>The mail did not reach its recipient.</summary>
    Undelivered,
    /// <summary>The address failed twice: another way to the person is needed.</summary>
    DeadAddress,
}

/// <summary>
/// One mail that came in, with what became of it. Written once for each message, in one transaction with what follows
/// from it; when it decides, its state changes in the transaction of the step that takes the answer.
/// </summary>
public sealed class IncomingMail
{
    /// <summary>
    /// OrganisationId of Cases: whose task or person it is about; the host's own for a stranger's mail.
    /// </summary>
    public required Guid OrganisationId { get; init; }
    public required IncomingMailId Id { get; init; }

    /// <summary>
    /// Tells messages apart: SHA-256, hexadecimal, of Message-ID, sender and text. A mail that comes twice is one.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>Without brackets; empty when it has none.</summary>
    public required string MessageId { get; init; }
    public required IncomingKind Kind { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What its Date says; null without one.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Empty when there is none, or more than one.</summary>
    public required string FromAddress { get; init; }
    public required string FromName { get; init; }
    public required string Subject { get; init; }

    /// <summary>The text for people to read, cleaned and cut.</summary>
    public required string Text { get; init; }
    public required IncomingState State { get; set; }
    public IncomingReason Reason { get; set; }

    /// <summary>What the step or the mail server said, "Chinese / English" or as it came; empty without.</summary>
    public string Detail { get; set; } = "";

    /// <summary>Our own relay says that the sender is who it seems.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>CaseId of Cases, when it is known which.</summary>
    public Guid? CaseId { get; init; }
    public string? CaseNumber { get; init; }

    /// <summary>TaskId of Cases.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>PersonId of Cases: whom it is from, or for a report whom it is about.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The action link whose token it went to.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>The mail of ours that it is about.</summary>
    public Guid? AboutMailId { get; init; }

    /// <summary>The address that a report is about.</summary>
    public string? FailedAddress { get; init; }

    /// <summary>The answer that stands alone on the first line.</summary>
    public ReplyWord? Word { get; init; }

    /// <summary>What the person wrote below it.</summary>
    public string Remark { get; init; } = "";

    /// <summary>When the sender was told that it did not count.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>PersonId of Cases: who has looked.</summary>
    public Guid? HandledById { get; set; }
    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>What whoever looked did about it.</summary>
    public string HandledNote { get; set; } = "";
}
