using Consultation.Engine.Describing;

namespace Consultation.Engine.Definitions;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>The definition must not be published.</summary>
    Error,

    /// <summary>It runs, but probably not as meant.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Information,
}

/// <summary>One thing that checking a definition found, in words for the person who draws it.</summary>
/// <param name="Severity">Only an <see cref="FindingSeverity.Error"/> keeps the definition from being
/// published.</param>
/// <param name="Code">A stable name of the rule, for example <c>unknown-activity</c>.</param>
/// <param name="ActivityId">The activity's id, or null when the whole definition is meant.</param>
/// <param name="NodeId">The activity's node id, or null.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Mend">How to mend it.</param>
public sealed record DefinitionFinding(
    FindingSeverity Severity,
    string Code,
    string? ActivityId,
    string? NodeId,
    BilingualText Message,
    BilingualText Mend)
{
    /// <summary>Where, what, and how to mend it, for a reader who sees no list of findings.</summary>
    public BilingualText Sentence
    {
        get
        {
            var sentences = BilingualText.Sentences(Message, Mend);
            return ActivityId is { } id
                ? new($"活动“{id}”：{sentences.Zh}", $"Activity “{id}”: {sentences.En}")
                : sentences;
        }
    }

    /// <summary>The name of the input that is meant, or null.</summary>
    public string? InputName { get; init; }

    /// <summary>Line in the input's expression from 1; 0 if no expression is meant.</summary>
    public int Line { get; init; }

    /// <summary>Column in the input's expression from 1; 0 if no expression is meant.</summary>
    public int Column { get; init; }
}
