using Consultation.Cases.People;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Documents;

/// <summary>Facts of a 催办通知书 that its document and its mail share (O7).</summary>
public static class FormalReminder
{
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
    public static DateOnly ExplainBy(CaseFile file, DateOnly issued) =>
        file.Calendar.Add(issued, file.Policies.Rules.Duration(RuleKeys.ExplainWithin));
}
