using Consultation.Cases.History;

namespace Consultation.Cases.Attachments;

/// <summary>How far a file has come.</summary>
public enum AttachmentState
{
    /// <summary>Its bytes are still coming in; nobody is shown it.</summary>
    Arriving,
    /// <summary>正在检查: all of it is there; held until it is found clean and its picture is made anew.</summary>
    Checking,
    /// <summary>已保存: can be looked at.</summary>
    Kept,
    /// <summary>未通过检查: infected or damaged; its bytes are gone, the reason stays.</summary>
    Refused,
    /// <summary>已删除: removed by somebody, or because its time was over; its bytes are gone, the act stays.</summary>
    Removed,
}

/// <summary>The door through which a file came.</summary>
public enum AttachmentDoor
{
    /// <summary>The public form.</summary>
    Public,
    /// <summary>The page behind a mailed link.</summary>
    Link,
    /// <summary>The desk, signed in.</summary>
    Desk,
}

/// <summary>
/// A file that somebody handed in: photo, scan, report. It belongs to a matter, a case or a meeting and is seen by
/// whoever sees that (<see cref="Access.CaseScope"/>). Until it is attached it belongs to nobody and is removed after a
/// day. Its bytes lie apart (<see cref="AttachmentContent"/>), once for every content.
/// </summary>
public sealed class Attachment
{
    public required OrganisationId OrganisationId { get; init; }
    public required AttachmentId Id { get; init; }

    /// <summary>Name to show and to save it under: no path, nothing invisible, the ending of its kind.</summary>
    public required string Name { get; set; }

    /// <summary>Key of its <see cref="FileKind"/>; of a file that arrives, what its name says.</summary>
    public required string Kind { get; set; }

    /// <summary>Bytes announced when it began.</summary>
    public required long Announced { get; init; }

    /// <summary>Bytes that have come so far, in whole parts; all of them when it is complete.</summary>
    public long Received { get; set; }

    public AttachmentState State { get; set; } = AttachmentState.Arriving;

    /// <summary>Why it was refused, or what could not be made of it; null when all is well.</summary>
    public LocalText? Trouble { get; set; }

    public required AttachmentDoor Door { get; init; }

    /// <summary>Who handed it in; null for the public.</summary>
    public PersonId? ById { get; init; }

    /// <summary>Hash of the secret by which whoever sent it may go on and attach it.</summary>
    public required string KeyHash { get; init; }

    public CaseId? CaseId { get; set; }
    public MatterId? MatterId { get; set; }
    public MeetingId? MeetingId { get; set; }

    /// <summary>The task whose answer it came with.</summary>
    public TaskId? TaskId { get; init; }

    /// <summary>What it shows, in a few words.</summary>
    public string Caption { get; set; } = "";

    /// <summary>Who took the picture or gave the paper, and in which capacity (O23).</summary>
    public string GivenBy { get; set; } = "";

    /// <summary>True when whoever gave it agreed to its publication (O23).</summary>
    public bool MayPublish { get; set; }

    /// <summary>How long it is kept; key of a <see cref="RetentionClass"/>.</summary>
    public string Retention { get; set; } = RetentionClasses.Ordinary;

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was attached; null while it belongs to nobody.</summary>
    public DateTimeOffset? AttachedAt { get; set; }

    /// <summary>The day after which it is to be removed; null for ever, or while it belongs to nobody.</summary>
    public DateOnly? KeepUntil { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }
    public PersonId? RemovedById { get; set; }
    public string? RemovedWhy { get; set; }

    /// <summary>
    /// Where its bytes lie: until it is kept under its own id, then as a content that others may share.
    /// </summary>
    public Guid? ContentId { get; set; }

    /// <summary>A small picture of it; null when there is none.</summary>
    public Guid? ThumbnailId { get; set; }

    /// <summary>A PDF of a document that was made here; null when there is none.</summary>
    public Guid? PreviewId { get; set; }

    /// <summary>Size of the picture, 0 for others.</summary>
    public int Width { get; set; }
    public int Height { get; set; }

