using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Work;

/// <summary>What a kind of step asks of people.</summary>
internal sealed record TaskShape
{
    public required TaskKind Kind { get; init; }
    public required GateMode Mode { get; init; }
    public required IReadOnlyList<TaskOutcome> Outcomes { get; init; }
    public required string Template { get; init; }
    public Fraction Quorum { get; init; } = Fraction.TwoThirds;

    /// <summary>So many are needed and asked, the first ones; null asks everybody who is meant.</summary>
    public int? Seats { get; init; }

    /// <summary>At most so many are asked, the first ones; null asks everybody who is meant.</summary>
    public int? MostSeats { get; init; }

    /// <summary>
    /// What the task is called and asks, where it is not what the node says: a second task of the step.
    /// </summary>
    public (LocalText Title, LocalText Question)? Words { get; init; }

    /// <summary>Who is asked, where the step knows it by itself: seats of a meeting.</summary>
    public IReadOnlyList<ResolvedAssignee>? People { get; init; }

    /// <summary>Seats with the answers that stand, where another task of the step goes on in this one.</summary>
    public IReadOnlyList<TaskAssignee>? Kept { get; init; }

    /// <summary>When it is due, where that is not what the node says: a second task of the step.</summary>
    public DueTime? Due { get; init; }

    /// <summary>What happens if nobody answers, where that is not what reminders and ladder do.</summary>
    public LocalText? IfSilent { get; init; }

    /// <summary>Answers can be changed until the step ends the task.</summary>
    public bool Changeable { get; init; }
    public string? FormKey { get; init; }

    /// <summary>Forms that are asked after it.</summary>
    public IReadOnlyList<string> AddedForms { get; init; } = [];
    public Dictionary<string, string> Prefill { get; init; } = [];

    /// <summary>Who may not answer, because they wrote what is judged (O16).</summary>
    public IReadOnlyList<PersonId> Barred { get; init; } = [];

    /// <summary>What is shown first, whatever the workflow says: keys of <see cref="Exhibits"/>.</summary>
    public IReadOnlyList<string> Judged { get; init; } = [];
}

/// <summary>
/// A step that gives people a task and waits: for approvals, work, acknowledgements and reports. Reminders and the
/// escalation ladder run inside it, by the keys of its inputs. <c>Overdue</c> is followed once while the task stays
/// open, or ends it when <c>AfterOverdue</c> says "leave".
/// </summary>
internal abstract partial class PeopleTask : CaseActivity
{
    /// <summary>Name of the bookmark that an answer resumes.</summary>
    public const string BookmarkName = "Consultation.Task";

    /// <summary>What happens to a task that is overdue, as the input says it: it goes on waiting, or ends.</summary>
    public const string Stay = "stay", Leave = "leave";

    private const string TaskTag = "task", TaskProperty = "task", OverdueProperty = "overdue";
    private readonly InputBinding<string?> _who, _title, _titleEn, _text, _textEn, _due, _dueFrom, _reminders, _ladder,
        _afterOverdue;
    private readonly InputBinding<List<string>> _shows;

    protected PeopleTask(
        ActivityNode node, StepTools tools, string who, string text, string from = CountedFrom.Now, string? due = null)
        : base(node)
    {
        Tools = tools;
        _who = node.Input<string?>(who);
        _title = node.Input<string?>("Title");
        _titleEn = node.Input<string?>("TitleEn");
        _text = node.Input<string?>(text);
        _textEn = node.Input<string?>(text + "En");
        _due = node.Input("Due", due);
        _dueFrom = node.Input<string?>("DueFrom", from);
        _reminders = node.Input<string?>("Reminders");
        _ladder = node.Input<string?>("Ladder");
        _afterOverdue = node.Input<string?>("AfterOverdue", Stay);
        _shows = node.Input<List<string>>("Shows", [.. Exhibits.Usual]);
    }

    protected StepTools Tools { get; }

    /// <summary>What the step asks; evaluated when the task is given.</summary>
    protected abstract TaskShape Shape(ActivityContext context, CaseFile file);

