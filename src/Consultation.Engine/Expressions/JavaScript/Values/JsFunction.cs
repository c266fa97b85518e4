using Consultation.Engine.Expressions.JavaScript.Compilation;

namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>Anything that can be called.</summary>
internal abstract class JsFunction(JsObject? prototype) : JsObject(prototype)
{
    public override string ClassName => "Function";

    public abstract string Name { get; }

    public abstract int ParameterCount { get; }

    public abstract Val Call(Runtime rt, in Val self, Val[] arguments);

    public virtual Val Construct(Runtime rt, Val[] arguments) =>
        throw rt.TypeError($"{(Name.Length == 0 ? "This function" : Name)} cannot be used with new");

    public override bool TryGetOwn(Runtime rt, string key, out Val value)
    {
        switch (key)
        {
            case "name" when !base.TryGetOwn(rt, key, out value):
                value = Val.Of(Name);
                return true;
            case "length":
                value = Val.Of(ParameterCount);
                return true;
            default:
                return base.TryGetOwn(rt, key, out value);
        }
    }
}

internal delegate Val NativeBody(Runtime rt, in Val self, Val[] arguments);

/// <summary>A function of the library or the host.</summary>
internal sealed class NativeFunction : JsFunction
{
    private readonly NativeBody _body;
    private readonly NativeBody? _construct;

    public NativeFunction(
        string name, int parameterCount, NativeBody body, NativeBody? construct = null, bool shared = true)
        : base(Builtins.FunctionPrototype)
    {
        Name = name;
        ParameterCount = parameterCount;
        _body = body;
        _construct = construct;
        IsShared = shared;
    }

    public override string Name { get; }

    public override int ParameterCount { get; }

    public override Val Call(Runtime rt, in Val self, Val[] arguments) => _body(rt, self, arguments);

    public override Val Construct(Runtime rt, Val[] arguments) =>
        _construct is null ? base.Construct(rt, arguments) : _construct(rt, default, arguments);
}

/// <summary>A function written in the script, with the variables around it.</summary>
internal sealed class ScriptFunction(FunctionCode code, Env around) : JsFunction(Builtins.FunctionPrototype)
{
    private JsObject? _instances;

    public FunctionCode Code { get; } = code;

    public Env Around { get; } = around;

    public override string Name => Code.Name;

    public override int ParameterCount => Code.Length;

    public override Val Call(Runtime rt, in Val self, Val[] arguments)
    {
        var env = Code.Enter(rt, Around, self);
        if (Code.SelfSlot >= 0) env.Slots[Code.SelfSlot] = Val.Of(this);
        Code.Bind(env, arguments);
        return Code.Run(rt, env);
    }

    public override Val Construct(Runtime rt, Val[] arguments)
    {
        if (Code.IsArrow || Code.IsMethod) return base.Construct(rt, arguments);
        var instance = new JsObject(Instances(rt));
        rt.Allocate(64);
        var result = Call(rt, Val.Of(instance), arguments);
        return result.IsObject ? result : Val.Of(instance);
    }

    public override bool TryGetOwn(Runtime rt, string key, out Val value)
    {
        if (key == "prototype" && !Code.IsArrow && !Code.IsMethod)
        {
            value = Val.Of(Instances(rt));
            return true;
        }

        return base.TryGetOwn(rt, key, out value);
    }

    public override void Set(Runtime rt, string key, in Val value)
    {
        if (key == "prototype" && value.Object is { } prototype) _instances = prototype;
        else base.Set(rt, key, value);
    }

    private JsObject Instances(Runtime rt)
    {
        if (_instances is not null) return _instances;
        _instances = new JsObject(Builtins.ObjectPrototype);
        _instances.Define(rt, "constructor", Val.Of(this), PropertyFlags.Hidden);
        return _instances;
    }
}
