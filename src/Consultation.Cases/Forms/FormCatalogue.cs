namespace Consultation.Cases.Forms;

/// <summary>Every form that the two procedures need, as data (rows P15–P90, Q36–Q115).</summary>
public static partial class FormCatalogue
{
    private static readonly Dictionary<string, Form> ByKey =
        new[] { Intake, Routing, Research, Meeting, Voting, Results, Tracking, Plan, Evaluation, Publishing }
            .SelectMany(forms => forms()).ToDictionary(form => form.Key);

    /// <summary>All forms in the order of the procedures.</summary>
    public static IReadOnlyCollection<Form> All => ByKey.Values;

    /// <summary>
    /// The form by whose fields a record reads, or null: the one of its kind, with the exclusions where they were asked
    /// again; for a kind that a workflow named itself, the one whose title the record bears.
    /// </summary>
    public static Form? Of(CaseRecord record) => Find(record.Kind) switch
    {
        null when record.Kind == Plans.PlanPaperVersion.RecordKind => Find(FormKeys.ImplementationPlan),
        null => All.FirstOrDefault(form => form.Title == record.Title),
        var form when record.Fields.Keys.All(key => form.Find(key) is not null) => form,
        var form => Find(form.Key, [FormKeys.ExclusionRecheck]),
    };

    /// <summary>The form, or null when the key is null, empty or unknown.</summary>
    public static Form? Find(string? key) => key is null ? null : ByKey.GetValueOrDefault(key);

    /// <summary>
    /// One form of several, with the first one's key and title: a gate that asks the exclusions again shows both (O14).
    /// Null when one is unknown.
    /// </summary>
    public static Form? Find(string? key, IReadOnlyCollection<string> added)
    {
        if (Find(key) is not { } form || added.Count == 0) return Find(key);
        var others = added.Select(Find).ToList();
        return others.Contains(null) ? null : form with
        {
            Fields = [.. others.Prepend(form).SelectMany(one => one!.Fields).DistinctBy(field => field.Key)],
        };
    }
}
