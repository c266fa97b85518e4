using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Meetings;

/// <content>What changes a meeting before it is held: replies, replacements, another day.</content>
public sealed partial class Meeting
{
    /// <summary>Key under which a task that a step gave for this meeting says so.</summary>
    private const string MarkKey = "meeting";

    /// <summary>What a task for this meeting starts with, marked as the meeting's.</summary>
    public Dictionary<string, string> Mark(Dictionary<string, string>? fields = null)
    {
        fields ??= [];
        fields[MarkKey] = Id.Value.ToString("N");
        return fields;
    }

    /// <summary>True for a task that was given for this meeting, or is due so long before or after it.</summary>
    public bool IsOf(Tasks.WorkTask task) => task.DueBasis?.Meeting == Id
        || task.Prefill.GetValueOrDefault(MarkKey) == Id.Value.ToString("N");

    /// <summary>The meeting that a task was given for; null where it is about none.</summary>
    public static MeetingId? NamedBy(Tasks.WorkTask task) =>
        Guid.TryParse(task.Prefill.GetValueOrDefault(MarkKey), out var id) ? new MeetingId(id) : task.DueBasis?.Meeting;

    /// <summary>Everybody of the organisation who has to be there.</summary>
    public IEnumerable<PersonId> Needed() =>
        Current.Where(seat => !seat.IsGuest && seat.Reply != SeatReply.Declines).Select(seat => seat.PersonId)
            .Concat(Duties().Select(one => one.Person)).Distinct();

    /// <summary>
    /// Who has a duty at the meeting, each once with all of them: "主持人、计票人". They may have no seat on the roster.
    /// </summary>
    public IReadOnlyList<(PersonId Person, LocalText Duty)> Duties()
    {
        IEnumerable<(PersonId? Person, LocalText Duty)> all =
        [
            (HostId, new("主持人", "host")), (RecorderId, new("记录人", "recorder")),
            (PhotographerId, new("摄影摄像人", "photographer")),
            .. Tellers.Select(id => ((PersonId?)new PersonId(id), new LocalText("计票人", "teller"))),
        ];
        return [.. all.Where(one => one.Person is not null).GroupBy(one => one.Person!.Value, one => one.Duty)
            .Select(one => (one.Key, new LocalText(
                string.Join('、', one.Select(duty => duty.Zh)),
                string.Join(", ", one.Select(duty => duty.For("en"))))))];
    }

    /// <summary>
    /// The day for replies as a span before the meeting; null where the workflow's rule counts. Of a day off the next
    /// working day is meant, and before a meeting on that day the last one.
    /// </summary>
    public WorkingDuration? ReplySpan(WorkingCalendar calendar)
    {
        if (ReplyBy is not { } day) return null;

        // Counted up to the day before the meeting: the meeting's own may be a day off.
        var days = calendar.WorkingDaysBetween(day.AddDays(-1), On.AddDays(-1));
        return new WorkingDuration(days == 0 && day < On ? -1 : -days, DayCount.WorkingDays);
    }

    /// <summary>Somebody replies to the notice, or changes the reply.</summary>
    public void Reply(MeetingSeat seat, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        seat.Take(fields, now);
        seat.StaysEmpty = false;
        Touch();
    }

    /// <summary>Somebody who accepted says again whether they come.</summary>
    public void Reconfirm(MeetingSeat seat, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        Reply(seat, fields, now);
        if (seat.IsExpected) seat.ReconfirmedAt = now;
    }

    /// <summary>
    /// Puts somebody into the place of a seat, as a new version of the roster. The class and the vote stay with the
    /// place.
    /// </summary>
    public MeetingSeat Replace(
        MeetingSeat seat, Case file, PersonId? person, string guestName, string contact, string why, DateTimeOffset now)
    {
        RosterVersion++;
        (seat.RemovedIn, seat.RemovedWhy) = (RosterVersion, why);
        var taker = person is { } known
            ? new MeetingSeat
            {
                Id = OrderedGuid.New(now),
                PersonId = known,
                CaseId = file.Id,
                Class = seat.Class,
                HasVote = seat.HasVote,
                AddedIn = RosterVersion,
                Replaces = seat.Id,
            }
            : MeetingPlan.GuestSeat(
                file,
                new Dictionary<string, string>
                {
                    ["name"] = guestName,
                    ["contact"] = contact,
                    ["class"] = seat.Class,
                    ["vote"] = seat.HasVote ? FormValues.Yes : FormValues.No,
                },
                RosterVersion, now, seat.Id);
        Seats.Add(taker);
        Touch();
        return taker;
    }

