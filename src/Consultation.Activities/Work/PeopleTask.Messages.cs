using Consultation.Activities.Desk;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Work;

/// <content>What people send: answers, take-backs, reassignments.</content>
internal abstract partial class PeopleTask
{
    private const string SettleTag = "settle", HeldProperty = "held";

    /// <summary>
    /// How long a decision can be taken back before the workflow goes on, through whatever door it came (mail rule 1).
    /// Default: not at all; work that is handed in and acknowledgements take effect at once.
    /// </summary>
    protected virtual TimeSpan TakeBackFor(ActivityContext context) => TimeSpan.Zero;

    private void TakeMessage(ActivityContext context, CaseFile file, WorkTask task, object? payload)
    {
        var result = TaskMessage.Read(payload) switch
        {
            TaskMessage.Answer(var answer) => TakeAnswer(context, file, task, answer),
            TaskMessage.TakeBack(var actor) => TakeBack(context, file, task, actor),
            TaskMessage.Reassign(var actor, var from, var to) => Reassign(context, file, task, actor, from, to),
            TaskMessage.Reseat(var actor, var leaving) => Reseat(context, file, task, actor, leaving),
            TaskMessage.NotNeeded => EndUnneeded(context, file, task),
            TaskMessage.Explain(var actor, var fields) => Explain(context, file, task, actor, fields),
            TaskMessage.Ask(var actor, var question) => Ask(context, file, task, actor, question),
            TaskMessage.Reply(var reply) => Reply(context, file, task, reply),
            TaskMessage.Acting(var principal, var occasion) => Act(context, file, task, principal, occasion),
            _ => new AnswerResult.Unknown(),
        };
        if (result is AnswerResult.Accepted) context.Answer(AnswerData.Write(result));
        else context.Refuse(AnswerData.Write(result));
    }

