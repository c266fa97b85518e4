using Consultation.Activities;
using Consultation.Activities.Desk;
using Consultation.Activities.Notices;
using Consultation.Cases;
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
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Storage.Reading.Plans;
using Consultation.Testing.Mail;

namespace Consultation.Testing.Scenarios;

/// <summary>
/// Drives a case through its workflows: engine and steps are real, runs are stored and read back around every step,
/// time is the test's. Only the database is a few lists. Months pass in milliseconds.
/// </summary>
public sealed partial class Scenario
{
    /// <summary>How long decisions of the shipped workflows can be taken back.</summary>
    public static readonly TimeSpan TakeBackTime = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, CompiledWorkflow> _workflows = [];
    private readonly Dictionary<string, byte[]> _runs = [];
    private readonly Dictionary<string, string> _definitionOf = [];
    private readonly Dictionary<string, PlanOutline> _outlines = [];
    private readonly Dictionary<(string Instance, string Bookmark),
        (DateTimeOffset At, TimerBasis? Basis, string ActivityId)> _timers = [];
    private readonly List<NumberSeries> _series = [];
    private readonly Dictionary<TaskId, int> _revisions = [];
    private readonly MailClock _clock;
    private readonly StepTools _tools;
    private int _nextId;

    public Scenario(
        IEnumerable<WorkflowDefinition> definitions, DateTimeOffset start, District? district = null,
        IEnumerable<ActivityType>? more = null)
    {
        District = district ?? new District();
        _clock = new MailClock(start);
        var composer = new MailComposer(new LiquidTemplateText(_clock), new MailTemplateBook(), MailMaking.Options());
        var tools = _tools = new StepTools(composer, new ActionLinkMint(MailMaking.Ring), new PaperSeal());
        Catalog = new ActivityCatalog(
            [.. BuiltInActivities.Types, .. ConsultationActivities.Types(tools), .. more ?? []]);
        foreach (var definition in definitions)
        {
            var compiled = WorkflowCompiler.Compile(definition, Catalog);
            if (compiled.HasErrors)
            {
                throw new InvalidOperationException(
                    string.Join('\n', compiled.Findings.Select(finding => $"{finding.NodeId}: {finding.Message}")));
            }
            _workflows[definition.DefinitionId] = compiled.Workflow!;
            _outlines[definition.DefinitionId] = PlanOutlineReader.Read(definition, Catalog);
        }

        Policies = new PolicySet(
            PolicyDefaults.Reminders(District.Organisation.Id).ToDictionary(policy => policy.Key),
            PolicyDefaults.Ladders(District.Organisation.Id).ToDictionary(ladder => ladder.Key));
    }

    public static ActivityCatalog AnyCatalog { get; } = new Scenario([], DateTimeOffset.UnixEpoch).Catalog;

    public ActivityCatalog Catalog { get; }
    public District District { get; }
    public PolicySet Policies { get; set; }
    public DateTimeOffset Now => _clock.Now;
    public Case Case { get; private set; } = null!;
    public List<Matter> Matters { get; } = [];
    public List<MatterTurn> Turns { get; } = [];
    public List<ScreeningRecord> Screenings { get; } = [];
    public List<SealedWords> Sealed { get; } = [];
    public Topic? Topic { get; set; }
    public List<WorkTask> Tasks { get; } = [];
    public List<TrackedItem> Items { get; } = [];
    public List<ProgressEntry> Entries { get; } = [];
    public List<CaseRecord> Records { get; } = [];
    public List<Meeting> Meetings { get; } = [];

    /// <summary>Meetings of other cases.</summary>
    public List<Meeting> OtherMeetings { get; } = [];
    public List<MeetingLine> MeetingLines { get; } = [];
    public List<Vote> Votes { get; } = [];
    public List<Publication> Publications { get; } = [];

    /// <summary>Surveys, and who is asked by name.</summary>
    public List<Survey> Surveys { get; } = [];
    public List<SurveyInvitation> Asked { get; } = [];
    public List<PlanPhase> Phases { get; } = [];
    public PlanOutline Outline => _outlines[Case.DefinitionId!];
    public List<HistoryEntry> History { get; } = [];
    public List<OutgoingMail> Mails { get; } = [];
    public List<CaseDocument> Documents { get; } = [];
    public List<ActionLink> Links { get; } = [];
    public List<Incident> Incidents { get; } = [];

