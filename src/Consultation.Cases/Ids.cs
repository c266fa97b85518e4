namespace Consultation.Cases;

/// <summary>
/// An organisation: a district committee with its platforms and departments. It is the tenant (Q01): no row is shared
/// between two.
/// </summary>
public readonly record struct OrganisationId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static OrganisationId New() => new(OrderedGuid.New());
}

/// <summary>A unit of an organisation: committee, special committee, platform, department, town, village.</summary>
public readonly record struct UnitId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static UnitId New() => new(OrderedGuid.New());
}

/// <summary>A person of an organisation, with or without a log-in, with or without e-mail (O17).</summary>
public readonly record struct PersonId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static PersonId New() => new(OrderedGuid.New());
}

/// <summary>A sign-in that stands until it is ended.</summary>
public readonly record struct SessionId(Guid Value)
{
    /// <summary>A new id; nobody can guess another one's.</summary>
    public static SessionId New() => new(Guid.NewGuid());
}

/// <summary>A key by which a program uses Elsa's API.</summary>
public readonly record struct ApiKeyId(Guid Value)
{
    /// <summary>A new id.</summary>
    public static ApiKeyId New() => new(Guid.NewGuid());
}

/// <summary>
/// A case: one consultation from its first matter to its archive. A workflow instance that serves a case carries this
/// id as its correlation id.
/// </summary>
public readonly record struct CaseId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static CaseId New() => new(OrderedGuid.New());

    /// <summary>The id as a workflow's correlation id.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A matter that somebody brought in (协商事项): form, desk entry, hotline order.</summary>
public readonly record struct MatterId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static MatterId New() => new(OrderedGuid.New());
}

/// <summary>A task that waits for people.</summary>
public readonly record struct TaskId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static TaskId New() => new(OrderedGuid.New());
}

/// <summary>A row of the problem list that is followed until it is done (督办事项, Q99–Q115).</summary>
public readonly record struct TrackedItemId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static TrackedItemId New() => new(OrderedGuid.New());
}

/// <summary>A document that was generated or handed in.</summary>
public readonly record struct DocumentId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static DocumentId New() => new(OrderedGuid.New());
}

/// <summary>A meeting at which one or several cases are consulted on (Q94, P34).</summary>
public readonly record struct MeetingId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static MeetingId New() => new(OrderedGuid.New());
}

/// <summary>A file that somebody handed in: photo, scan, report.</summary>
public readonly record struct AttachmentId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static AttachmentId New() => new(OrderedGuid.New());
}

/// <summary>Something of a case that everybody may read: its topic, a meeting, its result.</summary>
public readonly record struct PublicationId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static PublicationId New() => new(OrderedGuid.New());
}

/// <summary>What somebody wrote to a topic that is consulted on online.</summary>
public readonly record struct OpinionId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static OpinionId New() => new(OrderedGuid.New());
}

/// <summary>Somebody's wish to come to a meeting that everybody may sign up for.</summary>
public readonly record struct SignUpId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static SignUpId New() => new(OrderedGuid.New());
}

/// <summary>A talk or visit in which matters were heard (Q38, Q39).</summary>
public readonly record struct TalkId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static TalkId New() => new(OrderedGuid.New());
}

/// <summary>Questions that people answer about a case.</summary>
public readonly record struct SurveyId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static SurveyId New() => new(OrderedGuid.New());
}

/// <summary>Somebody who is asked to answer a survey.</summary>
public readonly record struct SurveyInvitationId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static SurveyInvitationId New() => new(OrderedGuid.New());
}

/// <summary>A list of questions from which surveys are made.</summary>
public readonly record struct QuestionnaireId(Guid Value)
{
    /// <summary>A new id; ids sort by the time they were made.</summary>
    public static QuestionnaireId New() => new(OrderedGuid.New());
}

/// <summary>An answer to a survey.</summary>
public readonly record struct SurveyAnswerId(Guid Value)
{
    /// <summary>A new id; nothing of when it was made is in it, so that answers do not sort by their time.</summary>
    public static SurveyAnswerId New() => new(Guid.NewGuid());
}
