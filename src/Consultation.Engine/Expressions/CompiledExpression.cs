namespace Consultation.Engine.Expressions;

/// <summary>An expression ready to run: immutable, safe for many threads, made once and kept.</summary>
public abstract class CompiledExpression
{
    /// <summary>Runs the expression and gives plain data (see <see cref="PlainData"/>).</summary>
    /// <exception cref="ExpressionException">It failed or asked for too much.</exception>
    public abstract object? Evaluate(IExpressionScope scope);
}
