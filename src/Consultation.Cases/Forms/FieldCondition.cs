using System.Text.Json;

namespace Consultation.Cases.Forms;

/// <summary>What other fields of a form must hold for a field to be asked or required.</summary>
/// <param name="Terms">Fields and the values looked for; "" looks for an empty field.</param>
/// <param name="Negated">False: one term must hold. True: none may hold.</param>
public sealed record FieldCondition(IReadOnlyList<FieldTerm> Terms, bool Negated = false)
{
    private static readonly JsonSerializerOptions ForScripts = new(JsonSerializerDefaults.Web);

    /// <summary>One field says this.</summary>
    public static FieldCondition Is(string field, string value) => new([new FieldTerm(field, value)]);

    /// <summary>One of the fields says this.</summary>
    public static FieldCondition Any(string value, params IEnumerable<string> fields) =>
        new([.. fields.Select(field => new FieldTerm(field, value))]);

    /// <summary>None of the fields says this.</summary>
    public static FieldCondition None(string value, params IEnumerable<string> fields) =>
        Any(value, fields) with { Negated = true };

    /// <summary>Whether the entries meet the condition.</summary>
    public bool Holds(IReadOnlyDictionary<string, string> fields) =>
        Terms.Any(term => FormValues.Same(fields.Text(term.Field), term.Value)) != Negated;

    /// <summary>As JSON, for the script of the page that shows and hides the field.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ForScripts);
}

/// <summary>One field and the value looked for; of several choices one is enough.</summary>
/// <param name="Field">Key of the field.</param>
/// <param name="Value">Stored value; "yes" and "no" however they were written.</param>
public sealed record FieldTerm(string Field, string Value);
