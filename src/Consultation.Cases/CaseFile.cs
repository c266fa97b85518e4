using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Publishing;
using Consultation.Cases.Screening;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;

namespace Consultation.Cases;

/// <summary>
/// Everything of one case that a workflow step may read and change: loaded before the step, written with it in one
/// transaction, thrown away when the step loses. The objects belong to this step alone.
/// </summary>
public sealed class CaseFile
{
    private readonly List<object> _added = [];
    private readonly Dictionary<(string Key, int Year), NumberSeries> _series;

    /// <summary>Takes what was loaded.</summary>
    public CaseFile(
        OrganisationDirectory directory, WorkingCalendar calendar, Case @case, IEnumerable<NumberSeries> series)
    {
        Directory = directory;
        Calendar = calendar;
        Case = @case;
        _series = series.ToDictionary(one => (one.Key, one.Year));
    }

    /// <summary>People and units, as of this step, and the guests who have seats in the case's tasks.</summary>
    public OrganisationDirectory Directory { get; private set; }

    /// <summary>The organisation's working days.</summary>
    public WorkingCalendar Calendar { get; }

    public Case Case { get; }

    /// <summary>Matters of the case, the leading one first.</summary>
    public List<Matter> Matters { get; init; } = [];

    /// <summary>Screenings, newest first.</summary>
    public List<ScreeningRecord> Screenings { get; init; } = [];

    /// <summary>The screening that stands: the newest that was not lifted.</summary>
    public ScreeningRecord? Screening => Screenings.Find(one => one.LiftedAt is null);

    /// <summary>Words that a restriction took out of the case; loaded while it is restricted.</summary>
    public List<SealedWords> Sealed { get; init; } = [];

    /// <summary>The topic, or null before it is drafted.</summary>
    public Topic? Topic { get; set; }

    /// <summary>
    /// Open tasks of the case. Of this workflow instance also closed ones: those closed at this instant, those about a
    /// tracked item, and those whose activity still waits for something.
    /// </summary>
    public List<WorkTask> Tasks
    {
        get;
        init => (field, Directory) = (value, Directory.With(value));
    } = [];

    /// <summary>Tracked items of the case.</summary>
    public List<TrackedItem> Items { get; init; } = [];

    /// <summary>Progress entries of the case's items, newest first.</summary>
    public List<ProgressEntry> Entries { get; init; } = [];

    /// <summary>Recorded results, newest first.</summary>
    public List<CaseRecord> Records { get; init; } = [];

    /// <summary>Votes of the case in their order; the last one may be open.</summary>
    public List<Vote> Votes { get; init; } = [];

    /// <summary>Phases of a ten-week plan that were entered or moved, by their numbers.</summary>
    public List<PlanPhase> Phases { get; init; } = [];

    /// <summary>What the plan's workflow plans; empty for other cases.</summary>
    public PlanOutline Outline { get; init; } = PlanOutline.Empty;

    /// <summary>Meetings of the case, the newest first.</summary>
    public List<Meeting> Meetings { get; init; } = [];

    /// <summary>
    /// Other meetings of the organisation that are ahead: what takes a hall or a person, and what the case may join.
    /// Loaded for the steps and edits that plan or move a meeting.
    /// </summary>
    public List<Meeting> OtherMeetings { get; init; } = [];

    /// <summary>Open tasks of the other cases that a meeting of this one consults on; loaded for edits.</summary>
    public List<WorkTask> SharedTasks { get; init; } = [];

    /// <summary>Newest plans of a meeting that those other cases keep; loaded for edits.</summary>
    public List<CaseRecord> SharedPlans { get; init; } = [];

    /// <summary>What of the case is or was public; loaded once something was published.</summary>
    public List<Publication> Publications { get; init; } = [];

    /// <summary>Surveys of the case, the oldest first; loaded once one was made.</summary>
    public List<Survey> Surveys { get; init; } = [];

    /// <summary>The newest survey of a purpose that was opened; null when there is none.</summary>
    public Survey? SurveyFor(SurveyPurpose purpose) =>
        Surveys.FindLast(survey => survey.Purpose == purpose && survey.State != SurveyState.Draft);

