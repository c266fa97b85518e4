namespace Consultation.Cases.Surveys;

/// <summary>What a survey is for.</summary>
public enum SurveyPurpose
{
    /// <summary>问题征集: what people need, before the topic (P15).</summary>
    Needs,
    /// <summary>满意度: what those who took part think of it (P73, P76).</summary>
    Satisfaction,
    /// <summary>共识: what those who met agree on (Q20, Q34).</summary>
    Consensus,
    /// <summary>活动: what visitors of an event think of it.</summary>
    Event,
}

/// <summary>Where a survey stands.</summary>
public enum SurveyState
{
    /// <summary>准备中: questions and people can be changed, nobody is asked.</summary>
    Draft,
    /// <summary>进行中.</summary>
    Open,
    /// <summary>已结束.</summary>
    Closed,
}

/// <summary>By which way an answer came.</summary>
public enum AnswerWay
{
    /// <summary>个人链接.</summary>
    Link,
    /// <summary>公开链接或二维码.</summary>
    Open,
    /// <summary>纸质，由工作人员录入.</summary>
    Paper,
}

/// <summary>
/// Questions that people answer about a case (P15, P73, P76, Q20, Q34): by a link of their own, by an open one, or on
/// paper. What an anonymous survey keeps of an answer leads to nobody.
/// </summary>
public sealed class Survey
{
    public required OrganisationId OrganisationId { get; init; }
    public required SurveyId Id { get; init; }
    public required CaseId CaseId { get; init; }
    public required LocalText Title { get; set; }

    /// <summary>What stands above the questions.</summary>
    public LocalText Intro { get; set; } = LocalText.Empty;
    public required SurveyPurpose Purpose { get; init; }
    public List<SurveyQuestion> Questions { get; set; } = [];

    /// <summary>True when no answer says whose it is; false when each carries its invitation.</summary>
    public bool Anonymous { get; set; } = true;

    /// <summary>Whether everybody who knows the address may answer; never in a restricted case.</summary>
    public bool HasOpenLink { get; set; }

    /// <summary>Whether people are asked who signed up for a meeting of the case at the public page.</summary>
    public bool AsksVisitors { get; set; }

    /// <summary>Short code of the open address, unique in the organisation.</summary>
    public required string Code { get; init; }
    public SurveyState State { get; set; } = SurveyState.Draft;
    public DateOnly? OpensOn { get; set; }

    /// <summary>Last day on which it is answered.</summary>
    public required DateOnly ClosesOn { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Extensions, and the end before its time, each with its reason.</summary>
    public List<SurveyAct> Acts { get; set; } = [];

    /// <summary>
    /// The counts as of the last look, at most a minute old while the survey is open; what steps and documents read.
    /// </summary>
    public SurveyCount? Counted { get; set; }

    /// <summary>Whether, after it closed, those of the public who were asked were forgotten.</summary>
    public bool Forgotten { get; set; }

    /// <summary>Who made it; null when the workflow did.</summary>
    public PersonId? MadeById { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Grows with every change, but not with an answer.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>Whether an answer given on that day counts.</summary>
    public bool TakesAnswers(DateOnly day) => State == SurveyState.Open && day <= ClosesOn;

    /// <summary>Whether everybody may answer by the address, unless the case is restricted.</summary>
    public bool IsOpenTo(bool restricted) => HasOpenLink && !restricted;
}

/// <summary>Something that was decided about an open survey.</summary>
public sealed record SurveyAct(DateTimeOffset At, PersonId By, string Reason, DateOnly From, DateOnly To);

/// <summary>
/// Somebody who is asked. It says whether that person has answered, and neither when nor what: in an anonymous survey
/// nothing leads from here to an answer.
/// </summary>
public sealed class SurveyInvitation
{
    public required OrganisationId OrganisationId { get; init; }
    public required SurveyInvitationId Id { get; init; }
    public required SurveyId SurveyId { get; init; }

    /// <summary>One of the organisation's people; null for others, who have a name and an address here.</summary>
    public PersonId? PersonId { get; init; }
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string Language { get; init; } = "zh";
    public bool Answered { get; set; }

    /// <summary>Day on which the link was sent; null before.</summary>
    public DateOnly? SentOn { get; set; }

    /// <summary>False when there is no way to write to the person: then paper remains.</summary>
    public bool Reached { get; set; } = true;
    public DateOnly? RemindedOn { get; set; }

    /// <summary>Grows with every change.</summary>
    public int Revision { get; set; } = 1;
}

/// <summary>
/// A link that was sent; its id is made of the link's token, which is kept nowhere. A reminder carries another one, and
/// the first stays good.
/// </summary>
public sealed class SurveyLink
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required SurveyId SurveyId { get; init; }
    public required SurveyInvitationId InvitationId { get; init; }
}

/// <summary>
/// A browser that answered by the open link; its id is made of the visitor's mark and the survey, says nothing of
/// either and leads to no answer.
/// </summary>
public sealed class SurveyVisit
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required SurveyId SurveyId { get; init; }
}

/// <summary>
/// What somebody answered. The id is random and the day is all it says of time, so that neither order nor time leads to
/// an invitation.
/// </summary>
public sealed class SurveyAnswer
{
    public required OrganisationId OrganisationId { get; init; }
    public required SurveyAnswerId Id { get; init; }
    public required SurveyId SurveyId { get; init; }

    /// <summary>Answers by the keys of the questions; several options comma-separated.</summary>
    public required Dictionary<string, string> Values { get; init; }
    public required AnswerWay Way { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Whose it is, in a survey with names; always null in an anonymous one.</summary>
    public SurveyInvitationId? InvitationId { get; init; }
}

/// <summary>
/// A list of questions from which surveys are made; the organisation's own, or its version of a shipped one.
/// </summary>
public sealed class Questionnaire
{
    public required OrganisationId OrganisationId { get; init; }
    public required QuestionnaireId Id { get; init; }

    /// <summary>Names it; the key of a shipped list takes the place of that list.</summary>
    public required string Name { get; init; }
    public required LocalText Title { get; set; }
    public LocalText Intro { get; set; } = LocalText.Empty;
    public required SurveyPurpose Purpose { get; set; }
    public bool Anonymous { get; set; } = true;
    public List<SurveyQuestion> Questions { get; set; } = [];

    /// <summary>False when it is not offered any more.</summary>
    public bool Offered { get; set; } = true;

    /// <summary>Grows with every change.</summary>
    public int Revision { get; set; } = 1;
}
