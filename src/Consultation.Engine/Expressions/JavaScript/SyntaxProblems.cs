using System.Collections.Frozen;
using Acornima;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>What is wrong with a source that cannot be read, in words that say what to mend.</summary>
internal static class SyntaxProblems
{
    /// <summary>Signs as they are typed in Chinese text, which the language does not know.</summary>
    private static readonly FrozenDictionary<char, string> Hints = new Dictionary<char, string>
    {
        ['“'] = "use the straight quotes \" or '",
        ['”'] = "use the straight quotes \" or '",
        ['‘'] = "use the straight quotes \" or '",
        ['’'] = "use the straight quotes \" or '",
        ['，'] = "use the narrow comma ,",
        ['、'] = "use the narrow comma ,",
        ['（'] = "use the narrow brackets ( )",
        ['）'] = "use the narrow brackets ( )",
        ['；'] = "use the narrow ; : .",
        ['：'] = "use the narrow ; : .",
        ['。'] = "use the narrow ; : .",
    }.ToFrozenDictionary();

    public static ExpressionException Of(Exception unreadable, string source, ExpressionLimits limits)
    {
        for (var cause = unreadable; cause is not null; cause = cause.InnerException)
        {
            if (cause is not ParseErrorException { Error: { } error }) continue;
            var sign = error.Index < source.Length ? source[error.Index] : ' ';
            var hint = Hints.TryGetValue(sign, out var instead) ? $"; {instead}" : null;
            var problem = hint is null
                ? Problems.Plain(error.Description)
                : $"The character {sign} cannot stand here{hint}";
            return new ExpressionException(ExpressionErrorKind.Syntax, problem, error.LineNumber, error.Column + 1);
        }

        return new ExpressionException(
            ExpressionErrorKind.Limit,
            $"The expression is nested more than {limits.MaxNesting} levels deep; cut it into several steps.",
            1,
            1);
    }
}
