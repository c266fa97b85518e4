using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using JsEngine = global::Jint.Engine;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>An object whose properties are looked up when they are asked for.</summary>
internal abstract class LookedUpObject(Evaluation run) : ObjectInstance(run.Engine)
{
    protected Evaluation Run => run;

    public sealed override PropertyDescriptor GetOwnProperty(JsValue property) =>
        property is JsString && TryRead(property.ToString(), out var value)
            ? new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable)
            : base.GetOwnProperty(property);

    public sealed override bool HasProperty(JsValue property) =>
        (property is JsString && TryRead(property.ToString(), out _)) || base.HasProperty(property);

    public sealed override bool Set(JsValue property, JsValue value, JsValue receiver)
    {
        Write(property.ToString(), value);
        return true;
    }

    public sealed override bool DefineOwnProperty(JsValue property, PropertyDescriptor desc)
    {
        Write(property.ToString(), desc.Value ?? Undefined);
        return true;
    }

    public sealed override List<JsValue> GetOwnPropertyKeys(Types types = Types.String | Types.Symbol) =>
        [.. Names.Distinct().Select(name => new JsString(name))];

    protected abstract IEnumerable<string> Names { get; }

    protected abstract bool TryRead(string name, out JsValue value);

    protected abstract void Write(string name, JsValue value);
}

/// <summary>Elsa's <c>variables</c>: each property is a workflow variable.</summary>
internal sealed class VariablesObject(Evaluation run) : LookedUpObject(run)
{
    protected override IEnumerable<string> Names => Run.Scope.VariableNames;

    public override bool Delete(JsValue property) =>
        throw Run.TypeError($"The variable {property} cannot be deleted; set it to null");

    protected override bool TryRead(string name, out JsValue value) => Run.TryReadVariable(name, out value);

    protected override void Write(string name, JsValue value) => Run.WriteVariable(name, value);
}

/// <summary>The workflow's inputs; read only.</summary>
internal sealed class InputObject(Evaluation run) : LookedUpObject(run)
{
    protected override IEnumerable<string> Names => Run.Scope.InputNames;

    public override bool Delete(JsValue property) => throw ReadOnly(property.ToString());

    protected override bool TryRead(string name, out JsValue value)
    {
        var known = Run.Scope.TryGetInput(name, out var data);
        value = known ? Exchange.Import(Run, data) : Undefined;
        return known;
    }

    protected override void Write(string name, JsValue value) => throw ReadOnly(name);

    private JavaScriptException ReadOnly(string name) =>
        Run.TypeError($"The input {name} cannot be changed; use a variable");
}

/// <summary>A length of time that came from the workflow.</summary>
internal sealed class SpanObject : ObjectInstance
{
    public SpanObject(JsEngine engine, TimeSpan span)
        : base(engine)
    {
        Span = span;
        Show("totalMilliseconds", span.TotalMilliseconds);
        Show("totalSeconds", span.TotalSeconds);
        Show("totalMinutes", span.TotalMinutes);
        Show("totalHours", span.TotalHours);
        Show("totalDays", span.TotalDays);
        Offer("toString", PlainData.ToText(span));
        Offer("toJSON", PlainData.ToText(span));
        Offer("valueOf", JsNumber.Create(span.TotalMilliseconds));
    }

    public TimeSpan Span { get; }

    private void Show(string name, double number) =>
        FastSetProperty(name, new PropertyDescriptor(JsNumber.Create(number), PropertyFlag.AllForbidden));

    private void Offer(string name, JsValue value) => FastSetProperty(
        name,
        new PropertyDescriptor(new ClrFunction(Engine, name, (_, _) => value), PropertyFlag.AllForbidden));
}
