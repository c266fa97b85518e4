using Consultation.Cases.Calendar;

namespace Consultation.Testing.Scenarios;

/// <summary>Bases of due times, for tests that look at them.</summary>
public static class Counted
{
    /// <summary>So many working days from a day.</summary>
    public static DueBasis From(DateOnly day, int workingDays) => new(Working(workingDays), day);

    /// <summary>So many working days.</summary>
    public static WorkingDuration Working(int days) => new(days, DayCount.WorkingDays);
}
