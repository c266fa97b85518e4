using Consultation.Engine.Expressions.JavaScript;

namespace Consultation.Engine.Expressions;

/// <summary>
/// Elsa's <c>JavaScript</c> expressions. The value is that of <c>return</c>, otherwise of the last expression
/// statement, or what a promise of it settles to; an empty source gives null.
/// </summary>
/// <remarks>
/// Lists and objects read from variables are copies. When the run ends without error, those that were changed in place
/// are written back, as Elsa does for <c>variables</c>; after an error nothing of them is kept, while what
/// <c>setVariable</c> or <c>variables.x = ...</c> wrote before is up to the scope.
/// </remarks>
public static class JavaScriptExpression
{
    /// <summary>Reads the source once; keep the result.</summary>
    /// <exception cref="ExpressionException">The source is not valid or too large.</exception>
    public static CompiledExpression Compile(string source, ExpressionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= ExpressionLimits.Standard;
        return new Script(PreparedScript.Of(source, limits), limits);
    }

    private sealed class Script(PreparedScript script, ExpressionLimits limits) : CompiledExpression
    {
        public override object? Evaluate(IExpressionScope scope)
        {
            ArgumentNullException.ThrowIfNull(scope);
            return script.MayRecurse
                ? DeepStack.Run(() => new Evaluation(script, limits, scope).Run())
                : new Evaluation(script, limits, scope).Run();
        }
    }
}
