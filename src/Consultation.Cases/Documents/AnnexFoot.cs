using System.Globalization;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Documents;

/// <summary>
/// What somebody entered at the foot of the annex instead of what the desk would print: 填报部门 (Q114) and 填报时间 (Q115),
/// for one platform, or all, and one year, or all. Every change of it is a <see cref="People.DirectoryChange"/> with
/// its reason.
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
        $"{platform?.Value.ToString("N") ?? "all"}-{year?.ToString(CultureInfo.InvariantCulture) ?? "all"}";

    /// <summary>What the change list calls the sheet.</summary>
    public static string SubjectOf(string key) => $"annex:{key}";

    /// <summary>
    /// What is wrong with an entry, field by field. A foot that differs from what the desk would print needs a reason.
    /// </summary>
    public static IReadOnlyList<FieldError> Check(string filledBy, DateOnly? filledOn, string reason, DateOnly today)
    {
        var errors = new List<FieldError>();
        if (filledBy.Trim().Length is 0 or > 100)
        {
            errors.Add(new(
                "department", new("请填写填报部门，不超过 100 字。", "Enter the reporting department, at most 100 characters.")));
        }
        if (filledOn > today) errors.Add(new("date", new("填报时间不能晚于今天。", "The date cannot lie in the future.")));
        if (reason.Trim().Length is 0 or > 200)
        {
            errors.Add(new("reason", new("请写明修改原因，不超过 200 字。", "Give the reason, at most 200 characters.")));
        }
        return errors;
    }
}
