using Consultation.Engine.Expressions.Liquid;

namespace Consultation.Engine.Expressions;

/// <summary>
/// Elsa's <c>Liquid</c> expressions, used for mails and documents too: output with filters, <c>if unless case for
/// assign capture cycle increment decrement comment raw echo</c> and whitespace control. <c>include</c> and its kin are
/// refused: a template stands for itself.
/// </summary>
public static class LiquidTemplate
{
    /// <summary>Parses and compiles once; keep the result.</summary>
    /// <exception cref="ExpressionException">The source is not valid or too large.</exception>
    public static CompiledTemplate Compile(string source, ExpressionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= ExpressionLimits.Standard;
        return new CompiledTemplate(source, TemplateParser.Parse(source, limits), limits);
    }
}
