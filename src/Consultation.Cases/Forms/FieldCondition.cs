namespace Consultation.Cases.Forms;

/// <summary>What other fields of a form must hold for a field to be asked or required.</summary>
/// <param name="Terms">Fields and the values looked for; "" looks for an empty field.</param>
/// <param name="Negated">False: one term must hold. True: none may hold.</param>
public sealed record FieldCondition(IReadOnlyList<FieldTerm> Terms, bool Negated = false)
{
    /// <summary>Reads "a=x,b=y" (any of these) or "!a=x,b=y" (none of these).</summary>
    /// <exception cref="FormatException">A term without "=".</exception>
    public static FieldCondition Parse(string text) => new(
        [.. text.TrimStart('!').Split(',').Select(term => term.Split('=', 2) is [var field, var value]
            ? new FieldTerm(field, value)
            : throw new FormatException($"“{term}” is no condition; write field=value."))],
        text.StartsWith('!'));

    /// <summary>Whether the entries meet the condition.</summary>
    public bool Holds(IReadOnlyDictionary<string, string> fields) =>
        Terms.Any(term => FormValues.Same(fields.Text(term.Field), term.Value)) != Negated;

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        (Negated ? "!" : "") + string.Join(',', Terms.Select(term => $"{term.Field}={term.Value}"));
}

/// <summary>One field and the value looked for; of several choices one is enough.</summary>
/// <param name="Field">Key of the field.</param>
/// <param name="Value">Stored value; "yes" and "no" however they were written.</param>
public sealed record FieldTerm(string Field, string Value);
