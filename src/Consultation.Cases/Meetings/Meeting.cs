namespace Consultation.Cases.Meetings;

/// <summary>How far a meeting has come.</summary>
public enum MeetingState
{
    /// <summary>已安排: day, hall and roster stand, nobody was told.</summary>
    Planned,
    /// <summary>已通知: the notice is out.</summary>
    Noticed,
    /// <summary>已召开: it was held; its records are being handed in.</summary>
    Held,
    /// <summary>已结束: the minutes are closed.</summary>
    Closed,
    /// <summary>已取消.</summary>
    CalledOff,
}

/// <summary>
/// A meeting: when, where, about which cases, who has a seat, who came, and what was said. The one source of notice,
/// list of those present, quorum and minutes. Changed through its methods, which keep <see cref="Version"/> going, so
/// that of two who change it at once one looks again.
/// </summary>
public sealed partial class Meeting
{
    public required OrganisationId OrganisationId { get; init; }
    public required MeetingId Id { get; init; }
    public required string Title { get; set; }

    /// <summary>The unit whose hall it is held in; null for a place elsewhere.</summary>
    public UnitId? HallId { get; set; }

    /// <summary>Where, in words.</summary>
    public required string Place { get; set; }
    public required DateOnly On { get; set; }
    public required TimeOnly From { get; set; }
    public required TimeOnly To { get; set; }

    /// <summary>Last day for replies, where the organiser named one; otherwise the workflow's rule counts.</summary>
    public DateOnly? ReplyBy { get; set; }

    /// <summary>Why the notice goes out later than the rule wants; null when it does not.</summary>
    public string? ShortNoticeWhy { get; set; }

    /// <summary>议程, as the notice says it.</summary>
    public string Agenda { get; set; } = "";
    public string Remark { get; set; } = "";
    public required PersonId OrganiserId { get; set; }
    public PersonId? HostId { get; set; }
    public PersonId? RecorderId { get; set; }
    public PersonId? PhotographerId { get; set; }

    /// <summary>计票人.</summary>
    public List<Guid> Tellers { get; init; } = [];
    public MeetingState State { get; set; } = MeetingState.Planned;

    /// <summary>How often day, hour or place were changed: SEQUENCE of the calendar file.</summary>
    public int Sequence { get; set; }

    /// <summary>Version of the roster; seats say in which one they came and went.</summary>
    public int RosterVersion { get; set; } = 1;

    public required DateTimeOffset PlannedAt { get; init; }
    public DateTimeOffset? NoticedAt { get; set; }
    public DateTimeOffset? HeldAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Why it was called off.</summary>
    public string? CalledOffWhy { get; set; }

    /// <summary>What is consulted on; the case that planned the meeting first.</summary>
    public List<MeetingTopic> Topics { get; init; } = [];

    /// <summary>Everybody who has or had a seat.</summary>
    public List<MeetingSeat> Seats { get; init; } = [];

    /// <summary>Items of the run sheet in their order.</summary>
    public List<RunSheetItem> RunSheet { get; init; } = [.. RunSheetItem.Usual];
    public List<MeetingQuestion> Questions { get; init; } = [];
    public List<MeetingOption> Options { get; init; } = [];
    public List<SpeechTurn> Turns { get; init; } = [];

    /// <summary>Number of the last line of the record, and its hash; 0 and "" before the first.</summary>
    public int LastLine { get; set; }
    public string LastHash { get; set; } = "";

    /// <summary>Grows with every change.</summary>
    public long Version { get; set; }

    /// <summary>Seats of the roster as it is now.</summary>
    public IEnumerable<MeetingSeat> Current => Seats.Where(seat => seat.RemovedIn is null);

    /// <summary>到会人员: who signed in.</summary>
    public IEnumerable<MeetingSeat> Present => Current.Where(seat => seat.SignedInAt is not null);

    /// <summary>Who may vote; recusals are the vote's own.</summary>
    public IEnumerable<MeetingSeat> Voters => Current.Where(seat => seat.HasVote);

    /// <summary>True until it was held or called off.</summary>
    public bool IsAhead => State is MeetingState.Planned or MeetingState.Noticed;

    /// <summary>The seat of a person on the roster as it is now.</summary>
    public MeetingSeat? SeatOf(PersonId person) => Current.FirstOrDefault(seat => seat.PersonId == person);

    /// <summary>Notes that something changed.</summary>
    public void Touch() => Version++;

    /// <summary>Its beginning.</summary>
    public DateTimeOffset Begins(Calendar.WorkingCalendar calendar) => calendar.At(On, From);

    /// <summary>Its planned end.</summary>
    public DateTimeOffset Ends(Calendar.WorkingCalendar calendar) => calendar.At(On, To);
}

/// <summary>A case that a meeting consults on.</summary>
public sealed class MeetingTopic
{
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }
    public required string Title { get; set; }

    /// <summary>1-based order in the meeting.</summary>
    public required int Number { get; init; }

    /// <summary>When the minutes about it stood.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}
