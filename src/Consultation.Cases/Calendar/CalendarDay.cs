namespace Consultation.Cases.Calendar;

/// <summary>What an exception of the weekly rhythm is (O4).</summary>
public enum CalendarDayKind
{
    /// <summary>法定节假日: a weekday off.</summary>
    Holiday,
    /// <summary>调休上班: a weekend day on.</summary>
    MakeUpWorkday,
}

/// <summary>One day that differs from the Monday-to-Friday rhythm, in an organisation's calendar (O4).</summary>
public sealed class CalendarDay
{
    public required OrganisationId OrganisationId { get; init; }
    public required DateOnly Date { get; init; }
    public required CalendarDayKind Kind { get; set; }

    /// <summary>e.g. 春节.</summary>
    public required string Name { get; set; }

    /// <summary>Where it came from: "state-council", "ics", or a person's name.</summary>
    public required string Source { get; set; }
}
