using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Meetings;

/// <summary>What people may do with a meeting, and what the day's acts write. Pure but for the case file.</summary>
public static class MeetingEdit
{
    /// <summary>Longest text of one entry.</summary>
    public const int LongestText = 2000;

    /// <summary>Longest name of somebody who is not in the directory.</summary>
    public const int LongestName = 50;

    /// <summary>
    /// Who runs a meeting: organiser, host, recorder; secretaries and administrators; head and officers of the case's
    /// platform, its work group.
    /// </summary>
    public static bool MayRun(Meeting meeting, Case file, PersonId person, OrganisationDirectory directory)
    {
        return person == meeting.OrganiserId || person == meeting.HostId || person == meeting.RecorderId
        || directory.Holds(person, Role.Secretary) || directory.Holds(person, Role.Administrator)
        || Over(file.PlatformId, Role.PlatformOfficer, Role.PlatformHead)
        || Over(file.WorkGroupId, Role.WorkGroupLead, Role.WorkGroupMember);

        bool Over(UnitId? unit, params Role[] roles) => unit is not null && directory.Grants.Any(
            grant => grant.PersonId == person && grant.UnitId == directory.Kept(unit) && roles.Contains(grant.Role));
    }

    /// <summary>What forbids an act now; nothing when it may be done.</summary>
    public static IReadOnlyList<FieldError> Check(
        MeetingAct act, Meeting meeting, CaseFile file, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (act is MeetingAct.Arrive arrival) return CheckArrival(arrival, meeting, file, calendar, now);
        if (!MayRun(meeting, file.Case, act.ActorId, file.Directory))
        {
            return One("", "只有会议的组织人、主持人、记录人和秘书可以登记，请联系他们。",
                "Only organiser, host, recorder and secretaries enter this; ask one of them.");
        }

        return act switch
        {
            MeetingAct.Move or MeetingAct.CallOff or MeetingAct.Enrol or MeetingAct.Dismiss when !meeting.IsAhead =>
                One("", "会议已经召开或取消，不能再变更。", "The meeting was held or called off and cannot be changed any more."),
            MeetingAct.Move move => Required("reason", move.Reason) is { Count: > 0 } missing
                ? missing
                : MeetingRules.Check(
                    move.Slot with { ShortNotice = move.Reason }, [.. meeting.Needed()], file.OtherMeetings,
                    file.Directory, calendar, default, now),
            MeetingAct.CallOff { Reason: var reason } => Required("reason", reason),
            MeetingAct.Enrol enrol => CheckEnrol(enrol, meeting, file),
            MeetingAct.Dismiss dismiss =>
            [
                .. Required("why", dismiss.Why),
                .. meeting.Current.FirstOrDefault(seat => seat.Id == dismiss.Seat) is { } seat
                    ? MeetingRules.CheckLeaving(meeting, seat, file.Policies.Rules, dismiss.ShortRoster.Trim())
                    : One("seat", "请选择姓名。", "Choose a name."),
            ],
            _ when meeting.DayIsClosed(calendar, now) is { } closed => [new("", closed)],
            MeetingAct.SignIn { IsThere: false, Why: var why } => Required("why", why),
            MeetingAct.SignIn { Substitute: { Length: > LongestName } } => TooLong("substitute"),
            MeetingAct.WalkIn walkIn => CheckWalkIn(walkIn, meeting, file),
            MeetingAct.Ask { Question: var question } => CheckQuestion(question, calendar.DayOf(now)),
            MeetingAct.Collect { Text: var text, By: var by } => [.. Required("text", text), .. Required("by", by)],
            MeetingAct.Note { Text: var text, Corrects: var corrects } =>
            [
                .. Required("text", text),
                .. corrects is { } line && (line < 1 || line > meeting.LastLine)
                    ? One("corrects", $"记录没有第{line}条，请填写要更正的条号。",
                        $"The record has no line {line}; name the line to correct.")
                    : [],
            ],
            MeetingAct.Hold when !meeting.Present.Any() =>
                One("", "还没有人签到，请先登记到会人员。", "Nobody has signed in; enter who is there first."),
            _ => [],
        };
    }

