using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using static Consultation.Cases.Calendar.IsoDay;

namespace Consultation.Cases.Meetings;

/// <summary>When and where, as an organiser enters it.</summary>
/// <param name="On">The day.</param>
/// <param name="From">Begin, e.g. 14:30.</param>
/// <param name="To">End; empty for two hours later.</param>
/// <param name="Hall">The unit whose hall it is.</param>
/// <param name="Place">A place elsewhere, or the room.</param>
/// <param name="ReplyBy">Last day for replies.</param>
/// <param name="ShortNotice">Why the notice goes out late.</param>
/// <param name="RestDay">Why it is on a day off.</param>
public sealed record MeetingSlot(
    string On, string From, string To, UnitId? Hall, string Place, string ReplyBy = "", string ShortNotice = "",
    string RestDay = "")
{
    /// <summary>Reads the fields of the plan of a meeting, or of a change of it.</summary>
    public static MeetingSlot Read(IReadOnlyDictionary<string, string> fields) => new(
        fields.Text("on"), fields.Text("from"), fields.Text("to"), fields.Unit("hall"), fields.Text("place"),
        fields.Text("reply-by"), fields.Text("short-notice"), fields.Text("rest-day"));

    /// <summary>The day; null when it is none.</summary>
    public DateOnly? Day => FormValues.Day(On);

    /// <summary>The hours; null when they are none.</summary>
    public MeetingTime? Hours => MeetingTime.Read(To.Length == 0 ? From : $"{From}-{To}");
}

/// <summary>
/// What is wrong with the plan of a meeting, at its field: a day in the past, a time that is none, replies after the
/// day, a hall or a person taken at that time, a notice too late without a reason, a class of people missing. Pure.
/// </summary>
public static class MeetingRules
{
    /// <summary>Checks when and where.</summary>
    /// <param name="slot">As entered.</param>
    /// <param name="people">Who is needed there.</param>
    /// <param name="others">Other meetings of the organisation; one that is over or called off takes nothing.</param>
    /// <param name="directory">Names of people and halls.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="leadTime">How long before the day the notice should go out.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<FieldError> Check(
        MeetingSlot slot, IReadOnlyCollection<PersonId> people, IEnumerable<Meeting> others,
        OrganisationDirectory directory, WorkingCalendar calendar, WorkingDuration leadTime, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        var today = calendar.DayOf(now);
        if (slot.Hours is null)
        {
            var said = slot.To.Length == 0 ? slot.From : $"{slot.From}-{slot.To}";
            errors.Add(new("from", new(
                $"“{said}”不是有效的时间，请写 14:30，结束应晚于开始。",
                $"“{said}” is no time; write 14:30, with the end after the beginning.")));
        }

        if (slot.Hall is null && slot.Place.Length == 0)
        {
            errors.Add(new("place", new("请选择议事厅，或写明会议地点。", "Choose a hall or write where it is.")));
        }

        if (slot.Day is not { } day)
        {
            errors.Add(new("on", new(
                "会议日期无效，请按 2026-03-01 的样子填写。", "The day is none; write it as 2026-03-01.")));
            return errors;
        }

        if (day < today || (slot.Hours is { } hours && calendar.At(day, hours.From) <= now))
        {
            var when = slot.Hours is { } time ? $"{Iso(day)} {time.From:HH\\:mm}" : Iso(day);
            errors.Add(new("on", new(
                $"会议时间{when}已经过去，请改为将来的日期。", $"{when} has passed; choose a time ahead.")));
            return errors;
        }

