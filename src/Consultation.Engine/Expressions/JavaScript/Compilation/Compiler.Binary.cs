using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

internal sealed partial class Compiler
{
    private Eval BinaryOf(Binary node)
    {
        var left = Expression(node.Left);
        var right = Expression(node.Right);
        switch (node.Sign)
        {
            case "&&":
                return env =>
                {
                    var value = left(env);
                    return value.Truthy ? right(env) : value;
                };
            case "||":
                return env =>
                {
                    var value = left(env);
                    return value.Truthy ? value : right(env);
                };
            case "??":
                return env =>
                {
                    var value = left(env);
                    return value.IsNullish ? right(env) : value;
                };
            default:
                return Operate(node.Sign, left, right, node.At);
        }
    }

    private static Eval Operate(string sign, Eval left, Eval right, int at)
    {
        switch (sign)
        {
            case "+":
                return env =>
                {
                    var a = left(env);
                    var b = right(env);
                    if (a.IsNumber && b.IsNumber) return Val.Of(a.Number + b.Number);
                    env.Rt.At = at;
                    return env.Rt.Add(a, b);
                };
            case "-":
                return env =>
                {
                    var a = left(env);
                    var b = right(env);
                    return Val.Of(Number(env, a, at) - Number(env, b, at));
                };
            case "*":
                return env =>
                {
                    var a = left(env);
                    var b = right(env);
                    return Val.Of(Number(env, a, at) * Number(env, b, at));
                };
            case "/":
                return env =>
                {
                    var a = left(env);
                    var b = right(env);
                    return Val.Of(Number(env, a, at) / Number(env, b, at));
                };
            case "===":
                return env =>
                {
                    var a = left(env);
                    return Val.Of(env.Rt.StrictEquals(a, right(env)));
                };
            case "!==":
                return env =>
                {
                    var a = left(env);
                    return Val.Of(!env.Rt.StrictEquals(a, right(env)));
                };
            case "<":
                return env =>
                {
                    var a = left(env);
                    var b = right(env);
                    if (a.IsNumber && b.IsNumber) return Val.Of(a.Number < b.Number);
                    env.Rt.At = at;
                    return Val.Of(env.Rt.Less(a, b) == true);
                };
            default:
                var operation = Operation(sign);
                return env =>
                {
                    var a = left(env);
                    var b = right(env);
                    env.Rt.At = at;
                    return operation(env.Rt, a, b);
                };
        }
    }

    private delegate Val Operator(Runtime rt, in Val left, in Val right);

    private static Operator Operation(string sign) => sign switch
    {
        "+" => static (Runtime rt, in Val a, in Val b) => rt.Add(a, b),
        "-" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToNumber(a) - rt.ToNumber(b)),
        "*" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToNumber(a) * rt.ToNumber(b)),
        "/" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToNumber(a) / rt.ToNumber(b)),
        "%" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToNumber(a) % rt.ToNumber(b)),
        "**" => static (Runtime rt, in Val a, in Val b) => Val.Of(Runtime.Power(rt.ToNumber(a), rt.ToNumber(b))),
        "==" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.LooseEquals(a, b)),
        "!=" => static (Runtime rt, in Val a, in Val b) => Val.Of(!rt.LooseEquals(a, b)),
        ">" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.Less(b, a) == true),
        "<=" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.Less(b, a) == false),
        ">=" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.Less(a, b) == false),
        "&" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToInt32(a) & rt.ToInt32(b)),
        "|" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToInt32(a) | rt.ToInt32(b)),
        "^" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToInt32(a) ^ rt.ToInt32(b)),
        "<<" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToInt32(a) << (rt.ToInt32(b) & 31)),
        ">>" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.ToInt32(a) >> (rt.ToInt32(b) & 31)),
        ">>>" => static (Runtime rt, in Val a, in Val b) => Val.Of((uint)rt.ToInt32(a) >> (rt.ToInt32(b) & 31)),
        "in" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.In(a, b)),
        "instanceof" => static (Runtime rt, in Val a, in Val b) => Val.Of(rt.InstanceOf(a, b)),
        _ => throw new InvalidOperationException($"Unknown operator {sign}."),
    };
}
