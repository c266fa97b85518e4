namespace Consultation.Engine.Expressions;

/// <summary>
/// Elsa's <c>JavaScript</c> expressions. The value is that of <c>return</c>, otherwise of the last expression
/// statement; an empty source gives null. Local time of <c>Date</c> is <see cref="ExpressionLimits.LocalOffset"/>.
/// </summary>
public static class JavaScriptExpression
{
    /// <summary>Parses and compiles once; keep the result.</summary>
    /// <exception cref="ExpressionException">The source is not valid or too large.</exception>
    public static CompiledExpression Compile(string source, ExpressionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        throw new ExpressionException(ExpressionErrorKind.Syntax, "JavaScript is not available yet.", 1, 1);
    }
}
