using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>What came of an answer at a gate.</summary>
public abstract record GateResult
{
    private GateResult() { }

    /// <summary>
    /// Counted on this seat; the tally says whether the task is decided. The task has been changed accordingly.
    /// </summary>
    public sealed record Counted(TaskAssignee Seat, GateTally Tally) : GateResult;

    /// <summary>Not counted; the task is as it was.</summary>
    public sealed record Refused(AnswerResult Answer) : GateResult;
}

/// <summary>
/// The rules by which people answer tasks: who may, and what their answers come to (O2, O16, O17, mail rules 3, 4, 7).
/// </summary>
public static class Gate
{
    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 4000;

    /// <summary>
    /// Counts an answer, or refuses it without changing anything. Checked in this order, against the directory as of
    /// the commit: the task is open, the actor may answer for a seat, it is the seat's turn, the page was up to date,
    /// the outcome exists, the reason and the form are complete. When the tally decides, the task is closed with its
    /// outcome and a new revision.
    /// </summary>
    public static GateResult Answer(
        WorkTask task, OrganisationDirectory directory, TaskAnswer answer, DateTimeOffset now)
    {
        directory = directory.With(task);
        if (task.State != TaskState.Open)
        {
            return new GateResult.Refused(Present(task, directory));
        }

        // Where the form has a place for the opinion, it is the reason: nobody is asked the same twice.
        if (string.IsNullOrWhiteSpace(answer.Reason) && task.Form?.Opinion is { } opinion)
        {
            answer = answer with { Reason = answer.Fields.GetValueOrDefault(opinion.Key) };
        }

        switch (GateEntitlement.Find(task, directory, answer, now))
        {
            case SeatSearch.Nobody nobody:
                return new GateResult.Refused(new AnswerResult.NotEntitled(DecidedByNow(task, directory), nobody.Why));
            case SeatSearch.Ambiguous several:
                return Refuse("on-behalf-of", new(
                    $"您可以代{several.Names.Zh}答复，请选择代哪一位。", $"You may answer for {several.Names.En}; choose for whom."));
            case SeatSearch.Answered(var seat):
                return new GateResult.Refused(new AnswerResult.AlreadyDecided(
                    NameOf(directory, seat.AnsweredById ?? seat.PersonId), LabelOf(task, seat.Outcome),
                    seat.AnsweredAt));
            case SeatSearch.Free(var seat) when GateTurns.NotYet(task, seat, directory) is { } wait:
                return Refuse("", wait);
            case SeatSearch.Free(var seat) when !Free(task).Contains(seat):
                var given = task.Assignees.First(one => one is { Active: true, Outcome: not null }
                    && GateTally.UnitOf(one) == GateTally.UnitOf(seat));
                return new GateResult.Refused(new AnswerResult.AlreadyDecided(
                    NameOf(directory, given.AnsweredById ?? given.PersonId), LabelOf(task, given.Outcome),
                    given.AnsweredAt));
            case SeatSearch.Free(var seat):
                return Check(task, directory, answer, seat, now) is { } refusal
                    ? refusal
                    : Count(task, directory, answer, seat, now);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// What the answers so far come to (<see cref="GateMode"/>). Replaced people do not count. The first outcome of the
    /// task is the passing one.
    /// </summary>
    public static GateTally Tally(WorkTask task, OrganisationDirectory directory) => GateTally.Of(task, directory);

    /// <summary>
    /// What the answers come to when the time is over, where that decides: a majority is that of those who have
    /// answered, if they make a quorum. Elsewhere the task goes on waiting.
    /// </summary>
    public static GateTally AtDue(WorkTask task, OrganisationDirectory directory) =>
        GateTally.Of(task, directory, timeIsOver: true);

    /// <summary>Closes a task by its outcome; pages that show it open are stale.</summary>
    public static void Close(WorkTask task, string outcome, DateTimeOffset now)
    {
        (task.State, task.Outcome, task.ClosedAt) = (TaskState.Done, outcome, now);
        task.Revision++;
    }

    /// <summary>
    /// The seats that still owe an answer and whose turn it is: they are asked and urged. Where each unit answers once,
    /// those of a unit that has answered owe nothing more; where the chair decides last, the chair owes nothing before
    /// the others have answered or their time is over, and then nobody else does.
    /// </summary>
    public static IReadOnlyList<TaskAssignee> Owing(WorkTask task) =>
        task.ChairSince is not null && GateTurns.ChairOf(task) is { } chair
            ? chair.Outcome is null ? [chair] : []
            : Silent(task);

    /// <summary>
    /// Seats on which somebody may answer: those that owe it, and members whose time is over as long as the chair has
    /// not decided; where answers can be changed, all.
    /// </summary>
    public static IReadOnlyList<TaskAssignee> Free(WorkTask task) =>
        task.Changeable ? [.. task.Assignees.Where(task.IsFree)] : Silent(task);

    /// <summary>Answers that the seat may give: whoever decides alone, or in the end, does not abstain.</summary>
    public static IReadOnlyList<TaskOutcome> OutcomesOf(WorkTask task, TaskAssignee seat) =>
        GateTurns.ChairOf(task) == seat || task.Assignees.Count(one => one.Active) == 1
            ? [.. task.Outcomes.Where(outcome => outcome.Key != OutcomeKeys.Abstain)]
            : task.Outcomes;

    private static List<TaskAssignee> Silent(WorkTask task) =>
    [
        .. task.Assignees.Where(seat => seat is { Active: true, Outcome: null }
            && !GateTurns.WaitsForMembers(task, seat)
            && (task.Mode != GateMode.EachUnit
                || !task.Assignees.Exists(other => other is { Active: true, Outcome: not null }
                    && GateTally.UnitOf(other) == GateTally.UnitOf(seat)))),
    ];

    /// <summary>
    /// How a task that is no longer open presents itself: who decided what, when; without a name when it was cancelled.
    /// </summary>
    public static AnswerResult.AlreadyDecided Present(WorkTask task, OrganisationDirectory directory)
    {
        directory = directory.With(task);
        var deciding = task.Assignees
            .Where(seat => seat.Active && seat.Outcome is not null && seat.Outcome == task.Outcome)
            .OrderByDescending(seat => seat.IsChair).ThenByDescending(seat => seat.AnsweredAt).FirstOrDefault();
        return new AnswerResult.AlreadyDecided(
            deciding is null ? null : NameOf(directory, deciding.AnsweredById ?? deciding.PersonId),
            task.State == TaskState.Cancelled ? new LocalText("已取消", "cancelled") : LabelOf(task, task.Outcome),
            task.ClosedAt);
    }

    /// <summary>
    /// Takes back the person's latest answer while the task waits for others or the decision is held (mail rule 1). A
    /// decided task is not reopened here: the workflow has gone on.
    /// </summary>
    public static GateResult TakeBack(WorkTask task, OrganisationDirectory directory, PersonId actor)
    {
        var seat = task.Assignees.Where(
            one => one.Active && one.Outcome is not null && (one.AnsweredById ?? one.PersonId) == actor)
            .MaxBy(one => one.AnsweredAt);
        if (task.State != TaskState.Open)
        {
            return new GateResult.Refused(Present(task, directory));
        }

        if (seat is null)
        {
            return new GateResult.Refused(new AnswerResult.NotEntitled(DecidedByNow(task, directory),
                new("您还没有答复，无需撤回。", "You have not answered, so there is nothing to take back.")));
        }

        if (task.Changeable)
        {
            return Refuse("", new("重新答复即可，不必撤回。", "Just answer again; nothing needs to be taken back."));
        }

        if (task.Outcomes.Find(outcome => outcome.Key == seat.Outcome)?.MayBeTakenBack() == false)
        {
            return Refuse("", new("这个决定不能撤回。", "This decision cannot be taken back."));
        }

        (seat.Outcome, seat.Reason, seat.AnsweredAt, seat.AnsweredById, seat.Channel) = (null, null, null, null, null);
        seat.Delegated = false;
        return new GateResult.Counted(seat, Tally(task, directory));
    }

    /// <summary>
    /// Gives a free seat to somebody else. Older pages become stale; the person replaced can no longer answer. Errors
    /// name what is wrong with the choice; none means done.
    /// </summary>
    public static IReadOnlyList<FieldError> Reassign(
        WorkTask task, OrganisationDirectory directory, PersonId from, PersonId to)
    {
        var seat = task.Assignees.Find(one => one.Active && one.PersonId == from && one.Outcome is null);
        LocalText? wrong = directory.Find(to) switch
        {
            _ when task.State != TaskState.Open => new("任务已经结束，不能改派。", "The task is closed and cannot be reassigned."),
            _ when task.FormKey == FormKeys.AttendanceReply =>
                new("参会人员请在会议页替换。", "People of a meeting are replaced on its page."),
            _ when task.IsPersonal =>
                new("表决由本人进行，不能改派给他人。", "Everybody votes in person; a ballot cannot be passed to somebody else."),
            _ when seat is null => new("此人现在不是这项任务的待答复人。", "This person is not awaited by the task."),
            not { Active: true } => new("接替人不在任，请另选。", "The new person has left; choose somebody else."),
            _ when task.Barred.Contains(to.Value) =>
                new("接替人起草了被审核的内容，不能审核自己的材料。", "The new person wrote what is to be judged."),
            _ when task.Assignees.Exists(one => one.Active && one.PersonId == to) =>
                new("接替人已经是承办人。", "The new person is an assignee already."),
            _ => null,
        };
        if (wrong is not null)
        {
            return [new FieldError("to", wrong)];
        }

        seat!.Active = false;
        task.Assignees.Add(new TaskAssignee
        {
            Id = OrderedGuid.New(),
            PersonId = to,
            IsChair = seat.IsChair,
        });
        task.Revision++;
        task.Flag = null;
        return [];
    }

    /// <summary>
    /// Free seats of those who leave go to the people whom the task is meant for now. Older pages become stale. Answers
    /// who was seated; nobody when nothing changed: no free seat of theirs, or nobody else may judge.
    /// </summary>
    public static IReadOnlyList<Person> Reseat(
        WorkTask task, IReadOnlyCollection<PersonId> leaving, IReadOnlyList<ResolvedAssignee> meant)
    {
        var free = task.Assignees.FindAll(
            seat => seat is { Active: true, Outcome: null } && leaving.Contains(seat.PersonId)
            && meant.All(one => one.Person.Id != seat.PersonId));
        var fresh = meant.Where(one => !task.Barred.Contains(one.Person.Id.Value)
            && !task.Assignees.Exists(seat => seat.Active && seat.PersonId == one.Person.Id)).ToList();
        if (task.State != TaskState.Open || free.Count == 0 || fresh.Count == 0) return [];

        foreach (var seat in free) seat.Active = false;
        task.Assignees.AddRange(fresh.Select(one => TaskAssignee.For(one, OrderedGuid.New())));
        task.Revision++;
        task.Flag = null;
        return [.. fresh.Select(one => one.Person)];
    }

    private static GateResult.Refused? Check(
        WorkTask task, OrganisationDirectory directory, TaskAnswer answer, TaskAssignee seat, DateTimeOffset now)
    {
        if (answer.Revision != task.Revision)
        {
            return new GateResult.Refused(new AnswerResult.Overtaken(task.Revision));
        }

        var offered = OutcomesOf(task, seat);
        if (offered.FirstOrDefault(one => one.Key == answer.Outcome) is not { } outcome)
        {
            var labels = new LocalText(
                string.Join('、', offered.Select(one => one.Label.Zh)),
                string.Join(", ", offered.Select(one => one.Label.For("en"))));
            return Refuse("outcome", new($"请选择一个答复：{labels.Zh}。", $"Choose an answer: {labels.En}."));
        }

        var errors = new List<FieldError>();
        var form = task.Form;
        var reasonField = form?.Opinion?.Key ?? "reason";
        if (outcome.AsksReason() && string.IsNullOrWhiteSpace(answer.Reason))
        {
            errors.Add(new(
                reasonField, new($"选择“{outcome.Label.Zh}”时请写明理由。", $"Give a reason for “{outcome.Label.For("en")}”.")));
        }
        else if (answer.Reason?.Length > LongestReason)
        {
            errors.Add(new(
                reasonField, new($"理由不能超过 {LongestReason} 字。", $"A reason has at most {LongestReason} characters.")));
        }

        if (form is not null)
        {
            // Sending something back, refusing it or standing aside must not be blocked by an unfinished form.
            var today = directory.Organisation.DayOf(now);
            var complete = !outcome.NeedsReason && !OutcomeKeys.IsStance(outcome.Key);
            errors.AddRange(form.Validate(answer.Fields, directory, today, complete)
                .Where(error => !errors.Exists(one => one.Field == error.Field)));
        }

        return errors.Count > 0 ? new GateResult.Refused(new AnswerResult.Invalid(errors)) : null;
    }

    private static GateResult.Counted Count(
        WorkTask task, OrganisationDirectory directory, TaskAnswer answer, TaskAssignee seat, DateTimeOffset now)
    {
        seat.Outcome = answer.Outcome;
        seat.Reason = string.IsNullOrWhiteSpace(answer.Reason) ? null : answer.Reason.Trim();
        seat.AnsweredAt = now;
        seat.AnsweredById = answer.ActorId == seat.PersonId ? null : answer.ActorId;
        seat.Delegated = answer.Channel != AnswerChannel.OnBehalf
            && GateEntitlement.Delegated(seat, answer.ActorId, directory, now);
        seat.Channel = answer.Channel;
        var tally = Tally(task, directory);
        if (tally is GateTally.Decided decided) Close(task, decided.Outcome, now);
        return new GateResult.Counted(seat, tally);
    }

    private static List<string> DecidedByNow(WorkTask task, OrganisationDirectory directory) =>
        [.. Owing(task).Select(seat => NameOf(directory, seat.PersonId))];

    private static string NameOf(OrganisationDirectory directory, PersonId person) =>
        directory.Find(person)?.Name ?? "?";

    private static LocalText? LabelOf(WorkTask task, string? outcome) =>
        task.Outcomes.Find(one => one.Key == outcome)?.Label;

    private static GateResult.Refused Refuse(string field, LocalText message) =>
        new(new AnswerResult.Invalid([new FieldError(field, message)]));
}