    /// <summary>Does an act of the day: changes the meeting and adds the lines of its record.</summary>
    public static void DoOnDay(MeetingAct act, Meeting meeting, CaseFile file, DateTimeOffset now)
    {
        IEnumerable<MeetingLine> lines = act switch
        {
            MeetingAct.SignIn sign when SeatOf(sign.Seat) is { } seat => SignIn(seat, sign),
            MeetingAct.Arrive arrival when Found(arrival, meeting, file) is var (seat, isSubstitute) =>
                seat.SignedInAt is not null ? [] : [meeting.SignIn(
                    seat, isSubstitute ? seat.SubstituteName! : "", file.Directory, file.Calendar, seat.PersonId, now)],
            MeetingAct.WalkIn walkIn => WalkIn(walkIn),
            MeetingAct.Turn { Item: var item, Begins: true } => meeting.Begin(item, act.ActorId, now),
            MeetingAct.Turn { Item: var item } => meeting.End(item, act.ActorId, now),
            MeetingAct.Queue { Seat: var id, Passes: true } when SeatOf(id) is { } seat =>
                [meeting.Pass(seat, Name(seat), act.ActorId, now)],
            MeetingAct.Queue { Seat: var id } when SeatOf(id) is { } seat => Queue(seat),
            MeetingAct.Speak { TurnId: var turn, Begins: true } => meeting.Speak(turn, Name, act.ActorId, now),
            MeetingAct.Speak { TurnId: var turn, Points: var points } =>
                meeting.Ends(turn, points.Trim(), Name, act.ActorId, now),
            MeetingAct.Ask { Question: var question } =>
                [meeting.Note(question, file.Directory.Find(question.OwnerId)?.Name ?? "", act.ActorId, now)],
            MeetingAct.Collect one =>
                [meeting.Note(
                    new MeetingOption(OrderedGuid.New(now), one.Kind, one.Text.Trim(), one.By.Trim()),
                    act.ActorId, now)],
            MeetingAct.Note { Text: var text, Corrects: var corrects } =>
                [meeting.Note(text.Trim(), corrects, act.ActorId, now)],
            MeetingAct.Hold => meeting.Hold(Name, act.ActorId, now),
            _ => [],
        };
        foreach (var line in lines.ToList()) file.Add(line);
        if (act is MeetingAct.Hold) Draft(meeting, file);

        MeetingSeat? SeatOf(Guid id) => meeting.Current.FirstOrDefault(seat => seat.Id == id);
        string Name(MeetingSeat seat) => seat.NameOfWhoCame(file.Directory);
        IEnumerable<MeetingLine> SignIn(MeetingSeat seat, MeetingAct.SignIn sign)
        {
            var substitute = sign.Substitute.Trim();
            var isSame = seat.SignedInAt is not null && (substitute.Length == 0 || substitute == seat.SubstituteName);
            return (sign.IsThere, seat.SignedInAt) switch
            {
                (true, _) => isSame
                    ? [] : [meeting.SignIn(seat, substitute, file.Directory, file.Calendar, act.ActorId, now)],
                (false, not null) => [meeting.SignOut(seat, sign.Why.Trim(), file.Directory, act.ActorId, now)],
                _ => [],
            };
        }

        IEnumerable<MeetingLine> WalkIn(MeetingAct.WalkIn came)
        {
            var seat = meeting.Enrol(file.Case, AsEnrol(came), now);
            return [meeting.SignIn(seat, "", file.Directory, file.Calendar, act.ActorId, now)];
        }

        IEnumerable<MeetingLine> Queue(MeetingSeat seat)
        {
            meeting.Queue(seat, now);
            return [];
        }
    }

    /// <summary>The open record tasks of the meeting start from what was entered; what somebody wrote stays.</summary>
    private static void Draft(Meeting meeting, CaseFile file)
    {
        var draft = MeetingDraft.Record(meeting, file);
        foreach (var task in file.Tasks.Concat(file.SharedTasks).Where(task => meeting.IsOf(task)
            && task is { State: Tasks.TaskState.Open, FormKey: FormKeys.MeetingRecord }))
        {
            foreach (var (key, value) in draft) task.Prefill[key] = value;
        }
    }

