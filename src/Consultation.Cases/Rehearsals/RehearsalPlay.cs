using Consultation.Cases.Tasks;

namespace Consultation.Cases.Rehearsals;

/// <summary>How a play ended.</summary>
public enum PlayEnd
{
    /// <summary>The workflow came to its end.</summary>
    Over,
    /// <summary>It waits for people who never answer, and nothing else will happen.</summary>
    Waiting,
    /// <summary>Nothing is due any more, nobody is asked, and it is not over; or it failed.</summary>
    DeadEnd,
    /// <summary>It was not over within the limits of a play: two years, 5,000 steps, one minute.</summary>
    TooLong,
}

/// <summary>What is found wrong in a play.</summary>
public enum FindingKind
{
    /// <summary>A step failed.</summary>
    Incident,
    /// <summary>A task that nobody can answer: it has no assignee who is in office.</summary>
    NoOwner,
    /// <summary>A task without a due time.</summary>
    NoDue,
    /// <summary>An answer that the step did not take.</summary>
    Refused,
    /// <summary>Nothing is due, nobody is asked, and it is not over.</summary>
    Standstill,
    /// <summary>The workflow ended, and its case was left open.</summary>
    CaseLeftOpen,
    /// <summary>It was not over within the limits.</summary>
    TooLong,
}

/// <summary>Something that should be mended.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="At">When it was met.</param>
/// <param name="ActivityId">Where; null where no single activity is meant.</param>
/// <param name="Text">What is wrong, in words.</param>
public sealed record PlayFinding(FindingKind Kind, DateTimeOffset At, string? ActivityId, LocalText Text)
{
    /// <summary>True when the course cannot go on from here.</summary>
    public bool IsDeadEnd => Kind is not (FindingKind.NoDue or FindingKind.Refused or FindingKind.CaseLeftOpen);
}

/// <summary>What happened at an instant.</summary>
/// <param name="At">When.</param>
/// <param name="Verb">Kind of event (<see cref="History.HistoryVerbs"/>).</param>
/// <param name="Text">The sentence of the case's history.</param>
/// <param name="Who">Who acted; null for the workflow.</param>
public sealed record PlayEvent(DateTimeOffset At, string Verb, LocalText Text, string? Who);

/// <summary>Somebody's part in a task of a play.</summary>
/// <param name="Person">The person's name.</param>
/// <param name="Habit">How the person behaves; null for guests.</param>
/// <param name="Outcome">The answer; null without one.</param>
/// <param name="At">When it was given.</param>
public sealed record PlaySeat(string Person, Habit? Habit, string? Outcome, DateTimeOffset? At);

