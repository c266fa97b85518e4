using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.Documents;

/// <summary>Facts of a 催办通知书 that its document and its mail share (O7).</summary>
public static class FormalReminder
{
    /// <summary>Working days within which the reason is asked for; product default, not from the plan.</summary>
    public const int ExplainWithin = 5;

    /// <summary>
    /// Who issues it, and signs other letters: the unit that the ladder names, otherwise whom the organisation's papers
    /// name, otherwise its office, otherwise the organisation.
    /// </summary>
    public static LocalText Issuer(CaseFile file, UnitId? named) => Issuer(file.Directory, named);

    /// <summary>The same for letters that belong to no case.</summary>
    public static LocalText Issuer(OrganisationDirectory directory, UnitId? named) =>
        directory.Find(named)?.Name
        ?? (directory.Organisation.Papers.Signer is { Length: > 0 } signer ? new LocalText(signer) : null)
        ?? directory.Units.FirstOrDefault(unit => unit is { Active: true, Kind: UnitKind.Committee })?.Name
        ?? directory.Organisation.Name;

    /// <summary>The day until which the reason is asked for.</summary>
    public static DateOnly ExplainBy(WorkingCalendar calendar, DateOnly issued) => calendar.Move(issued, ExplainWithin);
}