    /// <summary>Lines that the workflows wrote.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Executions that came to an end, with their outputs, when <see cref="Detail"/> asks for them.</summary>
    public List<ActivityExecutionRecord> Executions { get; } = [];

    /// <summary>How much the steps report; little by default, for speed.</summary>
    public JournalDetail Detail { get; init; } = JournalDetail.FaultsOnly;

    /// <summary>
    /// After each decision the time for taking it back passes, as it does for people who go on with other work.
    /// </summary>
    public bool WaitsOutTakeBack { get; set; } = true;
    public int Steps { get; private set; }

    /// <summary>Runs that are still going.</summary>
    public int OpenRuns => _runs.Values.Count(run => !RunState.Deserialize(run).IsOver);

    public IEnumerable<WorkTask> Open => Tasks.Where(task => task.State == TaskState.Open);

    /// <summary>Opens a case and starts its workflow.</summary>
    public Scenario Begin(string definitionId, CaseKind kind, string title, DateOnly? startDate = null) =>
        Prepare(definitionId, kind, title, startDate).Run();

    /// <summary>
    /// Opens a case whose workflow is still to be started, so that a test can put things into it before.
    /// </summary>
    public Scenario Prepare(string definitionId, CaseKind kind, string title, DateOnly? startDate = null)
    {
        var id = CaseId.New();
        Case = new Case
        {
            OrganisationId = District.Organisation.Id,
            Id = id,
            Kind = kind,
            Title = title,
            PlatformId = District.Platform.Id,
            CommitteeId = District.Committee.Id,
            WorkGroupId = District.WorkGroup.Id,
            StartDate = startDate,
            DefinitionId = definitionId,
            OpenedAt = Now,
        };
        Matters.Add(new Matter
        {
            OrganisationId = Case.OrganisationId,
            Id = MatterId.New(),
            Number = "SX2026-000001",
            Source = MatterSource.PublicForm,
            Title = title,
            Text = "河边步道夜间没有照明,老人孩子不敢走。",
            ProposerName = "居民 刘洋",
            ProposerEmail = "liu.yang@mail.example.com",
            CaseId = id,
            State = MatterState.InCase,
            RaisedAt = Now,
            ReceivedAt = Now,
        });
        return this;
    }

    /// <summary>Starts the case's workflow, under an instance id of the test's where one is given.</summary>
    public Scenario Run(string? instance = null, IReadOnlyDictionary<string, object?>? input = null)
    {
        Start(Case.DefinitionId!, input, instance, null, null);
        return this;
    }

    /// <summary>The open task of a node; there must be exactly one.</summary>
    public WorkTask TaskAt(string activityId) => Open.Where(task => task.ActivityId == activityId).ToList() switch
    {
        [var task] => task,
        [] => throw new InvalidOperationException(
            $"No open task at {activityId}; open: {string.Join(", ", Open.Select(task => task.ActivityId))}; "
                + $"incidents: {string.Join("; ", Incidents.Select(one => one.Message))}"),
        var many => many[0],
    };

    /// <summary>Answers the open task of a node.</summary>
    public AnswerResult Answer(string activityId, Person who, string outcome, Dictionary<string, string>? fields = null,
        string? reason = null, Person? onBehalfOf = null, string channel = "desk") =>
        Answer(TaskAt(activityId), who, outcome, fields, reason, onBehalfOf, channel);

    public AnswerResult Answer(
        WorkTask task, Person who, string outcome, Dictionary<string, string>? fields = null, string? reason = null,
        Person? onBehalfOf = null, string channel = "desk", ActionLink? link = null)
    {
        var result = Send(task, new TaskMessage.Answer(new TaskAnswer
        {
            OrganisationId = task.OrganisationId,
            TaskId = task.Id,
            ActorId = who.Id,
            OnBehalfOfId = onBehalfOf?.Id,
            Outcome = outcome,
            Reason = reason,
            Fields = fields ?? [],
            Revision = task.Revision,
            OperationId = Guid.NewGuid().ToString("N"),
            Channel = onBehalfOf is null ? channel : "on-behalf",
            LinkId = link?.Id,
        }).Write());
        if (WaitsOutTakeBack && result is AnswerResult.Accepted { TaskClosed: true } && task.State == TaskState.Open)
        {
            Pass(TakeBackTime);
        }
        return result;
    }

