namespace Consultation.Cases.Calendar;

/// <summary>
/// The lines of an iCalendar file: how much work it is, and where what is wrong stands, neither of which its reader can
/// say.
/// </summary>
internal sealed class IcsLines
{
    private readonly string[] _lines;

    /// <summary>Where each event begins and ends, counted from 0.</summary>
    private readonly List<(int Begin, int End)> _events = [];

    internal IcsLines(string text)
    {
        Text = text.TrimStart('\uFEFF');
        _lines = Text.ReplaceLineEndings("\n").Split('\n');
        var (begin, length) = (-1, 0);
        for (var at = 0; at < _lines.Length; at++)
        {
            var line = _lines[at];
            length = line is [' ' or '\t', ..] ? length + line.Length : line.Length;
            Longest = Math.Max(Longest, length);
            if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase)) Parts++;
            if (Says(line, "BEGIN:VCALENDAR")) IsCalendar = true;
            if (Says(line, "BEGIN:VEVENT")) begin = at;
            if (begin < 0 || !Says(line, "END:VEVENT")) continue;
            _events.Add((begin, at));
            begin = -1;
        }

        OpenEvent = begin < 0 ? null : begin + 1;
    }

    /// <summary>The file without its mark of encoding.</summary>
    internal string Text { get; }

    internal bool IsCalendar { get; }

    /// <summary>How many parts begin in it.</summary>
    internal int Parts { get; }

    /// <summary>Longest line in characters, continuations included.</summary>
    internal int Longest { get; }

    /// <summary>
    /// Number of the line, from 1, in which an event begins that does not end; null when there is none.
    /// </summary>
    internal int? OpenEvent { get; }

    /// <summary>Number of the line, from 1, of an event's property, or of the event itself.</summary>
    internal int LineOf(int number, string property) => Find(number, property) + 1;

    /// <summary>What the file says there.</summary>
    internal string ValueOf(int number, string property)
    {
        var line = _lines[Find(number, property)];
        return line[(line.LastIndexOf(':') + 1)..].Trim();
    }

    private int Find(int number, string property)
    {
        if (number >= _events.Count) return 0;
        var (begin, end) = _events[number];
        for (var at = begin; at < end && property.Length > 0; at++)
        {
            var name = _lines[at].AsSpan(0, Math.Max(0, _lines[at].AsSpan().IndexOfAny(':', ';')));
            if (name.Trim().Equals(property, StringComparison.OrdinalIgnoreCase)) return at;
        }

        return begin;
    }

    private static bool Says(string line, string what) =>
        line.AsSpan().Trim().Equals(what, StringComparison.OrdinalIgnoreCase);
}
