using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

internal sealed partial class Compiler
{
    private Exec Statement(Node node)
    {
        Enter(node);
        var exec = StatementInside(node);
        _depth--;
        return exec;
    }

    private Exec StatementInside(Node node)
    {
        switch (node)
        {
            case ExpressionStatement statement:
                var value = Expression(statement.Value);
                if (!_tracksCompletion)
                {
                    return env =>
                    {
                        value(env);
                        return Signal.Next;
                    };
                }

                return env =>
                {
                    env.Rt.Completion = value(env);
                    return Signal.Next;
                };
            case Declaration declaration:
                return Declare(declaration);
            case Block block:
                return BlockOf(block);
            case If branch:
                return Branch(branch);
            case For or ForEach or While:
                return Loop(node, null);
            case Switch choice:
                return Choose(choice);
            case Jump jump:
                return JumpTo(jump);
            case Return { Value: null }:
                return static env =>
                {
                    env.Rt.Returned = default;
                    return Signal.Return;
                };
            case Return { Value: { } result }:
                var returned = Expression(result);
                return env =>
                {
                    env.Rt.Returned = returned(env);
                    return Signal.Return;
                };
            case Throw thrown:
                var error = Expression(thrown.Value);
                return env =>
                {
                    var what = error(env);
                    throw new JsThrow(what, thrown.At);
                };
            case Try attempt:
                return Attempt(attempt);
            case Labelled labelled:
                return LabelledOf(labelled);
            case FunctionDeclaration function:
                return BlockOf(new Block(function.At, [function]));
            default:
                return static _ => Signal.Next;
        }
    }

    private Exec Declare(Declaration declaration)
    {
        var parts = new Exec[declaration.Parts.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var (target, initial) = declaration.Parts[i];
            var value = initial is null ? null : Expression(initial);
            if (value is null && declaration.Kind == DeclarationKind.Var)
            {
                parts[i] = static _ => Signal.Next;
                continue;
            }

            var store = Target(target, declares: true);
            parts[i] = value is null
                ? env =>
                {
                    store(env, default);
                    return Signal.Next;
                }
            : env =>
            {
                store(env, value(env));
                return Signal.Next;
            };
        }

        if (parts.Length == 1) return parts[0];
        return env =>
        {
            foreach (var part in parts) part(env);
            return Signal.Next;
        };
    }

    /// <summary>Opens a scope; with an environment of its own if functions made in a loop may keep its names.</summary>
    private bool OpenScope(bool hasInner, bool isSwitch = false)
    {
        var own = hasInner && _loops > 0;
        var layout = own ? new Layout(_scope.Layout) : _scope.Layout;
        _scope = new Scope(_scope, layout, _scope.Function) { IsSwitch = isSwitch };
        return own;
    }

    private static Exec InOwnEnv(Layout layout, Exec body) => env => body(NewEnv(env, layout));

    private static Env NewEnv(Env outer, Layout layout)
    {
        outer.Rt.Allocate(40 + (layout.SlotCount * 16L));
        return new Env(outer.Rt, outer, new Val[layout.SlotCount]);
    }

    private Exec BlockOf(Block block)
    {
        var outer = _scope;
        var declares = block.Body.Exists(static node =>
            node is FunctionDeclaration or Declaration { Kind: not DeclarationKind.Var });
        var own = OpenScope(block.HasInner && declares);
        var layout = _scope.Layout;
        var body = Body(block.Body);
        _scope = outer;
        return own ? InOwnEnv(layout, body) : body;
    }

    private Exec Branch(If branch)
    {
        var test = Expression(branch.Test);
        var then = Substatement(branch.Then);
        var otherwise = branch.Otherwise is null ? null : Substatement(branch.Otherwise);
        var tracks = _tracksCompletion;
        return env =>
        {
            if (tracks) env.Rt.Completion = default;
            if (test(env).Truthy) return then(env);
            return otherwise is null ? Signal.Next : otherwise(env);
        };
    }

    /// <summary>A branch or loop body; one step is counted when it is no block, which counts by itself.</summary>
    private Exec Substatement(Node node)
    {
        var exec = Statement(node);
        if (node is Block) return exec;
        var at = node.At;
        return env =>
        {
            env.Rt.Step(at);
            return exec(env);
        };
    }

