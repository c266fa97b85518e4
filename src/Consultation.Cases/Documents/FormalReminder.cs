using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.Documents;

/// <summary>Facts of a 催办通知书 that its document and its mail share (O7).</summary>
public static class FormalReminder
{
    /// <summary>Working days within which the reason is asked for; product default, not from the plan.</summary>
    public const int ExplainWithin = 5;

    /// <summary>
    /// Who issues it: the unit that the ladder names, otherwise the organisation's office, otherwise the organisation.
    /// </summary>
    public static LocalText Issuer(CaseFile file, UnitId? named) =>
        (file.Directory.Find(named)
            ?? file.Directory.Units.FirstOrDefault(unit => unit is { Active: true, Kind: UnitKind.Committee }))?.Name
        ?? file.Directory.Organisation.Name;

    /// <summary>The day until which the reason is asked for.</summary>
    public static DateOnly ExplainBy(WorkingCalendar calendar, DateOnly issued) => calendar.Move(issued, ExplainWithin);
}
