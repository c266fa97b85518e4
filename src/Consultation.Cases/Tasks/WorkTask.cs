using Consultation.Cases.Calendar;
using Consultation.Cases.People;
using Consultation.Cases.Votes;

namespace Consultation.Cases.Tasks;

/// <summary>What a task asks for.</summary>
public enum TaskKind
{
    /// <summary>A decision at a gate (G).</summary>
    Approval,
    /// <summary>Work with a form to fill in (T).</summary>
    Work,
    /// <summary>Taking note of something (M with acknowledgement).</summary>
    Acknowledgement,
    /// <summary>A report or progress entry (R).</summary>
    Report,
}

/// <summary>How several assignees come to one answer (O2).</summary>
public enum GateMode
{
    /// <summary>指定一人: exactly one named person decides.</summary>
    NamedPerson,
    /// <summary>任一人: the first answer decides.</summary>
    AnyOne,
    /// <summary>全体同意: all must answer; one refusal refuses.</summary>
    All,
    /// <summary>
    /// 法定人数过半: more than half of those who must answer, once the quorum has answered; when the time is over, more
    /// than half of those who have answered.
    /// </summary>
    MajorityWithQuorum,
    /// <summary>主任最后决定: members give opinions, the chair decides last.</summary>
    ChairLast,
    /// <summary>
    /// 每个单位一份: the first answer of each unit counts for that unit alone; decided when every unit has answered.
    /// </summary>
    EachUnit,
}

/// <summary>State of a task.</summary>
public enum TaskState
{
    /// <summary>待办.</summary>
    Open,
    /// <summary>已办.</summary>
    Done,
    /// <summary>已取消: the workflow went on without it.</summary>
    Cancelled,
}

/// <summary>One answer that a task allows.</summary>
/// <param name="Key">The workflow's port, e.g. "Confirm", "Return", "Reject".</param>
/// <param name="Label">What the button says.</param>
/// <param name="NeedsReason">A reason must be typed.</param>
/// <param name="Irreversible">Cannot be taken back; asks for a typed reason (mail rule 1).</param>
/// <param name="Final">Cannot be taken back, as a ballot; no reason is asked.</param>
public sealed record TaskOutcome(
    string Key, LocalText Label, bool NeedsReason = false, bool Irreversible = false, bool Final = false)
{
    /// <summary>True when who answered so may change his mind while that is still possible.</summary>
    public bool MayBeTakenBack() => !Irreversible && !Final;

    /// <summary>True when nobody may answer so without saying why.</summary>
    public bool AsksReason() => NeedsReason || Irreversible;
}

/// <summary>A task that waits for people; belongs to a bookmark of a workflow instance.</summary>
public sealed class WorkTask
{
    public required OrganisationId OrganisationId { get; init; }
    public required TaskId Id { get; init; }
    public required CaseId CaseId { get; init; }
    public TrackedItemId? TrackedItemId { get; init; }

    /// <summary>Short number printed on slips (O17), per organisation and year, e.g. R2026-00031.</summary>
    public required string Number { get; init; }
    public required string InstanceId { get; init; }

    /// <summary>Bookmark that an answer resumes.</summary>
    public required string BookmarkId { get; init; }

    /// <summary>Id of the activity in the definition, to find its place on the flowchart.</summary>
    public required string ActivityId { get; set; }
    public required TaskKind Kind { get; init; }
    public required LocalText Title { get; init; }

    /// <summary>What is asked, one sentence.</summary>
    public LocalText Question { get; init; } = LocalText.Empty;

    /// <summary>What happens if nobody answers, one sentence (mail rule 6).</summary>
    public LocalText IfSilent { get; init; } = LocalText.Empty;

    /// <summary>What whoever answers has to see of the case, in this order: keys of <see cref="Exhibits"/>.</summary>
    public List<string> Shows { get; init; } = [];

    /// <summary>
    /// Rows of the source documents that this task implements, e.g. "Q85"; people read them by <see
    /// cref="History.SourceRows"/>.
    /// </summary>
    public List<string> Rows { get; init; } = [];

    /// <summary>Key of the form to fill in (see Forms), or null when only an outcome is asked.</summary>
    public string? FormKey { get; set; }

    /// <summary>
    /// Keys of forms whose fields are asked after those of <see cref="FormKey"/>, e.g. the exclusions once more (O14).
    /// </summary>
    public List<string> AddedForms { get; init; } = [];

