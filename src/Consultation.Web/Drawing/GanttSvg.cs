using System.Globalization;

namespace Consultation.Web.Drawing;

/// <summary>How a bar of a plan stands.</summary>
internal enum BarState
{
    /// <summary>Planned, not begun.</summary>
    Ahead,
    /// <summary>Begun and in time.</summary>
    Open,
    /// <summary>Not done and past its end.</summary>
    Late,
    /// <summary>Done.</summary>
    Done,
}

/// <summary>What a row of a plan is.</summary>
internal enum BarKind
{
    /// <summary>A phase: a broad bar that heads its tasks.</summary>
    Phase,
    /// <summary>A task: a bar.</summary>
    Task,
    /// <summary>A gate: a diamond on its day.</summary>
    Gate,
}

/// <summary>One row of a plan.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Label">Its name.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; not before <paramref name="From"/>.</param>
/// <param name="State">How it stands.</param>
/// <param name="Tip">Said when the pointer rests on it, and to screen readers.</param>
/// <param name="Href">Where a click leads, or null.</param>
/// <param name="Was">Its days in the version that the plan is compared with, drawn as an outline behind it; null when
/// they are the same.</param>
/// <param name="Who">Whom it is given to, or will be; empty for nobody.</param>
internal sealed record GanttRow(
    BarKind Kind, string Label, DateOnly From, DateOnly To, BarState State, string Tip, string? Href = null,
    (DateOnly From, DateOnly To)? Was = null, string Who = "")
{
    /// <summary>Days on which something is marked by a short line, e.g. mails that leave.</summary>
    public IReadOnlyList<DateOnly> Ticks { get; init; } = [];
}

/// <summary>A plan to draw.</summary>
internal sealed record GanttChart
{
    /// <summary>What the picture shows, for screen readers.</summary>
    public required string Title { get; init; }
    public required IReadOnlyList<GanttRow> Rows { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>Written at today's line.</summary>
    public required string TodayLabel { get; init; }

    /// <summary>Head of a week column, by its number from 1.</summary>
    public required Func<int, string> Week { get; init; }

    /// <summary>Days off are shaded.</summary>
    public required Func<DateOnly, bool> IsWorkingDay { get; init; }

    /// <summary>For a phone: names stand above their bars instead of in a column of their own.</summary>
    public bool Narrow { get; init; }

    internal double DayWidth => Narrow ? 8.5 : 9.6;
    internal double LabelWidth => Narrow ? 0 : 250;
    internal double RowHeight => Narrow ? 42 : 30;
}

/// <summary>
/// Draws a plan as SVG: weeks across, phases and tasks down, gates as diamonds, days off shaded, today's line. Pure.
/// </summary>
internal static class GanttSvg
{
    /// <summary>Id of today's line in a narrow chart, which opens there.</summary>
    internal const string TodayId = "gantt-today";

    private const double HeadHeight = 46;

    /// <summary>The chart as one SVG element; "" when there is no row.</summary>
    public static string Draw(GanttChart chart)
    {
        if (chart.Rows.Count == 0 || chart.To < chart.From)
        {
            return "";
        }

        var days = chart.To.DayNumber - chart.From.DayNumber + 1;
        double width = chart.LabelWidth + days * chart.DayWidth + 12,
            height = HeadHeight + chart.Rows.Count * chart.RowHeight + 8;
        var svg = new SvgText();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", chart.Narrow ? "gantt gantt-narrow" : "gantt gantt-wide"),
            ("role", chart.Rows.Any(row => row.Href is not null) ? "group" : "img"),
            ("aria-label", chart.Title),
            ("viewBox", FormattableString.Invariant($"0 0 {width} {height}")), ("width", width), ("height", height));
        Grid(svg, chart, days, height);
        if (chart.Today >= chart.From && chart.Today <= chart.To)
        {
            var x = X(chart, chart.Today) + chart.DayWidth / 2;
            svg.Empty("line", ("id", chart.Narrow ? TodayId : null), ("class", "gantt-today"), ("x1", x), ("x2", x),
                ("y1", 18.0), ("y2", height));
            svg.Said("text", chart.TodayLabel, ("class", "gantt-today-label"), ("x", x), ("y", 13.0),
                ("text-anchor", "middle"), ("font-size", 12.0));
        }

        for (var index = 0; index < chart.Rows.Count; index++)
        {
            Row(svg, chart, chart.Rows[index], HeadHeight + index * chart.RowHeight);
        }

        return svg.Close("svg").ToString();
    }

    /// <summary>Left edge of a day.</summary>
    internal static double X(GanttChart chart, DateOnly day) =>
        chart.LabelWidth + (day.DayNumber - chart.From.DayNumber) * chart.DayWidth;

