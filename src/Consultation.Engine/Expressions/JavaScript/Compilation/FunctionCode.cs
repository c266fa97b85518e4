using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

/// <summary>A compiled function without the variables around it.</summary>
internal sealed class FunctionCode(Layout layout)
{
    /// <summary>Small environments of functions that keep nothing are not counted as memory.</summary>
    private const int UncountedSlots = 16;

    public required string Name { get; init; }

    public required int At { get; init; }

    public bool IsArrow { get; init; }

    public bool IsMethod { get; init; }

    /// <summary>The parameters before the first default or rest.</summary>
    public int Length { get; init; }

    /// <summary>Only plain names, in the first slots.</summary>
    public bool IsSimple { get; init; }

    public int ParameterCount { get; init; }

    public int ThisSlot { get; init; } = -1;

    public int ArgumentsSlot { get; init; } = -1;

    public int SelfSlot { get; set; } = -1;

    public bool KeepsVariables { get; init; }

    /// <summary>Puts arguments into patterns, defaults and rest; null for a simple function.</summary>
    public Action<Env, Val[]>? Binder { get; set; }

    public Exec? Body { get; set; }

    public Eval? Result { get; set; }

    public Val[] NewSlots(Runtime rt)
    {
        var count = layout.SlotCount;
        if (KeepsVariables || count > UncountedSlots) rt.Allocate(40 + (count * 16L));
        return count == 0 ? [] : new Val[count];
    }

    public Env Enter(Runtime rt, Env around, in Val self) => Enter(rt, around, self, NewSlots(rt));

    public Env Enter(Runtime rt, Env? around, in Val self, Val[] slots)
    {
        rt.EnterCall();
        rt.Step(rt.At);
        if (ThisSlot >= 0) slots[ThisSlot] = self;
        return new Env(rt, around, slots);
    }

    public void Bind(Env env, Val[] arguments)
    {
        if (ArgumentsSlot >= 0) env.Slots[ArgumentsSlot] = env.Rt.NewList([.. arguments]);
        if (Binder is not null)
        {
            Binder(env, arguments);
            return;
        }

        Array.Copy(arguments, env.Slots, Math.Min(arguments.Length, ParameterCount));
    }

    public Val Run(Runtime rt, Env env)
    {
        var value = default(Val);
        if (Result is not null) value = Result(env);
        else if (Body!(env) == Signal.Return)
        {
            value = rt.Returned;
            rt.Returned = default;
        }

        rt.LeaveCall();
        return value;
    }
}