/// <summary>A task of a play: a bar of the timeline.</summary>
public sealed record PlayTask
{
    public required string ActivityId { get; init; }
    public required string Number { get; init; }
    public required LocalText Title { get; init; }
    public required TaskKind Kind { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Key of the outcome; null while open, or when it was cancelled.</summary>
    public string? Outcome { get; init; }

    /// <summary>Label of the outcome.</summary>
    public LocalText? OutcomeLabel { get; init; }
    public int Reminders { get; init; }
    public int Rung { get; init; }
    public IReadOnlyList<PlaySeat> Seats { get; init; } = [];

    /// <summary>What may be answered, key and label: for taking the step by hand.</summary>
    public IReadOnlyList<PlayOption> Options { get; init; } = [];
}

/// <summary>One outcome that a task offers.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Label">Its label.</param>
public sealed record PlayOption(string Key, LocalText Label);

/// <summary>A mail as it would have been.</summary>
/// <param name="At">When it would have left.</param>
/// <param name="To">Name of whom it goes to.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Text">The text, cut after 4,000 characters.</param>
/// <param name="Purpose">Key of its template.</param>
/// <param name="Left">False when it was cancelled before it left, or is carried by a digest.</param>
public sealed record PlayMail(
    DateTimeOffset At, string To, string Subject, string Text, string Purpose, bool Left);

/// <summary>A document as it would have been made.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Kind key.</param>
/// <param name="Number">Its number, or null.</param>
/// <param name="Title">Its title.</param>
/// <param name="FileName">Name of its file.</param>
public sealed record PlayPaper(
    DateTimeOffset At, string Kind, string? Number, LocalText Title, string FileName);

/// <summary>A meeting of a play.</summary>
/// <param name="On">The day.</param>
/// <param name="Title">Its title.</param>
/// <param name="Place">Where.</param>
/// <param name="Held">Whether it was held.</param>
/// <param name="Seats">How many were on the roster.</param>
/// <param name="Came">How many came.</param>
public sealed record PlayMeeting(DateOnly On, string Title, string Place, bool Held, int Seats, int Came);

/// <summary>What one person has to do in one week.</summary>
/// <param name="Person">The person's name.</param>
/// <param name="Week">Week of the play, from 1.</param>
/// <param name="Tasks">Tasks that came.</param>
/// <param name="Mails">Mails that came.</param>
public sealed record PlayLoad(string Person, int Week, int Tasks, int Mails);

/// <summary>A day off in the middle of work, or a day that was moved because of one.</summary>
/// <param name="On">The day.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Tasks">How many tasks were open over it.</param>
public sealed record PlayDayOff(DateOnly On, string Name, int Tasks);

/// <summary>What became of one play, whole.</summary>
public sealed record RehearsalPlay
{
    public required int Seed { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day on which something happened.</summary>
    public required DateOnly To { get; init; }
    public required PlayEnd End { get; init; }

    /// <summary>State of the case at the end.</summary>
    public required CaseState State { get; init; }

    /// <summary>How the case ended, in words; null while it is open.</summary>
    public LocalText? Outcome { get; init; }

    /// <summary>Working days from the first to the last.</summary>
    public required int WorkingDays { get; init; }

    /// <summary>
    /// What the course went through: activities with their outcomes, without reports. Two plays with the same path took
    /// the same course.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Answers and timers that it took.</summary>
    public int Steps { get; init; }
    public IReadOnlyList<PlayEvent> Events { get; init; } = [];
    public IReadOnlyList<PlayTask> Tasks { get; init; } = [];
    public IReadOnlyList<PlayMail> Mails { get; init; } = [];
    public IReadOnlyList<PlayPaper> Papers { get; init; } = [];
    public IReadOnlyList<PlayMeeting> Meetings { get; init; } = [];
    public IReadOnlyList<PlayLoad> Load { get; init; } = [];
    public IReadOnlyList<PlayDayOff> DaysOff { get; init; } = [];
    public IReadOnlyList<PlayFinding> Findings { get; init; } = [];

    /// <summary>True when the course came to a place from which it cannot go on.</summary>
    public bool HasDeadEnd => End is PlayEnd.DeadEnd || Findings.Any(finding => finding.IsDeadEnd);

    /// <summary>The play without its lists, for many plays.</summary>
    public PlaySummary Summary => new(Seed, To, End, State, WorkingDays, Path, HasDeadEnd);
}

/// <summary>One of many plays.</summary>
/// <param name="Seed">By which it comes out the same again.</param>
/// <param name="To">Its last day.</param>
/// <param name="End">How it ended.</param>
/// <param name="State">State of the case at the end.</param>
/// <param name="WorkingDays">Its length.</param>
/// <param name="Path">Its course.</param>
/// <param name="HasDeadEnd">Whether it came to a dead end.</param>
public sealed record PlaySummary(
    int Seed, DateOnly To, PlayEnd End, CaseState State, int WorkingDays, string Path, bool HasDeadEnd);

/// <summary>What many plays come to.</summary>
public sealed record RehearsalSpread(IReadOnlyList<PlaySummary> Plays)
{
    /// <summary>The longest play; null when there is none.</summary>
    public PlaySummary? Longest => Plays.OrderByDescending(play => play.WorkingDays).ThenBy(play => play.Seed)
        .FirstOrDefault();

    /// <summary>A play of the course that most plays took: the one of middle length.</summary>
    public PlaySummary? Likeliest => Courses is [var first, ..]
        ? first.OrderBy(play => play.WorkingDays).ThenBy(play => play.Seed).ElementAt(first.Count() / 2)
        : null;

    /// <summary>Plays by their course, the most frequent first.</summary>
    public IReadOnlyList<IGrouping<string, PlaySummary>> Courses =>
    [
        .. Plays.GroupBy(play => play.Path).OrderByDescending(course => course.Count())
            .ThenBy(course => course.Min(play => play.Seed)),
    ];

    /// <summary>Length that so many per cent of the plays do not exceed; null without plays.</summary>
    public int? WithinPercent(int percent) => Plays.Count == 0 ? null
        : Plays.Select(play => play.WorkingDays).Order()
            .ElementAt(Math.Clamp((Plays.Count * percent + 99) / 100 - 1, 0, Plays.Count - 1));
}
