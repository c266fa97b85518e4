using System.Globalization;

namespace Consultation.Cases.Calendar;

/// <summary>Days as history, bases of due times and messages write them.</summary>
public static class IsoDay
{
    /// <summary>ISO 8601: 2026-03-06.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
