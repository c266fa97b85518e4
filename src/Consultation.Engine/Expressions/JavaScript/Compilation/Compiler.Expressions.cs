using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

internal sealed partial class Compiler
{
    private Eval Expression(Node node)
    {
        Enter(node);
        var eval = ExpressionInside(node);
        if (_depth % StackCheckEvery == 0)
        {
            var inner = eval;
            eval = env =>
            {
                env.Rt.CheckStack();
                return inner(env);
            };
        }

        _depth--;
        return eval;
    }

    private Eval ExpressionInside(Node node)
    {
        switch (node)
        {
            case Literal literal:
                var constant = literal.Value;
                return _ => constant;
            case Name name:
                return Read(name);
            case This:
                return Read(new Name(node.At, "this"));
            case TemplateText template:
                return Template(template);
            case RegexLiteral regex:
                return env =>
                {
                    env.Rt.Allocate(80);
                    return Val.Of(new JsRegex(regex.Program));
                };
            case ArrayNode array:
                return List(array);
            case ObjectNode map:
                return Map(map);
            case FunctionNode function:
                var code = Function(function);
                return env => NewFunction(env, code);
            case Unary unary:
                return UnaryOf(unary);
            case Binary binary:
                return BinaryOf(binary);
            case Update update:
                return UpdateOf(update);
            case Assign assign:
                return AssignOf(assign);
            case Conditional conditional:
                return ConditionalOf(conditional);
            case Call call:
                return CallOf(call, chained: false);
            case New creation:
                return NewOf(creation);
            case Member member:
                return MemberOf(member, chained: false);
            case OptionalChain chain:
                var link = Link(chain.Value);
                return env =>
                {
                    var value = link(env);
                    return value.IsUnset ? default : value;
                };
            case Syntax.Sequence sequence:
                return SequenceOf(sequence);
            case Spread:
                throw Wrong("... cannot stand here", node.At);
            case WithDefault:
                throw Wrong("= cannot stand here", node.At);
            default:
                throw Wrong("This is not a value", node.At);
        }
    }

    private Eval ConditionalOf(Conditional node)
    {
        var (test, then, otherwise) = (Expression(node.Test), Expression(node.Then), Expression(node.Otherwise));
        return env => test(env).Truthy ? then(env) : otherwise(env);
    }

    private Eval SequenceOf(Syntax.Sequence node)
    {
        var items = node.Items.Select(Expression).ToArray();
        return env =>
        {
            for (var i = 0; i < items.Length - 1; i++) items[i](env);
            return items[^1](env);
        };
    }

    private Eval Template(TemplateText node)
    {
        var texts = Array.ConvertAll(node.Texts, Val.Of);
        var values = Array.ConvertAll(node.Values, Expression);
        var at = node.At;
        return env =>
        {
            var rt = env.Rt;
            var text = texts[0];
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i](env);
                rt.At = at;
                text = rt.Concat(text, value.IsText ? value : Val.Of(rt.ToText(value)));
                text = rt.Concat(text, texts[i + 1]);
            }