        errors.AddRange(Replies(slot, day, today));
        errors.AddRange(RestDay(slot, day, calendar));
        errors.AddRange(LeadTime(slot, day, today, calendar, leadTime));
        if (slot.Hours is { } taken) errors.AddRange(Clashes(slot, day, taken, people, others, directory));
        return errors;
    }

    /// <summary>Classes of which the roster has fewer than the rule wants.</summary>
    /// <param name="classes">Class of each seat.</param>
    /// <param name="minimums">Least number by classes; several joined by a bar count together.</param>
    public static IReadOnlyList<FieldError> CheckClasses(
        IEnumerable<string> classes, IReadOnlyDictionary<string, int> minimums)
    {
        var counts = classes.CountBy(one => one).ToDictionary();
        return
        [
            .. from rule in minimums
               let keys = ClassesOf(rule.Key)
               let there = keys.Sum(key => counts.GetValueOrDefault(key))
               where there < rule.Value
               select new FieldError("people", new(
                   $"参会名单至少要有{rule.Value}名{string.Join('或', keys.Select(key => SeatClasses.NameOf(key).Zh))}，"
                       + $"现有{there}名。",
                   $"The roster needs at least {rule.Value} of: "
                       + $"{string.Join(" or ", keys.Select(key => SeatClasses.NameOf(key).For("en")))}; it has "
                       + $"{there}.")),
        ];
    }

    /// <summary>Reads a rule such as "resident|firm: 1; member: 1"; null when it cannot be read.</summary>
    public static IReadOnlyDictionary<string, int>? ReadMinimums(string? text)
    {
        var rules = new Dictionary<string, int>();
        const StringSplitOptions trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var part in (text ?? "").Split(';', trimmed))
        {
            if (part.Split(':', StringSplitOptions.TrimEntries) is not [var keys, var number]
                || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var least)
                || keys.Split('|', trimmed).Any(key => SeatClasses.All.All(one => one.Key != key)))
            {
                return null;
            }

            rules[keys] = least;
        }

        return rules;
    }

    /// <summary>The classes that a rule counts together.</summary>
    public static IReadOnlyList<string> ClassesOf(string rule) => rule.Split('|', StringSplitOptions.TrimEntries);

    private static IEnumerable<FieldError> Replies(MeetingSlot slot, DateOnly day, DateOnly today)
    {
        if (slot.ReplyBy.Length == 0) yield break;
        if (FormValues.Day(slot.ReplyBy) is not { } by)
        {
            yield return new("reply-by", new(
                "回复截止日期无效，请按 2026-03-01 的样子填写。", "The day for replies is none; write it as 2026-03-01."));
        }
        else if (by > day)
        {
            yield return new("reply-by", new(
                $"回复截止日期{Iso(by)}在会议日期{Iso(day)}之后，请改早。",
                $"Replies by {Iso(by)} come after the meeting on {Iso(day)}; choose an earlier day."));
        }
        else if (by < today)
        {
            yield return new("reply-by", new(
                $"回复截止日期{Iso(by)}已经过去。", $"The day for replies, {Iso(by)}, has passed."));
        }
    }

    /// <summary>
    /// Classes of which the roster would have fewer than the organisation's rule wants, counting whoever has not
    /// declined.
    /// </summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="rules">The organisation's rules.</param>
    /// <param name="without">A seat that is about to go; null for the roster as it is.</param>
    public static IReadOnlyList<FieldError> Shortages(Meeting meeting, RuleSet rules, MeetingSeat? without = null) =>
        CheckClasses(
            meeting.Current.Where(seat => seat != without && seat.Reply != SeatReply.Declines)
                .Select(seat => seat.Class),
            ReadMinimums(rules[RuleKeys.RosterMinimums]) ?? new Dictionary<string, int>());

    /// <summary>
    /// Somebody goes and nobody comes: refused only while the roster would be too small for the rule and nobody says
    /// why.
    /// </summary>
    public static IReadOnlyList<FieldError> CheckLeaving(
        Meeting meeting, MeetingSeat seat, RuleSet rules, string shortRoster) =>
        shortRoster.Length > 0 ? [] :
        [
            .. Shortages(meeting, rules, seat).Select(error => new FieldError("short-roster", new(
                $"{error.Message.Zh}请先增加人员或请人接替；仍要这样办的，写明原因。",
                $"{error.Message.For("en")} Add somebody or have the place taken first; otherwise say why."))).Take(1),
        ];

    /// <summary>
    /// A case joins the meeting: whoever it brings must not be at another one at that time.
    /// </summary>
    public static IReadOnlyList<FieldError> CheckJoining(
        Meeting meeting, IReadOnlyCollection<PersonId> people, IEnumerable<Meeting> others,
        OrganisationDirectory directory)
    {
        var fresh = people.Except(meeting.Needed()).ToList();
        var slot = new MeetingSlot(Iso(meeting.On), "", "", null, "");
        var hours = MeetingTime.Read($"{meeting.From:HH\\:mm}-{meeting.To:HH\\:mm}")!;
        return
        [
            .. Clashes(slot, meeting.On, hours, fresh, others.Where(one => one.Id != meeting.Id), directory)
                .Select(error => error with { Field = "people" }),
        ];
    }

    private static IEnumerable<FieldError> RestDay(MeetingSlot slot, DateOnly day, WorkingCalendar calendar)
    {
        if (calendar.IsWorkingDay(day) || slot.RestDay.Length > 0) yield break;
        var (zh, en) = calendar.WhyOff(day);
        yield return new("rest-day", new(
            $"{Iso(day)}是{zh}，不是工作日，参会人员可能不便；请改期，或写明在这一天召开的原因。",
            $"{Iso(day)} is {en}, no working day, and people may not be able to come; choose another day, or say why "
                + "it is then."));
    }

    private static IEnumerable<FieldError> LeadTime(
        MeetingSlot slot, DateOnly day, DateOnly today, WorkingCalendar calendar, WorkingDuration leadTime)
    {
        var latest = calendar.Add(day, leadTime, -1);
        if (latest < today && slot.ShortNotice.Length == 0)
        {
            yield return new("short-notice", new(
                $"通知应在{Iso(latest)}前（会前 {leadTime.Days} {(leadTime.Count == DayCount.WorkingDays ? "个工作日" : "天")}）发出，"
                    + "请改期，或写明临时通知的原因。",
                $"The notice should go out by {Iso(latest)}; choose a later day or say why it is short."));
        }
    }

    private static IEnumerable<FieldError> Clashes(
        MeetingSlot slot, DateOnly day, MeetingTime hours, IReadOnlyCollection<PersonId> people,
        IEnumerable<Meeting> others, OrganisationDirectory directory)
    {
        foreach (var other in others.Where(one =>
            one.IsAhead && one.On == day && one.From < hours.To && hours.From < one.To))
        {
            var when = $"{other.From:HH\\:mm}–{other.To:HH\\:mm}";
            if (slot.Hall is { } hall && other.HallId == hall)
            {
                // The title stays out: the other meeting may be about a case that is not shown to everybody.
                yield return new("hall", new(
                    $"{directory.Find(hall)?.Name.Zh}在{when}已有会议，请换时间或地点。",
                    $"{directory.Find(hall)?.Name.For("en")} is taken at {when}; choose another time or place."));
            }

            var busy = other.Needed().Intersect(people).Select(id => directory.Find(id)?.Name).OfType<string>()
                .ToList();
            if (busy.Count > 0)
            {
                yield return new("on", new(
                    $"{string.Join('、', busy)}在{when}要参加其他会议，请换时间或换人。",
                    $"{string.Join(", ", busy)} will be at another meeting at {when}; choose another time or other "
                        + "people."));
            }
        }
    }
}