    public AnswerResult TakeBack(WorkTask task, Person who) => Send(task, new TaskMessage.TakeBack(who.Id).Write());

    /// <summary>Gives the reason that a formal reminder asks for.</summary>
    public AnswerResult Explain(WorkTask task, Person who, Dictionary<string, string> fields) =>
        Send(task, new TaskMessage.Explain(who.Id, fields).Write());

    /// <summary>Asks something back.</summary>
    public AnswerResult Ask(WorkTask task, Person who, string question) =>
        Send(task, new TaskMessage.Ask(who.Id, question).Write());

    /// <summary>Answers what was asked back.</summary>
    public AnswerResult Reply(
        WorkTask task, Person who, TaskQuestion question, string text, DateOnly? until = null) =>
        Send(task, new TaskMessage.Reply(new(who.Id, question.Id, text, until)).Write());

    public AnswerResult Reassign(WorkTask task, Person from, Person to) =>
        Send(task, new TaskMessage.Reassign(District.Secretary.Id, from.Id, to.Id).Write());

    /// <summary>Seats of those who leave go to whom the workflow means now.</summary>
    public AnswerResult Reseat(WorkTask task, params Person[] leaving) =>
        Send(task, new TaskMessage.Reseat(District.Secretary.Id, [.. leaving.Select(one => one.Id)]).Write());

    /// <summary>The links that a person has got for a task and could answer by now.</summary>
    public IEnumerable<ActionLink> UsableLinks(WorkTask task, Person person) => Links.Where(link =>
        link.TaskId == task.Id.Value && link.PersonId == person.Id.Value
        && ActionLinkRegister.Judge(new(link, task.TakesAnswers, task.Revision), Now) is LinkStanding.Usable);

    /// <summary>Lets time pass; every timer fires at its own moment, in order.</summary>
    public Scenario Pass(TimeSpan time) => PassUntil(Now + time);

    public Scenario PassUntil(DateTimeOffset end)
    {
        while (_timers.Count > 0 && _timers.MinBy(timer => timer.Value.At) is var (key, timer) && timer.At <= end)
        {
            _clock.Now = timer.At > _clock.Now ? timer.At : _clock.Now;
            _timers.Remove(key);
            Step(key.Instance, new Stimulus.TimerDue(key.Bookmark));
        }

        _clock.Now = end;
        return this;
    }

    /// <summary>What the timers that are set were computed from, by the time they fire.</summary>
    public IEnumerable<(DateTimeOffset At, TimerBasis? Basis)> Timers =>
        _timers.Values.Select(timer => (timer.At, timer.Basis)).OrderBy(timer => timer.At);

    /// <summary>The next time a timer fires, or null.</summary>
    public DateTimeOffset? NextTimer => _timers.Count == 0 ? null : _timers.Values.Min(timer => timer.At);

    private AnswerResult Send(WorkTask task, object payload) =>
        AnswerData.ReadResult(Step(task.InstanceId, new Stimulus.Resume(task.BookmarkId, payload)).Answer);

    private string Start(string definitionId, IReadOnlyDictionary<string, object?>? input, string? child,
        string? parent, string? parentBookmark)
    {
        var id = child ?? NewId();
        var state = RunState.New(
            id, _workflows[definitionId].Definition, Now, Case.Id.ToString(), null, parent, parentBookmark);
        _definitionOf[id] = definitionId;
        _runs[id] = state.Serialize();
        if (parent is null) Case.InstanceId = id;
        Step(id, new Stimulus.Start(input));
        return id;
    }