    /// <summary>The task is decided: change the case, complete with the outcome.</summary>
    protected abstract void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally);

    /// <summary>What is wrong with an answer beyond its form; nothing is stored then.</summary>
    protected virtual IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer) => [];

    /// <summary>
    /// Somebody answered; the task may still wait. True when the step took the answer over and the task is not decided
    /// by it.
    /// </summary>
    protected virtual bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat) => false;

    /// <summary>
    /// The time is over and was not before: goes on waiting while the way of <c>Overdue</c> is followed, or ends by it.
    /// </summary>
    protected virtual void TimeIsOver(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (LeavesAfterDue(context)) LeaveOverdue(context, file, task);
        else context.FollowOutcomes("Overdue");
    }

    /// <summary>
    /// What was asked is not needed any more, because its meeting was called off or its seat was settled.
    /// </summary>
    protected virtual void NotNeeded(ActivityContext context, CaseFile file, WorkTask task)
    {
        Withdraw(context, file, task);
        context.Complete();
    }

    /// <summary>Answers or seats of a task have changed, and it is not decided by that.</summary>
    protected virtual void Changed(ActivityContext context, CaseFile file, WorkTask task) =>
        FollowTurns(context, file, task);

    /// <summary>True when the end of the task's time ends it or passes it on: nobody is late.</summary>
    protected virtual bool EndsInTime(ActivityContext context, CaseFile file, WorkTask task) => false;

    /// <summary>The task has been given.</summary>
    protected virtual void Opened(ActivityContext context, CaseFile file, WorkTask task)
    {
    }

    /// <summary>
    /// True for steps that end when overdue whatever the input says: waiting on would hold up the case.
    /// </summary>
    protected virtual bool LeavesWhenOverdue(ActivityContext context) => false;

    /// <summary>True where the task ends when its time is over.</summary>
    protected bool LeavesAfterDue(ActivityContext context) =>
        LeavesWhenOverdue(context) || _afterOverdue.Get(context) == Leave;

    /// <summary>People who were taken out of those whom the node means; nobody by default.</summary>
    protected virtual IReadOnlyCollection<PersonId> TakenOut(ActivityContext context) => [];

    /// <summary>How such a step ends; by default the task goes unanswered and <c>Overdue</c> is followed.</summary>
    protected virtual void LeaveOverdue(ActivityContext context, CaseFile file, WorkTask task)
    {
        Withdraw(context, file, task);
        context.CompleteWithOutcome("Overdue");
    }

    /// <summary>Further values of the mail by which the task is given.</summary>
    protected virtual IReadOnlyDictionary<string, object?> MailValues(ActivityContext context, CaseFile file) =>
        new Dictionary<string, object?>();

    /// <summary>The same of the mail about one seat, where it says something of its own to it.</summary>
    protected virtual IReadOnlyDictionary<string, object?> MailValues(
        ActivityContext context, CaseFile file, TaskAssignee seat, IReadOnlyDictionary<string, object?> common) =>
        common;

    /// <summary>A timer of the step's own.</summary>
    protected virtual void OwnTimer(ActivityContext context, CaseFile file, WorkTask task, Bookmark bookmark)
    {
    }

    /// <summary>When the task is due; the input says so unless a step knows better.</summary>
    protected virtual DueTime? DueOf(ActivityContext context, CaseFile file) =>
        DueAfter(context, file, _due.Get(context));

    /// <summary>
    /// So long after what the input names; what counts from the plan's start with the changes of the plan (P70).
    /// </summary>
    protected DueTime? DueAfter(ActivityContext context, CaseFile file, string? duration) =>
        DueTime.Compute(
            duration, _dueFrom.Get(context) ?? CountedFrom.Now, file, PlanShift(context, file), context.Now);

    public override void Execute(ActivityContext context) =>
        Open(context, FileOf(context), Shape(context, FileOf(context)), _who.Get(context));

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var file = FileOf(context);
        if (context.GetProperty(TaskProperty) is not string id
            || file.Tasks.Find(one => one.Id.Value == Guid.Parse(id)) is not { } task)
        {
            throw new ActivityFaultException("找不到这个步骤的任务 / The task of this step is gone.", code: "no-task");
        }

        if (bookmark.Tag == TaskTag) TakeMessage(context, file, task, payload);
        else if (Suspension.Rests(file.Case, task)) Rest(context, file, task, bookmark.Tag!);
        else TakeTimer(context, file, task, bookmark);
    }

    public override void OnCanceled(ActivityContext context)
    {
        if (context.Host is not CaseFile file || context.GetProperty(TaskProperty) is not string id) return;
        if (file.Tasks.Find(one => one.Id.Value == Guid.Parse(id)) is { State: TaskState.Open } task)
        {
            Withdraw(context, file, task);
        }
    }

    /// <summary>Gives the task: assignees, number, bookmark, timers, mails, history.</summary>
    protected WorkTask Open(ActivityContext context, CaseFile file, TaskShape shape, string? who)
    {
        var (seats, why) = shape switch
        {
            { Kept: { } kept } => ([.. kept], null),
            { People: { } given } =>
                ([.. given.Select(one => TaskAssignee.For(one, OrderedGuid.New(context.Now)))], null),
            _ => SeatsOf(context, file, shape, who),
        };
        var due = shape.Due ?? DueOf(context, file);
        var isInTurns = shape.Mode == GateMode.ChairLast && seats.Count > 1;
        if (isInTurns) due = MembersFirst(context, file, seats, due);
        var bookmark = context.CreateBookmark(
            new BookmarkRequest { Name = BookmarkName, Stimulus = context.NewId(), AutoBurn = false, Tag = TaskTag });
        var year = file.Calendar.DayOf(context.Now).Year;
        var (reminders, ladder) = (_reminders.Get(context), _ladder.Get(context));
        var task = file.Add(new WorkTask
        {
            OrganisationId = file.Case.OrganisationId,
            Id = new TaskId(OrderedGuid.New(context.Now)),
            CaseId = file.Case.Id,
            TrackedItemId = ItemOf(context, file)?.Id,
            Number = $"R{year}-{file.NextNumber(SeriesKeys.Task, year):00000}",
            InstanceId = context.InstanceId,
            BookmarkId = bookmark.Id,
            ActivityId = Node.ActivityId,
            Kind = shape.Kind,
            Title = shape.Words?.Title ?? TitleOf(context),
            Question = shape.Words?.Question ?? QuestionOf(context),
            IfSilent = shape.IfSilent ?? Escalation.LadderWords.Describe(
                file.Policies.Ladders.GetValueOrDefault(ladder ?? ""),
                file.Policies.Reminders.GetValueOrDefault(reminders ?? "")),
            Shows = [.. shape.Judged.Concat(_shows.Get(context)).Where(key => !string.IsNullOrWhiteSpace(key))
                .Distinct()],
            Rows = [.. Rows],
            FormKey = shape.FormKey,
            AddedForms = [.. shape.AddedForms],
            Prefill = shape.Prefill,
            Mode = shape.Mode,
            Quorum = shape.Quorum,
            Changeable = shape.Changeable,
            Outcomes = [.. shape.Outcomes],
            Assignees = seats,
            WhyThem = why,
            Barred = [.. shape.Barred.Select(person => person.Value)],
            Phase = file.Case.Step,
            OpenedAt = context.Now,
            DueAt = due?.At,
            DueBasis = due?.Basis,
            ChairSince = shape.Mode == GateMode.ChairLast && !isInTurns ? context.Now : null,
        });
        context.SetProperty(TaskProperty, task.Id.Value.ToString("N"));
        context.SetProperty(OverdueProperty, null);
        TaskClock.Start(context, file, task, reminders, ladder);
        Announce(context, file, task, shape.Template);
        Opened(context, file, task);
        return task;
    }

    /// <summary>Takes the task off people without an answer.</summary>
    protected void Withdraw(ActivityContext context, CaseFile file, WorkTask task)
    {
        task.State = TaskState.Cancelled;
        task.ClosedAt = context.Now;
        task.Revision++;
        TaskClock.Stop(context);
        Tell(context, file, HistoryVerbs.TaskCancelled,
            new($"“{task.Title.Zh}”已不需要办理。", $"“{task.Title.For("en")}” is no longer needed."), task.Id);
    }

    /// <summary>Who a specification means now; nobody where it is wrong or yields nobody.</summary>
    protected static IReadOnlyList<Person> PeopleOf(ActivityContext context, CaseFile file, string? spec) =>
        AssigneeSpec.Read(spec) is AssigneeSpecReading.Read(var read)
        && Assignees.Resolve(read, file, ItemOf(context, file), context.Now) is AssigneeResolution.Found found
            ? [.. found.Assignees.Select(one => one.Person)]
            : [];

    /// <summary>What the node shows, where its designer chose it.</summary>
    protected IReadOnlyList<string> ShownRecords(ActivityContext context) =>
        [.. _shows.Get(context).Except(Exhibits.Usual)];

    /// <summary>Whom the step asks, as its input says.</summary>
    protected string? Who(ActivityContext context) => _who.Get(context);

    /// <summary>What the step asks, in words.</summary>
    protected LocalText QuestionOf(ActivityContext context) => new(_text.Get(context) ?? "", _textEn.Get(context));

    protected LocalText TitleOf(ActivityContext context) =>
        new(_title.Get(context) is { Length: > 0 } title ? title : Node.DisplayText, _titleEn.Get(context));

    /// <summary>Tells those of the task who owe an answer, or those of them who are named, that it is theirs.</summary>
    private void Announce(
        ActivityContext context, CaseFile file, WorkTask task, string template, IReadOnlyList<Person>? only = null)
    {
        var mail = new CaseMail(Tools, file, context.Now);
        var contacts = SeatContacts.Of(task, file.Directory, context.Now)
            .Where(contact => IsMeant(contact.Seat)).ToList();
        var unreached = Tell(mail, context, file, task, contacts, template, task.Revision * 1000)
            .Select(person => person.Name).ToList();
        TellLater(mail, context, file, task, template, task.Revision * 1000, [.. Gate.Owing(task).Where(IsMeant)]);
        var names = string.Join('、', contacts.Select(contact =>
            contact.Why is { } why ? $"{contact.Person.Name}（{why.Zh}）" : contact.Person.Name));
        var enNames = string.Join(", ", contacts.Select(contact =>
            contact.Why is { } why ? $"{contact.Person.Name} ({why.For("en")})" : contact.Person.Name));
        var due = task.DueAt is { } at ? DueTime.Show(at, file.Calendar) : null;
        Tell(context, file, HistoryVerbs.TaskOpened, new(
            $"请{names}办理“{task.Title.Zh}”（{task.Number}）{(due is null ? "" : $"，时限 {due.Zh}")}。"
                + (unreached.Count == 0 ? "" : $"{string.Join('、', unreached)}没有电子邮箱，请打印任务单。")
                + task.WhyThem?.Zh,
            $"{enNames} asked for “{task.Title.For("en")}” "
                + $"({task.Number}){(due is null ? "" : $", due {due.For("en")}")}."
                + (unreached.Count == 0 ? "" : $" Without e-mail, print the slip: {string.Join(", ", unreached)}.")
                + (task.WhyThem is { } why ? $" {why.For("en")}" : "")),
                    task.Id);

        bool IsMeant(TaskAssignee seat) => only is null || only.Any(person => person.Id == seat.PersonId);
    }

    /// <summary>
    /// Gives the task to those who are written to, with a copy to whom they act for where that one wants it; answers
    /// whom no mail reaches.
    /// </summary>
    private List<Person> Tell(
        CaseMail mail, ActivityContext context, CaseFile file, WorkTask task, IReadOnlyList<SeatContact> contacts,
        string template, int ordinal)
    {
        var values = MailValues(context, file);
        var unreached = contacts
            .Where(contact => !mail.OfTask(task, contact, TemplateFor(task, contact.Seat, template), ordinal,
                MailValues(context, file, contact.Seat, values)))
            .Select(contact => contact.Person).ToList();
        foreach (var group in contacts.Where(contact => contact.Why is not null)
            .GroupBy(contact => contact.Seat.PersonId))
        {
            if (file.Directory.Find(group.Key) is { WantsCopies: true } principal)
            {
                mail.Copy(task, principal, [.. group.Select(contact => contact.Person)], ordinal);
            }
        }

        return unreached;
    }

    /// <summary>Who gives an opinion is not asked to decide.</summary>
    private static string TemplateFor(WorkTask task, TaskAssignee seat, string template) =>
        template == MailTemplateCatalogue.ApprovalRequest && GateTurns.MembersOf(task).Contains(seat)
            ? MailTemplateCatalogue.OpinionRequest
            : template;

    /// <summary>Gives the task, on the day, to those who will act for somebody by then.</summary>
    private void TellLater(
        CaseMail mail, ActivityContext context, CaseFile file, WorkTask task, string template, int ordinal,
        params IReadOnlyList<TaskAssignee> seats)
    {
        var values = MailValues(context, file);
        foreach (var (from, contact) in SeatContacts.Later(task, file.Directory, context.Now))
        {
            if (!seats.Contains(contact.Seat)) continue;
            mail.OfTask(task, contact, TemplateFor(task, contact.Seat, template), ordinal,
                MailValues(context, file, contact.Seat, values), from);
        }
    }

    private (List<TaskAssignee> Seats, LocalText? Why) SeatsOf(
        ActivityContext context, CaseFile file, TaskShape shape, string? who)
    {
        var reading = AssigneeSpec.Read(who);
        if (reading is AssigneeSpecReading.Wrong { Message: var wrong })
        {
            throw new ActivityFaultException($"{wrong.Zh} / {wrong.For("en")}", code: "bad-assignee");
        }

        var spec = ((AssigneeSpecReading.Read)reading).Spec;
        var resolved = Assignees.Resolve(spec, file, ItemOf(context, file), context.Now, shape.Barred);
        if (resolved is AssigneeResolution.Nobody && shape.Kind is TaskKind.Work or TaskKind.Report)
        {
            resolved = Assignees.SecretariesFor(spec, file, ItemOf(context, file), context.Now) ?? resolved;
        }

        if (resolved is not AssigneeResolution.Found found)
        {
            var nobody = ((AssigneeResolution.Nobody)resolved).Reason;
            throw new ActivityFaultException(
                $"“{TitleOf(context).Zh}”没有可办理的人：{nobody.Zh} / Nobody can do this: {nobody.For("en")}", code: "nobody");
        }

        var takenOut = TakenOut(context);
        var seats = found.Assignees
            .Where(one => !shape.Barred.Contains(one.Person.Id) && !takenOut.Contains(one.Person.Id))
            .Select(one => TaskAssignee.For(one, OrderedGuid.New(context.Now))).ToList();
        if (shape.MostSeats is { } most) seats = [.. seats.Take(most)];
        LocalText? why = found.Notes.Count == 0 ? null : new(
            string.Concat(found.Notes.Select(note => note.Zh)),
            string.Join(' ', found.Notes.Select(note => note.For("en"))));
        if (shape.Seats is { } needed)
        {
            return seats.Count >= needed ? (seats[..needed], why) : throw new ActivityFaultException(
                $"“{TitleOf(context).Zh}”需要 {needed} 人分别办理，现在只有 {seats.Count} 人，请在节点上增加人选后重试 / This needs {needed} "
                    + $"people and finds {seats.Count}; name more at the node and try again.",
                code: "too-few");
        }

        return seats.Count > 0 ? (seats, why) : throw new ActivityFaultException(
            ItemOf(context, file) is null
                ? $"“{TitleOf(context).Zh}”的承办人都参与了起草，不能审核自己的材料，请增加审核人 / Everybody who could judge this wrote it; add "
                    + "another reviewer."
                : $"“{TitleOf(context).Zh}”的承办人就是填报人，不能核查自己填报的内容，请在督办事项页上更换督办负责人，再重试这一步 / "
                    + "Who should judge this reported it; change the supervisor on the tracked item's page, then try "
                    + "this step again.",
            code: "all-barred");
    }

    /// <summary>
    /// Looks again on the next working day; a due time that would pass during the suspension moves along. When the case
    /// goes on, due times are set by what they were before (<see cref="Suspension"/>), and a timer that comes too early
    /// then sets itself anew.
    /// </summary>
    private static void Rest(ActivityContext context, CaseFile file, WorkTask task, string tag)
    {
        if (tag == TaskClock.Due && task.DueAt <= context.Now)
        {
            task.DueBeforeRest ??= task.DueAt;
            task.DueAt = file.Calendar.DueAfter(context.Now, new WorkingDuration(1, DayCount.WorkingDays));
        }

        var again = TaskClock.RestADay(context, file, tag);
        if (tag == SettleTag) task.HeldUntil = again;
    }
}
