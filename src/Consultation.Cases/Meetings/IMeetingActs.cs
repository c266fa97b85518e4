using Consultation.Cases.Forms;

namespace Consultation.Cases.Meetings;

/// <summary>Something that somebody does with a meeting on its page. Every case is listed here.</summary>
public abstract record MeetingAct
{
    private MeetingAct() { }

    public required OrganisationId OrganisationId { get; init; }
    public required MeetingId MeetingId { get; init; }

    /// <summary>The case through whose file it is done: the first topic's.</summary>
    public required CaseId CaseId { get; init; }
    public required PersonId ActorId { get; init; }

    /// <summary>Same id, done once.</summary>
    public required string OperationId { get; init; }

    /// <summary>Another day, hour or place; moves whatever counts from the day and tells the roster.</summary>
    public sealed record Move(MeetingSlot Slot, string Reason) : MeetingAct;

    /// <summary>It does not take place; the roster is told, and the cases plan anew.</summary>
    public sealed record CallOff(string Reason) : MeetingAct;

    /// <summary>Somebody is added to the roster: a person, or a guest by name and contact.</summary>
    public sealed record Enrol(
        PersonId? Person, string Name, string Contact, string Class, bool HasVote, string Why, string Unit = "")
        : MeetingAct;

    /// <summary>Somebody leaves the roster; why it may be smaller than the rule wants, if it is then.</summary>
    public sealed record Dismiss(Guid Seat, string Why, string ShortRoster = "") : MeetingAct;

    /// <summary>
    /// Somebody is there, or somebody for them; or was signed in by mistake, which needs the reason.
    /// </summary>
    public sealed record SignIn(Guid Seat, bool IsThere, string Substitute = "", string Why = "") : MeetingAct;

    /// <summary>
    /// Somebody signs in by the code at the door: by name and last digits of the telephone number, or as who is signed
    /// in at the desk. The person whom this finds is the actor.
    /// </summary>
    public sealed record Arrive(string Name, string Digits) : MeetingAct;

    /// <summary>Somebody came who is not on the roster: gets a seat without a vote and is there.</summary>
    public sealed record WalkIn(
        PersonId? Person, string Name, string Unit, string Contact, string Class, string Why) : MeetingAct;

    /// <summary>An item of the run sheet begins, or ends.</summary>
    public sealed record Turn(string Item, bool Begins) : MeetingAct;

    /// <summary>Somebody asks to speak, or passes.</summary>
    public sealed record Queue(Guid Seat, bool Passes) : MeetingAct;

    /// <summary>A speech begins, or ends with its points.</summary>
    public sealed record Speak(Guid TurnId, bool Begins, string Points) : MeetingAct;

    /// <summary>A question with its answer, or with who owes the answer by which day.</summary>
    public sealed record Ask(MeetingQuestion Question) : MeetingAct;

    /// <summary>Advice, consensus, dissent, an expert's opinion.</summary>
    public sealed record Collect(OptionKind Kind, string Text, string By) : MeetingAct;

    /// <summary>A line of the record; a correction names the line that it puts right.</summary>
    public sealed record Note(string Text, int? Corrects) : MeetingAct;

    /// <summary>The meeting is over: the record is drafted.</summary>
    public sealed record Hold : MeetingAct;
}

/// <summary>
/// Does what people do with a meeting on its page. An interface because it mails people and wakes workflows, which
/// Cases may not see: Activities implements it.
/// </summary>
public interface IMeetingActs
{
    /// <summary>Does it; answers what to mend, and nothing when it is done.</summary>
    Task<IReadOnlyList<FieldError>> DoAsync(MeetingAct act, CancellationToken cancellationToken);
}
