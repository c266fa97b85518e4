namespace Consultation.Cases.Forms;

/// <summary>Every form that the two procedures need, as data (rows P15–P90, Q36–Q115).</summary>
public static partial class FormCatalogue
{
    private static readonly Dictionary<string, Form> ByKey =
        new[] { Intake, Research, Meeting, Results, Tracking, Plan, Evaluation }.SelectMany(forms => forms())
            .ToDictionary(form => form.Key);

    /// <summary>All forms in the order of the procedures.</summary>
    public static IReadOnlyCollection<Form> All => ByKey.Values;

    /// <summary>
    /// The form by whose fields a record reads, or null: the one of its kind, with the exclusions where they were asked
    /// again; for a kind that a workflow named itself, the one whose title the record bears.
    /// </summary>
    public static Form? Of(CaseRecord record) => Find(record.Kind) switch
    {
        null => All.FirstOrDefault(form => form.Title == record.Title),
        var form when record.Fields.Keys.All(key => form.Find(key) is not null) => form,
        var form => Find($"{form.Key}+exclusion-recheck"),
    };

    /// <summary>
    /// The form, or null when the key is null, empty or unknown. Keys joined by "+" make one form of several, with the
    /// first one's title: a gate that asks the exclusions again shows both (O14).
    /// </summary>
    public static Form? Find(string? key)
    {
        if (key is null) return null;
        if (ByKey.TryGetValue(key, out var form)) return form;
        var parts = key.Split('+').Select(part => ByKey.GetValueOrDefault(part)).ToList();
        return parts.Count < 2 || parts.Contains(null) ? null : parts[0]! with
        {
            Key = key,
            Fields = [.. parts.SelectMany(part => part!.Fields).DistinctBy(field => field.Key)],
        };
    }
}
