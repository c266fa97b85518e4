using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Tasks;
using Consultation.Server.Staging;

namespace Consultation.Server.Rehearsals;

/// <summary>
/// Plays the people of one case until it is over or nothing more happens: each answers when his habit says so, and the
/// clock moves from one answer or timer to the next.
/// </summary>
internal sealed class Player(
    Stage stage, OrganisationSnapshot organisation, RehearsalSettings settings, RehearsalDraw draw, CaseId caseId)
{
    /// <summary>Most answers and turns of a play.</summary>
    public const int MostSteps = 5000;

    /// <summary>How long after the last answer reminders and rungs are still awaited.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(120);

    /// <summary>How often an answer is given again that a step does not take.</summary>
    private const int Tries = 3;

    private readonly Dictionary<Guid, Plan> _plans = [];
    private readonly Dictionary<string, int> _times = [];
    private readonly Dictionary<TrackedItemId, int> _reports = [];
    private readonly List<PlayFinding> _findings = [];
    private readonly HashSet<MeetingId> _met = [];
    private int _answers;

    private OrganisationId Id => organisation.Directory.Organisation.Id;

    private WorkingCalendar Calendar => organisation.Calendar;

    /// <summary>What was met on the way.</summary>
    public IReadOnlyList<PlayFinding> Findings => _findings;

    /// <summary>Answers and timers.</summary>
    public int Steps => _answers + stage.Turns;

    /// <summary>True when a limit ended the play.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Whoever is on leave in this play, from when until when.</summary>
    public static Dictionary<PersonId, (DateTimeOffset From, DateTimeOffset Until)> Leave(
        OrganisationSnapshot organisation, RehearsalSettings settings, RehearsalDraw draw, DateOnly start)
    {
        var leave = new Dictionary<PersonId, (DateTimeOffset, DateTimeOffset)>();
        foreach (var person in organisation.Directory.People.Where(one => one.Active))
        {
            if (draw.HabitOf(person.Id, settings) != Habit.OnLeave) continue;
            var first = organisation.Calendar.Move(start, draw.Below(10, "leave", person.Id.Value.ToString("N")));
            leave[person.Id] = (organisation.Calendar.At(first, TimeOnly.MinValue), organisation.Calendar.At(
                organisation.Calendar.Move(first, settings.LeaveFor), TimeOnly.MinValue));
        }

        return leave;
    }

    /// <summary>Plays to the end.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var (end, last, sent) = (stage.Clock.Now + RehearsalSettings.Farthest, stage.Clock.Now, default(DateOnly));
        while (true)
        {
            var file = await stage.Play.CaseAsync(Id, caseId, cancellationToken);
            if (file.ClosedAt is not null) break;
            var open = await PlannedAsync(cancellationToken);
            var (answer, due) = (Next(open), await stage.NextDueAsync(cancellationToken));
            if (answer is null && (due is null || due > last + Patience)) break;
            var next = answer is { } first && (due is null || first <= due) ? first : due!.Value;
            if (next > end || Steps >= MostSteps)
            {
                RanOut = true;
                break;
            }

            await stage.MoveToAsync(next > stage.Clock.Now ? next : stage.Clock.Now, cancellationToken);
            if (answer <= next)
            {
                await AnswerAsync(open, file, cancellationToken);
                last = stage.Clock.Now;
            }

            var day = Calendar.DayOf(stage.Clock.Now);
            if (day == sent) continue;
            sent = day;
            await stage.SendMailsAsync(cancellationToken);
        }

        await stage.SendMailsAsync(cancellationToken);
    }

    /// <summary>Open seats with the instant at which they are answered, when they are.</summary>
    private async Task<List<(WorkTask Task, TaskAssignee Seat, Plan Plan)>> PlannedAsync(
        CancellationToken cancellationToken)
    {
        var items = await stage.Rows.ItemsAsync(Id, cancellationToken);
        var planned = new List<(WorkTask, TaskAssignee, Plan)>();
        // Tasks of one instant get their numbers in any order; what is drawn must not follow it.
        var open = (await stage.Rows.OpenTasksAsync(Id, cancellationToken)).Where(task => task.CaseId == caseId)
            .OrderBy(task => task.OpenedAt).ThenBy(task => task.ActivityId, StringComparer.Ordinal)
            .ThenBy(task => task.Title.Zh, StringComparer.Ordinal)
            .ThenBy(task => AdviceOf(task), StringComparer.Ordinal);
        foreach (var task in open)
        {
            foreach (var seat in Gate.Owing(task).Where(seat => seat.GuestName is null
                && !task.Barred.Contains(seat.PersonId.Value)))
            {
                if (!_plans.TryGetValue(seat.Id, out var plan))
                {
                    _plans[seat.Id] = plan = PlanOf(task, seat, AdviceOf(task));
                }

                if (plan.At is not null) planned.Add((task, seat, plan));
            }
        }

        return planned;

        string? AdviceOf(WorkTask task) =>
            task.TrackedItemId is { } id ? items.GetValueOrDefault(id)?.Advice : null;
    }

    private static DateTimeOffset? Next(List<(WorkTask Task, TaskAssignee Seat, Plan Plan)> open) =>
        open.Count == 0 ? null : open.Min(one => one.Plan.At);

    private Plan PlanOf(WorkTask task, TaskAssignee seat, string? advice)
    {
        var person = seat.PersonId.Value.ToString("N");
        var place = $"{task.ActivityId}/{advice}";
        var times = _times.GetValueOrDefault($"{person}/{place}");
        _times[$"{person}/{place}"] = times + 1;
        var plan = new Plan(draw.HabitOf(seat.PersonId, settings), times);
        if (plan.Habit == Habit.Silent) return plan;
        var from = Calendar.DayOf(stage.Clock.Now);
        var due = task.DueAt is { } at ? Calendar.DayOf(at) : (DateOnly?)null;
        var time = new TimeOnly(9, 0).AddMinutes(draw.Below(8 * 60, "time", person, place, $"{times}"));
        DateOnly day;
        if (plan.Habit == Habit.Late)
        {
            day = Calendar.Move(due is { } last && last > from ? last : from, settings.LateBy);
        }
        else
        {
            // Within the second half of the time that is given; without a due time, within three days.
            var given = due is { } last ? Math.Max(0, Calendar.WorkingDaysBetween(from, last)) : 3;
            var takes = (int)Math.Ceiling(given * (0.4 + (0.6 * draw.Of("takes", person, place, $"{times}"))));
            day = Calendar.Move(from, takes);
        }

        plan.At = Calendar.At(day, time);
        if (plan.At <= stage.Clock.Now) plan.At = stage.Clock.Now + TimeSpan.FromMinutes(10);
        if (plan.Habit != Habit.Late && task.DueAt is { } until && plan.At > until && until > stage.Clock.Now)
        {
            plan.At = stage.Clock.Now + ((until - stage.Clock.Now) / 2);
        }

        if (organisation.Directory.Find(seat.PersonId) is { } who && !who.IsPresent(plan.At.Value))
        {
            plan.At = who.AbsentUntil is { } back ? Calendar.At(Calendar.Move(Calendar.DayOf(back), 0), time) : null;
        }

        return plan;
    }

    private async Task AnswerAsync(
        List<(WorkTask Task, TaskAssignee Seat, Plan Plan)> open, Case file, CancellationToken cancellationToken)
    {
        // By what is the same in every play of the seed, not by ids.
        var now = open.Where(one => one.Plan.At <= stage.Clock.Now).OrderBy(one => one.Plan.At)
            .ThenBy(one => one.Task.ActivityId, StringComparer.Ordinal)
            .ThenBy(one => one.Task.Title.Zh, StringComparer.Ordinal).ThenBy(one => one.Seat.PersonId.Value)
            .ThenBy(one => one.Task.Number, StringComparer.Ordinal).ToList();
        foreach (var (task, seat, plan) in now)
        {
            if (task.FormKey == FormKeys.MeetingRecord && !await MeetAsync(task, plan, cancellationToken)) continue;
            _answers++;
            plan.At = null;
            var (outcome, fields) = Decide(task, seat, plan, file);
            var result = await stage.Answers.AnswerAsync(new TaskAnswer
            {
                OrganisationId = Id,
                TaskId = task.Id,
                ActorId = seat.PersonId,
                Outcome = outcome.Key,
                Reason = outcome.AsksReason() ? "（演练）按设定的习惯答复" : null,
                Fields = fields,
                Revision = task.Revision,
                OperationId = $"play-{_answers}-{task.Number}",
                Channel = AnswerChannel.Desk,
            }, cancellationToken);
            Note(task, plan, result);
            // What follows may change who is asked what: everything is looked at anew.
            if (result is AnswerResult.Accepted { TaskClosed: true }) return;
        }
    }

    private void Note(WorkTask task, Plan plan, AnswerResult result)
    {
        switch (result)
        {
            case AnswerResult.Accepted or AnswerResult.AlreadyDecided:
                return;
            case AnswerResult.Overtaken:
                plan.At = stage.Clock.Now;
                break;
            default:
                plan.At = Calendar.At(Calendar.Move(Calendar.DayOf(stage.Clock.Now), 1), new TimeOnly(10, 0));
                break;
        }

        if (++plan.Refused < Tries) return;
        plan.At = null;
        var why = result switch
        {
            AnswerResult.Invalid invalid => new LocalText(
                string.Concat(invalid.Errors.Select(error => error.Message.Zh)),
                string.Join(' ', invalid.Errors.Select(error => error.Message.For("en")))),
            AnswerResult.NotEntitled { Why: { } said } => said,
            AnswerResult.Failed => new("这一步出错，见事件记录。", "The step failed, see the incident."),
            _ => new("没有接受。", "It was not taken."),
        };
        _findings.Add(new(FindingKind.Refused, stage.Clock.Now, task.ActivityId, new(
            $"“{task.Title.Zh}”没有接受演练填写的答复：{why.Zh}",
            $"“{task.Title.For("en")}” did not take what the rehearsal entered: {why.For("en")}")));
    }

    private (TaskOutcome Outcome, Dictionary<string, string> Fields) Decide(
        WorkTask task, TaskAssignee seat, Plan plan, Case file)
    {
        var answers = new RehearsalAnswers(organisation, file, Calendar.DayOf(stage.Clock.Now));
        var offered = Gate.OutcomesOf(task, seat);
        if (settings.Choices.TryGetValue(task.ActivityId, out var chosen)
            && offered.FirstOrDefault(one => one.Key == chosen) is { } byHand)
        {
            return (byHand, answers.Fill(task));
        }

        if (task is { FormKey: FormKeys.AttendanceReply } && plan.Habit == Habit.Declining)
        {
            return (offered[0], RehearsalAnswers.Absence());
        }

        if (task.TrackedItemId is { } item && task.Kind == TaskKind.Report)
        {
            var given = _reports[item] = _reports.GetValueOrDefault(item) + 1;
            return (offered[0], answers.Report(task, Math.Min(100, given * 40)));
        }

        var outcome = plan.Habit switch
        {
            Habit.Declining when plan.Times < 2 => First(offered,
                [OutcomeKeys.Reject, OutcomeKeys.Refuse, OutcomeKeys.Objection, OutcomeKeys.Return]),
            Habit.Objecting when plan.Times < 1 => First(offered,
                [OutcomeKeys.Return, OutcomeKeys.Objection, OutcomeKeys.Adjust, OutcomeKeys.Refuse]),
            _ => null,
        };
        return (outcome ?? offered[0], answers.Fill(task));
    }

    private static TaskOutcome? First(IReadOnlyList<TaskOutcome> offered, string[] wanted) => wanted
        .Select(key => offered.FirstOrDefault(one => one.Key == key)).FirstOrDefault(one => one is not null);

    /// <summary>A record waits for its meeting: once that has begun, whoever comes is signed in.</summary>
    private async Task<bool> MeetAsync(WorkTask task, Plan plan, CancellationToken cancellationToken)
    {
        if (await stage.Rows.MeetingAsync(Id, task.CaseId, cancellationToken) is not { } meeting) return true;
        var begins = meeting.Begins(Calendar);
        if (begins > stage.Clock.Now)
        {
            plan.At = begins + TimeSpan.FromHours(2);
            return false;
        }

        if (!_met.Add(meeting.Id)) return true;
        foreach (var seat in meeting.Current.Where(seat => seat is { IsExpected: true, SignedInAt: null }
            && draw.HabitOf(seat.PersonId, settings) is not (Habit.Silent or Habit.Declining)))
        {
            await stage.Meetings.DoAsync(new MeetingAct.SignIn(seat.Id, true, seat.SubstituteName ?? "")
            {
                OrganisationId = Id,
                MeetingId = meeting.Id,
                CaseId = task.CaseId,
                ActorId = meeting.OrganiserId,
                OperationId = $"play-sign-{seat.Id:N}",
            }, cancellationToken);
        }

        return true;
    }

    /// <summary>When somebody answers on a seat.</summary>
    private sealed class Plan(Habit habit, int times)
    {
        public Habit Habit { get; } = habit;

        /// <summary>How often the person was asked the same before.</summary>
        public int Times { get; } = times;

        /// <summary>When; null for never, or done.</summary>
        public DateTimeOffset? At { get; set; }

        public int Refused { get; set; }
    }
}
