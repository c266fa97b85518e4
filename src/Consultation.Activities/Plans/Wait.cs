using System.Globalization;
using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Plans;

/// <summary>
/// Waits for the morning of a day counted in working days, as Elsa's Delay waits for hours: so a plan begins on its
/// first day, however early it was entered (P14). A day that has come already is not waited for. The days that a
/// suspended case rests (O14), and those by which a change of the plan put its day off (P70), are waited for in
/// addition.
/// </summary>
internal sealed class Wait(ActivityNode node) : CaseActivity(node), IDescribedActivity
{
    private const string Tag = "wait", SinceProperty = "since", RestedProperty = "rested",
        MeetingProperty = "meeting";
    private readonly InputBinding<string?> _for = node.Input<string?>("For", "0wd");
    private readonly InputBinding<string?> _from = node.Input<string?>("From", CountedFrom.Now);

    private static readonly IReadOnlyList<InputOption> Starts =
    [
        new(CountedFrom.Now, new("到达这一步时", "When this step is reached")),
        new(CountedFrom.PlanStart, new("计划开始日", "First day of the plan")),
        new(CountedFrom.Meeting, new("会议日", "The day of the meeting")),
    ];

    public static ActivityType Type { get; } = new(
        Activity("Consultation.Wait", "等到工作日", "Wait for a working day")
            .Category("协商", "Consultation").Pauses()
            .Description(
                "到这一天上午 9 时继续；这一天已到的，立即继续",
                "Goes on at 9:00 on that day; at once when the day has come already")
            .Duration("For", "等待", "Wait for", "0wd").Pick("From", "起算", "Counted from", Starts).Build(),
        node => new Wait(node),
        node => NodeChecks.Findings(NodeChecks.Duration(node, "For", "From"), NodeChecks.OneOf(node, "From", Starts)));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var planned = _from.Get(context) == CountedFrom.PlanStart ? file.Case.StartDate : null;
        var since = planned ?? file.Calendar.DayOf(context.Now);
        context.SetProperty(SinceProperty, since.ToString("O", CultureInfo.InvariantCulture));
        context.SetProperty(RestedProperty, planned is null ? (long)file.Case.RestedDays : 0);
        GoOnOrWait(context, file);
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var file = FileOf(context);
        if (file.Case.Rests) TaskClock.RestADay(context, file, Tag);
        else GoOnOrWait(context, file);
    }

    /// <summary>
    /// Reckons anew whenever the timer fires: the calendar may have been edited, and the case may have rested.
    /// </summary>
    private void GoOnOrWait(ActivityContext context, CaseFile file)
    {
        if (_from.Get(context) == CountedFrom.Meeting)
        {
            GoOnOrWaitForMeeting(context, file);
            return;
        }

        var since = DateOnly.ParseExact((string)context.GetProperty(SinceProperty)!, "O", CultureInfo.InvariantCulture);
        var rested =
            file.Case.RestedDays - Convert.ToInt32(context.GetProperty(RestedProperty), CultureInfo.InvariantCulture);
        var wait = DueTime.Read(_for.Get(context) is { Length: > 0 } text ? text : "0wd", file);
        var day = file.Calendar.Add(since, wait);
        var moved = rested + (_from.Get(context) == CountedFrom.PlanStart ? PlanShift(context, file) : 0);
        if (moved != 0) day = file.Calendar.Move(day, moved);
        if (day <= file.Calendar.DayOf(context.Now)) context.Complete();
        else
        {
            TaskClock.Set(context, Tag, file.Calendar.At(day, DueTime.Morning), new TimerBasis.WorkingDay(wait, since));
        }
    }

    /// <summary>A day of the meeting, wherever that lies by now; at once when the meeting was called off.</summary>
    private void GoOnOrWaitForMeeting(ActivityContext context, CaseFile file)
    {
        var known = context.GetProperty(MeetingProperty) as string;
        var meeting = file.Meetings.Find(one => one.Id.Value.ToString("N") == known) ?? DueTime.MeetingOf(file);
        context.SetProperty(MeetingProperty, meeting.Id.Value.ToString("N"));
        var span = DueTime.ReadSpan(_for.Get(context) is { Length: > 0 } text ? text : "0wd", file);
        var day = file.Calendar.Add(meeting.On, span);
        if (meeting.State == MeetingState.CalledOff || day <= file.Calendar.DayOf(context.Now)) context.Complete();
        else
        {
            TaskClock.Set(context, Tag, file.Calendar.At(day, DueTime.Morning),
                new TimerBasis.WorkingDay(span, meeting.On, meeting.Id));
        }
    }
}
