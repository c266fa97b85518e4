namespace Consultation.Cases.Documents;

/// <summary>
/// What somebody entered at the foot of the annex instead of what the desk would print: 填报部门 (Q114) and 填报时间 (Q115), for one platform, or all, and
/// one year, or all. Every change of it is a <see cref="People.DirectoryChange"/> with its reason.
/// </summary>
public sealed class AnnexFoot
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Which sheet: see <see cref="KeyOf"/>.</summary>
    public required string Key { get; init; }

    /// <summary>填报部门 (Q114), at most 100 characters.</summary>
    public required string FilledBy { get; set; }

    /// <summary>填报时间 (Q115); null prints the day on which the sheet is made.</summary>
    public DateOnly? FilledOn { get; set; }

    /// <summary>Key of the sheet of a platform (null: the whole organisation) and a year (null: all years).</summary>
    public static string KeyOf(UnitId? platform, int? year) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{platform?.Value.ToString("N") ?? "all"}-{year?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "all"}");
}
