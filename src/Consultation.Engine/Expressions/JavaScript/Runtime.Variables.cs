using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript;

internal sealed partial class Runtime
{
    private readonly Dictionary<string, (Val Value, object? Data)> _lent = [];
    private JsObject? _variables;
    private JsObject? _input;

    public Val Variables => Val.Of(_variables ??= new VariablesObject());

    public Val Input => Val.Of(_input ??= new InputObject());

    /// <summary>
    /// Reads a variable. Lists and objects are copied once and handed out again, so that <c>variables.x.push(1)</c> and
    /// <c>getVariable("x")</c> mean the same list.
    /// </summary>
    public bool TryReadVariable(string name, out Val value)
    {
        if (!Scope.TryGetVariable(name, out var data))
        {
            value = default;
            return false;
        }

        if (_lent.TryGetValue(name, out var lent) && ReferenceEquals(lent.Data, data))
        {
            value = lent.Value;
            return true;
        }

        value = Exchange.Import(this, data);
        if (value.IsObject) _lent[name] = (value, data);
        return true;
    }

    public void WriteVariable(string name, in Val value)
    {
        var data = Exchange.Export(this, value);
        if (!Scope.TrySetVariable(name, data))
        {
            throw ReferenceError($"There is no variable called {name}; add it to the workflow's variables first");
        }

        if (value.IsObject) _lent[name] = (value, data);
        else _lent.Remove(name);
    }

    /// <summary>
    /// Writes back the lists and objects that were changed in place; once, after a run without error.
    /// </summary>
    public void ReturnChanged()
    {
        foreach (var (name, (value, data)) in _lent)
        {
            if (!Exchange.IsUnchanged(this, value, data)) Scope.TrySetVariable(name, Exchange.Export(this, value));
        }
    }

    /// <summary>Elsa's <c>variables</c>: each property is a workflow variable.</summary>
    private sealed class VariablesObject() : JsObject(null)
    {
        public override bool TryGetOwn(Runtime rt, string key, out Val value) => rt.TryReadVariable(key, out value);

        public override void Set(Runtime rt, string key, in Val value) => rt.WriteVariable(key, value);

        public override void Define(Runtime rt, string key, in Val value, PropertyFlags flags = PropertyFlags.All) =>
            rt.WriteVariable(key, value);

        public override void Delete(Runtime rt, string key) =>
            throw rt.TypeError($"The variable {key} cannot be deleted; set it to null");

        public override PropertyFlags FlagsOf(Runtime rt, string key) => PropertyFlags.All;

        public override List<string> Keys(Runtime rt, bool enumerableOnly) => [.. rt.Scope.VariableNames];
    }

    /// <summary>The workflow's inputs; read only.</summary>
    private sealed class InputObject() : JsObject(null)
    {
        public override bool TryGetOwn(Runtime rt, string key, out Val value)
        {
            var known = rt.Scope.TryGetInput(key, out var data);
            value = known ? Exchange.Import(rt, data) : default;
            return known;
        }

        public override void Set(Runtime rt, string key, in Val value) =>
            throw rt.TypeError($"The input {key} cannot be changed; use a variable");

        public override void Define(Runtime rt, string key, in Val value, PropertyFlags flags = PropertyFlags.All) =>
            Set(rt, key, value);

        public override List<string> Keys(Runtime rt, bool enumerableOnly) => [.. rt.Scope.InputNames];
    }
}