    private Exec Choose(Switch choice)
    {
        var value = Expression(choice.Value);
        var outer = _scope;
        var own = OpenScope(choice.HasInner, isSwitch: true);
        var layout = _scope.Layout;
        var all = choice.Cases.SelectMany(static part => part.Body).ToList();
        var lexical = DeclareLexical(all);
        var functions = all.OfType<FunctionDeclaration>()
            .Select(node => (_scope.Names[node.Function.Name].Slot, Code: Function(node.Function))).ToArray();
        var tests = new Eval?[choice.Cases.Count];
        var bodies = new Exec[tests.Length];
        var fallback = -1;
        for (var i = 0; i < tests.Length; i++)
        {
            var part = choice.Cases[i];
            if (part.Test is null) fallback = i;
            else tests[i] = Expression(part.Test);
            var nodes = part.Body.FindAll(static node => node is not FunctionDeclaration);
            bodies[i] = Sequence([.. nodes.Select(Statement)], [.. nodes.Select(static node => node.At)]);
        }

        _scope = outer;
        var slots = lexical.Select(static binding => binding.Slot).ToArray();
        var tracks = _tracksCompletion;
        return env =>
        {
            var rt = env.Rt;
            if (tracks) rt.Completion = default;
            var tested = value(env);
            if (own) env = NewEnv(env, layout);
            foreach (var slot in slots) env.Slots[slot] = Val.Unset;
            foreach (var (slot, code) in functions) env.Slots[slot] = NewFunction(env, code);
            var start = fallback;
            for (var i = 0; i < tests.Length; i++)
            {
                if (tests[i] is not { } test) continue;
                rt.Step(choice.At);
                if (!rt.StrictEquals(tested, test(env))) continue;
                start = i;
                break;
            }

            for (var i = start; i >= 0 && i < bodies.Length; i++)
            {
                var signal = bodies[i](env);
                if (signal == Signal.Break && rt.JumpLabel is null) return Signal.Next;
                if (signal != Signal.Next) return signal;
            }

            return Signal.Next;
        };
    }

    private static Exec JumpTo(Jump jump)
    {
        var signal = jump.IsBreak ? Signal.Break : Signal.Continue;
        var label = jump.Label;
        return env =>
        {
            env.Rt.JumpLabel = label;
            return signal;
        };
    }

    private Exec LabelledOf(Labelled labelled)
    {
        var labels = new List<string> { labelled.Label };
        var node = labelled.Body;
        while (node is Labelled inner)
        {
            labels.Add(inner.Label);
            node = inner.Body;
        }

        var body = node is For or ForEach or While ? Loop(node, labels) : Statement(node);
        return env =>
        {
            var signal = body(env);
            if (signal != Signal.Break || env.Rt.JumpLabel is null || !labels.Contains(env.Rt.JumpLabel)) return signal;
            env.Rt.JumpLabel = null;
            return Signal.Next;
        };
    }

    private Exec Attempt(Try attempt)
    {
        var body = BlockOf(attempt.Body);
        Exec? handler = null;
        Store? caught = null;
        var own = false;
        Layout? layout = null;
        if (attempt.Handler is { } block)
        {
            var outer = _scope;
            own = OpenScope(block.HasInner);
            layout = _scope.Layout;
            if (attempt.Caught is { } target)
            {
                var names = new List<string>();
                Parser.NamesOf(target, names);
                foreach (var name in names) _scope.Declare(name, BindingKind.Var);
                caught = Target(target, declares: true);
            }

            handler = BlockOf(block);
            _scope = outer;
        }

        var guarded = handler is null ? body : env =>
        {
            var rt = env.Rt;
            var depth = rt.Depth;
            JsThrow thrown;
            try
            {
                return body(env);
            }
            catch (JsThrow inner)
            {
                thrown = inner;
            }

            rt.Depth = depth;
            if (own) env = NewEnv(env, layout!);
            caught?.Invoke(env, thrown.Value);
            return handler(env);
        };
        var tracked = _tracksCompletion ? Reset(guarded) : guarded;
        return attempt.Final is null ? tracked : Finally(tracked, BlockOf(attempt.Final));
    }

    private static Exec Reset(Exec inner) => env =>
    {
        env.Rt.Completion = default;
        return inner(env);
    };

    private static Exec Finally(Exec body, Exec final) => env =>
    {
        var rt = env.Rt;
        var depth = rt.Depth;
        JsThrow? thrown = null;
        var signal = Signal.Next;
        try
        {
            signal = body(env);
        }
        catch (JsThrow inner)
        {
            thrown = inner;
        }

        var (returned, label, completion) = (rt.Returned, rt.JumpLabel, rt.Completion);
        if (thrown is not null) rt.Depth = depth;
        var last = final(env);
        if (last != Signal.Next) return last;
        if (thrown is not null) throw new JsThrow(thrown.Value, thrown.At);
        (rt.Returned, rt.JumpLabel, rt.Completion) = (returned, label, completion);
        return signal;
    };
}
