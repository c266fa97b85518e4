using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Compilation;

internal sealed partial class Compiler
{
    private Eval Read(Name name)
    {
        var (binding, hops) = _scope.Find(name.Text);
        var at = name.At;
        if (binding is null) return Globals.Read(name.Text, at);
        var slot = binding.Slot;
        if (NeedsCheck(binding))
        {
            binding.Checked = true;
            var text = name.Text;
            return env =>
            {
                var value = env.Up(hops).Slots[slot];
                return value.IsUnset ? throw TooEarly(env.Rt, text, at) : value;
            };
        }

        return hops switch
        {
            0 => env => env.Slots[slot],
            1 => env => env.Outer!.Slots[slot],
            2 => env => env.Outer!.Outer!.Slots[slot],
            _ => env => env.Up(hops).Slots[slot],
        };
    }

    private bool NeedsCheck(Binding binding)
    {
        if (binding.Kind is not (BindingKind.Let or BindingKind.Const)) return false;
        return !binding.Declared || binding.Scope.IsSwitch || !ReferenceEquals(binding.Scope.Function, _scope.Function);
    }

    private static JsThrow TooEarly(Runtime rt, string name, int at)
    {
        rt.At = at;
        return rt.ReferenceError($"{name} is used before its declaration; declare it further up");
    }

    private Store WriteName(Name name, bool declares)
    {
        var (binding, hops) = _scope.Find(name.Text);
        var (text, at) = (name.Text, name.At);
        if (binding is null)
        {
            return (Env env, in Val _) =>
            {
                env.Rt.At = at;
                throw Globals.IsKnown(text)
                    ? env.Rt.TypeError($"{text} is built in and cannot be assigned")
                    : env.Rt.ReferenceError($"{text} is not declared; write let {text} = ... first");
            };
        }

        var slot = binding.Slot;
        if (declares)
        {
            binding.Declared = true;
            if (hops == 0) return (Env env, in Val value) => env.Slots[slot] = value;
            return (Env env, in Val value) => env.Up(hops).Slots[slot] = value;
        }

        if (binding.Kind is BindingKind.Const or BindingKind.Self)
        {
            return (Env env, in Val _) =>
            {
                env.Rt.At = at;
                throw env.Rt.TypeError($"{text} is a const and keeps its value; declare it with let");
            };
        }

        if (NeedsCheck(binding))
        {
            binding.Checked = true;
            return (Env env, in Val value) =>
            {
                ref var place = ref env.Up(hops).Slots[slot];
                if (place.IsUnset) throw TooEarly(env.Rt, text, at);
                place = value;
            };
        }

        return hops switch
        {
            0 => (Env env, in Val value) => env.Slots[slot] = value,
            1 => (Env env, in Val value) => env.Outer!.Slots[slot] = value,
            _ => (Env env, in Val value) => env.Up(hops).Slots[slot] = value,
        };
    }

    /// <summary>What puts a value into a name, a property or a pattern.</summary>
    private Store Target(Node node, bool declares)
    {
        Enter(node);
        Store store = node switch
        {
            Name name => WriteName(name, declares),
            Member member => WriteMember(member),
            WithDefault part => Defaulted(part, declares),
            ArrayNode array => ListPattern(array, declares),
            ObjectNode map => MapPattern(map, declares),
            _ => throw Wrong("This cannot be assigned", node.At),
        };
        _depth--;
        return store;
    }

    private Store WriteMember(Member member)
    {
        var target = Expression(member.Target);
        var computed = member.Computed is null ? null : Expression(member.Computed);
        var (key, at) = (member.Key ?? "", member.At);
        return (Env env, in Val value) =>
        {
            var holder = target(env);
            var index = computed is null ? default : computed(env);
            env.Rt.At = at;
            if (computed is null) env.Rt.SetMember(holder, key, value);
            else env.Rt.SetMember(holder, index, value);
        };
    }

    private Store Defaulted(WithDefault part, bool declares)
    {
        var fallback = Expression(part.Value);
        var store = Target(part.Target, declares);
        return (Env env, in Val value) => store(env, value.IsUndefined ? fallback(env) : value);
    }

    private Store ListPattern(ArrayNode array, bool declares)
    {
        var stores = array.Items
            .Select(item => item switch
            {
                null => null,
                Spread rest => Target(rest.Value, declares),
                _ => Target(item, declares),
            })
            .ToArray();
        var restAt = array.Items.Count > 0 && array.Items[^1] is Spread ? stores.Length - 1 : -1;
        var at = array.At;
        return (Env env, in Val value) =>
        {
            env.Rt.At = at;
            using var items = env.Rt.Iterate(value).GetEnumerator();
            for (var i = 0; i < stores.Length; i++)
            {
                if (i == restAt)
                {
                    var rest = new JsArray(env.Rt, 0);
                    while (items.MoveNext()) rest.Add(env.Rt, items.Current);
                    stores[i]!(env, Val.Of(rest));
                    break;
                }

                var item = items.MoveNext() ? items.Current : default;
                stores[i]?.Invoke(env, item);
            }
        };
    }

