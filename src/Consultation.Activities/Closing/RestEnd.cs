using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Screening;

namespace Consultation.Activities.Closing;

/// <summary>What the history says when a case goes on after a rest, by whatever door.</summary>
internal static class RestEnd
{
    /// <summary>
    /// Exclusions found since then do not hold any more; lifts the restriction that came with them, where nothing else
    /// asks for it, and gives back the words that it took out.
    /// </summary>
    public static void Lift(StepTools tools, CaseFile file, DateTimeOffset? since, DateTimeOffset now)
    {
        if (!Restriction.Lift(file, tools.Seal, since, now)) return;
        Add(file, null, now, HistoryVerbs.CaseState, new(
            "限制查阅随暂停解除，标题和内容已恢复。", "The restriction is lifted with the suspension; titles and texts are back."));
    }

    /// <summary>Writes what was put off by the rest, if anything was.</summary>
    public static void Write(CaseFile file, Resumption resumed, PersonId? actor, DateTimeOffset now)
    {
        if (resumed.WorkingDays == 0) return;
        Add(file, actor, now, HistoryVerbs.CaseDueMoved, new(
            $"协商事项暂停了{resumed.WorkingDays}个工作日，{resumed.Tasks.Count}项任务、{resumed.Items.Count}个督办事项的时限相应顺延。",
            $"The case rested for {resumed.WorkingDays} working days; {resumed.Tasks.Count} tasks "
                + $"and {resumed.Items.Count} tracked items are due so much later."));
        foreach (var shift in resumed.Tasks)
        {
            var (was, due) = (DueTime.Show(shift.Before, file.Calendar), DueTime.Show(shift.After, file.Calendar));
            Add(file, actor, now, HistoryVerbs.TaskDueMoved, new(
                $"“{shift.Subject.Title.Zh}”的时限由{was.Zh}顺延至{due.Zh}。",
                $"“{shift.Subject.Title.For("en")}” is now due {due.For("en")} instead of {was.For("en")}."),
                shift.Subject.Id,
                new DateMove(file.Calendar.DayOf(shift.Before), file.Calendar.DayOf(shift.After)));
        }

        foreach (var (item, days) in resumed.Items)
        {
            Add(file, actor, now, HistoryVerbs.ItemDueMoved, new(
                $"督办事项{item.Year}-{item.Number}的办结期限由{days.Before:yyyy-MM-dd}顺延至{days.After:yyyy-MM-dd}。",
                $"Tracked item {item.Year}-{item.Number} is now due {days.After:yyyy-MM-dd} "
                    + $"instead of {days.Before:yyyy-MM-dd}."),
                moved: days, item: item.Id);
        }

        foreach (var (phase, days) in resumed.Phases)
        {
            Add(file, actor, now, HistoryVerbs.PhaseMoved, new(
                $"{phase.Name.Zh}的计划结束日由{days.Before:yyyy-MM-dd}顺延至{days.After:yyyy-MM-dd}。",
                $"{phase.Name.For("en")} is now planned to end {days.After:yyyy-MM-dd} "
                    + $"instead of {days.Before:yyyy-MM-dd}."),
                moved: days);
        }
    }

    /// <summary>Writes a line of the history of a case that no step writes for.</summary>
    public static void Add(
        CaseFile file, PersonId? actor, DateTimeOffset now, string verb, LocalText text, TaskId? task = null,
        DateMove? moved = null, TrackedItemId? item = null) => file.Add(new HistoryEntry
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = file.Case.Id,
            TrackedItemId = item,
            TaskId = task,
            At = now,
            ActorId = actor,
            Verb = verb,
            Text = text,
            Moved = moved,
        });
}