    private static IReadOnlyList<FieldError> CheckArrival(
        MeetingAct.Arrive arrival, Meeting meeting, CaseFile file, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Arrival.IsClosed(meeting, calendar, now) is { } closed) return [new("", closed)];
        if (Found(arrival, meeting, file) is not null) return [];
        var (zh, en) = file.Directory.Find(meeting.RecorderId)?.Name is { } recorder
            ? ($"记录人{recorder}", $"the recorder, {recorder}") : ("记录人", "the recorder");
        return One(
            "name", $"姓名和号码后四位与参会名单不符，请核对。没有登记过手机号的，不能这样签到：请告诉{zh}，由其登记到会，或在签到表上签名。",
            $"Name and last four digits do not fit the roster; check them. Without a number on file you cannot sign in "
                + $"here: tell {en}, who enters that you came, or sign the list on paper.");
    }

    /// <summary>Whom an arrival means: by name and digits, or the seat of who is signed in at the desk.</summary>
    private static (MeetingSeat Seat, bool IsSubstitute)? Found(
        MeetingAct.Arrive arrival, Meeting meeting, CaseFile file) =>
        arrival.Name.Length > 0 ? Arrival.Find(meeting, file.Directory, arrival.Name, arrival.Digits)
            : meeting.SeatOf(arrival.ActorId) is { IsGuest: false } own ? (own, false) : null;

    private static IReadOnlyList<FieldError> CheckWalkIn(MeetingAct.WalkIn came, Meeting meeting, CaseFile file)
    {
        var isNamed = came.Person is null && came.Name.Trim().Length > 0
            && meeting.Current.Any(seat => Arrival.NameOf(seat.NameIn(file.Directory)) == Arrival.NameOf(came.Name));
        return isNamed
            ? One("name", $"{came.Name.Trim()}已在名单上，请在名单中签到。",
                $"{came.Name.Trim()} is on the roster; sign in there.")
            : CheckEnrol(AsEnrol(came), meeting, file);
    }

    /// <summary>The seat of somebody who came unasked: without a vote, as the rules were told to the others.</summary>
    private static MeetingAct.Enrol AsEnrol(MeetingAct.WalkIn came) =>
        new(came.Person, came.Name.Trim(), came.Contact.Trim(), came.Class, false, came.Why, came.Unit.Trim())
        {
            OrganisationId = came.OrganisationId,
            MeetingId = came.MeetingId,
            CaseId = came.CaseId,
            ActorId = came.ActorId,
            OperationId = came.OperationId,
        };

    private static IReadOnlyList<FieldError> CheckEnrol(MeetingAct.Enrol enrol, Meeting meeting, CaseFile file)
    {
        if (enrol.Person is null && string.IsNullOrWhiteSpace(enrol.Name))
        {
            return One("person", "请选择在册人员，或填写姓名。", "Choose a person or write a name.");
        }
        if (SeatClasses.All.All(one => one.Key != enrol.Class))
        {
            return One("class", "请选择类别。", "Choose a class.");
        }
        if (enrol.Person is not { } person) return Required("why", enrol.Why);
        var name = file.Directory.Find(person)?.Name;
        if (meeting.SeatOf(person) is not null)
        {
            return One("person", $"{name}已在参会名单上。", $"{name} is on the roster already.");
        }

        var other = file.OtherMeetings.Find(one => one.IsAhead && one.On == meeting.On && one.From < meeting.To
            && meeting.From < one.To && one.Needed().Contains(person));
        return other is null
            ? Required("why", enrol.Why)
            : One("person", $"{name}在同一时间要参加其他会议。", $"{name} will be at another meeting at that time.");
    }

    private static IReadOnlyList<FieldError> CheckQuestion(MeetingQuestion question, DateOnly today) =>
    [
        .. Required("question", question.Text), .. Required("asked-by", question.AskedBy),
        .. string.IsNullOrWhiteSpace(question.Answer) && (question.OwnerId is null || question.DueOn is null)
            ? One("answer", "请填写答复，或指定由谁在哪一天前答复。", "Give the answer, or name who answers by which day.")
            : [],
        .. question.DueOn < today
            ? One("due", "答复期限已经过去，请改为今天或以后。", "The day for the answer has passed; choose today or later.")
            : [],
    ];

    private static IReadOnlyList<FieldError> Required(string field, string text) =>
        string.IsNullOrWhiteSpace(text) ? One(field, "请填写这一项。", "Please fill this in.")
            : text.Length > LongestText ? TooLong(field, LongestText) : [];

    private static IReadOnlyList<FieldError> TooLong(string field, int most = LongestName) =>
        One(field, $"不能超过 {most} 字。", $"At most {most} characters.");

    private static IReadOnlyList<FieldError> One(string field, string zh, string en) => [new(field, new(zh, en))];
}