    private Store MapPattern(ObjectNode map, bool declares)
    {
        var parts = map.Properties
            .Select(property => (
                property.Key,
                Computed: property.Computed is null ? null : Expression(property.Computed),
                Store: Target(property.Value, declares),
                IsRest: property.Kind == PropertyKind.Spread,
                property.At))
            .ToArray();
        var at = map.At;
        return (Env env, in Val value) =>
        {
            var rt = env.Rt;
            rt.At = at;
            if (value.IsNullish) rt.GetMember(value, parts.Length > 0 ? parts[0].Key ?? "" : "");
            var taken = new HashSet<string>();
            foreach (var (fixedKey, computed, store, isRest, place) in parts)
            {
                rt.At = place;
                if (isRest)
                {
                    var rest = rt.NewObject();
                    CopyProperties(rt, value, rest, taken);
                    store(env, Val.Of(rest));
                    continue;
                }

                var key = fixedKey ?? rt.ToKey(computed!(env));
                taken.Add(key);
                store(env, rt.GetMember(value, key));
            }
        };
    }

    private Eval AssignOf(Assign node)
    {
        if (node.Sign is "&&" or "||" or "??") return AssignIf(node);
        if (node.Sign.Length > 0) return Compound(node);
        if (node.Target is Member member) return AssignMember(member, node.Value);
        var value = Expression(node.Value);
        var store = Target(node.Target, declares: false);
        return env =>
        {
            var result = value(env);
            store(env, result);
            return result;
        };
    }

    private Eval AssignMember(Member member, Node source)
    {
        var target = Expression(member.Target);
        var computed = member.Computed is null ? null : Expression(member.Computed);
        var value = Expression(source);
        var (key, at) = (string.Intern(member.Key ?? ""), member.At);
        if (computed is null)
        {
            return env =>
            {
                var holder = target(env);
                var result = value(env);
                env.Rt.At = at;
                env.Rt.SetMember(holder, key, result);
                return result;
            };
        }

        return env =>
        {
            var holder = target(env);
            var index = computed(env);
            var result = value(env);
            env.Rt.At = at;
            env.Rt.SetMember(holder, index, result);
            return result;
        };
    }

    /// <summary>Reads a place and writes what <paramref name="change"/> makes of it; gives the result.</summary>
    private Eval Modify(Node place, int at, Func<Env, Val, (Val Stored, Val Result, bool Writes)> change)
    {
        if (place is Name name)
        {
            var read = Read(name);
            var store = WriteName(name, declares: false);
            return env =>
            {
                var (stored, result, writes) = change(env, read(env));
                if (writes) store(env, stored);
                return result;
            };
        }

        var member = (Member)place;
        var target = Expression(member.Target);
        var computed = member.Computed is null ? null : Expression(member.Computed);
        var key = Val.Of(member.Key ?? "");
        return env =>
        {
            var rt = env.Rt;
            var holder = target(env);
            var index = computed is null ? key : computed(env);
            rt.At = at;
            if (index.IsObject) index = Val.Of(rt.ToKey(index));
            var (stored, result, writes) = change(env, rt.GetMember(holder, index));
            rt.At = at;
            if (writes) rt.SetMember(holder, index, stored);
            return result;
        };
    }

    private Eval Compound(Assign node)
    {
        var value = Expression(node.Value);
        var operation = Operation(node.Sign);
        var at = node.At;
        return Modify(node.Target, at, (env, current) =>
        {
            var operand = value(env);
            env.Rt.At = at;
            var result = operation(env.Rt, current, operand);
            return (result, result, true);
        });
    }

    private Eval AssignIf(Assign node)
    {
        var value = Expression(node.Value);
        var sign = node.Sign;
        return Modify(node.Target, node.At, (env, current) =>
        {
            var assigns = sign switch
            {
                "&&" => current.Truthy,
                "||" => !current.Truthy,
                _ => current.IsNullish,
            };
            var result = assigns ? value(env) : current;
            return (result, result, assigns);
        });
    }

    private Eval UpdateOf(Update node)
    {
        var step = node.Increment ? 1 : -1;
        var (prefix, at) = (node.Prefix, node.At);
        if (node.Target is Name name
            && _scope.Find(name.Text) is ({ Kind: BindingKind.Let or BindingKind.Var } binding, 0)
            && !NeedsCheck(binding))
        {
            var slot = binding.Slot;
            return env =>
            {
                ref var place = ref env.Slots[slot];
                var old = place.IsNumber ? place.Number : Number(env, place, at);
                env.Slots[slot] = Val.Of(old + step);
                return Val.Of(prefix ? old + step : old);
            };
        }

        return Modify(node.Target, at, (env, current) =>
        {
            var old = Number(env, current, at);
            var stored = Val.Of(old + step);
            return (stored, prefix ? stored : Val.Of(old), true);
        });
    }
}
