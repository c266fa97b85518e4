using Consultation.Cases.Forms;

namespace Consultation.Cases.Surveys;

/// <summary>How a question is answered.</summary>
public enum QuestionKind
{
    /// <summary>单选: one of the options.</summary>
    One,
    /// <summary>多选: any of the options.</summary>
    Several,
    /// <summary>评分: a whole number from the least to the most.</summary>
    Scale,
    /// <summary>文字: words of one's own.</summary>
    Text,
    /// <summary>数字: a whole number.</summary>
    Number,
}

/// <summary>One question of a survey.</summary>
public sealed record SurveyQuestion
{
    /// <summary>
    /// Stored name of the answer, unique in its survey: a lower-case letter, then letters, digits, hyphens.
    /// </summary>
    public required string Key { get; init; }
    public required LocalText Text { get; init; }
    public QuestionKind Kind { get; init; }

    /// <summary>What can be chosen, for the kinds that have options.</summary>
    public IReadOnlyList<FieldChoice> Options { get; init; } = [];

    /// <summary>Least and most: of a scale, of a number; for several options how many may be chosen.</summary>
    public int? Min { get; init; }
    public int? Max { get; init; }
    public bool Required { get; init; }

    /// <summary>Whether it is answered by choosing.</summary>
    public bool HasOptions => Kind is QuestionKind.One or QuestionKind.Several;
}
