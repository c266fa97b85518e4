using Consultation.Cases.Forms;

namespace Consultation.Web.Layout;

/// <summary>
/// What a <see cref="PostForm"/> hands down to its fields: what was typed, and what is wrong with it.
/// </summary>
/// <param name="Posted">The typed values when this form was posted, otherwise null.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record FormState(PostedForm? Posted, IReadOnlyList<FieldError> Errors)
{
    /// <summary>Outside of a form.</summary>
    internal static readonly FormState None = new(null, []);

    /// <summary>What the field shows: what was typed, otherwise the stored value.</summary>
    public string Value(string name, string? stored) => Posted is null ? stored ?? "" : Posted[name];

    /// <summary>What a field that may come several times shows.</summary>
    public IReadOnlyList<string> Values(string name, IEnumerable<string> stored) =>
        Posted is null ? [.. stored] : Posted.All(name);

    /// <summary>The first error of a field, or null.</summary>
    public FieldError? ErrorOf(string name) =>
        Errors.FirstOrDefault(error => error.Field == name || FormReader.Prefix + error.Field == name);

    /// <summary>
    /// The name by which errors call a posted field: without what stands before the fields of a domain form.
    /// </summary>
    internal static string Bare(string name) =>
        name.StartsWith(FormReader.Prefix, StringComparison.Ordinal) ? name[FormReader.Prefix.Length..] : name;
}

/// <summary>One entry of a select or a list of boxes.</summary>
/// <param name="Value">Posted.</param>
/// <param name="Label">Shown.</param>
/// <param name="Group">Heading under which the entry stands, or null.</param>
public sealed record Option(string Value, string Label, string? Group = null)
{
    /// <summary>What a search box finds it by besides its label, in small letters; null for the label alone.</summary>
    public string? Words { get; init; }
}