    private AnswerResult TakeAnswer(ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer)
    {
        if (task.Form is { } form) answer = answer with { Fields = form.Kept(answer.Fields) };
        if (context.GetProperty(HeldProperty) is { } held) return PresentHeld(file, task, AnswerData.ReadAnswer(held));
        if (task.State == TaskState.Open && Suspension.Rests(file.Case, task))
        {
            return new AnswerResult.Invalid([new("", Suspension.NoAnswer)]);
        }

        if (task.State == TaskState.Open && Check(context, file, task, answer) is { Count: > 0 } errors)
        {
            return new AnswerResult.Invalid(errors);
        }
        switch (Gate.Answer(task, file.Directory, answer, context.Now))
        {
            case GateResult.Refused refused:
                return refused.Answer;
            case GateResult.Counted(var seat, var tally):
                // What somebody decides for another stands so in the record too, whether or not the form said for whom.
                if (seat.AnsweredById is not null) answer = answer with { OnBehalfOfId = seat.PersonId };
                TellAnswer(context, file, task, answer, seat);
                // Who stands aside or abstains has filled in nothing.
                if (RecordKind(task) is { } kind && !OutcomeKeys.IsStance(seat.Outcome))
                {
                    Records.Keep(file, task, kind, answer, context.Now);
                }

                file.HandedIn.UnionWith(answer.Files);
                if (answer.LinkId is { } link && !task.Changeable) file.UsedLinks.Add(link);
                if (answer.MailId is { } mail) file.DecidingMails.Add(mail);
                if (Answered(context, file, task, answer, seat)) return new AnswerResult.Accepted(true, answer.Outcome);
                if (tally is not GateTally.Decided decided)
                {
                    Changed(context, file, task);
                    return new AnswerResult.Accepted(task.State != TaskState.Open, null);
                }

                TaskClock.Stop(context);
                if (Hold(context, file, task, AnswerData.Write(answer)))
                {
                    return new AnswerResult.Accepted(true, decided.Outcome);
                }
                Settle(context, file, task, answer, decided);
                return new AnswerResult.Accepted(true, decided.Outcome);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// Keeps a decision for the time in which it can be taken back: the task stays open, but takes no further answers.
    /// </summary>
    private bool Hold(ActivityContext context, CaseFile file, WorkTask task, object? payload)
    {
        var hold = TakeBackFor(context);
        if (hold <= TimeSpan.Zero
            || task.Outcomes.Find(outcome => outcome.Key == task.Outcome) is { Irreversible: true })
        {
            return false;
        }

        (task.State, task.Outcome, task.ClosedAt) = (TaskState.Open, null, null);
        context.SetProperty(HeldProperty, payload);
        var end = context.Now + hold;
        task.HeldUntil = end;
        TaskClock.Set(context, SettleTag, end, new TimerBasis.TakeBack(task.Number));
        var until = DueTime.Show(end, file.Calendar);
        Tell(context, file, HistoryVerbs.TaskHeld,
            new($"{until.Zh} 前可以撤回这个决定，之后进入下一步。",
                $"The decision can be taken back until {until.For("en")}; then the case goes on."), task.Id);
        return true;
    }

    /// <summary>The time for taking back is over.</summary>
    private void EndHold(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (context.GetProperty(HeldProperty) is not { } payload
            || Gate.Tally(task, file.Directory) is not GateTally.Decided decided)
        {
            return;
        }
        context.SetProperty(HeldProperty, null);
        task.HeldUntil = null;
        (task.State, task.Outcome, task.ClosedAt) = (TaskState.Done, decided.Outcome, context.Now);
        task.Revision++;
        Settle(context, file, task, AnswerData.ReadAnswer(payload), decided);
    }

    private static AnswerResult.AlreadyDecided PresentHeld(CaseFile file, WorkTask task, TaskAnswer decision)
    {
        var seat = task.Assignees.Find(
            one => one.Outcome == decision.Outcome && (one.AnsweredById ?? one.PersonId) == decision.ActorId);
        return new(NameOf(file, decision.ActorId), task.Outcomes.Find(one => one.Key == decision.Outcome)?.Label,
            seat?.AnsweredAt);
    }

    private void Settle(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided decided)
    {
        var outcome = task.Outcomes.Find(one => one.Key == decided.Outcome)?.Label ?? new(decided.Outcome);
        Tell(context, file, HistoryVerbs.TaskDecided,
            new($"“{task.Title.Zh}”：{outcome.Zh}。", $"“{task.Title.For("en")}”: {outcome.For("en")}."), task.Id,
            answer.ActorId, answer.OnBehalfOfId);
        context.RemoveBookmarks();
        Decided(context, file, task, answer, decided);
    }

    private AnswerResult.Accepted EndUnneeded(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (task.State == TaskState.Open) NotNeeded(context, file, task);
        return new AnswerResult.Accepted(true, null);
    }

    private AnswerResult TakeBack(ActivityContext context, CaseFile file, WorkTask task, PersonId actor)
    {
        if (Gate.TakeBack(task, file.Directory, actor) is GateResult.Refused refused) return refused.Answer;
        task.Revision++;
        var name = file.Directory.Find(actor)?.Name ?? "?";
        Tell(context, file, HistoryVerbs.TaskTakenBack,
            new($"{name}撤回了对“{task.Title.Zh}”的答复。", $"{name} took back the answer to “{task.Title.For("en")}”."),
            task.Id, actor);
        // A decision that stands without this answer (the chair's) goes on being held.
        if (context.GetProperty(HeldProperty) is not null && Gate.Tally(task, file.Directory) is not GateTally.Decided)
        {
            context.SetProperty(HeldProperty, null);
            task.HeldUntil = null;
            context.RemoveBookmarks(SettleTag);
            TaskClock.Start(context, file, task, _reminders.Get(context), _ladder.Get(context));
            // The decision cancelled what was still to be sent, and its page said that nothing is left to do.
            Announce(context, file, task, TemplateOf(task.Kind));
        }

        Changed(context, file, task);
        return new AnswerResult.Accepted(false, null);
    }

    private AnswerResult Reassign(
        ActivityContext context, CaseFile file, WorkTask task, PersonId actor, PersonId from, PersonId to)
    {
        if (context.GetProperty(HeldProperty) is { } held) return PresentHeld(file, task, AnswerData.ReadAnswer(held));
        if (Gate.Reassign(task, file.Directory, from, to) is { Count: > 0 } errors)
        {
            return new AnswerResult.Invalid(errors);
        }
        var (old, taker) = (NameOf(file, from), file.Directory.Find(to)!);
        Tell(context, file, HistoryVerbs.TaskReassigned,
            new($"“{task.Title.Zh}”由{old}改派给{taker.Name}。",
                $"“{task.Title.For("en")}” passed from {old} to {taker.Name}."),
            task.Id, actor);
        Dismiss(context, file, task, [from]);
        Announce(context, file, task, TemplateOf(task.Kind), [taker]);
        Changed(context, file, task);
        return new AnswerResult.Accepted(false, null);
    }

    /// <summary>
    /// Whom the workflow means has changed, because a tracked item is in other hands: seats of those who leave go to
    /// those whom it means now. A decision that is held stands; a task that nobody new can do stays where it is.
    /// </summary>
    private AnswerResult.Accepted Reseat(
        ActivityContext context, CaseFile file, WorkTask task, PersonId actor, IReadOnlyList<PersonId> leaving)
    {
        if (context.GetProperty(HeldProperty) is null
            && AssigneeSpec.Read(_who.Get(context)) is AssigneeSpecReading.Read(var spec)
            && Assignees.Resolve(spec, file, ItemOf(context, file), context.Now,
                [.. task.Barred.Select(id => new PersonId(id))]) is AssigneeResolution.Found found
            && Gate.Reseat(task, leaving, found.Assignees) is { Count: > 0 } takers)
        {
            var names = string.Join('、', takers.Select(taker => taker.Name));
            Tell(context, file, HistoryVerbs.TaskReassigned, new(
                $"“{task.Title.Zh}”改由{names}办理。", $"“{task.Title.For("en")}” is now with {names}."), task.Id, actor);
            Dismiss(context, file, task, leaving);
            Announce(context, file, task, TemplateOf(task.Kind), takers);
            Changed(context, file, task);
        }

        return new AnswerResult.Accepted(false, null);
    }

    /// <summary>
    /// Those who act for people who were replaced hear nothing more, unless they act for somebody else too.
    /// </summary>
    private static void Dismiss(
        ActivityContext context, CaseFile file, WorkTask task, IReadOnlyCollection<PersonId> replaced)
    {
        var still = SeatContacts.Of(task, file.Directory, context.Now)
            .Concat(SeatContacts.Later(task, file.Directory, context.Now).Select(later => later.Contact))
            .Select(contact => contact.Person.Id).ToHashSet();
        foreach (var known in file.Directory.Delegations
            .Where(one => replaced.Contains(one.FromId) && !still.Contains(one.ToId)))
        {
            file.CancelMailTo.Add((task.Id, known.ToId));
        }
    }

    /// <summary>
    /// Somebody else acts for one of the assignees, or no longer does: who acts now gets the task's mail, who will act
    /// gets it on the day (mail rule 7). The others hear nothing, and their links stay.
    /// </summary>
    private AnswerResult.Accepted Act(
        ActivityContext context, CaseFile file, WorkTask task, PersonId principal, string occasion)
    {
        if (task.State != TaskState.Open || context.GetProperty(HeldProperty) is not null
            || Gate.Owing(task).FirstOrDefault(seat => seat.PersonId == principal) is not { } seat)
        {
            return new AnswerResult.Accepted(false, null);
        }

        // What was to go out to whoever was to act by an earlier entry.
        foreach (var known in file.Directory.Delegations.Where(one => one.FromId == principal
            && (one.SeatId is null || one.SeatId == seat.Id)))
        {
            file.CancelMailTo.Add((task.Id, known.ToId));
        }

        var mail = new CaseMail(Tools, file, context.Now);
        var now = SeatContacts.Of(task, seat, file.Directory, context.Now);
        var (template, ordinal) = (TemplateOf(task.Kind), CaseMail.OrdinalOf($"{occasion} {task.Revision}"));
        Tell(mail, context, file, task, now, template, ordinal);
        TellLater(mail, context, file, task, template, ordinal, seat);
        if (now.Any(contact => contact.Why is not null))
        {
            var (names, why) = (string.Join('、', now.Select(contact => contact.Person.Name)), now[0].Why!);
            Tell(context, file, HistoryVerbs.TaskReassigned, new(
                $"“{task.Title.Zh}”由{names}代为办理：{why.Zh}。",
                $"{names} acts on “{task.Title.For("en")}”: {why.For("en")}."),
                task.Id);
        }

        return new AnswerResult.Accepted(false, null);
    }

    /// <summary>
    /// Somebody who is asked says why it is late: kept in the file, told to the supervisor or organiser (O7). The task
    /// stays open.
    /// </summary>
    private AnswerResult Explain(
        ActivityContext context, CaseFile file, WorkTask task, PersonId actor,
        IReadOnlyDictionary<string, string> fields)
    {
        if (task.State != TaskState.Open) return Gate.Present(task, file.Directory);
        var seat = Gate.Owing(task).FirstOrDefault(one => one.PersonId == actor
            || Vacancies.StandsIn(one, actor, file.Directory, context.Now));
        if (seat is null || task.FormalReminder is null)
        {
            return new AnswerResult.NotEntitled(
                [], new("只有被催办的人可以说明原因。", "Only those who were reminded give the reason."));
        }

        var form = FormCatalogue.Find(FormKeys.FormalReminderReply)!;
        if (form.Validate(fields, file.Directory, file.Calendar.DayOf(context.Now)) is { Count: > 0 } errors)
        {
            return new AnswerResult.Invalid(errors);
        }

        task.ExplainedAt = context.Now;
        file.Add(new CaseRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Kind = FormKeys.FormalReminderReply,
            Title = form.Title,
            Fields = fields.ToDictionary(),
            TaskId = task.Id,
            ById = actor,
            OnBehalfOfId = actor == seat.PersonId ? null : seat.PersonId,
            At = context.Now,
        });
        var (name, reason) = (NameOf(file, actor), fields.Text("reason"));
        var (zhBy, enBy) = fields.Day("by") is { } day ? (MailWords.Of(day).Zh, MailWords.Of(day).En) : ("", "");
        var item = ItemOf(context, file);
        var about = item is null ? "" : $"（督办事项 {item.Year}-{item.Number}）";
        var mail = new CaseMail(Tools, file, context.Now);
        var values = new Dictionary<string, object?>
        {
            ["subject"] = new MailWords(
                $"催办回复：{task.Title.Zh}{about}", $"Answer to a formal reminder: {task.Title.For("en")}"),
            ["message"] = new MailWords(
                $"{name}对催办通知书（{task.FormalReminder}）的答复：{reason}\n预计完成日期：{zhBy}",
                $"{name} answers the formal reminder ({task.FormalReminder}): {reason}\nExpected: {enBy}"),
        };
        var told = Assignees.PeopleOf(AssigneeChoices.SupervisorOrOrganiser, file, item, context.Now, task)
            .Where(person => person.Id != actor && mail.Inform(
                person, MailTemplateCatalogue.Notice, values,
                CaseMail.OrdinalOf($"explained {task.Id} {context.Now:O}"), item))
            .Select(person => person.Name).ToList();
        Tell(context, file, HistoryVerbs.ReminderExplained, new(
            $"{name}说明“{task.Title.Zh}”逾期的原因：{(file.Case.Restricted ? "" : reason)}"
                + (told.Count > 0 ? $"已转告{string.Join('、', told)}。" : ""),
            $"{name} says why “{task.Title.For("en")}” is late. "
                + (told.Count > 0 ? $"Told {string.Join(", ", told)}." : "")), task.Id, actor);
        return new AnswerResult.Accepted(false, null);
    }

    /// <summary>The mail by which a kind of task is given.</summary>
    protected static string TemplateOf(TaskKind kind) => kind switch
    {
        TaskKind.Approval => MailTemplateCatalogue.ApprovalRequest,
        TaskKind.Work => MailTemplateCatalogue.WorkRequest,
        TaskKind.Acknowledgement => MailTemplateCatalogue.AcknowledgementRequest,
        _ => MailTemplateCatalogue.ReportRequest,
    };

    /// <summary>Kind of the record that keeps what was entered, or null to keep none.</summary>
    protected virtual string? RecordKind(WorkTask task) => task.FormKey;

    private void TellAnswer(ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        var actor = file.Directory.Find(answer.ActorId)?.Name ?? "?";
        var principal = NameOf(file, seat.PersonId);
        var who = seat.AnsweredById is null ? new LocalText(actor, actor)
            : seat.Delegated
                ? new LocalText($"{actor}（受{principal}委托）", $"{actor} (delegated by {principal})")
                : new LocalText($"{actor}（代{principal}）", $"{actor} (for {principal})");
        var outcome = task.Outcomes.Find(one => one.Key == answer.Outcome)?.Label ?? new(answer.Outcome);
        var reason = seat.Reason is null || file.Case.Restricted ? "" : $" {seat.Reason}";
        Tell(context, file, HistoryVerbs.TaskAnswered, new(
            $"{who.Zh}对“{task.Title.Zh}”答复：{outcome.Zh}。{reason}".TrimEnd(),
            $"{who.For("en")} answered “{task.Title.For("en")}”: {outcome.For("en")}.{reason}"),
            task.Id, answer.ActorId, seat.AnsweredById is null ? null : seat.PersonId);
    }

    private static string NameOf(CaseFile file, PersonId person) => file.Directory.Find(person)?.Name ?? "?";
}
