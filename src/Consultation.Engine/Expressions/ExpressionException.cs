namespace Consultation.Engine.Expressions;

/// <summary>Why an expression gave no value.</summary>
public enum ExpressionErrorKind
{
    /// <summary>The text is not a valid expression; found when it is compiled.</summary>
    Syntax,

    /// <summary>It failed while it ran.</summary>
    Runtime,

    /// <summary>It asked for more than <see cref="ExpressionLimits"/> allow.</summary>
    Limit,
}

/// <summary>
/// An expression could not be compiled or evaluated. The message is in plain words, says what to mend and ends with
/// the place; nothing of the engine's inside is shown.
/// </summary>
public sealed class ExpressionException : Exception
{
    public ExpressionException(ExpressionErrorKind kind, string problem, int line, int column)
        : base(line > 0 ? $"{problem} (line {line}, column {column})" : problem)
    {
        Kind = kind;
        Problem = problem;
        Line = line;
        Column = column;
    }

    public ExpressionErrorKind Kind { get; }

    /// <summary>The message without the place.</summary>
    public string Problem { get; }

    /// <summary>From 1; 0 if the place is not known.</summary>
    public int Line { get; }

    /// <summary>From 1, counted in UTF-16 units; 0 if the place is not known.</summary>
    public int Column { get; }
}
