using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Meetings;

/// <summary>Makes a meeting of what an organiser entered, and lets a case join one. Pure.</summary>
public static class MeetingPlan
{
    /// <summary>Key of the field by which a case joins a meeting that stands already.</summary>
    public const string Join = "join";

    private static readonly string[] Duties = ["host", "recorder", "photographer"];

    /// <summary>Everybody of the organisation whom the plan needs.</summary>
    public static IReadOnlyCollection<PersonId> PeopleOf(IReadOnlyDictionary<string, string> fields) =>
    [
        .. fields.RowsOf("people").Select(row => row.Person("person"))
            .Concat(Duties.Select(fields.Person))
            .Concat(FormValues.List(fields.Text("tellers"))
                .Select(id => Guid.TryParse(id, out var value) ? new PersonId(value) : (PersonId?)null))
            .OfType<PersonId>().Distinct(),
    ];

    /// <summary>Class of each seat that the plan names.</summary>
    public static IEnumerable<string> ClassesOf(IReadOnlyDictionary<string, string> fields) =>
        fields.RowsOf("people").Concat(fields.RowsOf("others")).Select(row => row.Text("class"));

    /// <summary>The meeting; the entries were checked before.</summary>
    public static Meeting Make(
        Case file, string topic, IReadOnlyDictionary<string, string> fields, OrganisationDirectory directory,
        PersonId by, DateTimeOffset now)
    {
        var slot = MeetingSlot.Read(fields);
        var meeting = new Meeting
        {
            OrganisationId = file.OrganisationId,
            Id = new MeetingId(OrderedGuid.New(now)),
            Title = fields.Text("topic") is { Length: > 0 } title ? title : topic,
            HallId = slot.Hall,
            Place = PlaceOf(slot, directory),
            On = slot.Day!.Value,
            From = slot.Hours!.From,
            To = slot.Hours.To,
            ReplyBy = FormValues.Day(slot.ReplyBy),
            ShortNoticeWhy = slot.ShortNotice is { Length: > 0 } why ? why : null,
            Agenda = fields.Text("agenda"),
            Remark = fields.Text("remark"),
            OrganiserId = by,
            HostId = fields.Person("host"),
            RecorderId = fields.Person("recorder"),
            PhotographerId = fields.Person("photographer"),
            Tellers = [.. FormValues.List(fields.Text("tellers")).Where(id => Guid.TryParse(id, out _))
                .Select(Guid.Parse)],
            PlannedAt = now,
        };
        meeting.Topics.Add(TopicOf(file, topic, 1, now));
        meeting.Seats.AddRange(SeatsOf(file, fields, 1, now).DistinctBy(KeyOf));
        return meeting;
    }

    /// <summary>
    /// A case joins the meeting: a topic more, and those of its people who have no seat yet, as a new version of the
    /// roster when it brings any.
    /// </summary>
    public static void JoinTo(
        Meeting meeting, Case file, string topic, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        if (meeting.Topics.Exists(one => one.CaseId == file.Id)) return;
        meeting.Topics.Add(TopicOf(file, topic, meeting.Topics.Count + 1, now));
        var known = meeting.Current.Select(KeyOf).ToHashSet();
        var fresh = SeatsOf(file, fields, meeting.RosterVersion + 1, now).DistinctBy(KeyOf)
            .Where(seat => !known.Contains(KeyOf(seat))).ToList();
        if (fresh.Count > 0) meeting.RosterVersion++;
        meeting.Seats.AddRange(fresh);
        meeting.Touch();
    }

    /// <summary>The entries of a plan with the meeting's new day, hours and place.</summary>
    public static Dictionary<string, string> Moved(
        IReadOnlyDictionary<string, string> plan, Meeting meeting, MeetingSlot slot)
    {
        var moved = plan.ToDictionary();
        if (plan.Text(Join).Length > 0)
        {
            moved[Join] = NameOf(meeting);
            return moved;
        }

        (moved["on"], moved["place"]) = (IsoDay.Iso(meeting.On), slot.Place);
        (moved["from"], moved["to"]) = ($"{meeting.From:HH\\:mm}", $"{meeting.To:HH\\:mm}");
        (moved["hall"], moved["reply-by"]) = (slot.Hall?.Value.ToString("N") ?? "", slot.ReplyBy);
        return moved.Where(entry => entry.Value.Length > 0).ToDictionary();
    }

    /// <summary>How the plan of a case that joined a meeting names it.</summary>
    public static string NameOf(Meeting meeting) => $"{IsoDay.Iso(meeting.On)} {meeting.Title}";

    /// <summary>Where, in words: the hall with the room, or the place.</summary>
    public static string PlaceOf(MeetingSlot slot, OrganisationDirectory directory)
    {
        if (directory.Find(slot.Hall) is not { } hall) return slot.Place;
        var name = hall.HallName ?? hall.Name.Zh;
        return slot.Place.Length == 0 || slot.Place == name ? name : $"{name}，{slot.Place}";
    }

    private static MeetingTopic TopicOf(Case file, string title, int number, DateTimeOffset now) =>
        new() { Id = OrderedGuid.New(now), CaseId = file.Id, Title = title, Number = number };

    private static IEnumerable<MeetingSeat> SeatsOf(
        Case file, IReadOnlyDictionary<string, string> fields, int version, DateTimeOffset now) =>
        fields.RowsOf("people").Where(row => row.Person("person") is not null).Select(row => new MeetingSeat
        {
            Id = OrderedGuid.New(now),
            PersonId = row.Person("person")!.Value,
            CaseId = file.Id,
            Class = row.Text("class"),
            HasVote = row.IsYes("vote"),
            AddedIn = version,
        }).Concat(fields.RowsOf("others").Where(row => row.Text("name").Length > 0)
            .Select(row => GuestSeat(file, row, version, now, replaces: null)));

    /// <summary>A seat for a guest.</summary>
    internal static MeetingSeat GuestSeat(
        Case file, IReadOnlyDictionary<string, string> row, int version, DateTimeOffset now, Guid? replaces) => new()
        {
            Id = OrderedGuid.New(now),
            PersonId = new PersonId(OrderedGuid.New(now)),
            GuestName = row.Text("name"),
            GuestEmail = Guests.AddressIn(row.Text("contact")),
            GuestContact = row.Text("contact"),
            GuestUnit = row.Text("unit"),
            CaseId = file.Id,
            Class = row.Text("class"),
            HasVote = row.IsYes("vote"),
            AddedIn = version,
            Replaces = replaces,
        };

    /// <summary>
    /// What tells two seats apart: the person, or a guest's name, address or number, and unit. Two residents of one
    /// name are two.
    /// </summary>
    private static string KeyOf(MeetingSeat seat) => seat.IsGuest
        ? $"{seat.GuestName} {seat.GuestEmail ?? seat.GuestContact} {seat.GuestUnit}"
        : seat.PersonId.Value.ToString("N");
}
