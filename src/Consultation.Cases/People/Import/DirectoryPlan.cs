using System.Security.Cryptography;
using System.Text;

namespace Consultation.Cases.People.Import;

/// <summary>What an import does with a row.</summary>
public enum RowFate
{
    /// <summary>新增.</summary>
    New,
    /// <summary>修改.</summary>
    Changed,
    /// <summary>不变.</summary>
    Same,
    /// <summary>不导入.</summary>
    Refused,
}

/// <summary>One row of a workbook with what becomes of it.</summary>
/// <param name="IsUnit">It stands in the sheet of units.</param>
/// <param name="Line">The row that Excel shows.</param>
/// <param name="Name">The unit or person.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Says">What changes, why it is refused, what to look at.</param>
public sealed record PlannedRow(bool IsUnit, int Line, string Name, RowFate Fate, IReadOnlyList<LocalText> Says);

/// <summary>A role that a row gives.</summary>
internal sealed record PlannedGrant(Role Role, UnitId? UnitId, bool IsSubstitute);

/// <summary>A unit as the import leaves it.</summary>
internal sealed record PlannedUnit(UnitEntry Entry, bool IsNew);

/// <summary>A person as the import leaves it; a user name is given, not taken away.</summary>
internal sealed record PlannedPerson(
    PersonEntry Entry, bool IsNew, string? UserName, IReadOnlyList<PlannedGrant> Grants);

/// <summary>
/// What a workbook would do to the directory as it is now, row by row: the same whenever it is computed against the
/// same directory. Nothing is changed by it.
/// </summary>
public sealed class DirectoryPlan
{
    internal DirectoryPlan(
        IReadOnlyList<PlannedRow> rows, IReadOnlyList<PlannedUnit> units, IReadOnlyList<PlannedPerson> people,
        IReadOnlyList<LocalText> notes) => (Rows, Units, People, Notes) = (rows, units, people, notes);

    /// <summary>Every row of the sheets.</summary>
    public IReadOnlyList<PlannedRow> Rows { get; }

    /// <summary>What whoever looks at it should know.</summary>
    public IReadOnlyList<LocalText> Notes { get; }

    internal IReadOnlyList<PlannedUnit> Units { get; }
    internal IReadOnlyList<PlannedPerson> People { get; }

    /// <summary>How many new people can be written to.</summary>
    public int NewWithMail => People.Count(one => one.IsNew && one.Entry.Email is { Length: > 0 });

    /// <summary>How many new people cannot: they get printed slips (O17).</summary>
    public int NewWithoutMail => People.Count(one => one.IsNew && one.Entry.Email is not { Length: > 0 });

    /// <summary>How many rows have that fate.</summary>
    public int Count(RowFate fate) => Rows.Count(row => row.Fate == fate);

    /// <summary>
    /// Tells whether it is still what somebody looked at: two plans that say the same of every row have the same.
    /// </summary>
    public string Fingerprint
    {
        get
        {
            var text = new StringBuilder();
            foreach (var row in Rows)
            {
                text.Append(row.IsUnit).Append('|').Append(row.Line).Append('|').Append(row.Name).Append('|')
                    .Append(row.Fate);
                foreach (var one in row.Says) text.Append('|').Append(one.Zh);
                text.Append('\n');
            }

            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }
}
