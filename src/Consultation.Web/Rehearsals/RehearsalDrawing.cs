using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Tasks;
using Consultation.Web.Drawing;
using Consultation.Web.Texts;

namespace Consultation.Web.Rehearsals;

/// <summary>Turns a play into pictures: its timeline, the lengths of many plays, how warm a week is. Pure.</summary>
internal static class RehearsalDrawing
{
    /// <summary>Most bars of a timeline: beyond that nobody reads it, and the list below has them all.</summary>
    private const int MostRows = 150;

    /// <summary>Weeks as columns, a bar for each task, diamonds for gates, ticks for mails.</summary>
    public static GanttChart Chart(RehearsalPlay play, WorkingCalendar calendar, DeskTexts texts, DeskTime when)
    {
        var monday = play.From.AddDays(-(((int)play.From.DayOfWeek + 6) % 7));
        var rows = new List<GanttRow>
        {
            new(BarKind.Phase, texts["rehearse.mail-row"], play.From, play.From.AddDays(-1), BarState.Ahead,
                texts["rehearse.mails", play.Mails.Count(mail => mail.Left)])
            {
                Ticks = [.. play.Mails.Where(mail => mail.Left).Select(mail => calendar.DayOf(mail.At)).Distinct()],
            },
        };
        rows.AddRange(play.Meetings.Select(meeting => new GanttRow(
            BarKind.Phase, meeting.Title, meeting.On, meeting.On, meeting.Held ? BarState.Done : BarState.Open,
            $"{when.Day(meeting.On)} {meeting.Title}")));
        rows.AddRange(play.Tasks.Take(MostRows).Select(task =>
        {
            var (from, to) = (calendar.DayOf(task.OpenedAt), calendar.DayOf(task.ClosedAt ?? task.OpenedAt));
            if (task.ClosedAt is null) to = play.To > from ? play.To : from;
            var late = task.DueAt is { } due && (task.ClosedAt ?? DateTimeOffset.MaxValue) > due;
            return new GanttRow(
                task.Kind == TaskKind.Approval ? BarKind.Gate : BarKind.Task, texts.Of(task.Title), from, to,
                late ? BarState.Late : task.ClosedAt is null ? BarState.Open : BarState.Done,
                $"{texts.Of(task.Title)} · {string.Join("、", task.Seats.Select(seat => seat.Person))} · "
                    + $"{when.Day(from)} – {when.Day(to)} {texts.Of(task.OutcomeLabel)}");
        }));
        var last = rows.Max(row => row.To) is var end && end > play.To ? end : play.To;
        return new GanttChart
        {
            Title = texts["rehearse.timeline"],
            Rows = rows,
            From = monday,
            To = last.AddDays(2),
            Today = DateOnly.MinValue,
            TodayLabel = "",
            Week = number => texts["rehearse.week", number],
            IsWorkingDay = calendar.IsWorkingDay,
        };
    }

    /// <summary>How many plays took how long, as bars from the shortest to the longest.</summary>
    public static string Lengths(RehearsalSpread spread, string title, string plays, string days)
    {
        const double Width = 640, Height = 160, Left = 36, Bottom = 28;
        var (least, most) = (spread.Plays.Min(one => one.WorkingDays), spread.Plays.Max(one => one.WorkingDays));
        var wide = Math.Max(1, (int)Math.Ceiling((most - least + 1) / 30.0));
        var bars = spread.Plays.GroupBy(one => (one.WorkingDays - least) / wide)
            .ToDictionary(group => group.Key, group => group.Count());
        var count = ((most - least) / wide) + 1;
        var highest = bars.Values.Max();
        var step = (Width - Left) / count;
        var svg = new SvgText();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "gantt"), ("role", "img"),
            ("aria-label", title), ("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}")),
            ("width", Width), ("height", Height));
        for (var index = 0; index < count; index++)
        {
            var here = bars.GetValueOrDefault(index);
            var tall = (Height - Bottom - 18) * here / highest;
            var from = least + (index * wide);
            svg.Open("g", ("class", "gantt-row gantt-task is-done"));
            svg.Said("title", $"{(wide == 1 ? $"{from}" : $"{from}–{from + wide - 1}")} {days}: {here} {plays}");
            svg.Empty("rect", ("class", "gantt-bar"), ("x", Left + (index * step) + 1), ("y", Height - Bottom - tall),
                ("width", Math.Max(1.0, step - 2)), ("height", tall));
            svg.Close("g");
        }

        foreach (var (value, x, anchor) in new[] { (least, Left, "start"), (most, Width, "end") })
        {
            svg.Said("text", value.ToString(CultureInfo.InvariantCulture), ("class", "gantt-date"), ("x", x),
                ("y", Height - 10), ("text-anchor", anchor), ("font-size", 12.0));
        }

        svg.Said("text", $"{highest}", ("class", "gantt-date"), ("x", 4.0), ("y", 24.0), ("font-size", 12.0));
        return svg.Close("svg").ToString();
    }

    /// <summary>How warm a week of somebody is: 0 for nothing, up to 4.</summary>
    public static int Heat(PlayLoad? load) => load?.Tasks switch
    {
        null or 0 => 0,
        1 => 1,
        2 => 2,
        <= 4 => 3,
        _ => 4,
    };
}
