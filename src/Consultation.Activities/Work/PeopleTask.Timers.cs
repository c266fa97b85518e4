using Consultation.Activities.Documents;
using Consultation.Activities.Escalation;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Work;

/// <content>What the clock sends: due, reminders, rungs of the ladder, the end of the take-back time.</content>
internal abstract partial class PeopleTask
{
    /// <summary>True when nobody is left who could answer.</summary>
    protected static bool IsDeserted(CaseFile file, WorkTask task) => !task.Assignees.Exists(seat =>
        seat is { Active: true, Outcome: null } && file.Directory.Find(seat.PersonId) is { Active: true });

    private void TakeTimer(ActivityContext context, CaseFile file, WorkTask task, Bookmark bookmark)
    {
        if (bookmark.Tag == SettleTag)
        {
            EndHold(context, file, task);
            return;
        }

        if (task.State != TaskState.Open) return;
        if (task.Flag is null && IsDeserted(file, task)) TellDeserted(context, file, task);
        switch (bookmark.Tag)
        {
            case TaskClock.Due:
                TakeDue(context, file, task);
                break;
            case TaskClock.Reminder:
                Remind(context, file, task);
                break;
            case TaskClock.NextRung:
                Climb(context, file, task);
                break;
            default:
                OwnTimer(context, file, task, bookmark);
                break;
        }
    }

    private void TakeDue(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (task.DueAt is { } due && due > context.Now)
        {
            TaskClock.SetDue(context, task, due);
            return;
        }

        if (context.GetProperty(OverdueProperty) is true) return;
        context.SetProperty(OverdueProperty, true);
        var waiting = string.Join('、', task.Assignees.Where(seat => seat is { Active: true, Outcome: null })
            .Select(seat => NameOf(file, seat.PersonId)));
        Tell(context, file, HistoryVerbs.TaskOverdue,
            new($"“{task.Title.Zh}”已到时限，{waiting}尚未办理。",
                $"“{task.Title.For("en")}” is overdue; waiting for {waiting}."), task.Id);
        if (LeavesWhenOverdue || _afterOverdue.Get(context) == Leave)
        {
            LeaveOverdue(context, file, task);
        }
        else
        {
            context.FollowOutcomes("Overdue");
        }
    }

    private void Remind(ActivityContext context, CaseFile file, WorkTask task)
    {
        var key = _reminders.Get(context);
        if (file.Policies.Reminders.GetValueOrDefault(key ?? "") is not { } policy
            || task.RemindersSent >= policy.AtMost)
        {
            return;
        }
        var ladder = file.Policies.Ladders.GetValueOrDefault(_ladder.Get(context) ?? "");
        if (task.DueAt is { } due && (!ReminderClock.IsTime(policy, due, task.RemindersSent, file.Calendar, context.Now)
            || LadderPosition.WarnsOn(ladder, due, file.Calendar.DayOf(context.Now), file.Calendar)))
        {
            TaskClock.SetReminder(context, file, task, key);
            return;
        }

        Reminding.Send(
            new CaseMail(Tools, file, context.Now), file, task, policy, MailTemplateCatalogue.Reminder, context.Now);
        Tell(context, file, HistoryVerbs.ReminderSent, new(
            $"第{task.RemindersSent}次提醒办理“{task.Title.Zh}”。",
            $"Reminder no. {task.RemindersSent} of “{task.Title.For("en")}”."), task.Id);
        TaskClock.SetReminder(context, file, task, key);
    }

    private void Climb(ActivityContext context, CaseFile file, WorkTask task)
    {
        var key = _ladder.Get(context);
        if (file.Policies.Ladders.GetValueOrDefault(key ?? "") is not { } ladder || task.Rung >= ladder.Rungs.Count)
        {
            return;
        }
        var index = task.Rung;
        if (LadderPosition.RungAt(ladder.Rungs[index], task.DueAt!.Value, file.Calendar) > context.Now)
        {
            TaskClock.SetRung(context, file, task, key);
            return;
        }

        var rung = ladder.Rungs[index];
        task.Rung = index + 1;
        task.RungName = rung.Name.Zh;
        if (ItemOf(context, file) is { } item) item.Rung = Math.Max(item.Rung, task.Rung);
        var people = Rung.People(rung.Audience, file, ItemOf(context, file), task, context.Now);
        var told = Rung.Tell(new CaseMail(Tools, file, context.Now), people, task, ladder, index, rung.TemplateKey);
        if (rung.Audience == RungAudience.Assignees) Filing.Reminder(file, task, ItemOf(context, file), context.Now);
        Tell(context, file, HistoryVerbs.TaskEscalated, new(
            $"{rung.Name.Zh}：“{task.Title.Zh}”逾期{CaseMail.Overdue(task.DueAt.Value, file.Calendar, context.Now).Zh}，"
                + $"已告知{Names(told, people).Zh}。",
            $"{rung.Name.For("en")}: “{task.Title.For("en")}” is overdue by "
                + $"{CaseMail.Overdue(task.DueAt.Value, file.Calendar, context.Now).For("en")}; told "
                + $"{Names(told, people).For("en")}."), task.Id);
        TaskClock.SetRung(context, file, task, key);
    }

    private void TellDeserted(ActivityContext context, CaseFile file, WorkTask task)
    {
        task.Flag = Vacancies.Flag;
        Tell(context, file, HistoryVerbs.TaskDeserted, new(
            $"“{task.Title.Zh}”的承办人均已离任，请改派。", $"Everybody asked for “{task.Title.For("en")}” has left; reassign it."),
            task.Id);
    }

    private static LocalText Names(IReadOnlyList<string> told, IReadOnlyList<Person> people) => told.Count > 0
        ? new(string.Join('、', told), string.Join(", ", told))
        : people.Count > 0
            ? new(string.Join('、', people.Select(person => person.Name)) + "（无电子邮箱）",
                string.Join(", ", people.Select(person => person.Name)) + " (no e-mail)")
            : new("（没有可告知的人）", "nobody (none holds the role)");
}
