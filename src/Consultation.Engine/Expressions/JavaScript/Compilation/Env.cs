using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

/// <summary>The variables of one call, or of one turn of a loop whose variables a function keeps.</summary>
internal sealed class Env(Runtime rt, Env? outer, Val[] slots)
{
    public readonly Runtime Rt = rt;
    public readonly Env? Outer = outer;
    public readonly Val[] Slots = slots;

    public Env Up(int hops)
    {
        var env = this;
        for (; hops > 0; hops--) env = env.Outer!;
        return env;
    }
}

/// <summary>A compiled expression.</summary>
internal delegate Val Eval(Env env);

/// <summary>A compiled statement.</summary>
internal delegate Signal Exec(Env env);

/// <summary>A compiled target of an assignment.</summary>
internal delegate void Store(Env env, in Val value);

/// <summary>How a statement ended.</summary>
internal enum Signal
{
    Next,
    Break,
    Continue,
    Return,
}
