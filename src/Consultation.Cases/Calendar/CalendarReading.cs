using Consultation.Cases.Forms;

namespace Consultation.Cases.Calendar;

/// <summary>One day read from a file, not yet anybody's.</summary>
public sealed record CalendarDayEntry(DateOnly Date, CalendarDayKind Kind, string Name);

/// <summary>What came of reading calendar days.</summary>
public abstract record CalendarReading
{
    private CalendarReading() { }

    /// <summary>The days in order, each once; the notes say what was left out and why.</summary>
    public sealed record Read(IReadOnlyList<CalendarDayEntry> Days, IReadOnlyList<LocalText> Notes) : CalendarReading;

    /// <summary>The file cannot be used, with lines and what to mend; nothing was taken.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : CalendarReading;
}
