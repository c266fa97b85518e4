using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using JsEngine = global::Jint.Engine;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>One evaluation of a script: its engine, what it may use up, and what it was lent of the workflow.</summary>
internal sealed class Evaluation
{
    /// <summary>A token that is cancelled: whoever would have to wait is told so instead.</summary>
    private static readonly CancellationToken AtOnce = new(canceled: true);

    /// <summary>Bytes of the caller's stack that a script without calls of its own may use.</summary>
    private const int LeastStack = 384 * 1024;

    private readonly PreparedScript _script;
    private readonly Dictionary<string, (JsValue Value, object? Data)> _lent = [];

    public Evaluation(PreparedScript script, ExpressionLimits limits, IExpressionScope scope)
    {
        _script = script;
        Scope = scope;
        Limits = limits;
        Budget = new Budget(limits, script.MayRecurse ? DeepStack.ForScripts : LeastStack, scope.Stop);
        Engine = Guard.Open(Budget, limits, scope);
        Additions.Install(this, script);
        LongTexts.Watch(this, script);
        Towers.Watch(this, script);
        WorkflowNames.Install(this, script);
    }

    public JsEngine Engine { get; }

    public Budget Budget { get; }

    public ExpressionLimits Limits { get; }

    public IExpressionScope Scope { get; }

    /// <summary>Runs the script and gives plain data.</summary>
    public object? Run()
    {
        try
        {
            var value = Engine.Evaluate(_script.Script).UnwrapIfPromise(AtOnce);
            var result = Exchange.Export(this, value);
            ReturnChanged();
            if (Budget.Spent is not null) throw new StatementsCountOverflowException();
            return result;
        }
        catch (Exception failure) when (RuntimeProblems.IsOfEvaluator(failure))
        {
            throw RuntimeProblems.Of(failure, this);
        }
    }

    /// <summary>
    /// Reads a variable. Lists and objects are copied once and handed out again, so that <c>variables.x.push(1)</c> and
    /// <c>getVariable("x")</c> mean the same list.
    /// </summary>
    public bool TryReadVariable(string name, out JsValue value)
    {
        if (!Scope.TryGetVariable(name, out var data))
        {
            value = JsValue.Undefined;
            return false;
        }

        if (_lent.TryGetValue(name, out var lent) && ReferenceEquals(lent.Data, data))
        {
            value = lent.Value;
            return true;
        }

        value = Exchange.Import(this, data);
        if (value is ObjectInstance) _lent[name] = (value, data);
        return true;
    }

    public void WriteVariable(string name, JsValue value)
    {
        var data = Exchange.Export(this, value);
        if (!Scope.TrySetVariable(name, data))
        {
            throw TypeError($"There is no variable called {name}; add it to the workflow's variables first");
        }

        if (value is ObjectInstance) _lent[name] = (value, data);
        else _lent.Remove(name);
    }

    /// <summary>An error that the script may catch.</summary>
    public JavaScriptException TypeError(string message) => new(Engine.Intrinsics.TypeError, message);

    /// <summary>The text of a value as <c>String(value)</c> gives it, also of a symbol.</summary>
    public static string TextOf(JsValue value) => value is JsSymbol ? value.ToString() : TypeConverter.ToString(value);

    /// <summary>
    /// Writes back the lists and objects that were changed in place; once, after a run without error.
    /// </summary>
    private void ReturnChanged()
    {
        foreach (var (name, (value, data)) in _lent)
        {
            if (!Exchange.IsUnchanged(this, value, data)) Scope.TrySetVariable(name, Exchange.Export(this, value));
        }
    }
}
