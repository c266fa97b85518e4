using System.Runtime.CompilerServices;
using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

/// <summary>
/// Turns the tree into delegates once. Names become slots here, so that running needs no look-up. This part has scopes
/// and functions.
/// </summary>
internal sealed partial class Compiler
{
    /// <summary>Chains such as a + b + c ... become a deep tree without nesting in the source.</summary>
    private const int MaxTreeDepth = 1500;

    private const int StackCheckEvery = 32;

    private readonly string _source;
    private Scope _scope;
    private bool _tracksCompletion = true;
    private int _loops;
    private int _depth;

    private Compiler(string source)
    {
        _source = source;
        _scope = new Scope(null, new Layout(null), this);
    }

    public static FunctionCode Compile(string source, ExpressionLimits limits)
    {
        var script = Parser.Parse(source, limits);
        return new Compiler(source).Script(script);
    }

    private FunctionCode Script(FunctionNode script)
    {
        var layout = new Layout(null);
        _scope = new Scope(null, layout, script);
        foreach (var name in script.Vars) _scope.Declare(name, BindingKind.Var);
        if (script.UsesThis) _scope.Declare("this", BindingKind.Var);
        var code = new FunctionCode(layout) { Name = "", At = 0, KeepsVariables = true };
        code.Body = Body(script.Body);
        return code;
    }

    private ExpressionException Wrong(string problem, int at, ExpressionErrorKind kind = ExpressionErrorKind.Syntax)
    {
        var (line, column) = SourcePlace.Of(_source, at);
        return new ExpressionException(kind, problem, line, column);
    }

    private void Enter(Node node)
    {
        if (++_depth <= MaxTreeDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack()) return;
        throw Wrong(
            "The expression is a too long chain; cut it into several steps.", node.At, ExpressionErrorKind.Limit);
    }

    /// <summary>
    /// Compiles statements in the scope that is open: declarations first, then the statements in order.
    /// </summary>
    private Exec Body(List<Node> body)
    {
        var lexical = DeclareLexical(body);
        var functions = new List<(int Slot, FunctionCode Code)>();
        foreach (var node in body)
        {
            if (node is not FunctionDeclaration { Function: { } function }) continue;
            functions.Add((_scope.Names[function.Name].Slot, Function(function)));
        }

        var statements = new List<Exec>(body.Count);
        var places = new List<int>(body.Count);
        foreach (var node in body)
        {
            if (node is FunctionDeclaration or Empty) continue;
            statements.Add(Statement(node));
            places.Add(node.At);
        }

        var run = Sequence([.. statements], [.. places]);
        var unset = lexical.FindAll(binding => binding.Checked).Select(binding => binding.Slot).ToArray();
        if (unset.Length == 0 && functions.Count == 0) return run;
        var hoisted = functions.ToArray();
        return env =>
        {
            foreach (var slot in unset) env.Slots[slot] = Val.Unset;
            foreach (var (slot, code) in hoisted) env.Slots[slot] = NewFunction(env, code);
            return run(env);
        };
    }

    private List<Binding> DeclareLexical(List<Node> body)
    {
        var made = new List<Binding>();
        var names = new List<string>();
        foreach (var node in body)
        {
            if (node is FunctionDeclaration { Function.Name: var functionName })
            {
                if (_scope.Declare(functionName, BindingKind.Var) is null) throw Twice(functionName, node.At);
                continue;
            }

            if (node is not Declaration { Kind: not DeclarationKind.Var } declaration) continue;
            var kind = declaration.Kind == DeclarationKind.Let ? BindingKind.Let : BindingKind.Const;
            names.Clear();
            foreach (var (target, _) in declaration.Parts) Parser.NamesOf(target, names);
            foreach (var name in names) made.Add(_scope.Declare(name, kind) ?? throw Twice(name, node.At));
        }

        return made;
    }

    private ExpressionException Twice(string name, int at) =>
        Wrong($"{name} is declared twice; choose another name", at);

    private static Exec Sequence(Exec[] statements, int[] places)
    {
        switch (statements.Length)
        {
            case 0:
                return static _ => Signal.Next;
            case 1:
                var (only, place) = (statements[0], places[0]);
                return env =>
                {
                    env.Rt.Step(place);
                    return only(env);
                };
            default:
                return env =>
                {
                    for (var i = 0; i < statements.Length; i++)
                    {
                        env.Rt.Step(places[i]);
                        var signal = statements[i](env);
                        if (signal != Signal.Next) return signal;
                    }

                    return Signal.Next;
                };
        }
    }

    private FunctionCode Function(FunctionNode node)
    {
        Enter(node);
        var (outer, loops, tracks) = (_scope, _loops, _tracksCompletion);
        (_loops, _tracksCompletion) = (0, false);
        var layout = new Layout(outer.Layout);
        _scope = new Scope(outer, layout, node);
        var isSimple = node.Parameters.TrueForAll(static parameter => parameter is Name);
        var names = new List<string>();
        foreach (var parameter in node.Parameters) Parser.NamesOf(parameter, names);
        foreach (var name in names) _scope.Declare(name, BindingKind.Var);
        var length = node.Parameters.FindIndex(static parameter => parameter is WithDefault or Spread);
        var code = new FunctionCode(layout)
        {
            Name = node.Name,
            At = node.At,
            IsArrow = node.IsArrow,
            IsMethod = node.IsMethod,
            IsSimple = isSimple && (node.IsArrow || !node.UsesArguments),
            Length = length < 0 ? node.Parameters.Count : length,
            ParameterCount = node.Parameters.Count,
            KeepsVariables = node.HasInner,
            ThisSlot = !node.IsArrow && node.UsesThis ? _scope.Declare("this", BindingKind.Var)!.Slot : -1,
            ArgumentsSlot = !node.IsArrow && node.UsesArguments
                ? _scope.Declare("arguments", BindingKind.Var)!.Slot
                : -1,
        };
        if (node.IsNamedExpression && !names.Contains(node.Name))
        {
            code.SelfSlot = _scope.Declare(node.Name, BindingKind.Self)!.Slot;
        }

        foreach (var name in node.Vars) _scope.Declare(name, BindingKind.Var);
        if (!isSimple) code.Binder = Binder(node.Parameters);
        if (node.Result is not null) code.Result = Expression(node.Result);
        else code.Body = Body(node.Body);
        (_scope, _loops, _tracksCompletion) = (outer, loops, tracks);
        _depth--;
        return code;
    }

    private Action<Env, Val[]> Binder(List<Node> parameters)
    {
        var stores = new Store[parameters.Count];
        var rest = -1;
        for (var i = 0; i < stores.Length; i++)
        {
            if (parameters[i] is Spread { Value: var target })
            {
                rest = i;
                stores[i] = Target(target, declares: true);
            }
            else stores[i] = Target(parameters[i], declares: true);
        }

        return (env, arguments) =>
        {
            for (var i = 0; i < stores.Length; i++)
            {
                var value = i == rest
                    ? env.Rt.NewList(i < arguments.Length ? arguments[i..] : [])
                    : i < arguments.Length ? arguments[i] : default;
                stores[i](env, value);
            }
        };
    }

    private static Val NewFunction(Env env, FunctionCode code)
    {
        env.Rt.Allocate(72);
        var function = new ScriptFunction(code, env);
        return Val.Of(function);
    }
}