    /// <summary>The form with the fields of all its forms, or null.</summary>
    public Forms.Form? Form => Forms.FormCatalogue.Find(FormKey, AddedForms);

    /// <summary>True when that form is asked, alone or after another.</summary>
    public bool Asks(string form) => FormKey == form || AddedForms.Contains(form);

    /// <summary>What the form shows first, by field key.</summary>
    public Dictionary<string, string> Prefill { get; init; } = [];
    public required GateMode Mode { get; init; }

    /// <summary>
    /// Share of assignees that must answer, for <see cref="GateMode.MajorityWithQuorum"/> (O10: 2/3).
    /// </summary>
    public Fraction Quorum { get; init; } = Fraction.TwoThirds;
    public required List<TaskOutcome> Outcomes { get; init; }
    public required List<TaskAssignee> Assignees { get; init; }

    /// <summary>
    /// Answers can be changed until the task ends, which it does at its own time and not by the answers: replies to the
    /// notice of a meeting. Links stay good for another answer.
    /// </summary>
    public bool Changeable { get; init; }

    /// <summary>True when somebody has answered, or a decision is held.</summary>
    public bool HasAnswers => HeldUntil is not null || Assignees.Exists(seat => seat.Outcome is not null);

    /// <summary>
    /// The step asks in another way from now on: pages that show it the old way are stale, links stay good.
    /// </summary>
    public void AskAnew(string? form, IEnumerable<string> addedForms, IEnumerable<TaskOutcome> outcomes)
    {
        FormKey = form;
        List<string> forms = [.. addedForms];
        AddedForms.Clear();
        AddedForms.AddRange(forms);
        List<TaskOutcome> allowed = [.. outcomes];
        Outcomes.Clear();
        Outcomes.AddRange(allowed);
        Revision++;
    }

    /// <summary>True for a seat on which somebody may still answer.</summary>
    public bool IsFree(TaskAssignee seat) => seat.Active && (Changeable || seat.Outcome is null);

    /// <summary>True for a ballot: nobody votes for somebody else, and nobody's ballot is passed on.</summary>
    public bool IsPersonal => FormKey == Forms.FormKeys.Ballot;

    /// <summary>Persons who may not answer because they wrote what is judged (O16).</summary>
    public List<Guid> Barred { get; init; } = [];

    /// <summary>
    /// Why these people, where those whom the workflow means first are not there: "河畔站没有在任的平台专人"; null otherwise.
    /// </summary>
    public LocalText? WhyThem { get; set; }

    /// <summary>Number of the formal reminder 催办通知书 that was issued about the task last; null without one.</summary>
    public string? FormalReminder { get; set; }

    /// <summary>When the reason was given that the formal reminder asks for (说明原因); null while it is owed.</summary>
    public DateTimeOffset? ExplainedAt { get; set; }

    /// <summary>
    /// Since when the leading group is told of it in the weekly summary 汇总, as long as it is open; null when not.
    /// </summary>
    public DateTimeOffset? SummarisedFrom { get; set; }

    /// <summary>What was asked back, with the answers, in the order of asking.</summary>
    public List<TaskQuestion> Questions { get; init; } = [];

    /// <summary>The day on which somebody was last urged about the task, by the person's id.</summary>
    public Dictionary<string, string> UrgedOn { get; init; } = [];