    /// <summary>Somebody more, as a new version of the roster.</summary>
    public MeetingSeat Enrol(Case file, MeetingAct.Enrol enrol, DateTimeOffset now)
    {
        RosterVersion++;
        var seat = enrol.Person is { } person
            ? new MeetingSeat
            {
                Id = OrderedGuid.New(now),
                PersonId = person,
                CaseId = file.Id,
                Class = enrol.Class,
                HasVote = enrol.HasVote,
                AddedIn = RosterVersion,
            }
            : MeetingPlan.GuestSeat(
                file,
                new Dictionary<string, string>
                {
                    ["name"] = enrol.Name,
                    ["contact"] = enrol.Contact,
                    ["unit"] = enrol.Unit,
                    ["class"] = enrol.Class,
                    ["vote"] = enrol.HasVote ? FormValues.Yes : FormValues.No,
                },
                RosterVersion, now, replaces: null);
        Seats.Add(seat);
        Touch();
        return seat;
    }

    /// <summary>Whoever declined or kept silent leaves the roster without anybody in the place.</summary>
    public void Drop(MeetingSeat seat, string why, string shortRoster = "")
    {
        RosterVersion++;
        if (shortRoster.Length > 0) why = $"{why}（名单少于规定人数：{shortRoster}）";
        (seat.RemovedIn, seat.RemovedWhy) = (RosterVersion, why);
        Touch();
    }

    /// <summary>
    /// Another day, hour or place; whatever counts from the day is moved by <see cref="Calendar.DueTimes"/>. Those who
    /// accepted are asked to say so again, because it is another day.
    /// </summary>
    public void Move(MeetingSlot slot, OrganisationDirectory directory)
    {
        var day = slot.Day!.Value;
        if (day != On)
        {
            foreach (var seat in Current) seat.ReconfirmedAt = null;
        }

        (On, From, To, HallId) = (day, slot.Hours!.From, slot.Hours.To, slot.Hall);
        Place = MeetingPlan.PlaceOf(slot, directory);
        ReplyBy = FormValues.Day(slot.ReplyBy);
        if (slot.ShortNotice.Length > 0) ShortNoticeWhy = slot.ShortNotice;
        Sequence++;
        Touch();
    }

    /// <summary>
    /// SEQUENCE of the calendar file for one address. What takes somebody off the roster changes the meeting for that
    /// person alone: the cancellation is higher than the invitation (RFC 5546), and an invitation that comes after it,
    /// because the person is needed again, is higher still.
    /// </summary>
    public int SequenceFor(string address, OrganisationDirectory directory, bool isCancelled)
    {
        var removals = Seats.Count(seat => seat.RemovedIn is not null && AddressesOf(seat).Contains(
            address, StringComparer.OrdinalIgnoreCase));
        // Whoever acts for somebody has no seat of their own, but an invitation to take back all the same.
        return isCancelled && State != MeetingState.CalledOff
            ? Sequence + Math.Max(1, (2 * removals) - 1)
            : Sequence + (2 * removals);

        IEnumerable<string> AddressesOf(MeetingSeat seat) => new[]
        {
            seat.GuestEmail, seat.IsGuest ? null : directory.Find(seat.PersonId)?.Email,
            Guests.AddressIn(seat.SubstituteContact ?? ""),
        }.OfType<string>();
    }

    /// <summary>It does not take place.</summary>
    public void CallOff(string why)
    {
        (State, CalledOffWhy) = (MeetingState.CalledOff, why);
        Sequence++;
        Touch();
    }

    /// <summary>The notice went to these seats.</summary>
    public void Notice(IEnumerable<MeetingSeat> seats, DateTimeOffset now)
    {
        foreach (var seat in seats) seat.NoticedAt = now;
        NoticedAt ??= now;
        if (State == MeetingState.Planned) State = MeetingState.Noticed;
        Touch();
    }
}
