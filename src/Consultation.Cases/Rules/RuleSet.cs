using Consultation.Cases.Calendar;

namespace Consultation.Cases.Rules;

/// <summary>The rules of one organisation: its own values, and the product's where it set none.</summary>
/// <param name="own">Values by key that the organisation set.</param>
public sealed class RuleSet(IReadOnlyDictionary<string, string> own)
{
    /// <summary>How an input of a workflow names a rule: <c>rule:verify</c>.</summary>
    public const string Prefix = "rule:";

    /// <summary>The product's values.</summary>
    public static readonly RuleSet Defaults = new(new Dictionary<string, string>());

    /// <summary>What the organisation set for itself.</summary>
    public IReadOnlyDictionary<string, string> Own { get; } = own;

    /// <summary>The value of a rule. An unknown key is a caller's mistake.</summary>
    public string this[string key] => Find(key) ?? throw new ArgumentException($"no rule \"{key}\"", nameof(key));

    /// <summary>The value of a rule; null when there is no such rule.</summary>
    public string? Find(string key) =>
        RuleCatalogue.Find(key) is { } kind ? Own.GetValueOrDefault(key, kind.Default) : null;

    /// <summary>
    /// What an input says: the value of the rule that it names, or its own text; a rule that does not exist stays as it
    /// is written, for whoever reads the value to refuse.
    /// </summary>
    public string? Read(string? text) => KeyIn(text) is { } key ? Find(key) ?? text : text;

    /// <summary>The rule that a text names, or null.</summary>
    public static string? KeyIn(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Trim() : null;

    /// <summary>The value of a rule that is a time limit or a span.</summary>
    public WorkingDuration Duration(string key) =>
        WorkingDuration.TryParseSpan(this[key], out var duration) ? duration
            : throw new ArgumentException($"the rule \"{key}\" is no duration", nameof(key));

    /// <summary>The value of a rule that is a number.</summary>
    public int Number(string key) => int.Parse(this[key], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>True for a rule that is set to yes.</summary>
    public bool IsYes(string key) => this[key] == Forms.FormValues.Yes;
}
