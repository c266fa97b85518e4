using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Meetings;

/// <summary>
/// A roster has another version: whoever went hears that they are not needed, whoever came gets the notice and replies
/// by the same task as the others, the host hears of the version.
/// </summary>
internal static class RosterChange
{
    /// <summary>Tells them; answers what changed, for the history.</summary>
    public static LocalText Tell(
        StepTools tools, CaseFile file, Meeting meeting, MeetingSeat? went, MeetingSeat? came, string why,
        DateTimeOffset now)
    {
        var mail = new CaseMail(tools, file, now) { About = meeting };
        if (went is not null)
        {
            foreach (var one in file.Tasks.Concat(file.SharedTasks).Where(IsReply).SelectMany(task => task.Assignees)
                .Where(one => one.PersonId == went.PersonId))
            {
                one.Active = false;
            }

            MeetingMail.Cancel(mail, file, meeting, went, new(why));
        }

        if (came is not null) Notice(file, mail, meeting, came, now);
        var (old, fresh) = (went?.NameIn(file.Directory), came?.NameIn(file.Directory));
        var change = (old, fresh) switch
        {
            (null, _) => new LocalText($"增加{fresh}", $"{fresh} was added"),
            (_, null) => new LocalText($"{old}不再参加", $"{old} is not needed any more"),
            _ => new LocalText($"{fresh}接替{old}", $"{fresh} takes the place of {old}"),
        };
        var version = new LocalText(
            $"参会名单第{meeting.RosterVersion}版：{change.Zh}。原因：{why}",
            $"Roster, version {meeting.RosterVersion}: {change.For("en")}. Reason: {why}");
        if (meeting.NoticedAt is not null && file.Directory.Find(meeting.HostId) is { Active: true } host
            && host.Id != went?.PersonId)
        {
            mail.Inform(host, MailTemplateCatalogue.Notice, new Dictionary<string, object?>
            {
                ["subject"] = new MailWords(
                    $"参会名单第{meeting.RosterVersion}版：{meeting.Title}",
                    $"Roster, version {meeting.RosterVersion}: {meeting.Title}"),
                ["message"] = version.InBoth(),
            }, CaseMail.OrdinalOf($"{meeting.Id.Value} roster {meeting.RosterVersion}"));
        }

        return version;
    }

    private static void Notice(CaseFile file, CaseMail mail, Meeting meeting, MeetingSeat came, DateTimeOffset now)
    {
        if (meeting.NoticedAt is null || file.Tasks.Find(one => IsReply(one) && one.Changeable) is not { } call
            || came.Resolve(file.Directory, meeting.OrganisationId) is not { } meant)
        {
            return;
        }

        call.Assignees.Add(TaskAssignee.For(meant, OrderedGuid.New(now)));
        mail.OfTask(call, meant.Person, MailTemplateCatalogue.MeetingNotice,
            CaseMail.OrdinalOf($"{call.Id.Value} {came.Id}"), NoticeValues.Of(file));
        meeting.Notice([came], now);
    }

    private static bool IsReply(WorkTask task) =>
        task is { State: TaskState.Open, FormKey: FormKeys.AttendanceReply };
}
