using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <content>Two entries that are one person.</content>
public sealed partial class OrganisationEdits
{
    /// <summary>
    /// Makes one person of two: what is open moves to who stays, with roles, delegations and links; what is over keeps
    /// the old name. The other leaves and signs in no more. It cannot be undone.
    /// </summary>
    public Task<EditResult> MergeAsync(
        OrganisationEdit edit, PersonId from, PersonId into, CancellationToken cancellationToken) =>
        RunAsync(edit, Subject("person", from.Value), async (session, now) =>
        {
            var directory = session.File.Directory;
            if (directory.Find(from) is not { MergedIntoId: null } old || from == into
                || directory.Find(into) is not { MergedIntoId: null, Active: true } kept)
            {
                return new EditOutcome.Wrong(
                    "keep", "请选择两个不同的人；保留的一方要在任。", "Choose two people; the one who stays must be in office.");
            }

            if (NeedsAdministrator(directory, old) && (edit.ActorId is not { } actor
                || !directory.Holds(actor, Role.Administrator)))
            {
                return new EditOutcome.Wrong("", $"“{old.Name}”有登录或管理角色，只有系统管理员可以合并。",
                    $"{old.Name} has a log-in or runs the system: only an administrator merges them.");
            }

            var work = await session.OpenWorkAsync(cancellationToken);
            var tasks = work.Tasks.Where(task => task.Barred.Contains(from.Value)
                || task.Questions.Exists(one => one.Answer is null && one.ToIds.Contains(from))
                || task.Assignees.Exists(
                    seat => seat.PersonId == from && seat is { Active: true, Outcome: null })).ToList();
            var meetings = work.Meetings.Where(meeting => Names(meeting, from)).ToList();
            if (BothSit(tasks, meetings, from, into) is { } both) return new EditOutcome.Wrong([both]);

            foreach (var task in tasks) MoveTask(session.File, task, old, kept, edit.ActorId, now);
            foreach (var meeting in meetings) MoveMeeting(meeting, from, into);
            foreach (var item in work.Items)
            {
                if (item.UndertakerId == from) item.UndertakerId = into;
                if (item.SupervisorId == from) item.SupervisorId = into;
            }

            foreach (var unit in directory.Units.Where(unit => unit.HeadId == from)) unit.HeadId = into;
            MoveGrants(session.File, grant => grant.PersonId == from, grant => (into, grant.UnitId));
            MoveDelegations(session.File, from, into, now);
            Complete(kept, old);
            await session.HandOverAsync(from, into, work.Tasks, cancellationToken);
            (old.MergedIntoId, old.Active, old.UserName, old.PasswordHash) = (into, false, null, null);
            old.SecurityStamp = LogInSecrets.NewStamp();
            TakeFeed(old);
            NoteRow(session.File, edit, Changed(
                "person", into.Value, "合并后保留：", "stays after a merge:", kept.Name), now);
            return Changed("person", from.Value, "合并人员：", "merged:", $"{old.Name} → {kept.Name}");
        }, cancellationToken);

    /// <summary>True when only an administrator may merge the person into another: rights would move.</summary>
    public static bool NeedsAdministrator(OrganisationDirectory directory, Person person) =>
        person.UserName is not null || directory.Grants.Any(grant => grant.PersonId == person.Id
            && grant.Role is Role.Administrator or Role.Designer or Role.Publisher);

    private static bool Names(Meeting meeting, PersonId person) =>
        meeting.OrganiserId == person || meeting.HostId == person || meeting.RecorderId == person
        || meeting.PhotographerId == person || meeting.Tellers.Contains(person.Value)
        || meeting.Current.Any(seat => seat.PersonId == person);

    /// <summary>Who would sit twice, or judge what they wrote: that is settled by people first.</summary>
    private static FieldError? BothSit(
        IReadOnlyList<WorkTask> tasks, IReadOnlyList<Meeting> meetings, PersonId from, PersonId into)
    {
        var twice = tasks.Where(task => task.Assignees.Exists(seat => seat.Active && seat.PersonId == into))
            .Select(task => $"{task.Number}").ToList();
        if (twice.Count > 0)
        {
            var named = string.Join('、', twice.Take(5));
            return new("", new(
                $"两人都在任务 {named} 中（或一人写、另一人审）。请先改派或办完再合并。",
                $"Both are in the tasks {named}, or one judges what the other wrote. Reassign or finish them first."));
        }

        var rosters = meetings.Where(meeting => meeting.SeatOf(into) is not null && meeting.SeatOf(from) is not null)
            .Select(meeting => $"{meeting.On:yyyy-MM-dd}").ToList();
        return rosters.Count == 0 ? null : new("", new(
            $"两人都在同一次会议的名单上（{string.Join('、', rosters.Take(5))}）。请先从名单中去掉一个。",
            $"Both are on the roster of a meeting ({string.Join(", ", rosters.Take(5))}). Take one off it first."));
    }

