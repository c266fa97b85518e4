using System.Text.RegularExpressions;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Rehearsals;

namespace Consultation.Server.Rehearsals;

/// <summary>Writes down what became of a play, from what it left in its database. Pure.</summary>
internal static partial class PlayReport
{
    /// <summary>Most characters of a mail's text, and most mails whose text is kept.</summary>
    private const int LongestText = 4000, MostTexts = 400;

    /// <summary>The play, whole.</summary>
    public static RehearsalPlay Write(
        PlayedRows rows, OrganisationSnapshot organisation, RehearsalSettings settings, RehearsalDraw draw,
        DateTimeOffset start, Player player)
    {
        var (calendar, directory) = (organisation.Calendar, organisation.Directory.With(rows.Tasks));
        var tasks = rows.Tasks.Where(task => task.ClosedAt is null || task.ClosedAt >= start)
            .OrderBy(task => task.OpenedAt).ThenBy(task => task.ActivityId, StringComparer.Ordinal)
            .ThenBy(task => task.Title.Zh, StringComparer.Ordinal)
            .ThenBy(task => string.Join(' ', NamesOf(task, directory)), StringComparer.Ordinal)
            .ThenBy(task => task.Number, StringComparer.Ordinal).ToList();
        var numbers = new Wording(
            tasks.Select(task => task.Number),
            directory.People.Select(person => person.Name).Concat(tasks.SelectMany(task => NamesOf(task, directory))));
        var events = rows.History.Where(line => line.At >= start)
            .Select(line => new PlayEvent(
                line.At, line.Verb, numbers.In(line.Text), directory.Find(line.ActorId)?.Name))
            .OrderBy(line => line.At).ThenBy(line => line.Verb, StringComparer.Ordinal)
            .ThenBy(line => line.Text.Zh, StringComparer.Ordinal)
            .ThenBy(line => line.Who, StringComparer.Ordinal).ToList();
        var mails = rows.Mails.Where(mail => mail.CreatedAt >= start).OrderBy(mail => Leaves(mail))
            .ThenBy(mail => mail.RecipientName, StringComparer.Ordinal)
            .ThenBy(mail => numbers.In(mail.Subject), StringComparer.Ordinal)
            .ThenBy(mail => numbers.In(mail.TextBody).Length).ToList();
        var (from, to) = (calendar.DayOf(start), calendar.DayOf(events.Count > 0 ? events[^1].At : start));
        var monday = from.AddDays(-(((int)from.DayOfWeek + 6) % 7));
        var findings = Findings(rows, tasks, player, events.Count > 0 ? events[^1].At : start);
        return new RehearsalPlay
        {
            Seed = draw.Seed,
            From = from,
            To = to,
            End = EndOf(rows, player, findings),
            State = rows.Case.State,
            Outcome = rows.Case.Outcome,
            WorkingDays = calendar.WorkingDaysBetween(from, to),
            Path = PathOf(tasks),
            Steps = player.Steps,
            Events = events,
            Tasks =
            [
                .. tasks.Select(task => TaskOf(task, directory, settings, draw) with
                {
                    Number = numbers.In(task.Number),
                }),
            ],
            Mails = [.. mails.Select((mail, index) => MailOf(mail, index, numbers))],
            Papers =
            [
                .. rows.Documents.Where(paper => paper.At >= start).OrderBy(paper => paper.At)
                    .ThenBy(paper => paper.Kind, StringComparer.Ordinal)
                    .ThenBy(paper => paper.Number, StringComparer.Ordinal)
                    .Select(paper => new PlayPaper(
                        paper.At, paper.Kind, paper.Number, paper.Title, paper.FileName)),
            ],
            Meetings =
            [
                .. rows.Meetings.OrderBy(one => one.On).Select(one => new PlayMeeting(
                    one.On, one.Title, one.Place, one.HeldAt is not null, one.Current.Count(),
                    one.Current.Count(seat => seat.SignedInAt is not null))),
            ],
            Load = LoadOf(tasks, mails, directory, calendar, monday),
            DaysOff = DaysOff(rows, tasks, calendar, from, to),
            Findings = findings,
        };
    }

    private static DateTimeOffset Leaves(OutgoingMail mail) =>
        mail.SentAt ?? (mail.NotBefore > mail.CreatedAt ? mail.NotBefore : mail.CreatedAt);

