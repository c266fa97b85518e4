using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

internal sealed partial class Compiler
{
    private Eval CallOf(Call node, bool chained)
    {
        var evals =
            node.Arguments.Select(argument => Expression(argument is Spread part ? part.Value : argument)).ToArray();
        var direct = node.Arguments.Exists(static argument => argument is Spread) ? null : evals;
        var arguments = Arguments(node.Arguments, evals);
        var (at, optional) = (node.At, node.Optional);
        var wording = Wording(node.Callee);
        if (node.Callee is Member member) return MethodCall(member, chained, optional, direct, arguments, wording, at);
        var callee = chained ? Link(node.Callee) : Expression(node.Callee);
        return env =>
        {
            var function = callee(env);
            if (chained)
            {
                if (function.IsUnset) return function;
                if (optional && function.IsNullish) return Val.Unset;
            }

            return Invoke(env, function, default, direct, arguments, wording, at);
        };
    }

    private Eval MethodCall(
        Member member, bool chained, bool optional, Eval[]? direct, Func<Env, Val[]> arguments, string wording, int at)
    {
        var target = chained ? Link(member.Target) : Expression(member.Target);
        var computed = member.Computed is null ? null : Expression(member.Computed);
        var (key, memberAt, memberOptional) = (string.Intern(member.Key ?? ""), member.At, member.Optional);
        return env =>
        {
            var self = target(env);
            if (chained)
            {
                if (self.IsUnset) return self;
                if (memberOptional && self.IsNullish) return Val.Unset;
            }

            var rt = env.Rt;
            Val function;
            if (computed is null)
            {
                rt.At = memberAt;
                function = rt.GetMember(self, key);
            }
            else
            {
                var index = computed(env);
                rt.At = memberAt;
                function = rt.GetMember(self, index);
            }

            if (chained && optional && function.IsNullish) return Val.Unset;
            return Invoke(env, function, self, direct, arguments, wording, at);
        };
    }

    private static Val Invoke(
        Env env, in Val callee, in Val self, Eval[]? direct, Func<Env, Val[]> arguments, string wording, int at)
    {
        var rt = env.Rt;
        if (callee.Ref is ScriptFunction { Code.IsSimple: true } script && direct is not null)
        {
            // The arguments go straight into the slots of the call.
            var code = script.Code;
            var slots = code.NewSlots(rt);
            for (var i = 0; i < direct.Length; i++)
            {
                var value = direct[i](env);
                if (i < code.ParameterCount) slots[i] = value;
            }

            rt.At = at;
            var inner = code.Enter(rt, script.Around, self, slots);
            if (code.SelfSlot >= 0) slots[code.SelfSlot] = callee;
            return code.Run(rt, inner);
        }

        if (callee.Ref is not JsFunction function)
        {
            rt.At = at;
            throw rt.TypeError($"{wording} is not a function");
        }

        var values = arguments(env);
        rt.At = at;
        rt.Step(at);
        return function.Call(rt, self, values);
    }

    private static Func<Env, Val[]> Arguments(List<Node> nodes, Eval[] evals)
    {
        if (nodes.Count == 0) return static _ => [];
        var spreads = nodes.Select(static node => node is Spread).ToArray();
        if (Array.IndexOf(spreads, true) < 0)
        {
            return env =>
            {
                var values = new Val[evals.Length];
                for (var i = 0; i < values.Length; i++) values[i] = evals[i](env);
                return values;
            };
        }

        return env =>
        {
            var values = new List<Val>();
            for (var i = 0; i < evals.Length; i++)
            {
                var value = evals[i](env);
                if (!spreads[i])
                {
                    values.Add(value);
                    continue;
                }

                foreach (var item in env.Rt.Iterate(value)) values.Add(item);
                env.Rt.Allocate(values.Count * 16L);
            }

            return [.. values];
        };
    }

    private Eval NewOf(New node)
    {
        var callee = Expression(node.Callee);
        var evals =
            node.Arguments.Select(argument => Expression(argument is Spread part ? part.Value : argument)).ToArray();
        var arguments = Arguments(node.Arguments, evals);
        var (wording, at) = (Wording(node.Callee), node.At);
        return env =>
        {
            var rt = env.Rt;
            var type = callee(env);
            var values = arguments(env);
            rt.At = at;
            rt.Step(at);
            return type.Ref is JsFunction function
                ? function.Construct(rt, values)
                : throw rt.TypeError($"{wording} cannot be used with new");
        };
    }

    /// <summary>How the source names what is called, for error messages.</summary>
    private static string Wording(Node callee)
    {
        var text = callee switch
        {
            Name name => name.Text,
            Member { Key: { } key, Target: Name name } => $"{name.Text}.{key}",
            Member { Key: { } key } => $".{key}",
            _ => "This",
        };
        return text.Length <= 60 ? text : text[..57] + "...";
    }
}