    private static void MoveTask(
        OrganisationFile file, WorkTask task, Person old, Person kept, PersonId? actor, DateTimeOffset now)
    {
        var seats = task.Assignees.Where(
            seat => seat.PersonId == old.Id && seat is { Active: true, Outcome: null }).ToList();
        foreach (var seat in seats) seat.PersonId = kept.Id;
        if (task.Barred.Contains(old.Id.Value) && !task.Barred.Contains(kept.Id.Value)) task.Barred.Add(kept.Id.Value);
        for (var at = 0; at < task.Questions.Count; at++)
        {
            var asked = task.Questions[at];
            if (asked.Answer is not null || !asked.ToIds.Contains(old.Id)) continue;
            task.Questions[at] = asked with
            {
                ToIds = [.. asked.ToIds.Select(one => one == old.Id ? kept.Id : one).Distinct()],
            };
        }

        // Whoever answers at the same time looks again; links follow.
        task.Revision++;
        if (seats.Count == 0) return;
        if (task.Flag == Vacancies.Flag) task.Flag = null;
        file.Add(new HistoryEntry
        {
            OrganisationId = task.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = task.CaseId,
            TrackedItemId = task.TrackedItemId,
            TaskId = task.Id,
            At = now,
            ActorId = actor,
            Verb = HistoryVerbs.TaskReassigned,
            Text = new(
                $"“{task.Title.Zh}”：{old.Name} 与 {kept.Name} 合并为一人，由 {kept.Name} 办理",
                $"“{task.Title.For("en")}”: {old.Name} and {kept.Name} are one person; {kept.Name} deals with it"),
        });
    }

    private static void MoveMeeting(Meeting meeting, PersonId from, PersonId into)
    {
        if (meeting.OrganiserId == from) meeting.OrganiserId = into;
        if (meeting.HostId == from) meeting.HostId = into;
        if (meeting.RecorderId == from) meeting.RecorderId = into;
        if (meeting.PhotographerId == from) meeting.PhotographerId = into;
        if (meeting.Tellers.Remove(from.Value) && !meeting.Tellers.Contains(into.Value))
        {
            meeting.Tellers.Add(into.Value);
        }

        foreach (var seat in meeting.Current.Where(seat => seat.PersonId == from)) seat.PersonId = into;
        meeting.Touch();
    }

    /// <summary>Moves grants of who or what is merged; one that the other side has already goes away.</summary>
    private static void MoveGrants(
        OrganisationFile file, Func<RoleGrant, bool> which, Func<RoleGrant, (PersonId Person, UnitId? Unit)> into)
    {
        foreach (var grant in file.Directory.Grants.Where(which).ToList())
        {
            file.Remove(grant);
            var (person, unit) = into(grant);
            if (file.Directory.Grants.Any(one => one.PersonId == person && one.Role == grant.Role
                && one.UnitId == unit && one.IsSubstitute == grant.IsSubstitute))
            {
                continue;
            }

            file.Add(new RoleGrant
            {
                OrganisationId = grant.OrganisationId,
                Id = OrderedGuid.New(),
                PersonId = person,
                Role = grant.Role,
                UnitId = unit,
                IsSubstitute = grant.IsSubstitute,
            });
        }
    }

    private static void MoveDelegations(OrganisationFile file, PersonId from, PersonId into, DateTimeOffset now)
    {
        foreach (var one in file.Directory.Delegations
            .Where(one => one.EndsAt > now && (one.FromId == from || one.ToId == from)).ToList())
        {
            file.Remove(one);
            var (giver, taker) = (one.FromId == from ? into : one.FromId, one.ToId == from ? into : one.ToId);
            // Nobody acts for themselves.
            if (giver == taker) continue;
            file.Add(new Delegation
            {
                OrganisationId = one.OrganisationId,
                Id = OrderedGuid.New(now),
                FromId = giver,
                ToId = taker,
                StartsAt = one.StartsAt,
                EndsAt = one.EndsAt,
                Scope = one.Scope,
                Reason = one.Reason,
                SeatId = one.SeatId,
                TaskNumber = one.TaskNumber,
            });
        }
    }

    /// <summary>What only the other entry says is taken over: unit, ways to reach the person, log-in, fields.</summary>
    private static void Complete(Person kept, Person old)
    {
        kept.Title ??= old.Title;
        kept.Email ??= old.Email;
        kept.Phone ??= old.Phone;
        kept.UnitId ??= old.UnitId;
        kept.ChannelAddress ??= old.ChannelAddress;
        kept.Sectors = [.. kept.Sectors.Union(old.Sectors)];
        kept.Expertise = [.. kept.Expertise.Union(old.Expertise)];
        kept.Areas = [.. kept.Areas.Union(old.Areas)];
        if (kept.UserName is not null || old.UserName is null) return;
        (kept.UserName, kept.PasswordHash, kept.MustChangePassword) =
            (old.UserName, old.PasswordHash, old.MustChangePassword);
        kept.SecurityStamp = LogInSecrets.NewStamp();
    }
}
