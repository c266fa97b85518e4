namespace Consultation.Cases.Forms;

/// <summary>Every form that the two procedures need, as data (rows P15–P90, Q36–Q115).</summary>
public static partial class FormCatalogue
{
    private static readonly Dictionary<string, Form> ByKey =
        new[] { Intake, Research, Meeting, Results, Tracking, Plan, Evaluation }.SelectMany(forms => forms()).ToDictionary(form => form.Key);

    /// <summary>All forms in the order of the procedures.</summary>
    public static IReadOnlyCollection<Form> All => ByKey.Values;

    /// <summary>The form, or null when the key is null, empty or unknown.</summary>
    public static Form? Find(string? key) => key is null ? null : ByKey.GetValueOrDefault(key);
}