    /// <summary>How often its check was begun, and until when somebody is at it.</summary>
    public int Attempts { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Of two who change it at once, one looks again.</summary>
    public int Revision { get; set; }

    /// <summary>True when it is there to be shown, or will be once it is checked.</summary>
    public bool Stands => State is AttachmentState.Checking or AttachmentState.Kept;

    /// <summary>
    /// Hangs it on what it belongs to; answers the line for the history of a case, that of <paramref name="told"/>
    /// where it does not hang on a case itself.
    /// </summary>
    public HistoryEntry AttachTo(AttachmentPlace place, OrganisationInstant now, CaseId? told = null)
    {
        (CaseId, MatterId, MeetingId) = (place.CaseId, place.MatterId, place.MeetingId);
        AttachedAt = now.At;
        KeepUntil = RetentionClasses.Until(Retention, now);
        Revision++;
        return Line(
            HistoryVerbs.AttachmentAdded, ById, now.At,
            new($"提交材料“{Name}”（{Megabytes(Announced)}）", $"handed in the file “{Name}” ({Megabytes(Announced)})"),
            told);
    }

    /// <summary>What is said of it, as it is typed beside the file.</summary>
    public void Describe(AttachmentNotes notes)
    {
        Caption = TypedText.Line(notes.Caption);
        GivenBy = TypedText.Line(notes.GivenBy);
        MayPublish = notes.MayPublish;
        Retention = RetentionClasses.Find(notes.Retention)?.Key ?? Retention;
    }

    /// <summary>Says something else of it from now on.</summary>
    public HistoryEntry Change(AttachmentNotes notes, PersonId actor, OrganisationInstant now, CaseId? told = null)
    {
        Describe(notes);
        KeepUntil = RetentionClasses.Until(Retention, now with { Day = now.DayOf(AttachedAt ?? now.At) });
        Revision++;
        var (zh, en) = MayPublish ? ("同意公开", "may be published") : ("不公开", "not to be published");
        var kept = RetentionClasses.Find(Retention)!.Name;
        return Line(
            HistoryVerbs.AttachmentChanged, actor, now.At,
            new($"修改材料“{Name}”的说明：{zh}，{kept.Zh}", $"changed what is said of “{Name}”: {en}, {kept.For("en")}"), told);
    }

    /// <summary>Takes it away: its bytes go, the act stays with who and why.</summary>
    public HistoryEntry Remove(PersonId? actor, string why, DateTimeOffset now, CaseId? told = null)
    {
        (State, RemovedAt, RemovedById, RemovedWhy) = (AttachmentState.Removed, now, actor, why);
        Revision++;
        return Line(
            HistoryVerbs.AttachmentRemoved, actor, now,
            new($"删除材料“{Name}”：{why}", $"removed the file “{Name}”: {why}"), told);
    }

    /// <summary>Not let in after all: infected, or not what it says.</summary>
    public HistoryEntry Refuse(LocalText why, DateTimeOffset now, CaseId? told = null)
    {
        (State, Trouble) = (AttachmentState.Refused, why);
        Revision++;
        return Line(
            HistoryVerbs.AttachmentRefused, null, now,
            new($"材料“{Name}”未通过检查：{why.Zh}", $"the file “{Name}” was refused: {why.For("en")}"), told);
    }

    /// <summary>A size as people read it.</summary>
    public static string Megabytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => $"{(bytes + 1023) / 1024} KB",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024:0.#} MB"),
    };

    private HistoryEntry Line(string verb, PersonId? actor, DateTimeOffset now, LocalText text, CaseId? told) => new()
    {
        OrganisationId = OrganisationId,
        Id = OrderedGuid.New(now),
        CaseId = CaseId ?? told,
        TaskId = TaskId,
        At = now,
        ActorId = actor,
        Verb = verb,
        Text = text,
    };
}

/// <summary>What a file hangs on: one of them.</summary>
public sealed record AttachmentPlace(CaseId? CaseId = null, MatterId? MatterId = null, MeetingId? MeetingId = null);

/// <summary>What is typed beside a file (O23).</summary>
public sealed record AttachmentNotes(
    string Caption = "", string GivenBy = "", bool MayPublish = false,
    string Retention = RetentionClasses.Ordinary);

/// <summary>An instant, the organisation's calendar, and its rules.</summary>
public sealed record OrganisationInstant(DateTimeOffset At, Calendar.WorkingCalendar Calendar, Rules.RuleSet Rules)
{
    /// <summary>The organisation's day of this instant.</summary>
    public DateOnly Day { get; init; } = Calendar.DayOf(At);

    /// <summary>The organisation's day of another one.</summary>
    public DateOnly DayOf(DateTimeOffset at) => Calendar.DayOf(at);
}
