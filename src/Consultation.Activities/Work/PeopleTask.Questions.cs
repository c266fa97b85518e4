using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Work;

/// <content>What is asked back of the organiser, and the answer to it.</content>
internal abstract partial class PeopleTask
{
    /// <summary>
    /// Somebody who is asked asks something back: kept with the task, mailed to the supervisor or organiser. Nothing
    /// stops for it.
    /// </summary>
    private AnswerResult Ask(ActivityContext context, CaseFile file, WorkTask task, PersonId actor, string words)
    {
        if (task.State != TaskState.Open) return Gate.Present(task, file.Directory);
        if (!TaskQuestions.MayAsk(task, file.Directory, actor, context.Now))
        {
            return new AnswerResult.NotEntitled([], new(
                "只有等待答复的办理人可以提问。", "Only those whose answer is awaited ask back."));
        }

        var text = TypedText.Prose(words);
        if (TaskQuestions.CheckAsked(task, text) is { Count: > 0 } errors) return new AnswerResult.Invalid(errors);
        // Whoever asks does not answer the own question: then the secretaries do.
        var asked = OrganisersOf(context, file, task).Where(person => person.Id != actor).ToList();
        if (asked.Count == 0)
        {
            asked = [.. file.Directory.Holders(Role.Secretary, null, context.Now).Where(one => one.Id != actor)];
        }

        var question = new TaskQuestion
        {
            Id = OrderedGuid.New(context.Now),
            AskedById = actor,
            AskedAt = context.Now,
            Text = text,
            ToIds = [.. asked.Select(person => person.Id)],
        };
        task.Questions.Add(question);
        var (mail, name) = (new CaseMail(Tools, file, context.Now), NameIn(file, task, actor));
        var told = asked.Where(person => mail.AskBack(task, person, question, name))
            .Select(person => person.Name).ToList();
        var shown = file.Case.Restricted ? "" : text;
        Tell(context, file, HistoryVerbs.QuestionAsked, new(
            $"{name}就“{task.Title.Zh}”提问：{shown}"
                + (told.Count > 0 ? $"（已转{string.Join('、', told)}）" : "（没有可以通知的人，请在任务页答复）"),
            $"{name} asks about “{task.Title.For("en")}”: {shown}"
                + (told.Count > 0 ? $" (told {string.Join(", ", told)})" : " (nobody could be told)")),
            task.Id, actor);
        return new AnswerResult.Accepted(false, null);
    }

    /// <summary>What was asked back is answered, for everybody who is asked; who asked is mailed.</summary>
    private AnswerResult Reply(ActivityContext context, CaseFile file, WorkTask task, QuestionReply reply)
    {
        if (task.State != TaskState.Open) return Gate.Present(task, file.Directory);
        var index = task.Questions.FindIndex(one => one.Id == reply.QuestionId);
        if (index < 0) return new AnswerResult.Unknown();
        var question = task.Questions[index];
        if (!TaskQuestions.MayAnswer(question, file.Directory, reply.ActorId))
        {
            return new AnswerResult.NotEntitled(
                [.. question.ToIds.Select(id => NameOf(file, id))],
                new("这个提问不由您答复。", "This question is not yours to answer."));
        }

        if (question.AnsweredById is { } other)
        {
            return new AnswerResult.AlreadyDecided(
                NameOf(file, other), new("已答复提问", "answered the question"), question.AnsweredAt);
        }

        var text = TypedText.Prose(reply.Text);
        if (TaskQuestions.CheckAnswered(task, text, reply.Until, file.Directory, context.Now) is { Count: > 0 } errors)
        {
            return new AnswerResult.Invalid(errors);
        }

        var until = reply.Until is { } day ? Prolong(context, file, task, day) : (DateOnly?)null;
        question = question with
        {
            Answer = text,
            AnsweredById = reply.ActorId,
            AnsweredAt = context.Now,
            ProlongedTo = until,
        };
        task.Questions[index] = question;
        var (name, asker) = (NameOf(file, reply.ActorId), file.Directory.With(task).Find(question.AskedById));
        var mail = new CaseMail(Tools, file, context.Now);
        if (asker is { Active: true }) mail.AnswerBack(task, asker, question, name);
        var shown = file.Case.Restricted ? "" : text;
        Tell(context, file, HistoryVerbs.QuestionAnswered, new(
            $"{name}答复了关于“{task.Title.Zh}”的提问：{shown}"
                + (until is { } last ? $" 办理时限延至 {MailWords.Of(last).Zh}。" : ""),
            $"{name} answers the question about “{task.Title.For("en")}”: {shown}"
                + (until is { } end ? $" The task is now due on {MailWords.Of(end).En}." : "")),
            task.Id, reply.ActorId);
        return new AnswerResult.Accepted(false, null);
    }

    /// <summary>The task gets until the end of a day; its reminders and rungs count from there.</summary>
    private DateOnly Prolong(ActivityContext context, CaseFile file, WorkTask task, DateOnly day)
    {
        var today = file.Calendar.DayOf(context.Now);
        var basis = new DueBasis(
            new WorkingDuration(day.DayNumber - today.DayNumber, DayCount.CalendarDays), today);
        (task.DueAt, task.DueBasis) = (basis.Due(file.Calendar), basis);
        TaskClock.Stop(context);
        TaskClock.Start(context, file, task, _reminders.Get(context), _ladder.Get(context));
        return file.Calendar.DayOf(task.DueAt.Value);
    }

    private static string NameIn(CaseFile file, WorkTask task, PersonId person) =>
        file.Directory.With(task).Find(person)?.Name ?? "?";

    private static IReadOnlyList<Person> OrganisersOf(ActivityContext context, CaseFile file, WorkTask task) =>
        Assignees.PeopleOf(
            AssigneeChoices.SupervisorOrOrganiser, file, ItemOf(context, file), context.Now, task);
}