            return text;
        };
    }

    private Eval List(ArrayNode node)
    {
        var spreads = node.Items.Exists(static item => item is Spread);
        var items = node.Items
            .Select(item => item switch
            {
                null => static _ => default,
                Spread spread => Expression(spread.Value),
                _ => Expression(item),
            })
            .ToArray();
        if (!spreads)
        {
            return env =>
            {
                env.Rt.Allocate(56 + (items.Length * 16L));
                var values = items.Length == 0 ? [] : new Val[items.Length];
                for (var i = 0; i < values.Length; i++) values[i] = items[i](env);
                return Val.Of(new JsArray(values));
            };
        }

        var isSpread = node.Items.Select(static item => item is Spread).ToArray();
        var at = node.At;
        return env =>
        {
            var list = new JsArray(env.Rt, items.Length);
            for (var i = 0; i < items.Length; i++)
            {
                var value = items[i](env);
                if (!isSpread[i])
                {
                    list.Add(env.Rt, value);
                    continue;
                }

                env.Rt.At = at;
                foreach (var item in env.Rt.Iterate(value)) list.Add(env.Rt, item);
            }

            return Val.Of(list);
        };
    }

    private Eval Map(ObjectNode node)
    {
        if (node.DefaultAt >= 0) throw Wrong("= cannot stand in an object; write name: value", node.DefaultAt);
        var parts = node.Properties.Select(MapPart).ToArray();
        return env =>
        {
            var map = env.Rt.NewObject();
            foreach (var part in parts) part(env, map);
            return Val.Of(map);
        };
    }

    private Action<Env, JsObject> MapPart(PropertyNode property)
    {
        var value = Expression(property.Value);
        var computed = property.Computed is null ? null : Expression(property.Computed);
        var fixedKey = property.Key is null ? "" : string.Intern(property.Key);
        var at = property.At;
        switch (property.Kind)
        {
            case PropertyKind.Spread:
                return (env, map) =>
                {
                    var source = value(env);
                    env.Rt.At = at;
                    CopyProperties(env.Rt, source, map, null);
                };
            case PropertyKind.Value when computed is null:
                return (env, map) => map.Define(env.Rt, fixedKey, value(env));
            case PropertyKind.Value:
                return (env, map) =>
                {
                    var key = env.Rt.ToKey(computed(env));
                    map.Define(env.Rt, key, value(env));
                };
            default:
                var isGetter = property.Kind == PropertyKind.Get;
                return (env, map) =>
                {
                    var key = computed is null ? fixedKey : env.Rt.ToKey(computed(env));
                    var function = (JsFunction)value(env).Ref!;
                    var known = map.TryGetOwn(env.Rt, key, out var current) ? current.Ref as Accessor : null;
                    map.Define(env.Rt, key, Val.Of(isGetter
                        ? new Accessor(function, known?.Setter)
                        : new Accessor(known?.Getter, function)));
                };
        }
    }

    /// <summary>Own enumerable properties from one to another, as spread and rest do.</summary>
    internal static void CopyProperties(Runtime rt, in Val source, JsObject target, HashSet<string>? except)
    {
        if (source.IsText)
        {
            var index = 0;
            foreach (var c in rt.ToText(source))
            {
                target.Define(rt, JsNumber.ToText(index++), Val.Of(Runtime.CharText(c)));
            }
            return;
        }

        if (source.Ref is not JsObject holder) return;
        foreach (var key in holder.Keys(rt, enumerableOnly: true))
        {
            if (except is null || !except.Contains(key)) target.Define(rt, key, holder.Get(rt, key));
        }
    }

    private Eval MemberOf(Member node, bool chained)
    {
        var target = chained ? Link(node.Target) : Expression(node.Target);
        var (at, optional) = (node.At, node.Optional);
        if (node.Key is { } name)
        {
            var key = string.Intern(name);
            if (!chained)
            {
                return env =>
                {
                    var value = target(env);
                    env.Rt.At = at;
                    return value.Ref is JsObject holder ? holder.Get(env.Rt, key) : env.Rt.GetMember(value, key);
                };
            }

            return env =>
            {
                var value = target(env);
                if (value.IsUnset) return value;
                if (optional && value.IsNullish) return Val.Unset;
                env.Rt.At = at;
                return env.Rt.GetMember(value, key);
            };
        }

        var computed = Expression(node.Computed!);
        return env =>
        {
            var value = target(env);
            if (chained)
            {
                if (value.IsUnset) return value;
                if (optional && value.IsNullish) return Val.Unset;
            }

            var index = computed(env);
            env.Rt.At = at;
            if (value.IsNullish) env.Rt.GetMember(value, env.Rt.ToKey(index));
            return env.Rt.GetMember(value, index);
        };
    }

    /// <summary>A part of an optional chain: gives <see cref="Val.Unset"/> when the chain gives up.</summary>
    private Eval Link(Node node)
    {
        Enter(node);
        var link = node switch
        {
            Member { Bracketed: false } member => MemberOf(member, chained: true),
            Call { Bracketed: false } call => CallOf(call, chained: true),
            _ => Expression(node),
        };
        _depth--;
        return link;
    }

    private Eval UnaryOf(Unary node)
    {
        if (node.Sign == "typeof" && node.Value is Name { Text: var name } && _scope.Find(name).Binding is null)
        {
            return env => Val.Of(Globals.TryGet(env.Rt, name, out var global) ? global.TypeName : "undefined");
        }

        if (node.Sign == "delete") return DeleteOf(node);
        var value = Expression(node.Value);
        if (node is { Sign: "-", Value: Literal { Value: { IsNumber: true, Number: var number } } })
        {
            var negative = Val.Of(-number);
            return _ => negative;
        }

        var at = node.At;
        return node.Sign switch
        {
            "!" => env => value(env).Truthy ? Val.False : Val.True,
            "-" => env => Val.Of(-Number(env, value(env), at)),
            "+" => env => Val.Of(Number(env, value(env), at)),
            "~" => env => Val.Of(~JsNumber.ToInt32(Number(env, value(env), at))),
            "typeof" => env => Val.Of(value(env).TypeName),
            _ => env =>
            {
                value(env);
                return default;
            }
            ,
        };
    }

    private static double Number(Env env, in Val value, int at)
    {
        if (value.IsNumber) return value.Number;
        env.Rt.At = at;
        return env.Rt.ToNumber(value);
    }

    private Eval DeleteOf(Unary node)
    {
        var inner = node.Value is OptionalChain chain ? chain.Value : node.Value;
        if (inner is not Member member)
        {
            var value = Expression(node.Value);
            return env =>
            {
                value(env);
                return Val.True;
            };
        }

        var target = Link(member.Target);
        var computed = member.Computed is null ? null : Expression(member.Computed);
        var (key, at, optional) = (member.Key ?? "", node.At, member.Optional);
        return env =>
        {
            var value = target(env);
            if (value.IsUnset || (optional && value.IsNullish)) return Val.True;
            var name = computed is null ? key : env.Rt.ToKey(computed(env));
            env.Rt.At = at;
            if (value.IsNullish) env.Rt.GetMember(value, name);
            value.Object?.Delete(env.Rt, name);
            return Val.True;
        };
    }
}