    /// <summary>Phase or step this task belongs to, for the plan page.</summary>
    public string? Phase { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>What <see cref="DueAt"/> was computed from.</summary>
    public DueBasis? DueBasis { get; set; }

    /// <summary>
    /// Since when it is the chair's turn where the chair decides last; null while the members are asked. The due time
    /// is that of whose turn it is.
    /// </summary>
    public DateTimeOffset? ChairSince { get; set; }

    /// <summary>
    /// When it was due before the case's suspension began to move it from day to day (O14); null otherwise.
    /// </summary>
    public DateTimeOffset? DueBeforeRest { get; set; }

    /// <summary>
    /// The task is decided, but the decision can be taken back until then (mail rule 1); null when none is held.
    /// </summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Rung of the escalation ladder that was reached; 0 = none yet (mail rule 9).</summary>
    public int Rung { get; set; }
    public string? RungName { get; set; }
    public int RemindersSent { get; set; }

    /// <summary>
    /// Grows with every change that makes older pages stale. Links in mails go along with it as long as their person
    /// sits in the open task, so that nobody is left without a way to answer (mail rule 2).
    /// </summary>
    public int Revision { get; set; } = 1;
    public TaskState State { get; set; } = TaskState.Open;
    public string? Outcome { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>
    /// Why the task needs the organiser's eye: bounced mail, vanished assignee; null when nothing is wrong.
    /// </summary>
    public string? Flag { get; set; }

    /// <summary>True while answers are taken: the task is open, and no decision is held.</summary>
    public bool TakesAnswers => State == TaskState.Open && HeldUntil is null;

    /// <summary>True when an answer stands that the person gave, for the own seat or for somebody else's.</summary>
    public bool HasAnswerOf(PersonId person) => Assignees.Exists(
        seat => seat is { Active: true, Outcome: not null } && (seat.AnsweredById ?? seat.PersonId) == person);

    /// <summary>
    /// True when the person may still answer: the own seat owes an answer, or no answer stands that the person gave.
    /// </summary>
    public bool IsFreeToAnswer(PersonId person) => !HasAnswerOf(person)
        || Assignees.Exists(seat => seat is { Active: true, Outcome: null } && seat.PersonId == person);

    /// <summary>True when the person sat in the task and was replaced.</summary>
    public bool HasLeft(PersonId person) =>
        Assignees.Exists(seat => seat.PersonId == person)
        && !Assignees.Exists(seat => seat.Active && seat.PersonId == person);
}

/// <summary>One person's part in a task.</summary>
public sealed class TaskAssignee
{
    public required Guid Id { get; init; }
    public required PersonId PersonId { get; set; }

    /// <summary>The role as whose holder this person is asked; null for somebody who is named.</summary>
    public Role? Role { get; init; }

    /// <summary>The unit over which the role is held; null for the organisation.</summary>
    public UnitId? UnitId { get; init; }

    /// <summary>Why this person.</summary>
    public AssigneeBasis Basis => new(Role, UnitId);

    /// <summary>
    /// Name of somebody on the roster who is not among the organisation's people (Q90, P24); null for the others. <see
    /// cref="PersonId"/> then is this seat's own, and nobody answers it but the guest, by the link, or the secretary on
    /// behalf.
    /// </summary>
    public string? GuestName { get; init; }

    /// <summary>The guest's mail address, or null; without a number either there is a printed slip (O17).</summary>
    public string? GuestEmail { get; init; }

    /// <summary>The guest's mobile number, for the second channel.</summary>
    public string? GuestNumber { get; init; }

    /// <summary>Decides last in <see cref="GateMode.ChairLast"/>.</summary>
    public bool IsChair { get; set; }

    /// <summary>Key of the outcome answered, or null while open.</summary>
    public string? Outcome { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Who answered in fact, when it was a delegate or the secretary on behalf (O17, mail rule 7).</summary>
    public PersonId? AnsweredById { get; set; }

    /// <summary>
    /// Who answered did so as a delegate (受…委托), not as a substitute or as a secretary on behalf (mail rule 7).
    /// </summary>
    public bool Delegated { get; set; }

    /// <summary>"desk", "link", "mail", "on-behalf".</summary>
    public string? Channel { get; set; }

    /// <summary>False when the person was replaced: the past assignee can no longer answer.</summary>
    public bool Active { get; set; } = true;

    /// <summary>The same seat with its answer, in a task that goes on where another could not be decided.</summary>
    public TaskAssignee Again(Guid id) => new()
    {
        Id = id,
        PersonId = PersonId,
        Role = Role,
        UnitId = UnitId,
        GuestName = GuestName,
        GuestEmail = GuestEmail,
        GuestNumber = GuestNumber,
        IsChair = IsChair,
        Outcome = Outcome,
        Reason = Reason,
        AnsweredAt = AnsweredAt,
        AnsweredById = AnsweredById,
        Delegated = Delegated,
        Channel = Channel,
    };

    /// <summary>A free seat for somebody whom the task is meant for; a guest's name and address go along.</summary>
    public static TaskAssignee For(ResolvedAssignee meant, Guid id) => new()
    {
        Id = id,
        PersonId = meant.Person.Id,
        Role = meant.Basis.Role,
        UnitId = meant.Basis.UnitId,
        IsChair = meant.IsChair,
        GuestName = meant.IsGuest ? meant.Person.Name : null,
        GuestEmail = meant.IsGuest ? meant.Person.Email : null,
        GuestNumber = meant.IsGuest ? meant.Person.ChannelAddress : null,
    };
}
