using Consultation.Cases.People;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Documents;

/// <summary>Facts of a 催办通知书 that its document and its mail share (O7).</summary>
public static class FormalReminder
{
    /// <summary>
    /// Who issues it: the unit that the ladder names, otherwise the organisation's office, otherwise the organisation.
    /// </summary>
    public static LocalText Issuer(CaseFile file, UnitId? named) =>
        (file.Directory.Find(named)
            ?? file.Directory.Units.FirstOrDefault(unit => unit is { Active: true, Kind: UnitKind.Committee }))?.Name
        ?? file.Directory.Organisation.Name;

    /// <summary>The day until which the reason is asked for.</summary>
    public static DateOnly ExplainBy(CaseFile file, DateOnly issued) =>
        file.Calendar.Add(issued, file.Policies.Rules.Duration(RuleKeys.ExplainWithin));
}
