using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

internal sealed partial class Compiler
{
    private Exec Loop(Node node, List<string>? labels)
    {
        _loops++;
        var loop = node switch
        {
            While part => WhileLoop(part, labels),
            For part => ForLoop(part, labels),
            ForEach part => EachLoop(part, labels),
            _ => throw new InvalidOperationException("Not a loop."),
        };
        _loops--;
        return _tracksCompletion ? Reset(loop) : loop;
    }

    /// <summary>True if the loop goes on; otherwise <paramref name="signal"/> is how it ends.</summary>
    private static bool GoesOn(Runtime rt, List<string>? labels, ref Signal signal)
    {
        switch (signal)
        {
            case Signal.Next:
                return true;
            case Signal.Return:
                return false;
        }

        if (rt.JumpLabel is null)
        {
            if (signal == Signal.Continue) return true;
            signal = Signal.Next;
            return false;
        }

        if (signal != Signal.Continue || labels is null || !labels.Contains(rt.JumpLabel)) return false;
        rt.JumpLabel = null;
        return true;
    }

    private Exec WhileLoop(While loop, List<string>? labels)
    {
        var test = Expression(loop.Test);
        var body = Statement(loop.Body);
        var (testFirst, at) = (loop.TestFirst, loop.At);
        return env =>
        {
            var rt = env.Rt;
            var testing = testFirst;
            while (true)
            {
                rt.Step(at);
                if (testing && !test(env).Truthy) return Signal.Next;
                testing = true;
                var signal = body(env);
                if (!GoesOn(rt, labels, ref signal)) return signal;
            }
        };
    }

    private Exec ForLoop(For loop, List<string>? labels)
    {
        var outer = _scope;
        var lexical = loop.Start is Declaration { Kind: not DeclarationKind.Var };
        var own = OpenScope(loop.HasInner && lexical);
        var layout = _scope.Layout;
        Exec? start = null;
        if (loop.Start is Declaration declaration)
        {
            DeclareLexical([declaration]);
            start = Declare(declaration);
        }
        else if (loop.Start is { } expression)
        {
            var value = Expression(expression);
            start = env =>
            {
                value(env);
                return Signal.Next;
            };
        }

        var test = loop.Test is null ? null : Expression(loop.Test);
        var update = loop.Update is null ? null : Expression(loop.Update);
        var body = Statement(loop.Body);
        _scope = outer;
        var at = loop.At;
        return env =>
        {
            var rt = env.Rt;
            if (own) env = NewEnv(env, layout);
            start?.Invoke(env);
            while (true)
            {
                rt.Step(at);
                if (test is not null && !test(env).Truthy) return Signal.Next;
                var signal = body(env);
                if (!GoesOn(rt, labels, ref signal)) return signal;
                if (own)
                {
                    // Each turn has its own variables, which start as the last ones ended.
                    var next = NewEnv(env.Outer!, layout);
                    env.Slots.CopyTo(next.Slots, 0);
                    env = next;
                }

                update?.Invoke(env);
            }
        };
    }

    private Exec EachLoop(ForEach loop, List<string>? labels)
    {
        var source = Expression(loop.Source);
        var outer = _scope;
        var lexical = loop.Kind is DeclarationKind.Let or DeclarationKind.Const;
        var own = OpenScope(loop.HasInner && lexical);
        var layout = _scope.Layout;
        if (lexical)
        {
            var names = new List<string>();
            Parser.NamesOf(loop.Target, names);
            var kind = loop.Kind == DeclarationKind.Const ? BindingKind.Const : BindingKind.Let;
            foreach (var name in names)
            {
                if (_scope.Declare(name, kind) is null) throw Twice(name, loop.At);
            }
        }

        var store = Target(loop.Target, declares: loop.Kind is not null);
        var body = Statement(loop.Body);
        _scope = outer;
        var (at, overKeys) = (loop.At, loop.OverKeys);
        return env =>
        {
            var rt = env.Rt;
            rt.At = at;
            var value = source(env);
            if (!overKeys && value.Ref is JsArray array) return OverList(env, array);
            foreach (var item in overKeys ? KeysOf(rt, value) : rt.Iterate(value))
            {
                var signal = Turn(env, item);
                if (!GoesOn(rt, labels, ref signal)) return signal;
            }

            return Signal.Next;
        };

        Signal OverList(Env env, JsArray array)
        {
            for (var i = 0; i < array.Length; i++)
            {
                var signal = Turn(env, array.Items[i]);
                if (!GoesOn(env.Rt, labels, ref signal)) return signal;
            }

            return Signal.Next;
        }

        Signal Turn(Env env, in Val item)
        {
            env.Rt.Step(at);
            var inner = own ? NewEnv(env, layout) : env;
            store(inner, item);
            return body(inner);
        }
    }

    private static IEnumerable<Val> KeysOf(Runtime rt, Val value)
    {
        if (value.IsText)
        {
            for (var i = 0; i < Rope.LengthOf(value.Ref!); i++) yield return Val.Of(JsNumber.ToText(i));
        }

        var seen = new HashSet<string>();
        for (var holder = value.Object; holder is { IsShared: false }; holder = holder.Prototype)
        {
            foreach (var key in holder.Keys(rt, enumerableOnly: true))
            {
                if (seen.Add(key) && holder.TryGetOwn(rt, key, out _)) yield return Val.Of(key);
            }
        }
    }
}
