using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using Consultation.Engine.Running;

namespace Consultation.Activities.Approvals;

/// <content>
/// How a gate ends: by its answers, at its due day by those that are there, or, where they do not decide, by a second
/// task to the chair with the count. The chair decides by the same ways out, or gives the others more time.
/// </content>
internal sealed partial class RequestApproval
{
    private const string UsualQuorum = "2/3", UsualProlongation = "3wd", BeforeProperty = "undecided",
        UsuallyCalled = "role:CommitteeDirector@case.committee|role:Secretary";

    private static readonly LocalText SilenceAtMajority = new(
        "到时限时按已有的答复决定；答复的人达不到法定人数的，提请主任决定。",
        "When the time is over the answers given decide; if they make no quorum, the chair is asked.");

    /// <summary>Answers besides the gate's outcomes: 弃权 where several are asked, 回避 everywhere.</summary>
    private static IEnumerable<TaskOutcome> StancesOf(GateMode mode)
    {
        if (mode is GateMode.All or GateMode.MajorityWithQuorum or GateMode.ChairLast)
        {
            yield return Outcomes.Of(OutcomeKeys.Abstain);
        }

        yield return Outcomes.Of(OutcomeKeys.Recuse);
    }

    private Fraction QuorumOf(ActivityContext context)
    {
        var text = _quorum.Get(context) is { Length: > 0 } given ? given : UsualQuorum;
        return Fraction.TryParse(text, out var share) ? share : throw new ActivityFaultException(
            $"“{text}”不是有效的法定人数，请写 2/3 的样子 / \"{text}\" is not a share; write it like 2/3.", code: "bad-quorum");
    }

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer)
    {
        if (answer.Outcome == OutcomeKeys.Confirm && task.FormKey == FormKeys.RoutingQuality)
        {
            // A reply in which something is missing does not go out: whoever says so has it mended.
            return [.. FormCatalogue.Find(FormKeys.RoutingQuality)!.Fields
                .Where(field => answer.Fields.Text(field.Key) == FormValues.No)
                .Select(field => new FieldError(field.Key, new(
                    "这一项选了“否”，答复还不能发出，请退回修改。",
                    "This says no, so the reply cannot go out; return it to be mended.")))];
        }

        if (answer.Outcome != OutcomeKeys.Recuse) return [];
        var who = answer.OnBehalfOfId ?? answer.ActorId;
        var othersGoOn = GateTurns.ChairOf(task)?.PersonId != who && task.Assignees.Exists(seat =>
            seat.Active && seat.Outcome != OutcomeKeys.Recuse && seat.PersonId != who);
        return othersGoOn || CalledUpon(context, file, task, who).Count > 0 ? []
            : [new FieldError("outcome", new(
                "没有其他人可以决定，请先请秘书把任务改派给他人。",
                "Nobody else could decide; ask the secretary to give the task to somebody else first."))];
    }

    /// <summary>Answers that no longer can decide pass the decision on.</summary>
    protected override void Changed(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (Gate.Tally(task, file.Directory) is GateTally.Stuck stuck) CallUpon(context, file, task, stuck.Why);
        else base.Changed(context, file, task);
    }

    /// <summary>A majority is decided at its due day by what is there, or the chair is asked.</summary>
    protected override bool EndsInTime(ActivityContext context, CaseFile file, WorkTask task)
    {
        switch (Gate.AtDue(task, file.Directory))
        {
            case GateTally.Decided decided:
                TaskClock.Stop(context);
                Gate.Close(task, decided.Outcome, context.Now);
                var (outcome, count) = (LabelOf(task, decided.Outcome), GateCount.Of(task).Describe());
                Tell(context, file, HistoryVerbs.TaskDecided, new(
                    $"“{task.Title.Zh}”已到时限，按已有的答复决定：{outcome.Zh}。{count.Zh}。",
                    $"“{task.Title.For("en")}” is due and decided by the answers given: {outcome.For("en")}. "
                        + $"{count.For("en")}."), task.Id);
                context.RemoveBookmarks();
                Finish(context, file, task, decided, null);
                return true;
            case GateTally.Stuck stuck when !LeavesAfterDue(context):
                CallUpon(context, file, task, stuck.Why);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The decision stands: outputs, the topic, the way out.</summary>
    private void Finish(
        ActivityContext context, CaseFile file, WorkTask task, GateTally.Decided tally, PersonId? by)
    {
        var reason = tally.Opinions.Where(opinion => opinion.Outcome == tally.Outcome && opinion.Reason is not null)
            .OrderBy(opinion => task.Mode == GateMode.ChairLast && opinion.IsChair).LastOrDefault()?.Reason;
        if (task.Assignees.Count(seat => seat.Active) > 1) KeepCount(context, file, task, by);
        context.SetOutput(_outcome, tally.Outcome);
        context.SetOutput(_reason, reason ?? "");
        context.SetOutput(_taskId, task.Id.Value.ToString("N"));
        if (DecidesTopic(context, file)) DecideTopic(file.Topic!, tally.Outcome, reason, context.Now);
        context.CompleteWithOutcome(tally.Outcome);
    }

    /// <summary>
    /// Asks the chair, or whom the node names, with the count: the answers stand, the task that asked for them is over.
    /// </summary>
    private void CallUpon(ActivityContext context, CaseFile file, WorkTask task, LocalText why)
    {
        var origin = task.Mode == GateMode.MajorityWithQuorum ? task : Before(context, file) ?? task;
        var silent = origin.Mode == GateMode.MajorityWithQuorum
            && origin.Assignees.Exists(seat => seat is { Active: true, Outcome: null });
        var called = CalledUpon(context, file, task, null);
        if (called.Count == 0)
        {
            throw new ActivityFaultException(
                $"“{task.Title.Zh}”未能决定：{why.Zh}没有人可以提请决定，请在节点上指定后重试 / “{task.Title.For("en")}” could not be "
                    + $"decided: {why.For("en")} Nobody is there to be asked; name somebody at the node and try again.",
                code: "nobody");
        }

        TaskClock.Stop(context);
        task.Outcomes.Add(Outcomes.Of(OutcomeKeys.Undecided));
        Gate.Close(task, OutcomeKeys.Undecided, context.Now);
        KeepCount(context, file, task, null);
        context.RemoveBookmarks();
        var names = string.Join('、', called.Select(one => one.Person.Name));
        Tell(context, file, HistoryVerbs.TaskDecided, new(
            $"“{task.Title.Zh}”未能决定：{why.Zh}提请{names}决定。",
            $"“{task.Title.For("en")}” could not be decided: {why.For("en")} {names} is asked to decide."), task.Id);
        context.SetProperty(BeforeProperty, origin.Id.Value.ToString("N"));
        var (shape, title) = (Shape(context, file), TitleOf(context));
        Open(context, file, shape with
        {
            Mode = GateMode.AnyOne,
            People = called,
            Barred = [.. shape.Barred.Concat(Aside(task)).Distinct()],
            Words = (
                new($"{title.Zh}（提请您决定）", $"{title.For("en")} (you are asked to decide)"),
                new($"未能按答复作出决定：{why.Zh}请您决定{(silent ? "，或者延长答复时间" : "")}。",
                    $"The answers do not decide: {why.For("en")} Please "
                        + $"decide{(silent ? ", or give them more time" : "")}.")),
            Due = DueTime.After(context.Now, ChairTime(context, file).ToString(), file, context.Now),
            Judged = [FormKeys.GateCount, .. shape.Judged],
            Outcomes =
            [
                .. shape.Outcomes.Where(outcome => !OutcomeKeys.IsStance(outcome.Key)),
                .. silent ? [Outcomes.Of(OutcomeKeys.Prolong)] : Array.Empty<TaskOutcome>(),
                Outcomes.Of(OutcomeKeys.Recuse),
            ],
        }, null);
    }

    /// <summary>The task goes on with the answers that it had; those who have not answered are asked again.</summary>
    private void Prolong(ActivityContext context, CaseFile file, WorkTask before)
    {
        var text = _prolongation.Get(context) is { Length: > 0 } given ? given : UsualProlongation;
        Open(context, file, Shape(context, file) with
        {
            Kept = [.. before.Assignees.Where(seat => seat.Active)
                .Select(seat => seat.Again(OrderedGuid.New(context.Now)))],
            Barred = [.. before.Barred.Select(id => new PersonId(id))],
            Due = DueTime.After(context.Now, text, file, context.Now),
        }, null);
    }

    /// <summary>
    /// Who decides where the answers do not: the chair among those who were asked, unless the chair stands aside;
    /// otherwise whom the node names. Nobody who stands aside, or is about to.
    /// </summary>
    private IReadOnlyList<ResolvedAssignee> CalledUpon(
        ActivityContext context, CaseFile file, WorkTask task, PersonId? leaving)
    {
        HashSet<PersonId> aside = [.. Aside(task), .. task.Barred.Select(id => new PersonId(id))];
        if (leaving is { } one) aside.Add(one);
        if (task.Assignees.Find(seat => seat is { Active: true, IsChair: true } && !aside.Contains(seat.PersonId)) is
            { } chair && file.Directory.Find(chair.PersonId) is { Active: true } person)
        {
            return [new ResolvedAssignee(person, chair.Basis, true)];
        }

        var spec = _called.Get(context) is { Length: > 0 } named ? named : UsuallyCalled;
        return AssigneeSpec.Read(spec) is AssigneeSpecReading.Read(var read)
            && Assignees.Resolve(read, file, ItemOf(context, file), context.Now, aside)
                is AssigneeResolution.Found found
                ? [.. found.Assignees.Where(called => !aside.Contains(called.Person.Id))]
                : [];
    }

    /// <summary>Those who stand aside.</summary>
    private static IEnumerable<PersonId> Aside(WorkTask task) => task.Assignees
        .Where(seat => seat is { Active: true, Outcome: OutcomeKeys.Recuse }).Select(seat => seat.PersonId);

    /// <summary>The task whose answers did not decide; null when there was none.</summary>
    private static WorkTask? Before(ActivityContext context, CaseFile file) =>
        context.GetProperty(BeforeProperty) is string id
            ? file.Tasks.Find(task => task.Id.Value == Guid.Parse(id))
            : null;

    /// <summary>
    /// Who said what, who stood aside, who kept silent: a record of the case, and a paper where it was counted.
    /// </summary>
    private void KeepCount(ActivityContext context, CaseFile file, WorkTask task, PersonId? by)
    {
        var seats = task.Assignees.Where(seat => seat.Active).ToList();
        var fields = new Dictionary<string, string>
        {
            ["task"] = task.Title.Zh,
            ["result"] = LabelOf(task, task.Outcome!).Zh,
            ["count"] = GateCount.Of(task).Describe().Zh,
            ["silent"] = string.Join('、', seats.Where(seat => seat.Outcome is null).Select(Name)),
        };
        var answers = seats.Where(seat => seat.Outcome is not null).Select(seat => new Dictionary<string, string>
        {
            ["by"] = Name(seat),
            ["answer"] = LabelOf(task, seat.Outcome!).Zh,
            ["reason"] = seat.Reason ?? "",
        }).ToList();
        if (answers.Count > 0) fields["answers"] = FormValues.Write(answers);
        var record = file.Add(new CaseRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Kind = FormKeys.GateCount,
            Title = FormCatalogue.Find(FormKeys.GateCount)!.Title,
            Fields = fields.Where(field => field.Value.Length > 0).ToDictionary(),
            TaskId = task.Id,
            ById = by ?? (seats.Find(seat => seat.IsChair) ?? seats[0]).PersonId,
            At = context.Now,
        });
        if (task.Mode is GateMode.All or GateMode.MajorityWithQuorum or GateMode.ChairLast)
        {
            var document = file.Add(CaseDocuments.Create(
                FormKeys.GateCount, file, new DocumentSubject { Task = task, Record = record }, context.Now));
            Tell(context, file, HistoryVerbs.DocumentMade, new(
                $"生成并归入案卷：{document.Title.Zh}。", $"Made and filed: {document.Title.For("en")}."), task.Id);
        }

        string Name(TaskAssignee seat) => file.Directory.Find(seat.PersonId)?.Name ?? "?";
    }

    private static LocalText LabelOf(WorkTask task, string outcome) =>
        task.Outcomes.Find(one => one.Key == outcome)?.Label ?? new(outcome);
}
