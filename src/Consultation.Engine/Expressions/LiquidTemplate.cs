namespace Consultation.Engine.Expressions;

/// <summary>Elsa's <c>Liquid</c> expressions, used for mails and documents too.</summary>
public static class LiquidTemplate
{
    /// <summary>Parses and compiles once; keep the result.</summary>
    /// <exception cref="ExpressionException">The source is not valid or too large.</exception>
    public static CompiledTemplate Compile(string source, ExpressionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        throw new ExpressionException(ExpressionErrorKind.Syntax, "Liquid is not available yet.", 1, 1);
    }
}
