using Consultation.Activities.Escalation;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Work;

/// <content>What the clock sends: due, reminders, rungs of the ladder, the end of the take-back time.</content>
internal abstract partial class PeopleTask
{
    /// <summary>True when nobody is left who could answer.</summary>
    protected static bool IsDeserted(CaseFile file, WorkTask task) =>
        !Gate.Owing(task).Any(seat => file.Directory.Find(seat.PersonId) is { Active: true });

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

        if (GateTurns.ChairOf(task) is not null && task.ChairSince is null)
        {
            BeginChairsTurn(context, file, task);
            return;
        }

        if (context.GetProperty(OverdueProperty) is true || EndsInTime(context, file, task)) return;
        context.SetProperty(OverdueProperty, true);
        var waiting = string.Join('、', Gate.Owing(task).Select(seat => NameOf(file, seat.PersonId)));
        Tell(context, file, HistoryVerbs.TaskOverdue,
            new($"“{task.Title.Zh}”已到时限，{waiting}尚未办理。",
                $"“{task.Title.For("en")}” is overdue; waiting for {waiting}."), task.Id);
        TimeIsOver(context, file, task);
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

        var done = Rung.Climb(Tools, file, ItemOf(context, file), task, ladder, index, context.Now);
        task.Rung = index + 1;
        task.RungName = done.Rung.Name.Zh;
        if (ItemOf(context, file) is { } item) item.Rung = Math.Max(item.Rung, task.Rung);
        var overdue = CaseMail.Overdue(task.DueAt!.Value, file.Calendar, context.Now);
        Tell(context, file, HistoryVerbs.TaskEscalated, new(
            $"{done.Rung.Name.Zh}：“{task.Title.Zh}”逾期{overdue.Zh}，已告知{done.Words.Zh}。",
            $"{done.Rung.Name.For("en")}: “{task.Title.For("en")}” is overdue by {overdue.For("en")}; told "
                + $"{done.Words.For("en")}."), task.Id);
        TaskClock.SetRung(context, file, task, key);
    }

    private void TellDeserted(ActivityContext context, CaseFile file, WorkTask task)
    {
        task.Flag = Vacancies.Flag;
        Tell(context, file, HistoryVerbs.TaskDeserted, new(
            $"“{task.Title.Zh}”的承办人均已离任，请改派。", $"Everybody asked for “{task.Title.For("en")}” has left; reassign it."),
            task.Id);
    }
}