    private static void Grid(SvgText svg, GanttChart chart, int days, double height)
    {
        for (var index = 0; index < days; index++)
        {
            var day = chart.From.AddDays(index);
            var x = X(chart, day);
            if (!chart.IsWorkingDay(day))
            {
                svg.Empty("rect", ("class", "gantt-off"), ("x", x), ("y", HeadHeight - 4), ("width", chart.DayWidth),
                    ("height", height - HeadHeight + 4));
            }

            if (index % 7 == 0)
            {
                svg.Empty("line", ("class", "gantt-week"), ("x1", x), ("x2", x), ("y1", 20.0), ("y2", height));
                if (days - index < 4) continue; // no room for its words
                svg.Said("text", chart.Week(index / 7 + 1), ("class", "gantt-head"), ("x", x + 4), ("y", 28.0),
                    ("font-size", 12.5));
                svg.Said("text", day.ToString("M-d", CultureInfo.InvariantCulture), ("class", "gantt-date"),
                    ("x", x + 4), ("y", 41.0), ("font-size", 11.0));
            }
        }
    }

    private static void Row(SvgText svg, GanttChart chart, GanttRow row, double y)
    {
        var middle = y + (chart.Narrow ? chart.RowHeight - 13 : chart.RowHeight / 2);
        svg.Open("g",
            ("class", $"gantt-row gantt-{row.Kind.ToString().ToLowerInvariant()} "
                + $"is-{row.State.ToString().ToLowerInvariant()}"));
        if (row.Href is not null)
        {
            svg.Open("a", ("href", row.Href));
        }

        svg.Said("title", row.Tip);
        svg.Empty("rect", ("class", "gantt-line"), ("x", 0.0), ("y", y), ("width", X(chart, chart.To) + chart.DayWidth),
            ("height", chart.RowHeight));
        double from = X(chart, Max(row.From, chart.From)), to = X(chart, Min(row.To, chart.To)) + chart.DayWidth;
        Label(svg, chart, row, y, middle, from);
        if (row.Was is { } was)
        {
            Ghost(svg, chart, row.Kind, Max(was.From, chart.From), Min(was.To, chart.To), middle);
        }

        if (row.Kind == BarKind.Gate)
        {
            var x = X(chart, Max(Min(row.To, chart.To), chart.From)) + chart.DayWidth / 2;
            svg.Empty("path", ("class", "gantt-bar"),
                ("d", FormattableString.Invariant($"M{x} {middle - 10}l10 10l-10 10l-10 -10z")));
        }
        else if (to > from)
        {
            var thick = row.Kind == BarKind.Phase ? 16.0 : 12.0;
            svg.Empty("rect", ("class", "gantt-bar"), ("x", from), ("y", middle - thick / 2), ("width", to - from),
                ("height", thick), ("rx", 4.0));
        }

        foreach (var tick in row.Ticks.Where(day => day >= chart.From && day <= chart.To))
        {
            var x = X(chart, tick) + chart.DayWidth / 2;
            svg.Empty("line", ("class", "gantt-tick"), ("x1", x), ("x2", x), ("y1", middle - 7), ("y2", middle + 7));
        }

        svg.Raw(row.Href is null ? "</g>" : "</a></g>");
    }

    /// <summary>
    /// The outline of a bar as it was: a little higher than the bar, so that it shows where both lie.
    /// </summary>
    private static void Ghost(SvgText svg, GanttChart chart, BarKind kind, DateOnly from, DateOnly to, double middle)
    {
        if (to < from) return;
        if (kind == BarKind.Gate)
        {
            var x = X(chart, to) + chart.DayWidth / 2;
            svg.Empty("path", ("class", "gantt-ghost"),
                ("d", FormattableString.Invariant($"M{x} {middle - 10}l10 10l-10 10l-10 -10z")));
            return;
        }

        var thick = kind == BarKind.Phase ? 22.0 : 18.0;
        svg.Empty("rect", ("class", "gantt-ghost"), ("x", X(chart, from)), ("y", middle - thick / 2),
            ("width", X(chart, to) + chart.DayWidth - X(chart, from)), ("height", thick), ("rx", 4.0));
    }

    private static void Label(SvgText svg, GanttChart chart, GanttRow row, double y, double middle, double from)
    {
        var size = row.Kind == BarKind.Phase ? 15.0 : 13.5;
        if (!chart.Narrow)
        {
            var indent = row.Kind == BarKind.Phase ? 4.0 : 16.0;
            var (font, lines) = SvgText.Fit(row.Label, chart.LabelWidth - indent - 12, chart.RowHeight, size, 9);
            for (var index = 0; index < lines.Count; index++)
            {
                svg.Said("text", lines[index], ("class", "gantt-label"), ("x", indent),
                    ("y", middle + font * 0.35 + ((index - (lines.Count - 1) / 2.0) * font * 1.2)),
                    ("font-size", font));
            }

            return;
        }

        // A name begins where its bar begins; in the last third it ends at the right edge instead.
        var edge = X(chart, chart.To) + chart.DayWidth;
        var atEnd = from > edge * 2 / 3;
        svg.Said("text", SvgText.Wrap(row.Label, edge * 2 / 3 / size, 1)[0], ("class", "gantt-label"),
            ("x", atEnd ? edge : from + 2), ("y", y + 16), ("text-anchor", atEnd ? "end" : null), ("font-size", size));
    }

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Min(DateOnly a, DateOnly b) => a < b ? a : b;
}