    private StepResult Step(string instance, Stimulus stimulus)
    {
        Steps++;

        // As in the product: a call that failed on the case is left out of its step, which is taken again from the
        // stored run.
        var failing = new List<FailedCall>();
        var (file, result) = Attempt(instance, stimulus, failing);
        while (result.SpoiltBy is { } spoilt)
        {
            failing.Add(spoilt);
            (file, result) = Attempt(instance, stimulus, failing);
        }

        Commit(instance, file, result);
        foreach (var request in result.Requests) Carry(request);
        if (!Publishes) WithholdPublications();
        return result;
    }

    private CaseFile FileOf(IEnumerable<WorkTask> tasks) =>
        new(District.Directory, District.Calendar, Case, _series)
        {
            Policies = Policies,
            Matters = Matters,
            Screenings = [.. Screenings],
            Sealed = [.. Sealed.Where(one => one.Words.Length > 0)],
            Topic = Topic,
            Tasks = [.. tasks],
            Items = [.. Items],
            Entries = [.. Entries],
            Records = [.. Records],
            Votes = [.. Votes],
            Publications = [.. Publications],
            Surveys = [.. Surveys],
            Phases = [.. Phases],
            Meetings = [.. Meetings],
            OtherMeetings = [.. OtherMeetings],
            Outline = Outline,
        };

    private (CaseFile File, StepResult Result) Attempt(
        string instance, Stimulus stimulus, IReadOnlyList<FailedCall> failing)
    {
        var state = RunState.Deserialize(_runs[instance]);
        var file = FileOf(Tasks.Where(task => task.State == TaskState.Open || task.InstanceId == instance));
        var result = Stepper.Run(_workflows[_definitionOf[instance]], state, stimulus, new StepEnvironment
        {
            Now = Now,
            NewId = NewId,
            Host = file,
            Zone = District.Calendar.Zone,
            Journal = Detail,
            Failing = failing,
        });
        return (file, result);
    }

    private void Commit(string instance, CaseFile file, StepResult result)
    {
        _runs[instance] = result.State.Serialize();
        foreach (var id in result.RemovedBookmarkIds) _timers.Remove((instance, id));
        foreach (var bookmark in result.CreatedBookmarks.Where(one => one.DueAt is not null))
        {
            var basis = (bookmark.Payload as Dictionary<string, object?>)
                ?.GetValueOrDefault(TimerBasis.PayloadKey) as string;
            _timers[(instance, bookmark.Id)] =
                (bookmark.DueAt!.Value, TimerBasis.Read(basis), bookmark.Execution.Node.ActivityId);
        }

        foreach (var incident in result.NewIncidents)
        {
            var failed = new FailedStep(
                incident.Id, incident.ActivityName ?? incident.ActivityId, incident.Message);
            foreach (var mail in new UseCaseMail(_tools.Composer).Failed(file, failed, Now)) file.Add(mail);
        }

        Keep(file);
        Incidents.AddRange(result.NewIncidents);
        Executions.AddRange(result.ActivityExecutionRecords.Where(record => record.CompletedAt is not null));
    }

    /// <summary>Keeps what a step or an edit changed.</summary>
    private void Keep(CaseFile file)
    {
        // A mail whose time has come before the next change has gone out.
        foreach (var mail in Mails.Where(mail => mail.State == MailState.Pending && mail.NotBefore < Now))
        {
            mail.State = MailState.Sent;
        }

        SetTimers(file);
        Meetings.InsertRange(0, file.Meetings.Where(joined => OtherMeetings.Remove(joined)));
        foreach (var mail in Mails.Where(
            mail => mail is { State: MailState.Pending, TaskId: { } task, PersonId: { } person }
                && file.CancelMailTo.Contains((new TaskId(task), new PersonId(person)))))
        {
            mail.State = MailState.Cancelled;
        }

        FollowTasks(file);

        foreach (var added in file.Added)
        {
            switch (added)
            {
                case ScreeningRecord one: Screenings.Insert(0, one); break;
                case SealedWords one: Sealed.Add(one); break;
                case Topic one: Topic = one; break;
                case WorkTask one: Tasks.Add(one); break;
                case TrackedItem one: Items.Add(one); break;
                case ProgressEntry one: Entries.Insert(0, one); break;
                case CaseRecord one: Records.Insert(0, one); break;
                case MatterTurn one: Turns.Add(one); break;
                case Vote one: Votes.Add(one); break;
                case Publication one: Publications.Add(one); break;
                case PublicationVersion: break;
                case Survey one: Surveys.Add(one); break;
                case SurveyInvitation one: Asked.Add(one); break;
                case PlanPhase one: Phases.Add(one); break;
                case Meeting one: Meetings.Insert(0, one); break;
                case MeetingLine one: MeetingLines.Add(one); break;
                case HistoryEntry one: History.Add(one); break;
                case OutgoingMail one: Mails.Add(one); break;
                case CaseDocument one: Documents.Add(one); break;
                case ActionLink one: Links.Add(one); break;
                case NumberSeries one: _series.Add(one); break;
                case Unit or RoleGrant: District.Keep(added); break;
                default: throw new InvalidOperationException($"Nobody stores a {added.GetType().Name}.");
            }
        }
    }

