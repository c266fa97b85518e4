using Consultation.Cases.Forms;

namespace Consultation.Cases.People;

/// <summary>Who has a duty in the case's work group, and who stands in (P28, P29).</summary>
/// <param name="Who">The person with the duty.</param>
/// <param name="Substitute">Who stands in for that person, or null.</param>
public sealed record DutyHolder(PersonId Who, PersonId? Substitute);

/// <summary>
/// The duties of a work group, as the form of its setting-up names them: planning, liaison and documents have to be
/// filled, each with a substitute (P28, P29).
/// </summary>
public static class WorkGroupDuties
{
    /// <summary>组织策划, 协调联络, 资料整理: all three must be filled.</summary>
    public static readonly IReadOnlyList<FieldChoice> Required =
    [
        new("planning", new("组织策划", "Planning")),
        new("liaison", new("协调联络", "Liaison")),
        new("documents", new("资料整理", "Documents")),
    ];

    /// <summary>Kind of the record of an appointed group: its duties have people from then on.</summary>
    public const string AppointedKind = "work-group-appointed";

    /// <summary>Everybody in the appointed group, those who stand in too: written in the place of a duty.</summary>
    internal static readonly FieldChoice All = new("all", new("全体", "everybody"));

    internal static string Known => string.Join("、", Required.Append(All).Select(duty => duty.Key));

    internal static FieldChoice? Find(string key) =>
        Required.Append(All).FirstOrDefault(duty => duty.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// What is wrong with the duties entered: each of the three is filled, and nobody is the substitute of himself.
    /// </summary>
    public static IReadOnlyList<FieldError> Check(IReadOnlyDictionary<string, string> fields)
    {
        var rows = fields.RowsOf("duties");
        var errors = Required.Where(duty => rows.All(row => row.Text("duty") != duty.Key))
            .Select(duty => new FieldError("duties", new(
                $"“{duty.Label.Zh}”还没有人负责，请加一行。", $"Nobody has the duty “{duty.Label.En}”; add a row.")))
            .ToList();
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index].Person("who") is { } who && rows[index].Person("substitute") == who)
            {
                errors.Add(new($"duties[{index}].substitute", new(
                    $"第 {index + 1} 行：替补人不能是负责人自己。", $"Row {index + 1}: nobody stands in for himself.")));
            }
        }

        return errors;
    }

    /// <summary>Who has the duty in the appointed group; nobody before one is appointed.</summary>
    public static IReadOnlyList<DutyHolder> HoldersOf(string duty, CaseFile file) =>
        file.Records.Find(record => record.Kind == AppointedKind) is not { } group ? []
            : duty == All.Key
                ? [.. WorkGroupAppointment.Of(group.Fields).Everybody.Select(who => new DutyHolder(who, null))]
                : [.. group.Fields.RowsOf("duties").Where(row => row.Text("duty") == duty)
                .Select(row => row.Person("who") is { } who ? new DutyHolder(who, row.Person("substitute")) : null)
                .OfType<DutyHolder>()];
}
