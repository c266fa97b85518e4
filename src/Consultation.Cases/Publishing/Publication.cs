namespace Consultation.Cases.Publishing;

/// <summary>What of a case is made public.</summary>
public enum PublicationKind
{
    /// <summary>议题: what will be consulted on.</summary>
    Topic,
    /// <summary>会议: when and where, and who may come.</summary>
    Meeting,
    /// <summary>结果: what was asked, advised, promised and done.</summary>
    Result,
}

/// <summary>Whether a publication can be read.</summary>
public enum PublicationState
{
    /// <summary>已公开.</summary>
    Published,
    /// <summary>已撤下.</summary>
    Withdrawn,
}

/// <summary>Who reads a text of a publication (O24).</summary>
public enum FieldLevel
{
    /// <summary>公众: everybody.</summary>
    Public,
    /// <summary>参与人: who takes part in the case, or signed up for the meeting.</summary>
    Participants,
    /// <summary>组织方: who runs cases.</summary>
    Organisers,
}

/// <summary>One text of a publication, redacted.</summary>
/// <param name="Key">Field of the form by which it was published; its label is the text's heading.</param>
/// <param name="Text">The text.</param>
/// <param name="Level">Who reads it.</param>
public sealed record PublishedText(string Key, string Text, FieldLevel Level);

/// <summary>
/// Something that was promised, in redacted words. Day, state and lateness are read of the tracked item itself.
/// </summary>
/// <param name="Item">The tracked item.</param>
/// <param name="Text">What was promised.</param>
public sealed record PublishedPromise(Guid Item, string Text);

/// <summary>A correction that a second person has to agree to before it is read.</summary>
/// <param name="Fields">What was entered.</param>
/// <param name="By">Who entered it.</param>
/// <param name="At">When.</param>
public sealed record PendingCorrection(Dictionary<string, string> Fields, Guid By, DateTimeOffset At);

/// <summary>
/// What everybody may read of a case: redacted words with who published them and when (Q28, Q80, O23, O24). It stands
/// by itself, so that it stays readable whatever becomes of the case, and it never points at a person.
/// </summary>
public sealed class Publication
{
    public required OrganisationId OrganisationId { get; init; }
    public required PublicationId Id { get; init; }
    public required CaseId CaseId { get; init; }
    public required PublicationKind Kind { get; init; }

    /// <summary>The meeting whose day, hour and state are shown; null for the other kinds.</summary>
    public MeetingId? MeetingId { get; init; }
    public required string Title { get; set; }
    public List<PublishedText> Texts { get; set; } = [];
    public List<PublishedPromise> Promises { get; set; } = [];
    public PublicationState State { get; set; } = PublicationState.Published;

    /// <summary>1-based; every correction counts. 0 before the first, which waits for a second person.</summary>
    public int Version { get; set; } = 1;

    /// <summary>When it could be read first.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When this version could be read first.</summary>
    public required DateTimeOffset PublishedAt { get; set; }

    /// <summary>When anything of it changed last; feeds and caches go by it.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
    public required PersonId ById { get; set; }

    /// <summary>The second person, where the organisation wants one.</summary>
    public PersonId? SecondId { get; set; }

    /// <summary>Why it was withdrawn; for the desk, never for the public.</summary>
    public string? WithdrawnWhy { get; set; }

    /// <summary>What is asked of everybody; null where the topic is not consulted on online.</summary>
    public string? Question { get; set; }

    /// <summary>The last day for opinions.</summary>
    public DateOnly? ConsultUntil { get; set; }

    /// <summary>What came of the online consultation, for everybody.</summary>
    public string? Summary { get; set; }
    public DateTimeOffset? SummarisedAt { get; set; }

    /// <summary>Places for those who sign up; 0 where nobody can.</summary>
    public int Places { get; set; }
    public DateOnly? SignUpUntil { get; set; }

    /// <summary>A correction that waits for a second person.</summary>
    public PendingCorrection? Pending { get; set; }

    /// <summary>Grows with every change, sign-ups and opinions included: of two at once one looks again.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>True while it can be read.</summary>
    public bool IsReadable => State == PublicationState.Published;

    /// <summary>True while opinions are taken.</summary>
    public bool TakesOpinions(DateOnly today) =>
        IsReadable && Question is not null && SummarisedAt is null && ConsultUntil >= today;

    /// <summary>True while people may sign up for the meeting.</summary>
    public bool TakesSignUps(DateOnly today) =>
        IsReadable && Places > 0 && (SignUpUntil is null || SignUpUntil >= today);

    /// <summary>The text of a field as far as a reader may see it; null when there is none.</summary>
    public string? TextOf(string key, FieldLevel upTo = FieldLevel.Public) =>
        Texts.Find(one => one.Key == key && one.Level <= upTo)?.Text;

    /// <summary>Notes that something changed.</summary>
    public void Touch(DateTimeOffset now) => (ChangedAt, Revision) = (now, Revision + 1);
}

/// <summary>What was done with a publication.</summary>
public enum PublicationAct
{
    /// <summary>公开.</summary>
    Published,
    /// <summary>更正.</summary>
    Corrected,
    /// <summary>撤下.</summary>
    Withdrawn,
    /// <summary>网上协商小结.</summary>
    Summarised,
}

/// <summary>One line of a publication's history with what could be read from then on; never changed.</summary>
public sealed class PublicationVersion
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required PublicationId PublicationId { get; init; }
    public required CaseId CaseId { get; init; }
    public required int Version { get; init; }
    public required PublicationAct Act { get; init; }
    public required string Title { get; init; }
    public List<PublishedText> Texts { get; init; } = [];
    public required PersonId? ById { get; init; }
    public PersonId? SecondId { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}
