namespace Consultation.Cases.Meetings;

/// <summary>An item of the run sheet (P41), with when it began and ended.</summary>
public sealed record RunSheetItem(
    string Key, LocalText Name, DateTimeOffset? BeganAt = null, DateTimeOffset? EndedAt = null)
{
    /// <summary>The seven items in order.</summary>
    public static IReadOnlyList<RunSheetItem> Usual { get; } =
    [
        new("opening", new("开场致辞", "Opening")),
        new("presentation", new("议题陈述", "Presentation")),
        new("discussion", new("自由讨论", "Discussion")),
        new("comment", new("专家点评", "Expert comment")),
        new("summing-up", new("总结发言", "Summing up")),
        new("vote", new("表决决策", "Vote")),
        new("closing", new("会议总结", "Closing")),
    ];
}

/// <summary>A question asked at the meeting (Q94, Q50): answered there, or somebody owes the answer by a day.</summary>
public sealed record MeetingQuestion(
    Guid Id, string Text, string AskedBy, string? Answer = null, string? AnsweredBy = null, PersonId? OwnerId = null,
    DateOnly? DueOn = null);

/// <summary>
/// What a meeting collected: advice, consensus, dissent, an expert's opinion with its author (Q31, P11, P47).
/// </summary>
public sealed record MeetingOption(Guid Id, OptionKind Kind, string Text, string By);

/// <summary>Kinds of what a meeting collects.</summary>
public enum OptionKind
{
    /// <summary>建言.</summary>
    Advice,
    /// <summary>共识.</summary>
    Consensus,
    /// <summary>不同意见.</summary>
    Dissent,
    /// <summary>专家点评.</summary>
    Expert,
}

/// <summary>A turn in the queue of speakers (P46). A seat that neither spoke nor passed has still its turn.</summary>
public sealed record SpeechTurn(
    Guid Id, Guid SeatId, DateTimeOffset AskedAt, DateTimeOffset? BeganAt = null, DateTimeOffset? EndedAt = null,
    bool Passed = false, string Points = "")
{
    /// <summary>Minutes spoken, begun ones counted; 0 for a turn that was passed.</summary>
    public int Minutes => BeganAt is { } from && EndedAt is { } to ? (int)Math.Ceiling((to - from).TotalMinutes) : 0;
}
