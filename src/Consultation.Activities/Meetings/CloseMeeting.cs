using Consultation.Activities.Work;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// The minutes stand: nothing of the meeting changes any more. A meeting of several cases closes with the last of them.
/// </summary>
internal sealed class CloseMeeting(ActivityNode node) : CaseActivity(node), IDescribedActivity
{
    public static ActivityType Type { get; } = new(
        Activity("Consultation.CloseMeeting", "会议结束", "Close the meeting")
            .Category("会议", "Meetings")
            .Description("纪要定稿，会议的名单和记录不再变动", "The minutes stand; roster and record of the meeting change no more")
            .Build(),
        node => new CloseMeeting(node));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var meeting = DueTime.MeetingOf(file);
        if (meeting.State == MeetingState.Held && meeting.CloseTopic(file.Case.Id, context.Now))
        {
            Tell(context, file, HistoryVerbs.MinutesClosed, new(
                $"会议“{meeting.Title}”的纪要定稿。", $"The minutes of the meeting “{meeting.Title}” stand."));
        }

        context.Complete();
    }
}