    /// <summary>Mails and links of tasks whose revision the step raised, as Storage does it.</summary>
    private void FollowTasks(CaseFile file)
    {
        foreach (var link in Links.Where(link => file.UsedLinks.Contains(link.Id))) link.UsedAt ??= Now;
        foreach (var task in Tasks.Where(task => _revisions.GetValueOrDefault(task.Id) != task.Revision))
        {
            _revisions[task.Id] = task.Revision;
            foreach (var mail in Mails.Where(mail => mail.State == MailState.Pending && mail.TaskId == task.Id.Value
                && (!task.TakesAnswers || task.HasLeft(new PersonId(mail.PersonId ?? Guid.Empty)))))
            {
                mail.State = MailState.Cancelled;
            }

            foreach (var link in Links.Where(link => link.TaskId == task.Id.Value))
            {
                var person = new PersonId(link.PersonId);
                var goesOn = task.State == TaskState.Open && !task.HasLeft(person);
                link.Follow(goesOn ? task.Revision : null, task.IsFreeToAnswer(person), Now);
            }
        }
    }

    /// <summary>Timers of what the step moved, in whatever run.</summary>
    private void SetTimers(CaseFile file)
    {
        foreach (var (key, timer) in _timers.ToList())
        {
            var settings = file.MovedDues.Where(
                move => move.Task.InstanceId == key.Instance && move.Task.ActivityId == timer.ActivityId)
                .Select(move => TimerShift.Of(timer.Basis, move, Policies, District.Calendar, District.Calendar, Now))
                .Concat(file.MovedPhases.Where(_ => key.Instance == Case.InstanceId)
                    .Select(phase =>
                        TimerShift.OfSlip(timer.Basis, phase.Before, phase.After, District.Calendar, Now)));
            if (file.MovedMeeting is { } moved && DueTimes.CountsFrom(timer.Basis, moved.Id))
            {
                _timers[key] = (Now, timer.Basis, timer.ActivityId);
            }

            foreach (var setting in settings.OfType<TimerSetting>())
            {
                _timers[key] = (setting.At, setting.Basis, timer.ActivityId);
            }
        }
    }

    private void Carry(StepRequest request)
    {
        switch (request)
        {
            case StepRequest.WriteLine line:
                Lines.Add(line.Text);
                break;
            case StepRequest.DispatchWorkflow start:
                Start(start.DefinitionId, start.Input, start.ChildInstanceId, start.ParentInstanceId,
                    start.ParentBookmarkId);
                break;
            case StepRequest.ResumeRun resume:
                Step(resume.InstanceId, new Stimulus.Resume(resume.BookmarkId, resume.Payload));
                break;
            case StepRequest.PublishEvent published:
                var hash = Event.HashOf(published.Name);
                foreach (var (instance, run) in _runs.ToList())
                {
                    foreach (var waiting in RunState.Deserialize(run).Bookmarks.Where(one => one.Hash == hash).ToList())
                    {
                        Step(instance, new Stimulus.Resume(waiting.Id, published.Payload));
                    }
                }

                break;
            case StepRequest.CancelRun cancel:
                Step(cancel.InstanceId, new Stimulus.Cancel(cancel.Reason));
                break;
            default:
                throw new InvalidOperationException($"The scenario does not carry out {request.GetType().Name}.");
        }
    }

    private string NewId() => $"id{++_nextId:000000}";
}
