using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// The minutes stand: nothing of the meeting changes any more. A meeting of several cases closes with the last of them.
/// Without a quorum nothing was resolved, so nobody is asked about minutes: they are drafted, say so, and stand.
/// </summary>
internal sealed class CloseMeeting(ActivityNode node) : CaseActivity(node), IDescribedActivity
{
    private readonly InputBinding<bool> _withoutQuorum = node.Input("WithoutQuorum", false);

    public static ActivityType Type { get; } = new(
        Activity("Consultation.CloseMeeting", "会议结束", "Close the meeting")
            .Category("会议", "Meetings")
            .Description("纪要定稿，会议的名单和记录不再变动", "The minutes stand; roster and record of the meeting change no more")
            .YesNo("WithoutQuorum", "未达法定人数（自动拟出纪要）", "It had no quorum; minutes that say so are drafted")
            .Build(),
        node => new CloseMeeting(node));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var meeting = DueTime.MeetingOf(file);
        var withoutQuorum = _withoutQuorum.Get(context);
        if (meeting.State == MeetingState.Held && meeting.CloseTopic(file.Case.Id, context.Now))
        {
            if (withoutQuorum) Draft(file, meeting, context.Now);
            Tell(context, file, HistoryVerbs.MinutesClosed, withoutQuorum
                ? new($"会议{ChineseQuote.Of(meeting.Title)}未达到法定人数，未作出决议，会议结束。",
                    $"The meeting “{meeting.Title}” had no quorum and is closed without a resolution.")
                : new($"会议{ChineseQuote.Of(meeting.Title)}的纪要定稿。",
                    $"The minutes of the meeting “{meeting.Title}” stand."));
        }

        context.Complete();
    }

    private static void Draft(CaseFile file, Meeting meeting, DateTimeOffset now) => file.Add(new CaseRecord
    {
        OrganisationId = file.Case.OrganisationId,
        Id = OrderedGuid.New(now),
        CaseId = file.Case.Id,
        Kind = FormKeys.Minutes,
        Title = FormCatalogue.Find(FormKeys.Minutes)!.Title,
        Fields = MeetingDraft.MinutesWithoutQuorum(meeting, file),
        ById = meeting.RecorderId ?? meeting.OrganiserId,
        At = now,
    });
}