    private static PlayMail MailOf(OutgoingMail mail, int index, Wording numbers) => new(
        Leaves(mail), mail.RecipientName, numbers.In(mail.Subject),
        index < MostTexts
            ? PlainText.Cut(
                numbers.In(Placeholder().Replace(mail.ShortText ?? mail.TextBody, "…")), LongestText)
            : "",
        mail.Purpose, mail.State is not MailState.Cancelled && mail.CarriedById is null);

    private static PlayTask TaskOf(
        WorkTask task, OrganisationDirectory directory, RehearsalSettings settings, RehearsalDraw draw) => new()
        {
            ActivityId = task.ActivityId,
            Number = task.Number,
            Title = task.Title,
            Kind = task.Kind,
            OpenedAt = task.OpenedAt,
            DueAt = task.DueAt,
            ClosedAt = task.ClosedAt,
            Outcome = task.Outcome,
            OutcomeLabel = task.Outcomes.Find(one => one.Key == task.Outcome)?.Label,
            Reminders = task.RemindersSent,
            Rung = task.Rung,
            Seats =
            [
                .. task.Assignees.Where(seat => seat.Active)
                    .Select(seat => new PlaySeat(
                        directory.Find(seat.PersonId)?.Name ?? seat.GuestName ?? "?",
                        seat.GuestName is null ? draw.HabitOf(seat.PersonId, settings) : null,
                        task.Outcomes.Find(one => one.Key == seat.Outcome)?.Label.Zh, seat.AnsweredAt))
                    .OrderBy(seat => seat.Person, StringComparer.Ordinal),
            ],
            Options = [.. task.Outcomes.Select(one => new PlayOption(one.Key, one.Label))],
        };

    /// <summary>
    /// What was decided where. Reports and replies to notices come in any number and decide nothing, so they are left
    /// out.
    /// </summary>
    private static string PathOf(IEnumerable<WorkTask> tasks) => string.Join('\n', tasks
        .Where(task => task.Kind != TaskKind.Report && !task.Changeable && task.TrackedItemId is null)
        .GroupBy(task => task.ActivityId, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(task =>
            task.Outcome ?? (task.State == TaskState.Cancelled ? "-" : "…")))}"));

    private static List<PlayLoad> LoadOf(
        List<WorkTask> tasks, List<OutgoingMail> mails, OrganisationDirectory directory, WorkingCalendar calendar,
        DateOnly monday)
    {
        var load = new Dictionary<(string Person, int Week), (int Tasks, int Mails)>();
        foreach (var task in tasks)
        {
            foreach (var seat in task.Assignees.Where(seat => seat.Active))
            {
                var key = (directory.Find(seat.PersonId)?.Name ?? seat.GuestName ?? "?", WeekOf(task.OpenedAt));
                var known = load.GetValueOrDefault(key);
                load[key] = known with { Tasks = known.Tasks + 1 };
            }
        }

        foreach (var mail in mails.Where(mail => mail.State != MailState.Cancelled && mail.CarriedById is null))
        {
            var key = (mail.RecipientName, WeekOf(Leaves(mail)));
            var known = load.GetValueOrDefault(key);
            load[key] = known with { Mails = known.Mails + 1 };
        }

        return
        [
            .. load.Select(one => new PlayLoad(one.Key.Person, one.Key.Week, one.Value.Tasks, one.Value.Mails))
                .OrderBy(one => one.Person, StringComparer.Ordinal).ThenBy(one => one.Week),
        ];

        int WeekOf(DateTimeOffset at) => Math.Max(1, ((calendar.DayOf(at).DayNumber - monday.DayNumber) / 7) + 1);
    }

