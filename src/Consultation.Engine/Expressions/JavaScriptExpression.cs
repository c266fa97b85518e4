using Consultation.Engine.Expressions.JavaScript;
using Consultation.Engine.Expressions.JavaScript.Compilation;

namespace Consultation.Engine.Expressions;

/// <summary>
/// Elsa's <c>JavaScript</c> expressions. The value is that of <c>return</c>, otherwise of the last expression
/// statement; an empty source gives null. Strict mode; classes, generators and <c>async</c> are refused with a message
/// that says what to write instead. Local time of <c>Date</c> is <see cref="ExpressionLimits.LocalOffset"/>.
/// </summary>
/// <remarks>
/// Lists and objects read from variables are copies. When the run ends without error, those that were changed in place
/// are written back, as Elsa does for <c>variables</c>; after an error nothing of them is kept, while what
/// <c>setVariable</c> or <c>variables.x = ...</c> wrote before is up to the scope.
/// </remarks>
public static class JavaScriptExpression
{
    /// <summary>Parses and compiles once; keep the result.</summary>
    /// <exception cref="ExpressionException">The source is not valid or too large.</exception>
    public static CompiledExpression Compile(string source, ExpressionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= ExpressionLimits.Standard;
        return new Script(source, Compiler.Compile(source, limits), limits);
    }

    private sealed class Script(string source, FunctionCode code, ExpressionLimits limits) : CompiledExpression
    {
        // Naming the globals once fills the shared prototypes.
        private readonly int _globals = Globals.Count;

        public override object? Evaluate(IExpressionScope scope)
        {
            ArgumentNullException.ThrowIfNull(scope);
            var rt = new Runtime(source, limits, scope);
            try
            {
                var env = code.Enter(rt, null, default, _globals == 0 ? [] : code.NewSlots(rt));
                var signal = code.Body!(env);
                var result = Exchange.Export(rt, signal == Signal.Return ? rt.Returned : rt.Completion);
                rt.ReturnChanged();
                return result;
            }
            catch (JsThrow thrown)
            {
                throw rt.Uncaught(thrown);
            }
        }
    }
}