    /// <summary>The meeting that the case waits for or held last: the newest that was not called off.</summary>
    public Meeting? Meeting => Meetings.Find(meeting => meeting.State != MeetingState.CalledOff);

    /// <summary>Policies of the organisation by key.</summary>
    public required PolicySet Policies { get; init; }

    /// <summary>Objects that this step made; written with it. Any mapped entity, a mail included.</summary>
    public IReadOnlyList<object> Added => _added;

    /// <summary>Pending mails of these tasks to these people are cancelled: somebody else acts now.</summary>
    public HashSet<(TaskId Task, PersonId Person)> CancelMailTo { get; } = [];

    /// <summary>Action links whose answers counted in this step; they are marked used with it (mail rule 2).</summary>
    public HashSet<Guid> UsedLinks { get; } = [];

    /// <summary>Mails that came in whose answers counted in this step; they are marked with it.</summary>
    public HashSet<Guid> DecidingMails { get; } = [];

    /// <summary>
    /// Files that came with answers that counted in this step; those of them that were handed in for these answers are
    /// attached with it.
    /// </summary>
    public HashSet<AttachmentId> HandedIn { get; } = [];

    /// <summary>Due times that this step moved in whatever run; their timers are set anew with it.</summary>
    public List<DueMove> MovedDues { get; } = [];

    /// <summary>
    /// Planned ends of phases that this step moved; the timers that watch over them are set anew with it.
    /// </summary>
    public List<DateMove> MovedPhases { get; } = [];

    /// <summary>A meeting whose day this step moved; steps that wait for a day of it reckon anew.</summary>
    public Meeting? MovedMeeting { get; set; }

    /// <summary>
    /// What this step told people by a notice. Where it gives one of them a task too, the task's mail says it instead:
    /// nobody gets two mails about one thing on one day.
    /// </summary>
    public List<ToldNotice> Told { get; } = [];

    /// <summary>Takes back what was added and is of no list: a mail whose words another one carries.</summary>
    public void Drop(object added) => _added.Remove(added);

    /// <summary>Adds a new object to what the step writes, and to the list of its kind.</summary>
    public T Add<T>(T entity)
        where T : class
    {
        _added.Add(entity);
        switch (entity)
        {
            case Matter matter: Matters.Add(matter); break;
            case ScreeningRecord screening: Screenings.Insert(0, screening); break;
            case SealedWords words: Sealed.Add(words); break;
            case Topic topic: Topic = topic; break;
            case WorkTask task:
                Tasks.Add(task);
                Directory = Directory.With(task);
                break;
            case TrackedItem item: Items.Add(item); break;
            case ProgressEntry entry: Entries.Insert(0, entry); break;
            case CaseRecord record: Records.Insert(0, record); break;
            case Vote vote: Votes.Add(vote); break;
            case Publication publication: Publications.Add(publication); break;
            case Survey survey: Surveys.Add(survey); break;
            case PlanPhase phase: Phases.Add(phase); break;
            case Meeting meeting:
                Meetings.Insert(0, meeting);
                Case.Meets = true;
                break;
            case Unit unit: Directory = Directory.Plus(unit, null); break;
            case RoleGrant grant: Directory = Directory.Plus(null, grant); break;
            case HistoryEntry or CaseDocument: break;
            default: break;
        }

        return entity;
    }

    /// <summary>Takes the next number of a yearly series (O32).</summary>
    public int NextNumber(string key, int year)
    {
        if (!_series.TryGetValue((key, year), out var series))
        {
            series = new NumberSeries { OrganisationId = Case.OrganisationId, Key = key, Year = year };
            _series.Add((key, year), series);
            _added.Add(series);
        }

        return series.Take();
    }
}

/// <summary>A notice of a step to somebody.</summary>
/// <param name="Mails">The mails, as they were added: one for each way.</param>
/// <param name="PersonId">Who gets it.</param>
/// <param name="Words">What it says.</param>
public sealed record ToldNotice(IReadOnlyList<object> Mails, PersonId PersonId, LocalText Words);