    private static List<PlayDayOff> DaysOff(
        PlayedRows rows, List<WorkTask> tasks, WorkingCalendar calendar, DateOnly from, DateOnly to) =>
    [
        .. rows.Days.Where(day => day.Date >= from && day.Date <= to && !calendar.IsWorkingDay(day.Date)
            && day.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .OrderBy(day => day.Date)
            .Select(day => new PlayDayOff(day.Date, day.Name, tasks.Count(task =>
                calendar.DayOf(task.OpenedAt) <= day.Date
                && (task.ClosedAt is not { } closed || calendar.DayOf(closed) >= day.Date)))),
    ];

    private static List<PlayFinding> Findings(
        PlayedRows rows, List<WorkTask> tasks, Player player, DateTimeOffset last)
    {
        var findings = new List<PlayFinding>(player.Findings);
        findings.AddRange(rows.Incidents.OrderBy(one => one.At).ThenBy(one => one.ActivityId, StringComparer.Ordinal)
            .Select(one => new PlayFinding(FindingKind.Incident, one.At, one.ActivityId, new(
                $"步骤“{one.ActivityName ?? one.ActivityId}”出错：{one.Message}",
                $"Step “{one.ActivityName ?? one.ActivityId}” failed: {one.Message}"))));
        var open = tasks.Where(task => task.State == TaskState.Open).ToList();
        var deserted = open.Where(task => !task.Assignees.Exists(seat => seat.Active));
        findings.AddRange(deserted.Select(task => new PlayFinding(
            FindingKind.NoOwner, task.OpenedAt, task.ActivityId, new(
                $"“{task.Title.Zh}”没有承办人，只能一直等待。", $"“{task.Title.For("en")}” has nobody who could answer it."))));
        findings.AddRange(tasks.Where(task => task.DueAt is null && !task.Changeable)
            .DistinctBy(task => task.ActivityId).Select(task => new PlayFinding(
                FindingKind.NoDue, task.OpenedAt, task.ActivityId, new(
                    $"“{task.Title.Zh}”没有期限，无人答复时不会提醒。",
                    $"“{task.Title.For("en")}” has no due time: nobody is reminded when it is not answered."))));
        if (player.RanOut)
        {
            findings.Add(new(FindingKind.TooLong, last, null, new(
                "在演练的上限内（两年、5000 步）没有结束。",
                "It was not over within the limits of a play (two years, 5,000 steps).")));
        }
        else if (rows.Case.ClosedAt is null && !rows.IsRunning)
        {
            findings.Add(new(FindingKind.CaseLeftOpen, last, null, new(
                "流程已经走完，但没有办结协商事项：末尾缺少“办结”步骤。",
                "The workflow ended and left its case open: a step that closes it is missing.")));
        }
        else if (rows.Case.ClosedAt is null && open.Count == 0 && rows.Incidents.Count == 0)
        {
            findings.Add(new(FindingKind.Standstill, last, null, new(
                $"停在“{rows.Case.StepName.Zh}”：没有人被要求做事，也没有任何到期时间，流程不会再往下走。",
                $"It stands still in “{rows.Case.StepName.For("en")}”: nobody is asked, nothing is due, and nothing "
                    + "will happen any more.")));
        }

        return findings;
    }

    private static PlayEnd EndOf(PlayedRows rows, Player player, List<PlayFinding> findings) =>
        rows.Case.ClosedAt is not null || !rows.IsRunning ? PlayEnd.Over
        : player.RanOut ? PlayEnd.TooLong
        : findings.Exists(finding => finding.IsDeadEnd) ? PlayEnd.DeadEnd
        : PlayEnd.Waiting;

    private static IEnumerable<string> NamesOf(WorkTask task, OrganisationDirectory directory) => task.Assignees
        .Select(seat => directory.Find(seat.PersonId)?.Name ?? seat.GuestName ?? "?").Order(StringComparer.Ordinal);

    /// <summary>
    /// The wording without what is chance: which of two tasks of one instant got the lower number, and in which order
    /// the people of one list are named. Numbers follow the order of the report, names the alphabet.
    /// </summary>
    private sealed class Wording
    {
        private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
        private readonly Regex? _any;
        private readonly Regex _lists;

        public Wording(IEnumerable<string> inOrder, IEnumerable<string> people)
        {
            var given = inOrder.ToList();
            var names = string.Join('|', people.Where(name => name.Length > 0).Distinct()
                .OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)
                .Select(Regex.Escape));
            _lists = new Regex($"(?:{names})(?:(?:、|, )(?:{names}))+");
            var sorted = given.Order(StringComparer.Ordinal).ToList();
            for (var index = 0; index < given.Count; index++) _said[given[index]] = sorted[index];
            if (given.Count > 0) _any = new Regex(string.Join('|', given.Select(Regex.Escape)));
        }

        public string In(string text) => _lists.Replace(
            _any?.Replace(text, found => _said[found.Value]) ?? text,
            found =>
            {
                var between = found.Value.Contains('、') ? "、" : ", ";
                return string.Join(between, found.Value.Split(between).Order(StringComparer.Ordinal));
            });

        public LocalText In(LocalText text) => new(In(text.Zh), text.En is { } english ? In(english) : null);
    }

    [GeneratedRegex(@"\{\{(?:secret|page|link:[0-9a-f]{32})\}\}")]
    private static partial Regex Placeholder();
}
